"""The reader that is an encoder with a span head: any `AutoModelForQuestionAnswering`, windows and all."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bench.errors import UsageError, nearest
from bench.models._batches import Batcher, by_context
from bench.models._extractive_decode import Reading, read_window
from bench.models._extractive_torch import Reader, load
from bench.models._extractive_windows import Marks, Row, Tokens, cut, make_row, mark
from bench.models._extractive_work import Work, finish
from bench.models._model_files import check_weights, locate, tokenizer_digest, weights_digest
from bench.models._torch_setup import Setting, resolve
from bench.models.base import Model
from bench.records import Prediction, Request

_BATCH_TOKENS = {"cpu": 1024, "cuda": 65536}
_POOL = 8  # batches' worth of text that is sorted by length at a time, and no less than this many tokens:
_POOL_TOKENS = 32768
_LEAST_QUESTION = 8  # tokens that must be left for the question

Timed = tuple[Prediction, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractive(Model):
    """Answers with the span of the article that an encoder scores best; gives n-best spans and a null score.

    `name` is a local folder or a hub model, `revision` a branch, tag or commit of the latter (default: main,
    resolved to a commit). An article longer than the window is read in windows of `window` tokens, question and
    special tokens included, neighbours sharing `stride` tokens of the article; a question too long for that is
    cut at its end (`tokens_kept` < `tokens_in`). The score of a span is the sum of its start and end logit, its
    best over windows; the null score is the same sum at the CLS token, its lowest over windows, as in the recipe
    of SQuAD 2.0. Whoever reads the prediction abstains when the null score exceeds the best span's by more than
    a threshold; `text` is always the best span. Equal scores: lowest start, then shortest; where that decided
    the answer, `finish_reason` is `tie`. Scores are rounded to four decimals.

    `whole_words` widens spans to the edges of their words, in scripts with spaces. `device`: auto, cpu, cuda,
    cuda:N. `dtype`: auto (fp32 on CPU; on CUDA bf16 where supported, else fp16), fp32, bf16, fp16. `runtime`:
    torch, or openvino, which computes the same network faster, on CPU in fp32. `batch_tokens`: 65,536 on CUDA
    unless given; on CPU never above 1,024, for what a CPU's caches do not hold is slower. Failed predictions: `nan_logits` (a logit that is no finite number), `out_of_memory` (one window alone does not
    fit). UsageError, when `predict` starts or for `identity`, for anything about the set-up.
    """

    version: ClassVar[str] = "2"
    name: str
    revision: str | None = None
    window: int = 384
    stride: int = 128
    max_answer_tokens: int = 30
    n_best: int = 8
    whole_words: bool = False
    device: str = "auto"
    dtype: str = "auto"
    runtime: str = "torch"
    batch_tokens: int | None = field(default=None, metadata={"identity": False})

    def __post_init__(self) -> None:
        """Refuse values that no model could work with."""
        least = {"window": 16, "stride": 0, "max_answer_tokens": 1, "n_best": 1, "batch_tokens": 1}
        for key, low in least.items():
            value = getattr(self, key)
            if key == "batch_tokens" and value is None:
                continue
            if not isinstance(value, int) or isinstance(value, bool) or value < low:
                raise UsageError(f"model.{key}={value!r}: a whole number of at least {low}")
        if not re.fullmatch(r"auto|cpu|cuda(:\d+)?", str(self.device)):
            raise UsageError(
                f"model.device={self.device!r}{nearest(str(self.device), ['auto', 'cpu', 'cuda'])}"
            )
        if self.dtype not in ("auto", "fp32", "bf16", "fp16"):
            known = ["auto", "fp32", "bf16", "fp16"]
            raise UsageError(f"model.dtype={self.dtype!r}{nearest(str(self.dtype), known)}")
        if self.runtime not in ("torch", "openvino"):
            raise UsageError(
                f"model.runtime={self.runtime!r}{nearest(str(self.runtime), ['torch', 'openvino'])}"
            )
        if self.runtime == "openvino" and (
            self.device not in ("auto", "cpu") or self.dtype not in ("auto", "fp32")
        ):
            raise UsageError(
                "model.runtime=openvino computes on CPU in fp32 only; leave model.device and model.dtype"
            )

    def identity(self) -> Mapping[str, Any]:
        """What determines the answers; a local folder enters by its content, not by its place."""
        setting = self._setting()
        source = locate(self.name, self.revision, weights=False)
        if source.commit is None:
            check_weights(self.name, source.folder)
            who = {"weights_sha256": weights_digest(source.folder)}
        else:
            who = {"name": self.name, "commit": source.commit}
        return {
            "kind": f"{type(self).__module__}.{type(self).__qualname__}",
            "version": self.version,
            **who,
            "tokenizer_sha256": tokenizer_digest(source.folder),
            "device": setting.device.partition(":")[0],
            "dtype": setting.dtype,
            **({} if self.runtime == "torch" else {"runtime": self.runtime}),  # its sums round differently
            "window": self.window,
            "stride": self.stride,
            "max_answer_tokens": self.max_answer_tokens,
            "n_best": self.n_best,
            "whole_words": self.whole_words,
        }

    def remarks(self, requests: Sequence[Request]) -> tuple[str, ...]:
        """Whether long answers may be cut at the edge of a window."""
        if not requests or self.max_answer_tokens <= self.stride + 1:
            return ()
        return (
            f"model.stride={self.stride} is below model.max_answer_tokens={self.max_answer_tokens}: an answer of more "
            f"than {self.stride + 1} tokens may be whole in no window",
        )

    def answer(self, request: Request) -> Prediction:
        """The prediction for one request; loads the model each time, so prefer `predict` for many."""
        return next(self.predict([request]))

    def predict(self, requests: Sequence[Request]) -> Iterator[Prediction]:
        """One prediction per request, article by article as they finish."""
        return (prediction for prediction, _ in self.timed(requests))

    def timed(self, requests: Sequence[Request]) -> Iterator[Timed]:
        """Predictions with their seconds: each window's equal share of what its batch took, loading not counted."""
        if not requests:
            return
        reader = self._load()
        kind = reader.device.partition(":")[0]
        budget = self.batch_tokens or _BATCH_TOKENS[kind]
        # A CPU's caches do not hold more, and then a large batch is slower than two small ones.
        batcher = Batcher(budget=budget if kind == "cuda" else min(budget, _BATCH_TOKENS["cpu"]))
        pool: list[Work] = []
        size = 0
        for article in by_context(requests):
            pool.extend(self._prepare(reader, article))
            size += sum(len(row.ids) for work in pool[-len(article) :] for row in work.rows)
            if size >= max(_POOL_TOKENS, _POOL * batcher.budget):
                yield from self._answer_pool(reader, batcher, pool)
                pool, size = [], 0
        yield from self._answer_pool(reader, batcher, pool)

    def _setting(self) -> Setting:
        if self.runtime == "openvino":
            return resolve("cpu", "fp32")
        return resolve(self.device, self.dtype)

    def _load(self) -> Reader:
        setting = self._setting()
        source = locate(self.name, self.revision, weights=True)
        check_weights(self.name, source.folder)
        reader = load(self.name, source.folder, setting, self.runtime)
        if reader.limit is not None and self.window > reader.limit:
            raise UsageError(
                f"model.window={self.window}: {self.name} reads at most {reader.limit} tokens; set model.window={reader.limit}"
            )
        least = reader.template.n_special + self.stride + 1 + _LEAST_QUESTION
        if self.window < least:
            raise UsageError(
                f"model.window={self.window}: with model.stride={self.stride} it must be at least {least}"
            )
        return reader

    def _prepare(self, reader: Reader, requests: Sequence[Request]) -> list[Work]:
        """Model inputs for all requests on one text."""
        context = requests[0].context
        try:
            tokens, *questions = reader.tokenize([context, *(r.question.strip() for r in requests)])
        except Exception as error:
            return [Work(request=r, error=error) for r in requests]
        marks = mark(context, tokens, self.whole_words)
        return [self._work(reader, *pair, tokens, marks) for pair in zip(requests, questions, strict=True)]

    def _work(
        self, reader: Reader, request: Request, question: Tokens, context: Tokens, marks: Marks
    ) -> Work:
        special = reader.template.n_special
        kept = question.ids[: self.window - special - self.stride - 1]
        windows = cut(len(context.ids), self.window - special - len(kept), self.stride)
        n_tokens = special + len(context.ids)
        return Work(
            request=request,
            rows=[make_row(reader.template, kept, context, first, last) for first, last in windows],
            marks=marks,
            tokens_in=n_tokens + len(question.ids),
            tokens_kept=n_tokens + len(kept),
        )

    def _answer_pool(self, reader: Reader, batcher: Batcher, pool: Sequence[Work]) -> Iterator[Timed]:
        """Predictions, with their seconds, for a pool of work; an article's come together, once its last window is read."""
        rows = [(work, row) for work in pool for row in work.rows]
        waiting: dict[str, int] = {}
        for work in pool:
            waiting[work.request.context] = waiting.get(work.request.context, 0) + len(work.rows)
        articles = {context: [w for w in pool if w.request.context == context] for context in waiting}
        for context in [c for c, n in waiting.items() if n == 0]:  # what could not be tokenized
            yield from ((finish(work, self.n_best), work.seconds) for work in articles[context])

        def forward(batch: list[int]) -> Sequence[Any]:
            started = time.perf_counter()
            logits = reader.forward([rows[n][1] for n in batch])
            share = (time.perf_counter() - started) / len(batch)
            for n in batch:
                rows[n][0].seconds += share
            return logits

        for n, result in batcher.run([len(row.ids) for _, row in rows], forward):
            work, row = rows[n]
            if isinstance(result, Exception):
                work.error = work.error or result
            else:
                work.readings.append(self._read(work, row, result))
            context = work.request.context
            waiting[context] -= 1
            if not waiting[context]:
                yield from ((finish(done, self.n_best), done.seconds) for done in articles[context])

    def _read(self, work: Work, row: Row, logits: Any) -> Reading | None:
        assert work.marks is not None
        # A second span is looked at even where one is asked for: it says whether the best one is tied.
        best = max(self.n_best, 2)
        return read_window(
            logits[0], logits[1], row, work.marks, max_tokens=self.max_answer_tokens, n_best=best
        )
