"""Corrections of a false premise: "Umerov did not resign", "no accord was signed"."""

from __future__ import annotations

import re
from typing import Final

from bench.answers.meaning.stance import negated
from bench.answers.text.tokens import Text, read
from bench.answers.text.wording import FUNCTION, NEGATORS, SPEECH, SUBJECTS, words_of

SMALL: Final = FUNCTION - SPEECH  # a question may be about what was called off or said
_LONG: Final = 60  # words of a correction
_SHORT: Final = 7  # words of a sentence that needs to share but one with the question
_FURTHER: Final = frozenset({"second", "third", "fourth", "another", "again", "both", "other"})
_ONLY: Final = re.compile(
    r"\b(?:has|have|had|won|was|were|is|are|mentions|names) (?:\w+ )?(?:only|just) (?:one|once|a single)\b"
)  # where a second is asked about
_TURN: Final = 14  # words of a sentence that states the opposite
_NEW: Final = 6  # words that a denying sentence may bring of its own
SENTENCE: Final = re.compile(r"[.;!?\n—]+")
_FALSE: Final = re.compile(
    r"\b(?:premise|assumption|question)(?: (?:of|in|behind) (?:the|this|your) question)? (?:is|was|seems|appears to be|rests on)\W+(?:an? )?(?:false|wrong|incorrect|mistaken"
    r"|flawed|invalid|inaccurate|untrue)|\bfalse premise\b"
    r"|\b(?:premise|assumption|question)(?: (?:of|in|behind) (?:the|this|your) question)? (?:is|has it) (?:the )?wrong way (?:round|around)"
    r"|\b(?:premise|question) (?:is based|rests|builds) on an? (?:mistake|error|misreading|mix-up|confusion|misunderstanding)"
    r"|\bquestion (?:wrongly |falsely )?(?:assumes|presupposes|supposes|takes (?:it )?for granted)\b"
    r"|\byou have (?:it|this|that) (?:backwards|wrong|the wrong way round)\b|\bit(?:'s| is) the other way (?:round|around)\b"
    r"|\b(?:incorrectly|wrongly|mistakenly) (?:assumes|presupposes|states|implies|suggests)\b"
)
_OUTRIGHT: Final = re.compile(
    r"\b(?:never|not|n't) (?:actually )?(?:happen|happened|take place"
    r"|taken place|occur|occurred)\b|\bthere (?:was|were|is|are|has been|have been) no\b|\bno such\b|\bcontrary to\b"
    r"|\b(?:has|have|had|did|does|do|was|were|is|are) not (?:yet )?\w+"
)
_FAR_FROM: Final = re.compile(r"\bfar from (?:being |having been |having )?(\w+)")
_APART: Final = re.compile(
    r"\b(?:(?:have|has|had|take|takes|took) no part in|(?:has|have|had) nothing to do with"
    r"|(?:cannot|can't|could not|couldn't|can not) be (?:expressed|put|measured|counted|valued|priced|quantified) in)\b"
)
_OPPOSITES: Final = tuple(
    (words_of(one), words_of(two))
    for one, two in (
        ("withdraw withdraws withdrew withdrawn withdrawal leave leaves left leaving quit quits resign resigned exit exited",
         "stay stays stayed staying remain remains remained remaining serve serves continue continues"),
        ("resign resigned resignation quit quits", "dismissed fired sacked ousted"),
        ("approve approved accept accepted adopt adopted ratify ratified pass passed", "rejected refused voted-down defeated"),
        ("veto vetoed vetoes block blocked", "signed approved passed"),
        ("win wins won", "lost loses defeated"),
        ("die died killed death deaths", "survived alive unhurt"),
        ("held hold open opened launch launched start started begin began sign signed",
         "postponed cancelled canceled abandoned scrapped"),
        ("admit admitted confess confessed", "denied denies"),
        ("convicted jailed sentenced", "acquitted cleared"),
        ("succeed succeeded", "failed"),
        ("rise rose risen increase increased grow grew", "fell fallen dropped decreased shrank"),
        ("closed close closes shut", "open reopened"),
        ("free freed released", "detained jailed arrested"),
        ("dead", "alive"),
        ("raised raise", "lowered cut kept"),
    )
)  # fmt: skip
_PAIRS: Final = tuple(pair for one, two in _OPPOSITES for pair in ((one, two), (two, one)))
_SUBORDINATE: Final = re.compile(
    r", as\b|\b(?:because|since|after|although|though|despite|whereas|so that|according to|due to|owing to|in order to|when|while|which|who)\b",
    re.IGNORECASE,
)
_ELLIPTIC: Final = re.compile(
    r"(?:no, |actually, )?(?:it|they|he|she|this|that|the [\w-]+) (?:did|was|were|has|have|had|is|are|does|do|will)"
    r"(?: not|n't)(?: yet| actually)?\Z"
)
_NOT_DONE: Final = re.compile(
    r"(?:no, |actually, )?(?:it|they|he|she|this|that) (?:has|have|had|was|were|is|are)(?: not|n't)(?: yet| actually| ever)?"
    r"(?: been)?(?: yet)? \w+(?:ed|en|t|ilt|eld|ade|one)(?: yet)?\Z"
)  # "it has not been built yet"
_DID_NOT: Final = re.compile(r"\b(?:did|does|do)(?: not|n't)(?: yet| actually| really| ever)? (\w+)")
_HAPPENS: Final = frozenset(
    {"happen", "occur", "take", "exist", "materialize", "materialise", "go", "come", "have", "mean"}
)
_DENYING: Final = frozenset({"denies", "denied", "deny", "denying"})
NEGATIVE: Final = NEGATORS | frozenset({"no", "nobody", "none", "nothing", "neither", "without", "yet"})


