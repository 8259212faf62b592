"""The records that travel down the line, all frozen, slotted and keyword-only.

    Article + Item ─perturb─▶ Item′ ─prompt─▶ Request ─model─▶ Prediction ─extract─▶ Answer ─metrics─▶ Score ─▶ Estimate

The key everywhere is (item_id, variant, replicate). Offsets are Unicode code points, end exclusive."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from bench.canonical import digest
from bench.quick import record

AnswerType = Literal[
    "person", "place", "span", "number", "date", "yes_no", "choice", "list", "none", "ambiguous"
]
AnswerMode = Literal["one", "any", "all", "all_keyed"]
Status = Literal["ok", "failed"]

ANSWER_TYPES: tuple[str, ...] = get_args(AnswerType)
ANSWER_MODES: tuple[str, ...] = get_args(AnswerMode)


class Key(NamedTuple):
    """What a record is about; sorts in item, variant, replicate order."""

    item_id: str
    variant: str = "none"
    replicate: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of an article, by offsets into its text."""

    n: int  # counts from 1 through the whole article
    paragraph: int  # counts from 1
    start: int
    end: int  # exclusive


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news article: what a model may read, and what is known about the text."""

    id: str
    text: str  # NFC; paragraphs split by one blank line
    title: str = ""
    sentences: tuple[Sentence, ...] = ()  # ordered, disjoint, covering all non-space text; () for own data
    language: str = "en"
    genre: str | None = None
    topic: str | None = None
    published: str | None = None  # ISO date; never put into a prompt unless the item requires it
    published_precision: str | None = None  # day · month · year
    fictional: bool | None = None
    text_origin: str | None = None
    license: str | None = None
    factual_basis: str | None = None
    split: str | None = None  # dev · test; an article never straddles splits
    version: int = 1

    @property
    def sha256(self) -> str:
        """Hex digest of the text alone."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@record
class Span:
    """A stretch of the article text."""

    start: int
    end: int  # exclusive
    text: str


@record
class Gold:
    """One slot: one thing that the question asks for."""

    canonical: str  # the answer as we would print it
    key: str | None = None  # names the slot in a keyed list ("Russia": …)
    aliases: tuple[str, ...] = ()  # further wordings a careful reader accepts for this question
    spans: tuple[Span, ...] = ()  # where it stands in the context; () when computed
    value: float | None = None  # the number meant, when it is one
    unit: str | None = None  # drone, percent, EUR …
    bound: str | None = None  # exact · approx · at_most · at_least
    tolerance: float = 0.0  # absolute, on `value`
    edtf: str | None = None  # the date meant, e.g. XXXX-05-16
    computed: bool = False  # derived, not quotable from the text
    reading: str | None = None  # for an ambiguous question: the question this slot answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Whose word a statement is."""

    status: str  # stated · claimed · accused · reported · denied · inferred · narrator
    holder: str | None = None


@record
class Item:
    """One question on one article, with all that is needed to judge an answer to it."""

    id: str  # unique in the dataset, never reused
    article_id: str  # the statistical cluster
    question: str
    context: str  # the article text, possibly perturbed
    answer_type: str  # one of ANSWER_TYPES
    answer_mode: str = "one"  # one of ANSWER_MODES
    gold: tuple[Gold, ...] = ()  # empty ⇔ unanswerable
    reject: tuple[str, ...] = ()  # lures: answers that must never be accepted
    evidence: tuple[tuple[int, ...], ...] = ()  # alternative minimal sets of sentence numbers
    derivation: str | None = None  # restricted expression, re-evaluated by the validator
    unanswerable_reason: str | None = None  # missing_info · entity_swap · scope_shift · false_premise
    attribution: Attribution | None = None
    skills: tuple[str, ...] = ()
    difficulty: int | None = None  # 1–3
    contrast_group: str | None = None
    requires_context: tuple[str, ...] = ("body",)  # body · published · title
    language: str = "en"
    split: str = "test"
    status: str = "active"  # draft · active · disputed · retired
    variant: str = "none"  # none, or generator@parameters:seed
    version: int = 1
    review: tuple[str, ...] = ()  # blind second answers, kept for ever
    note: str | None = None

    @property
    def answerable(self) -> bool:
        """Whether the text answers the question."""
        return bool(self.gold)


