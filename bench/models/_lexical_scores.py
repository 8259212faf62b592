"""From a page and a question to ranked answers: which sentence, which span, how sure."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from bench.models._lexical_candidates import candidates
from bench.models._lexical_questions import Question
from bench.models._lexical_text import Page, Sentence, Token, tokenise
from bench.models._lexical_values import Candidate, date_end
from bench.models._words import NEGATIONS, SPEECH_VERBS, stem
from bench.records import SpanScore

_SENTENCES = 3  # best sentences looked into
_NEAR_BEFORE, _NEAR_AFTER = 0.35, 0.15  # what a term counts that only a neighbouring sentence holds
_TOPIC = 0.6
_FIT = {  # by kind of question, then of candidate; what is absent is worth 0
    "person": {"name": 0.8, "phrase": 0.35, "number": -0.5, "date": -0.5, "quote": -0.2, "clause": -0.6},
    "place": {"name": 0.8, "phrase": 0.3, "number": -0.5, "date": -0.5, "clause": -0.6},
    "time": {"date": 1.0, "number": -0.3, "phrase": -0.5, "name": -0.5, "clause": -0.6},
    "duration": {"number": 0.2, "phrase": -0.3, "name": -0.5, "date": -0.3, "clause": -0.6},
    "percent": {"number": 0.1, "phrase": -0.4, "name": -0.6, "date": -0.6, "clause": -0.6},
    "money": {"number": 0.5, "phrase": -0.3, "name": -0.6, "date": -0.6, "clause": -0.6},
    "number": {"number": 0.8, "phrase": -0.4, "name": -0.6, "date": -0.5, "clause": -0.6},
    "reason": {"clause": 0.9, "phrase": 0.2, "quote": 0.1, "name": -0.3, "number": -0.5, "date": -0.5},
    "thing": {"name": 0.8, "phrase": 0.8, "quote": 0.9, "number": 0.0, "date": 0.0, "clause": 0.1},
}
_CUE = {  # what a cue adds where it agrees with the question
    ("person", "person"): 0.35, ("person", "place"): -0.4, ("person", "organisation"): -0.2,
    ("place", "place"): 0.4, ("place", "person"): -0.5, ("percent", "percent"): 0.9,
    ("money", "money"): 0.4, ("duration", "duration"): 0.8, ("number", "percent"): -0.2, ("reason", "strong"): 0.3,
    ("number", "duration"): -0.3,
}  # fmt: skip


class Match(NamedTuple):
    """How well one sentence fits a question."""

    n: int  # sentence, from 0
    coverage: float  # share of the question's weight that it and its neighbours hold, 0–1
    places: tuple[int, ...]  # its tokens that the question names
    weights: tuple[float, ...]  # of those tokens


def best_sentences(page: Page, terms: tuple[Token, ...]) -> list[Match]:
    """The sentences that cover most of the terms, best first; earlier ones first when they tie."""
    weights: dict[str, float] = {}
    lead = page.sentences[0].stems if page.sentences else frozenset()
    for term in terms:
        telling = 1.3 if term.is_capital or term.text[0].isdigit() else 1.0
        if term.is_capital and term.stem in lead:
            telling = _TOPIC  # what the story is about is named once and then called "the ship", "she"
        weights[term.stem] = max(weights.get(term.stem, 0.0), telling * page.weight(term.stem))
    total = sum(weights.values())
    if not total:
        return [Match(0, 0.0, (), ())] if page.sentences else []
    holds = [sentence.stems & weights.keys() for sentence in page.sentences]
    scored = []
    for n, held in enumerate(holds):
        before = holds[n - 1] - held if n else frozenset()
        after = holds[n + 1] - held - before if n + 1 < len(holds) else frozenset()
        parts = ((held, 1.0), (before, _NEAR_BEFORE), (after, _NEAR_AFTER))
        scored.append(
            (sum(share * sum(weights[w] for w in sorted(part)) for part, share in parts) / total, n)
        )
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    found = []
    for coverage, n in scored[:_SENTENCES]:
        tokens = page.sentences[n].tokens
        places = tuple(i for i, token in enumerate(tokens) if token.stem in weights)
        found.append(Match(n, coverage, places, tuple(weights[tokens[i].stem] for i in places)))
    return found


def rank_spans(page: Page, question: Question, most: int) -> list[SpanScore]:
    """The best spans of the best sentences for a question about a person, place, time, number, … or thing."""
    kind = "person" if question.kind == "list" and question.opener in {"who", "whom"} else question.kind
    kind = "thing" if kind == "list" else kind
    asked = {token.stem for token in question.tokens if token.stem}
    best: dict[str, SpanScore] = {}
    for match in best_sentences(page, question.terms):
        sentence = page.sentences[match.n]
        for candidate in candidates(page.text, match.n):
            score = match.coverage + _span_score(sentence, candidate, question, kind, match, asked)
            first, last = sentence.tokens[candidate.first], _last_token(sentence, candidate, asked)
            end = last.end - 2 if last.text.endswith(("'s", "’s")) else last.end
            text = page.text[first.start : end]
            if text not in best or score > best[text].score:
                best[text] = SpanScore(text=text, score=round(score, 6), start=first.start, end=end)
    return sorted(best.values(), key=lambda span: (-span.score, span.start or 0, len(span.text)))[:most]


def _span_score(
    sentence: Sentence, candidate: Candidate, question: Question, kind: str, match: Match, asked: set[str]
) -> float:
    inside = sentence.tokens[candidate.first : candidate.last + 1]
    stems = [token.stem for token in inside if token.stem]
    new = [word for word in stems if word not in asked]
    score = 0.6 * (_FIT[kind].get(candidate.kind, 0.0) + _CUE.get((kind, candidate.cue), 0.0))
    score += 0.7 * _nearness(candidate, match)
    if not new and candidate.kind != "number":
        score -= 1.0  # the question already says it
    elif stems and candidate.kind in {"phrase", "name"}:
        score -= 0.4 * (1 - len(new) / len(stems))
    if question.head and candidate.kind == "number" and kind in {"number", "money"}:
        score += _unit_fit(sentence, candidate, question.head)
    if question.head and candidate.kind in {"phrase", "name"} and kind in {"thing", "person", "place"}:
        around = {t.stem for t in sentence.tokens[max(0, candidate.first - 2) : candidate.last + 2]}
        score += 0.3 if question.head in around else 0.0
    if kind == "time" and candidate.kind == "date":
        wanted = {"day": "weekday", "date": "calendar", "month": "calendar", "year": "calendar"}.get(
            question.head, ""
        )
        score += 0.2 if wanted and candidate.cue == wanted else 0.0
    before = sentence.tokens[candidate.first - 1].stem if candidate.first else ""
    if kind == "thing" and candidate.kind == "name" and before in asked:
        score -= 0.4  # "Mayor Orr" when the question speaks of the mayor: named, not asked for
    if candidate.kind == "phrase" and len(inside) > 4:
        score -= 0.05 * (len(inside) - 4)
    return score + _side(sentence, candidate, question, match)


def _unit_fit(sentence: Sentence, number: Candidate, wanted: str) -> float:
    """Whether a number counts what the question asks for: yes, nearly, left unsaid, or something else."""
    if wanted in number.unit:
        return 0.35 if number.unit[0] == wanted else 0.2
    following = sentence.tokens[number.last + 1 : number.last + 2]
    return -0.05 if following and following[0].stem else 0.2


def _last_token(sentence: Sentence, candidate: Candidate, asked: set[str]) -> Token:
    """The token that the answer ends with: a number takes along what it counts where the question does not say it."""
    last = candidate.last
    if candidate.kind == "number" and not candidate.cue and last + 1 < len(sentence.tokens):
        following = sentence.tokens[last + 1]
        plural = following.text.islower() and following.text.endswith("s")
        if following.stem and plural and not asked.intersection(candidate.unit):
            return following
    return sentence.tokens[last]


def _nearness(candidate: Candidate, match: Match) -> float:
    """Weighted closeness of the candidate to the words that the question names, 0–1."""
    total = near = 0.0
    cut = bisect_left(match.places, candidate.first)
    low, high = max(0, cut - 8), cut + 8  # farther ones hardly count
    for place, weight in zip(match.places[low:high], match.weights[low:high], strict=True):
        if candidate.first <= place <= candidate.last:
            continue
        gap = candidate.first - place if place < candidate.first else place - candidate.last
        total += weight
        near += weight / (1 + gap / 4)
    return near / total if total else 0.0


def _side(sentence: Sentence, candidate: Candidate, question: Question, match: Match) -> float:
    """Subjects stand before their verb, objects after it; who said something stands beside "said"."""
    if question.opener == "who" and {"say", "said"} & {t.lower for t in question.tokens[:4]} | (
        {t.lower for t in question.tokens[:4]} & SPEECH_VERBS
    ):
        beside = sentence.tokens[max(0, candidate.first - 1) : candidate.first]
        beside += sentence.tokens[candidate.last + 1 : candidate.last + 2]
        return 0.35 if any(token.lower in SPEECH_VERBS for token in beside) else 0.0
    if not match.places or question.kind not in {"thing", "person"}:
        return 0.0
    auxiliary = question.tokens[question.after].lower if question.after < len(question.tokens) else ""
    wants_object = auxiliary in {"did", "does", "do", "will", "would", "has", "have", "had"}
    return 0.12 if (candidate.first > match.places[len(match.places) // 2]) == wants_object else 0.0


def negations(tokens: tuple[Token, ...]) -> int:
    """How many words of the tokens deny something."""
    return sum(token.lower in NEGATIONS or token.lower.endswith(("n't", "n’t")) for token in tokens)


def judge(page: Page, question: Question) -> list[SpanScore]:
    """`yes` or `no`: whether the best sentence denies as often as the question does. Never says which span."""
    for match in best_sentences(page, question.terms):
        sentence = page.sentences[match.n]
        agrees = negations(sentence.tokens) % 2 == negations(question.tokens) % 2
        said, other = ("yes", "no") if agrees else ("no", "yes")
        score = round(match.coverage + 0.6, 6)
        return [SpanScore(text=said, score=score), SpanScore(text=other, score=round(score - 0.5, 6))]
    return []


def choose(page: Page, question: Question) -> list[SpanScore]:
    """The options of a choice, ranked by how much of each stands in the best sentences."""
    matches = best_sentences(page, question.terms)
    ranked = []
    for place, option in enumerate(question.options):
        words = [stem(word) for word in option.lower().split()]
        best = 0.0
        for match in matches:
            held = sum(word in page.sentences[match.n].stems for word in words) / len(words)
            best = max(best, match.coverage + 0.5 * held)
        ranked.append((round(best + 0.4, 6), place, option))
    ranked.sort(key=lambda row: (-row[0], row[1]))
    return [SpanScore(text=option, score=score) for score, _, option in ranked] if matches else []


def extend(page: Page, question: Question, spans: list[SpanScore]) -> list[SpanScore]:
    """The members of a list joined into one answer, put first: the best span and those coordinated with it.

    Dates need not be coordinated: each often has its own clause.
    """
    fitting = [s for s in spans if s.start is not None and (question.kind != "time" or _is_date(s.text))]
    placed = sorted(fitting, key=lambda span: (span.start or 0, span.end or 0))
    members = [spans[0]] if spans else []
    for span in placed:
        if _joins(page.text, members[-1], span, question.kind):
            members.append(span)
    for span in reversed(placed):
        if _joins(page.text, span, members[0], question.kind):
            members.insert(0, span)
    if len(members) < 2:
        return spans
    wanted = members[: question.count] if question.count else members
    return [SpanScore(text=", ".join(span.text for span in wanted), score=spans[0].score), *spans]


def _is_date(text: str) -> bool:
    tokens = tokenise(text)
    return bool(tokens) and date_end(tokens, 0) == len(tokens) - 1


def _joins(text: str, left: SpanScore, right: SpanScore, kind: str) -> bool:
    """Whether two spans are members of one list: only commas and "and" between them, or both dates of one sentence."""
    if left.end is None or right.start is None or left.end >= right.start:
        return False
    between = text[left.end : right.start]
    if kind == "time":
        return "\n" not in between and ". " not in between
    return between.strip() != "" and between.strip(" ,") in {"", "and"}
