"""Answers that are told of somebody else than the question asks about: "Prok won 54 percent", where it is Holub's share."""

from __future__ import annotations

from typing import Final

from bench.answers.text.tokens import ARTICLES, Text
from bench.answers.text.wording import AUXILIARIES, FUNCTION, SPEECH, words_of

_ASKS: Final = AUXILIARIES | words_of("did does do is was are were has have had will would")
_WANTING: Final = words_of(
    "demand demands demanded want wants wanted expect expects expected estimate estimates estimated insist insists insisted ask asks "
    "asked call calls called propose proposes proposed suggest suggests suggested count counts counted put puts fear fears feared"
)
_NAME: Final = 4  # tokens of a name


def of_another_subject(text: Text, question: Text, context: str) -> bool:
    """Whether a text opens with a name and its verb, where the question asks about another name that the text lacks.

    The article must have the name with a capital amid a sentence.
    """
    asked = _subject(question)
    norms = {t.norm for t in text.tokens}
    if not asked or not norms.isdisjoint(asked):
        return False
    own = _leading(text, 0)
    verb = text.tokens[len(own)] if 0 < len(own) < len(text.tokens) else None
    if (
        verb is None
        or verb.kind != "w"
        or verb.norm in SPEECH | _WANTING
        or (verb.norm in FUNCTION - AUXILIARIES)
    ):
        return False
    known = {t.norm for t in question.tokens}
    return not known & set(own) and f" {text.tokens[len(own) - 1].raw}" in _amid(context)


def of_another_owner(text: Text, question: Text) -> bool:
    """Whether a text has "Estria's team" where the question asks about "Norland's team", and no word of that one."""
    wanted = _owned(question)
    given = _owned(text)
    norms = {t.norm for t in text.tokens}
    return any(
        noun == other
        and owner[:2] != holder[:2]
        and owner not in norms
        and holder not in {t.norm for t in question.tokens}
        for owner, noun in wanted
        for holder, other in given
    )


def _subject(question: Text) -> set[str]:
    """The name that stands directly behind the question's auxiliary: "How old is Marek Holub?"."""
    for i, token in enumerate(question.tokens[:-1]):
        if token.norm in _ASKS and token.raw.islower():
            skip = question.tokens[i + 1].norm in ARTICLES
            return set(_leading(question, i + 1 + skip))
    return set()


def _leading(text: Text, at: int) -> list[str]:
    """The words of a name that begins at a token."""
    out: list[str] = []
    for token in text.tokens[at : at + _NAME]:
        if token.kind != "w" or not token.raw[:1].isupper():
            break
        out.append(token.norm)
    return out


def _owned(text: Text) -> list[tuple[str, str]]:
    """(owner, thing) of each "Norland's team"; abbreviations apart, which may stand for any owner."""
    tokens = text.tokens
    return [
        (tokens[i - 1].norm, tokens[i + 1].norm)
        for i in range(1, len(tokens) - 1)
        if tokens[i].kind == "s" and tokens[i - 1].raw.istitle() and tokens[i + 1].kind == "w"
    ]


def _amid(context: str) -> str:
    """An article without the first word of each sentence, roughly."""
    parts = context[:20_000].replace("\n", ". ").replace("! ", ". ").replace("? ", ". ").split(". ")
    return " ".join(f" {part.partition(' ')[2]}" for part in parts)
