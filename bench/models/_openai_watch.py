"""What a server kept quiet about: log-probabilities that it left out, prompts that it seems to have cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.records import Key, Prediction, Request

_MOST_CHARACTERS = 10  # per token; ordinary text has three to five


class Watch:
    """Looks at each answer of one round of requests; has something to say at the end, or not."""

    def __init__(self, name: str, requests: Sequence[Request], logprobs: bool) -> None:
        self._name = name
        self._logprobs = logprobs
        self._sizes: dict[Key, int] = {r.key: len(r.system) + len(r.prompt) for r in requests}
        self._answered = self._lacking = self._cut = 0
        self._example = ""

    def see(self, prediction: Prediction) -> None:
        """Take note of one prediction."""
        if prediction.status != "ok":
            return
        self._answered += 1
        self._lacking += self._logprobs and prediction.confidence is None
        size, read = self._sizes[prediction.key], prediction.tokens_in
        if read is not None and size > _MOST_CHARACTERS * max(read, 1):
            self._cut += 1
            self._example = (
                self._example or f"{size:,} characters as {read:,} tokens for {prediction.key.item_id}"
            )

    def remarks(self) -> Iterator[str]:
        """What a person should know; nothing when all is well."""
        if self._lacking:
            yield (
                f"{self._name} gave no log-probabilities for {self._lacking} of {self._answered} answers, though "
                "model.logprobs=true asked for them; these answers have no confidence"
            )
        if self._cut:
            yield (
                f"{self._name} may have read only part of {self._cut} of {self._answered} prompts ({self._example}); "
                "give the server a longer context (Ollama: num_ctx), or do not trust these answers"
            )
