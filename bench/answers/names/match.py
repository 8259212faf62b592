"""Persons, places, organisations and things: accepted wordings, and what makes a wording somebody else's name.

Documented choices: a repeated answer ("Paris Paris Paris Paris") is no answer; words around the
answer must be a wrapper (`bench.answers.text.wrapping`); a name in another script's look-alike letters is not the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.answers.dates.moments import WEEKDAYS
from bench.answers.meaning.opposed import told_of_opposite
from bench.answers.meaning.other_subject import of_another_owner
from bench.answers.meaning.set_aside import described, set_aside
from bench.answers.meaning.stance import denied, rivalled, statements
from bench.answers.meaning.swapped import swapped
from bench.answers.meaning.taken_back import taken_back
from bench.answers.names.forms import long_clause, repeats
from bench.answers.names.others import foreign
from bench.answers.names.persons import Names, known, reach
from bench.answers.text.phrases import REJECT, Mention, find
from bench.answers.text.quoted import quoted
from bench.answers.text.tokens import ARTICLES, LONGEST, Text, read
from bench.answers.text.wording import (
    AUXILIARIES,
    CAPITALS,
    FUNCTION,
    GENERIC,
    NEGATORS,
    TITLES,
    words_of,
)
from bench.answers.text.wrapping import LONG, MANY, inflected, wraps

_AVOIDING: Final = words_of(
    "rejected avoided criticised criticized opposed disliked skipped refused against of than"
)
_LINKS: Final = frozenset(
    {"in", "the", "of", "republic", "state", "province", "kingdom", "a", "an", "region"}
)
_FEW: Final = 3  # words


def match_name(names: Names, answer: str, context: str = "") -> bool:
    """Whether `answer` names the gold, nothing rejected and no rival, in a short enough wrapping.

    `context`: the article, read only where a surname may be shared or a place be a part of it.
    """
    text = read(answer)
    if text.key in names.exact:
        return True
    if text.cut or not text.content:
        return False
    text = read(statements(answer))
    mentions = find(text, names.wordings)
    if len(mentions) > MANY:
        return False
    if not any(m.label != REJECT for m in mentions):
        return long_clause(names, text) and not any(_asserts(names, text, m, context) for m in mentions)
    since = taken_back(text, [m.first for m in mentions])
    live = [m for m in mentions if m.first >= since]
    reached = {i for m in live if m.label != REJECT for i in reach(names, text, m)}
    asserted = [
        m for m in live if (m.label != REJECT or m.first not in reached) and _asserts(names, text, m, context)
    ]
    asserted = [m for m in asserted if m.label != REJECT or not _asked_about(names, text, m)]
    asserted = [m for m in asserted if not _dismissed(names, text, m, live, context)]
    golds = [m for m in asserted if m.label != REJECT]
    if not golds or len(golds) != len(asserted):
        return False
    starts = {
        m.first for m in golds
    }  # "the ferry company Blue Line": the one wording tells what the other is
    if any(m.end not in starts and foreign(names, text, m, context) for m in golds):
        return False
    # A place may well be told in such a clause: "a raid in which 40 were hit inside Russia".
    if (
        names.proper
        and names.kind != "place"
        and any(
            described(text, m, names.question) and not quoted(text, m.first, m.end, context) for m in golds
        )
    ):
        return False
    if any(told_of_opposite(text, names.question, m.first, m.end, doer=True) for m in golds):
        return False
    if of_another_owner(text, names.asking):
        return False
    if any(swapped(text, names.asking, m.first, m.end, context) for m in golds):
        return False
    if any(rivalled(text, m, golds) for m in golds) or _listed(names, text, golds, mentions, context, since):
        return False
    own = max(len(m.phrase.norms) for m in golds)
    spots = [(m.first, m.end) for m in golds]
    aside = [(m.first, m.end) for m in mentions]
    readings = len({m.label for m in golds})
    if repeats(text, golds):
        return False
    if names.kind == "choice" and len(text.content) <= LONG and _at_an_end(text, golds):
        return True  # one of two options, named first or last and alone: the sentence is about it
    return wraps(text, spots, names.question, own, aside, readings)


def _asserts(names: Names, text: Text, m: Mention, context: str) -> bool:
    if denied(text, m.first, m.end, lenient=names.negated, lure=m.label == REJECT):
        return False
    if names.negated or not set_aside(text, m, names.question):
        return True
    return m.label != REJECT and quoted(text, m.first, m.end, context)


def _asked_about(names: Names, text: Text, m: Mention) -> bool:
    """Whether a lure is one of the question's own names, and not joined to another: "the people of Sarnal went to Lomas"."""
    if names.kind == "choice" or not all(norm in names.question for norm in m.phrase.norms):
        return False
    near = {t.norm for t in (*text.tokens[max(0, m.first - 1) : m.first], *text.tokens[m.end : m.end + 1])}
    return len(text.content) > len(m.phrase.norms) + _FEW and near.isdisjoint({"and", "or", ",", "/", "&"})


def _dismissed(names: Names, text: Text, m: Mention, mentions: Sequence[Mention], context: str) -> bool:
    """Whether a lure was denied by name before: "not Samir Dohan, although most had expected Dohan"."""
    return m.label == REJECT and any(
        one.label == REJECT
        and one.first < m.first
        and one.phrase.norms[-1] == m.phrase.norms[-1]
        and not _asserts(names, text, one, context)
        for one in mentions
    )