class Cut(NamedTuple):
    """A stretch of a prompt that may be left out where the whole is too long for a model."""

    start: int  # into Request.prompt; end is exclusive
    end: int
    context_kept: int | None = None  # characters of the context that are left once this is out; None: all


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a model is given. No gold and no answer type: a model cannot see them, by construction."""

    key: Key
    article_id: str
    context: str
    question: str
    metadata: tuple[tuple[str, str], ...] = ()  # allowed pairs, e.g. ("published", "2025-06-02")
    prompt: str = ""  # rendered: the user's message; empty for models that declare uses_prompt = False
    system: str = ""  # the system message of a chat; mostly empty
    cuts: tuple[Cut, ...] = ()  # disjoint, first to go first; never the instruction or the question
    digest: str = field(init=False, repr=False, compare=False)  # sha256 over all but the key and the article

    def __post_init__(self) -> None:
        """Compute the digest once; it is asked for at every step of a run."""
        parts: list[object] = [self.context, self.question, self.metadata, self.prompt]
        if self.system or self.cuts:
            parts += [self.system, self.cuts]
        object.__setattr__(self, "digest", digest(parts))

    def shortened(self, n: int) -> tuple[str, int | None]:
        """The prompt without its first `n` cuts, and how many characters of the context it keeps (None: all)."""
        text = self.prompt
        for cut in sorted(self.cuts[:n], reverse=True):
            text = text[: cut.start] + text[cut.end :]
        return text, self.cuts[n - 1].context_kept if n else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanScore:
    """One of a model's n-best spans."""

    text: str
    score: float  # on the model's own scale; comparable with its null score
    start: int | None = None  # into Request.context
    end: int | None = None  # exclusive


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why there is no answer."""

    type: str  # exception class or a documented word: nan_logits, deadline …
    message: str


@record
class Prediction:
    """What the mechanism did, not what it means; no clock in it."""

    key: Key
    request_digest: str
    text: str = ""  # raw output, untouched; empty is an answer (an abstention), not a failure
    status: Status = "ok"
    finish_reason: str | None = None  # stop · length …
    tokens_in: int | None = None  # prompt tokens before truncation
    tokens_kept: int | None = None  # after
    tokens_out: int | None = None
    tokens_reasoning: int | None = None  # of those put out, how many up to the end of a reasoning block
    context_kept: int | None = None  # characters of the context read, from its start; None: all of it
    ties: int | None = None  # how often several tokens were equally good, and the rule decided
    spans: tuple[SpanScore, ...] = ()  # n-best, best first
    null_score: float | None = None  # score of "no answer", on the scale of the spans
    confidence: float | None = None  # 0–1, where the model states one
    error: Failure | None = None  # set ⇔ status is failed


@record
class Answer:
    """What an output means, as `extract` read it."""

    text: str  # empty when abstained
    abstained: bool = False  # said that the article does not tell
    refused: bool = False  # would not help at all; not an abstention
    failed: bool = False  # no output to read
    evidence: tuple[int, ...] = ()  # sentence numbers cited
    confidence: float | None = None  # 0–1
    emphasis: str = ""  # what alone is bold
    finish_reason: str | None = None


@record
class Score:
    """One row per key; a metric that does not apply to the item is absent."""

    key: Key
    article_id: str
    values: Mapping[str, float]
    answer: Answer
    diagnosis: str | None = None  # why it missed; None when right


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A reported number. Stored 0–1 (or in the metric's unit), shown 0–100."""

    value: float | None  # None: undefined, never NaN
    low: float | None
    high: float | None
    n_items: int
    n_articles: int
    method: str  # how the interval was made, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """Articles and the items on them."""

    name: str
    version: str
    articles: tuple[Article, ...]
    items: tuple[Item, ...]
    warnings: tuple[str, ...] = ()