_HINTS: Final = (
    frozenset().union(NEGATIVE, _DENYING, *(one for one, _ in _PAIRS))
    | {"far", "backwards", "wrong", "way", "premise", "assumption", "question", "only", "just", "contrary", "incorrectly", "wrongly", "mistakenly", "closed", "shut"}
)  # fmt: skip
_LETTERS: Final = re.compile("[a-z]+").findall


def may_correct(text: Text) -> bool:
    """Whether `text` holds a word that a correction needs at all."""
    return any(token.norm in _HINTS or token.norm.endswith("n't") for token in text.tokens)


def cannot_correct(text: str) -> bool:
    """Whether plain ASCII `text` surely holds no such word; it is not read for this."""
    return _HINTS.isdisjoint(_LETTERS(text.lower())) and "'" not in text and "." not in text


def corrects(question: str, answer: str, *, brief: bool = False) -> bool:
    """Whether `answer` denies in a sentence what `question` takes for granted.

    It must say so outright or negate a sentence that shares words with the question; a bare "no" or "none" is
    no correction. At most 60 words. What stands in a subordinate clause ("because it did not …") denies nothing.
    `brief`: `answer` is one clause of such an answer, which may be as short as "It didn't".
    """
    text = read(answer)
    if not (2 if brief else 3) <= len(text.content) <= _LONG:
        return False
    asked = {token.norm for token in read(question).tokens if token.kind in "wn"} - SMALL
    return any(_denies(part, asked, asks_no=negated(question)) for part in SENTENCE.split(text.clean))


def _denies(sentence: str, asked: set[str], *, asks_no: bool) -> bool:
    sentence = main_clause(sentence)
    words = [token.norm for token in read(sentence).tokens if token.kind in "wn"]
    said = sentence.lower().strip(" ,\"'")
    if _ELLIPTIC.match(said) or _NOT_DONE.match(said):
        return True
    if len(words) < 3:
        return False
    meaning = set(words) - SMALL
    shared = sum(any(alike(word, own) for own in asked) for word in meaning)
    low = sentence.lower()
    if _FALSE.search(low) or (asked & _FURTHER and _ONLY.search(low) and not _FURTHER & meaning):
        return True
    if (far := _FAR_FROM.search(low)) is not None and any(alike(far[1], own) for own in asked):
        return True
    if shared and _APART.search(low) and not any(token.kind == "n" for token in read(sentence).tokens):
        return True
    if _turned(words, asked) and not any(token.kind == "n" for token in read(sentence).tokens):
        return True
    enough = shared >= 2 or (shared == 1 and len(words) <= _SHORT)
    negative = any(word in NEGATIVE or word in _DENYING or word.endswith("n't") for word in words)
    if (
        (done := _DID_NOT.search(low)) is not None
        and done[1] not in _HAPPENS
        and not any(alike(done[1], own) for own in asked)
    ):
        return False  # "its fishermen did not like the treaty" denies no withdrawal
    return (
        enough
        and len(meaning - SPEECH) - shared <= _NEW
        and (_OUTRIGHT.search(low) is not None or (negative and not asks_no))
    )


def _turned(words: list[str], asked: set[str]) -> bool:
    """ "The nave remains open" where the question has it closed: an opposite of a word asked, and not that word."""
    said = set(words)
    if len(words) > _TURN or not (words[0] in SUBJECTS or (said - SMALL) & asked) or "because" in said:
        return False
    return any(asked & one and said & two and not said & one for one, two in _PAIRS)


def opposites(word: str) -> frozenset[str]:
    """The listed opposites of `word`: of "vetoed" "signed", "approved" and "passed"."""
    return frozenset().union(*(two for one, two in _PAIRS if word in one))


def main_clause(sentence: str) -> str:
    """`sentence` without what is subordinate: up to the first such clause, or behind one that it begins with."""
    if (so := sentence.rfind(", so ")) > 0:
        sentence = sentence[so + 5 :]  # the consequence is what is said
    found = _SUBORDINATE.search(sentence)
    if found is None:
        return sentence
    if any(map(str.isalnum, sentence[: found.start()])):
        return sentence[: found.start()]
    return sentence.partition(",")[2] or sentence


def alike(one: str, two: str) -> bool:
    """Whether two words share their stem, roughly: a common beginning."""
    size = min(len(one), len(two))
    return one == two or (size >= 4 and one[: max(4, size - 2)] == two[: max(4, size - 2)])
