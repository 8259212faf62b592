"""From a request to the tokens that a generator reads: chat format, one start token, fitted to the window."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from bench.answers.output.markup import opens_reasoning
from bench.errors import UsageError
from bench.models._torch_setup import SURROGATES
from bench.records import Request

_DAY = datetime.datetime(2025, 1, 1)  # for chat templates that ask: no run may depend on the date
_CODES = "aAbBdeHIjmMpSyY"


class Fitted(NamedTuple):
    """A request as tokens."""

    ids: tuple[int, ...]
    tokens_in: int  # of the whole prompt
    context_kept: int | None  # characters of the context that the tokens hold; None: all of it
    opened: str  # the tag of a reasoning block that the prompt opens at its end; the output goes on from it


class TooLong(ValueError):
    """Instruction and question alone do not fit."""


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Writes requests as a tokenizer's tokens.

    `chat` puts them as messages into the tokenizer's chat template, `options` are its further variables. `tail`
    keeps the end token that some tokenizers append: encoders expect it, a text to be continued must not have it.
    """

    tokenizer: Any
    chat: bool
    options: Mapping[str, Any]
    tail: bool

    def fit(self, request: Request, room: int | None) -> Fitted:
        """The request in at most `room` tokens (None: any number), as few cuts made as that takes.

        TooLong when it does not fit with all cuts made.
        """
        ids, opened = self.tokens(request.prompt, request.system)
        whole = len(ids)
        if room is None or whole <= room:
            return Fitted(tuple(ids), whole, None, opened)
        found: tuple[list[int], int | None] | None = None
        low, high = 1, len(request.cuts)
        while low <= high:
            middle = (low + high) // 2
            text, kept = request.shortened(middle)
            ids, _ = self.tokens(text, request.system)
            if len(ids) <= room:
                found, high = (ids, kept), middle - 1
            else:
                low = middle + 1
        if found is None:
            raise TooLong(f"instruction and question take more than the {room} tokens there are for a prompt")
        return Fitted(tuple(found[0]), whole, found[1], opened)

    def tokens(self, prompt: str, system: str = "") -> tuple[list[int], str]:
        """Tokens of a prompt, with exactly one start token where the model has one; and an opened reasoning block."""
        prompt, system = prompt.translate(SURROGATES), system.translate(SURROGATES)
        if not self.chat:
            text = f"{system}\n\n{prompt}" if system else prompt
            head, tail = self._frame
            return [*head, *self._encode(text, plain=True), *(tail if self.tail else ())], opens_reasoning(
                text
            )
        text = self._rendered(prompt, system)
        return self._started(self._encode_chat(text, [system, prompt])), opens_reasoning(text)

    def _encode(self, text: str, *, plain: bool) -> list[int]:
        """Tokens of a text without a frame; `plain`: a special token's name in it is mere text."""
        found = self.tokenizer(text, add_special_tokens=False, split_special_tokens=plain, verbose=False)
        return list(found["input_ids"])

    def _encode_chat(self, text: str, contents: Sequence[str]) -> list[int]:
        """Tokens of a rendered chat; names of special tokens inside a message are mere text."""
        special = self._special
        for content in contents:
            content = content.strip()
            if any(name in content for name in special) and text.count(content) == 1:
                before, _, after = text.partition(content)
                rest = [c for c in contents if c.strip() != content]
                inner = self._encode(content, plain=True)
                return [*self._encode_chat(before, rest), *inner, *self._encode_chat(after, rest)]
        return self._encode(text, plain=False) if text else []

    def _started(self, ids: list[int]) -> list[int]:
        """`ids` with one start token, where the template writes one or the tokenizer would; else with none."""
        start = self.tokenizer.bos_token_id
        if start is None:
            return ids
        while len(ids) > 1 and ids[0] == ids[1] == start:
            ids = ids[1:]
        return [start, *ids] if start in self._frame[0] and ids[:1] != [start] else ids

    def _rendered(self, prompt: str, system: str) -> str:
        import jinja2

        user = {"role": "user", "content": prompt}
        messages = [{"role": "system", "content": system}, user] if system else [user]
        try:
            return self._apply(messages)
        except jinja2.TemplateError as error:
            if not system:
                raise UsageError(
                    f"the chat template of this model fails: {error}; try model.chat=false"
                ) from error
        # Some templates refuse a system message.
        return self._apply([{"role": "user", "content": f"{system}\n\n{prompt}"}])

    def _apply(self, messages: Sequence[Mapping[str, str]]) -> str:
        return str(
            self.tokenizer.apply_chat_template(
                messages,
                chat_template=self._template,
                tokenize=False,
                add_generation_prompt=True,
                **dict(self.options),
            )
        )

    @cached_property
    def _template(self) -> str:
        """The chat template; one that asks for the date gets the same one every day."""
        template = str(self.tokenizer.get_chat_template())
        if "strftime_now" not in template:
            return template
        steps = "".join(f" | replace('%{code}', '{_DAY.strftime('%' + code)}')" for code in _CODES)
        return "{%- macro strftime_now(format) -%}{{ format" + steps + " }}{%- endmacro -%}" + template

    @cached_property
    def _frame(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The special tokens that the tokenizer puts before and behind a text."""
        bare = self._encode("a", plain=True)
        full = list(self.tokenizer("a", add_special_tokens=True, verbose=False)["input_ids"])
        for first in range(len(full) - len(bare) + 1):
            if full[first : first + len(bare)] == bare:
                return tuple(full[:first]), tuple(full[first + len(bare) :])
        return (), ()

    @cached_property
    def _special(self) -> tuple[str, ...]:
        tokens = [t for t in self.tokenizer.added_tokens_decoder.values() if t.content.strip()]
        return tuple(t.content for t in tokens if t.special or t.content in self._template)


def shared_length(rows: Sequence[tuple[int, ...]]) -> int:
    """How many tokens all rows begin with alike, one token at least left over in each; 0 for a single row."""
    if len(rows) < 2:
        return 0
    low, high = min(rows), max(rows)  # what the first and the last in sorted order share, all share
    most = min(map(len, rows)) - 1
    return next((n for n in range(most) if low[n] != high[n]), max(most, 0))
