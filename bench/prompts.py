"""Item → Request: what a model is told, and nothing more."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.errors import UsageError
from bench.records import Article, Item, Key, Request

if TYPE_CHECKING:
    import jinja2

PUBLIC_METADATA = ("published", "title")  # all that an item may ask to be shown beside the body


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A Jinja template over `context`, `question` and `metadata`; article first, question last."""

    name: str
    template: str

    def render(self, context: str, question: str, metadata: Mapping[str, str]) -> str:
        """The prompt text; UsageError when the template is broken."""
        import jinja2

        try:
            return (
                _compile(self.template).render(context=context, question=question, metadata=metadata).strip()
            )
        except jinja2.TemplateError as error:
            raise UsageError(
                f"prompt {self.name}: {error}; the template knows context, question, metadata"
            ) from error


@functools.lru_cache(maxsize=32)
def _compile(template: str) -> jinja2.Template:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=False)
    return environment.from_string(template)


def request_for(item: Item, article: Article | None, prompt: Prompt | None, replicate: int = 0) -> Request:
    """The request for one item. `prompt` is None for models that read question and context as they are.

    Only the metadata that the item requires is passed on, so a publication date is never a give-away.
    """
    metadata = tuple(
        (name, value)
        for name in PUBLIC_METADATA
        if name in item.requires_context and article is not None and (value := getattr(article, name))
    )
    text = prompt.render(item.context, item.question, dict(metadata)) if prompt else ""
    return Request(
        key=Key(item.id, item.variant, replicate),
        article_id=item.article_id,
        context=item.context,
        question=item.question,
        metadata=metadata,
        prompt=text,
    )
