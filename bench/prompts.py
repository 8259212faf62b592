"""Item → Request: what a model is told, and nothing more."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.errors import UsageError, counted
from bench.examples import Example, drawn, solved_items
from bench.records import Article, Cut, Dataset, Item, Key, Request, Sentence
from bench.sentences import sentences

if TYPE_CHECKING:
    import jinja2

PUBLIC_METADATA = ("published", "title")  # all that an item may ask to be shown beside the body


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A Jinja template over `context`, `question`, `metadata` and `examples`; article first, question last.

    `template` makes the user's message, `system` the system message of a chat (empty: none). Models without a
    chat format get the two one after the other. `numbered` shows the article as one sentence a line, each with
    its number in square brackets.

    `examples` is how many solved items are shown, each as `example` makes it of `context`, `passage` (its
    evidence sentences), `question` and `answer` (`no_answer` where there is none). They are drawn by hashing
    (seed, article), so all questions on an article see the same ones; they come from the pool that
    `with_examples` fills.
    """

    name: str
    template: str
    system: str = ""
    numbered: bool = False
    examples: int = 0
    example: str = ""
    no_answer: str = "not stated"
    seed: int = 0
    pool: tuple[Example, ...] = ()
    _shown: dict[tuple[str, str], tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )  # the examples of each article, once made

    def __post_init__(self) -> None:
        """Refuse a number of examples that cannot be, or that has no template."""
        if type(self.examples) is not int or self.examples < 0:
            raise UsageError(f"prompt.examples={self.examples!r}: a whole number from 0 on")
        if self.examples and not self.example.strip():
            raise UsageError(f"prompt {self.name}: prompt.example, the template of an example, is empty")

    def settings(self) -> dict[str, Any]:
        """The parameters, without the pool: what the manifest of a run keeps."""
        return {
            f.name: getattr(self, f.name) for f in dataclasses.fields(self) if f.init and f.name != "pool"
        }

    def with_examples(self, dataset: Dataset) -> Prompt:
        """This prompt with its pool filled from the dev split of `dataset`, the whole data set before selection.

        UsageError when there is no dev split; DataError, naming each, when an item of it is a test item too.
        """
        if not self.examples:
            return self
        pool = solved_items(dataset, self.no_answer)
        if not pool:
            raise UsageError(
                f"prompt {self.name}: its examples come from the dev split, and {dataset.name} has no such items; "
                "mark some articles split=dev, or use prompt=zero_shot"
            )
        return dataclasses.replace(self, pool=pool)

    def examples_for(self, article_id: str, context: str) -> tuple[str, ...]:
        """The examples shown with an article, rendered: from other articles only, one unanswerable where two or more.

        UsageError when other articles of the dev split have too few items.
        """
        if not self.examples:
            return ()
        if (article_id, context) not in self._shown:
            self._shown[article_id, context] = self._make_examples(article_id, context)
        return self._shown[article_id, context]

    def _make_examples(self, article_id: str, context: str) -> tuple[str, ...]:
        others = [e for e in self.pool if e.article_id != article_id and e.context != context]
        if len(others) < self.examples:
            raise UsageError(
                f"prompt {self.name}: {counted(self.examples, 'example is', 'examples are')} wanted, and the dev split has {counted(len(others), 'item')} "
                f"on articles other than {article_id}; set prompt.examples lower"
            )
        chosen = drawn(others, self.examples, f"{self.seed}:{article_id}")
        return tuple(self.render(self.example, e._asdict()).strip() + "\n\n" for e in chosen)

    def render(self, template: str, values: Mapping[str, Any]) -> str:
        """The text that a template makes of `values`; UsageError when it is broken or names something else."""
        import jinja2

        try:
            return _compile(template).render(values)
        except jinja2.TemplateError as error:
            raise UsageError(
                f"prompt {self.name}: {error}; the template knows {', '.join(values)}"
            ) from error


@functools.lru_cache(maxsize=32)
def _compile(template: str) -> jinja2.Template:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(template)


class _Shown(NamedTuple):
    """An article as a prompt shows it, and what may be left out of that, last sentence first."""

    text: str
    cuts: tuple[Cut, ...]


@functools.lru_cache(maxsize=64)
def _show(context: str, spans: tuple[Sentence, ...], numbered: bool) -> _Shown:
    """`spans` are the context's sentences where they are known, else () and they are found by rule."""
    found = spans or tuple(
        Sentence(n=n, paragraph=1 + context.count("\n\n", 0, start), start=start, end=end)
        for n, (start, end) in enumerate(sentences(context), start=1)
    )
    text = "" if numbered else context
    cuts = []
    last = Sentence(n=0, paragraph=0, start=0, end=0)
    for sentence in found:
        start = last.end
        if numbered:
            gap = "" if not last.n else "\n" if sentence.paragraph == last.paragraph else "\n\n"
            start = len(text)
            text += f"{gap}[{sentence.n}] {context[sentence.start : sentence.end]}"
        cuts.append(Cut(start, len(text) if numbered else sentence.end, last.end))
        last = sentence
    return _Shown(text, tuple(reversed(cuts)))


def request_for(item: Item, article: Article | None, prompt: Prompt | None, replicate: int = 0) -> Request:
    """The request for one item. `prompt` is None for models that read question and context as they are.

    Only the metadata that the item requires is passed on, so a publication date is never a give-away.
    """
    metadata = tuple(
        (name, value)
        for name in PUBLIC_METADATA
        if name in item.requires_context and article is not None and (value := getattr(article, name))
    )
    text, system, cuts = _render(item, article, prompt, metadata) if prompt else ("", "", ())
    return Request(
        key=Key(item.id, item.variant, replicate),
        article_id=item.article_id,
        context=item.context,
        question=item.question,
        metadata=metadata,
        prompt=text,
        system=system,
        cuts=cuts,
    )


def _render(
    item: Item, article: Article | None, prompt: Prompt, metadata: tuple[tuple[str, str], ...]
) -> tuple[str, str, tuple[Cut, ...]]:
    """User message, system message, cuts."""
    known = article.sentences if article is not None and article.text == item.context else ()
    shown = _show(item.context, known, prompt.numbered)
    examples = prompt.examples_for(item.article_id, item.context)
    values = {
        "context": shown.text,
        "question": item.question,
        "metadata": dict(metadata),
        "examples": examples,
    }
    text = prompt.render(prompt.template, values)
    system = prompt.render(prompt.system, values).strip() if prompt.system else ""
    parts = [((Cut(0, len(example)),), example) for example in reversed(examples)]
    cuts = [c for cut, part in (*parts, (shown.cuts, shown.text)) for c in _moved(cut, text, part)]
    return text.strip(), system, tuple(cuts)


def _moved(cuts: tuple[Cut, ...], text: str, part: str) -> list[Cut]:
    """Cuts of `part` as cuts of the stripped `text`; [] where `part` does not stand in it just once."""
    if not part or text.count(part) != 1:
        return []
    by, length = text.index(part) - (len(text) - len(text.lstrip())), len(text.strip())
    moved = (Cut(max(0, c.start + by), min(length, c.end + by), c.context_kept) for c in cuts)
    return [c for c in moved if c.start < c.end]