def _at_an_end(text: Text, golds: Sequence[Mention]) -> bool:
    """Whether a text ends with a mention, or begins with one and goes on behind a sign or "rather than", "because"."""
    if all(t.kind == "p" for t in text.tokens[golds[-1].end :]):
        before = next(
            (t.norm for t in reversed(text.tokens[: golds[-1].first]) if t.norm not in ARTICLES), ""
        )
        return before not in _AVOIDING
    if golds[0].first != text.content[0]:
        return False
    follow = text.tokens[golds[0].end]
    return follow.kind == "p" or follow.norm in {"rather", "instead", "because", "as", "since"}


def _within(text: Text, ahead: Sequence[int], gold: Mention, context: str) -> bool:
    """Whether the article itself puts the place named first inside the gold: "Aruna, in the Republic of Kesh"."""
    place = [text.tokens[i].norm for i in ahead]
    said = [token.norm for token in read(context[:LONGEST]).tokens if token.kind in "wn"]
    for at in range(len(said) - len(place)):
        if said[at : at + len(place)] == place:
            behind = [norm for norm in said[at + len(place) : at + len(place) + 8] if norm not in _LINKS]
            if tuple(behind[: len(gold.phrase.norms)]) == tuple(
                n for n in gold.phrase.norms if n not in _LINKS
            ):
                return True
    return False


def _describes(text: Text, ahead: Sequence[int]) -> bool:
    """Whether the words before the name are a description ("the capital of Marvia, St. Odrun"), not a place."""
    words = [
        token for token in text.tokens[: ahead[-1] + 1] if token.kind == "w" and token.norm not in FUNCTION
    ]
    return any(t.raw.islower() for t in words) and any(
        t.norm in ARTICLES or t.kind == "s" for t in text.tokens
    )


def _listed(
    names: Names, text: Text, golds: Sequence[Mention], mentions: Sequence[Mention], context: str, since: int
) -> bool:
    """Whether the answer heads with, or goes on to, another full name: "Vladimir Medinsky, Rustem Umerov"."""
    if not text.mixed or not names.proper:
        return False
    covered = {i for m in mentions for i in range(m.first, m.end)}
    own = frozenset().union(*names.firsts)
    runs: list[list[int]] = [[]]
    for i, token in enumerate(text.tokens):
        name = token.kind == "w" and token.raw[:1].isupper() and i not in covered
        if name and not known(names, text, token) and token.norm not in GENERIC and token.norm not in own:
            runs[-1].append(i)
        elif runs[-1]:
            runs.append([])
    fragment = len(text.content) <= 8 and sum(t.raw == "," for t in text.tokens) >= 1
    first_gold = min(m.first for m in golds)
    passive = text.tokens[first_gold - 1].norm == "by" and any(
        t.norm in AUXILIARIES for t in text.tokens[:first_gold]
    )  # "Lenggara Winds is chaired by …": what stands at the head is what it was done to
    for run in runs:
        if len(run) < 2 or names.kind != "person" or all(text.tokens[i].norm in names.question for i in run):
            continue
        if _attached(text, run):
            continue
        heads = not passive and run[0] < first_gold and (run[0] == 0 or text.tokens[run[0] - 1].kind != "w")
        if heads or fragment:
            return True
    if names.kind == "place" and _place_list(names, text, golds[0], covered | set(range(since)), context):
        return True
    commas = [i for i, t in enumerate(text.tokens) if t.raw == ","]
    single = sum(
        1 for run in runs if run and not _attached(text, run) and text.tokens[run[0]].norm not in WEEKDAYS
    )
    return len(commas) >= 2 and single >= 2 and len(text.content) <= 8 and golds[0].first < commas[-1]


def _attached(text: Text, run: Sequence[int]) -> bool:
    """Whether a name only says whose somebody is: "the deputy of mayor Eva Dahl", "Eva Dahl's deputy"."""
    if run[-1] + 1 < len(text.tokens) and text.tokens[run[-1] + 1].kind == "s":
        return True
    for token in reversed(text.tokens[: run[0]]):
        if token.norm in {"of", "to", "for", "under"}:
            return True
        if token.norm not in ARTICLES | TITLES:
            return False
    return False


def _place_list(names: Names, text: Text, gold: Mention, covered: set[int], context: str) -> bool:
    """ "Ankara, Istanbul", "Istanbul, Ankara, Moscow": only one wider place may follow, behind a comma."""
    words = [i for i, t in enumerate(text.tokens) if t.kind in "wn"]
    if len(words) > 8 or any(t.raw not in {",", "."} for t in text.tokens if t.kind == "p"):
        return False
    others = [i for i in words if i not in covered and text.tokens[i].norm not in FUNCTION | GENERIC]
    if any(t.norm in AUXILIARIES | NEGATORS for t in text.tokens) or not any(
        t.raw == "," for t in text.tokens
    ):
        return False
    if any(text.tokens[i].raw.islower() and inflected(text.tokens[i].norm, names.question) for i in others):
        return False  # a sentence: "Norland and Estria signed, but Vesk refused"
    ahead = [i for i in others if i < gold.first and text.tokens[i].norm not in names.question]
    if ahead and (_within(text, ahead, gold, context) or _describes(text, ahead)):
        ahead = []
    commas = sum(1 for t in text.tokens[gold.end :] if t.raw == ",")
    return bool(ahead) or commas > 1 or any(text.tokens[i].norm in CAPITALS for i in others)


def name_spots(names: Names, text: Text, context: str = "") -> list[tuple[int, int]]:
    """Where the gold is asserted, as token ranges, for members of lists."""
    found = find(text, names.wordings)
    whole = [(m, reach(names, text, m)) for m in found]  # "Tesfaye, Amina"
    return [(own.start, own.stop) for m, own in whole if m.label != REJECT and _asserts(names, text, m, context)
            and not foreign(names, text, m, context, whole=False)]  # fmt: skip
