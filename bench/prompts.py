"""Item → Request: what a model is told, and nothing more."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.errors import UsageError
from bench.records import Article, Cut, Item, Key, Request, Sentence
from bench.sentences import sentences

if TYPE_CHECKING:
    import jinja2

PUBLIC_METADATA = ("published", "title")  # all that an item may ask to be shown beside the body


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A Jinja template over `context`, `question` and `metadata`; article first, question last.

    `template` makes the user's message, `system` the system message of a chat (empty: none). Models without a
    chat format get the two one after the other. `numbered` shows the article as one sentence a line, each with
    its number in square brackets.
    """

    name: str
    template: str
    system: str = ""
    numbered: bool = False

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
    values = {"context": shown.text, "question": item.question, "metadata": dict(metadata)}
    text = prompt.render(prompt.template, values)
    system = prompt.render(prompt.system, values).strip() if prompt.system else ""
    lead = len(text) - len(text.lstrip())
    cuts = _moved(shown.cuts, text, shown.text, lead)
    return text.strip(), system, cuts


def _moved(cuts: tuple[Cut, ...], text: str, part: str, lead: int) -> tuple[Cut, ...]:
    """Cuts of `part` as cuts of `text` less its first `lead` characters; () where `part` does not stand in it just once."""
    if not part or text.count(part) != 1:
        return ()
    by, length = text.index(part) - lead, len(text.strip())
    moved = (Cut(max(0, c.start + by), min(length, c.end + by), c.context_kept) for c in cuts)
    return tuple(c for c in moved if c.start < c.end)
