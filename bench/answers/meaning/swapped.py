"""Who did it to whom, told the wrong way round: "Norvik is taken over by Baltic", where Baltic is what is taken over."""

from __future__ import annotations

from typing import Final

from bench.answers.text.quoted import words_in_article
from bench.answers.text.tokens import ARTICLES, Text
from bench.answers.text.wording import FUNCTION, words_of
from bench.answers.text.wrapping import inflected

_ASKING: Final = frozenset({"who", "what", "which"})
_BE: Final = words_of("is are was were be been being")
_BETWEEN: Final = words_of("being been also now reportedly allegedly later first")
_PARTICLES: Final = words_of("over up down out off away in on")
_MUTUAL: Final = words_of(
    "meet meets met met marry marries married fight fights fought face faces faced play plays played join joins joined "
    "border borders bordered neighbour neighbours rival rivals resemble resembles challenge challenged"
)  # what one did to the other, the other did to the one
_CLAUSE: Final = frozenset(".,;:!?\n()—")
_SUBJECT: Final = 5  # tokens of a question up to its verb
_AGENT: Final = 5  # tokens between "by" and a name


def swapped(text: Text, question: Text, first: int, end: int, context: str) -> bool:
    """Whether the tokens first…end−1 did what was done to the one asked for, or the other way round.

    Never where the article has these very words.
    """
    asked = [t.norm for t in question.tokens]
    at = next((i for i, norm in enumerate(asked[:2]) if norm in _ASKING), None)
    if at is None:
        return False
    verb = _agent(text, asked, at, first) or _object(text, question, at, first)
    last = text.tokens[end - 1]
    piece = text.clean[text.tokens[verb].start : last.start + len(last.raw)]
    return verb > 0 and not words_in_article(piece, context)


def _agent(text: Text, asked: list[str], at: int, first: int) -> int:
    """The verb of "… taken over by …" before a name, where the question is who or what is taken over; else 0."""
    be = next((i for i in range(at + 1, min(len(asked), at + 1 + _SUBJECT)) if asked[i] in _BE), None)
    if be is None or "by" in asked:
        return 0
    verb = next((norm for norm in asked[be + 1 :] if norm not in _BETWEEN), "")
    norms = [t.norm for t in text.tokens]
    by = next((i for i in range(first - 1, max(-1, first - 1 - _AGENT), -1) if norms[i] == "by"), None)
    if by is None or not _CLAUSE.isdisjoint(t.raw for t in text.tokens[by:first]):
        return 0
    done = by - 2 if by > 1 and norms[by - 1] in _PARTICLES else by - 1
    return done if done > 0 and norms[done] == verb and verb not in _MUTUAL else 0


def _object(text: Text, question: Text, at: int, first: int) -> int:
    """The verb of "Athletic beat …" before a name, where the question is who beat Athletic; else 0."""
    last = first - 1
    while last > 0 and text.tokens[last].norm in ARTICLES:
        last -= 1
    verb = text.tokens[last].norm if last > 0 else ""
    if (
        not verb
        or verb in FUNCTION
        or text.tokens[last].kind != "w"
        or not text.tokens[last].raw.islower()
        or verb in _MUTUAL
    ):
        return 0
    words = question.tokens
    said = next((i for i in range(at + 1, len(words)) if inflected(verb, {words[i].norm})), None)
    if said is None or any(t.raw[:1].isupper() for t in words[at + 1 : said]):
        return 0
    objects = {t.norm for t in words[said + 1 :] if t.kind == "w" and t.raw[:1].isupper()}
    begin = next((i + 1 for i in range(last - 1, -1, -1) if text.tokens[i].raw in _CLAUSE), 0)
    doers = {t.norm for t in text.tokens[begin:last]}
    heads = objects | ARTICLES
    told = said + 1 < len(words) and words[said + 1].norm in heads and not objects.isdisjoint(doers)
    return last if told else 0
