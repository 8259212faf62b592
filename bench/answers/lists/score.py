"""What an answer to a list item is worth."""

from __future__ import annotations

from bench.answers.gold.prepare import Prepared
from bench.answers.lists import keyed, members
from bench.answers.lists.contrast import contrasted, opposite
from bench.answers.lists.locate import locate
from bench.answers.meaning.stance import denied, statements
from bench.answers.text.phrases import find
from bench.answers.text.tokens import read


def score_list(ready: Prepared, text: str, context: str) -> float:
    """2 · matched / (slots + members given); lures are members too, unless they are denied."""
    seen = read(statements(members.strip_bullets(text)))
    if (seen.cut and len(ready.slots) < 50) or (
        members.denies_all(seen.clean)
        and not ready.question.negated
        and ready.question.words.isdisjoint({"against", "except"})
    ):
        return 0.0
    spots = locate(ready.specs, seen, context)
    inside = {i for spot in spots for i in range(spot.first, spot.end)}
    silent = members.denying(seen, inside)
    for m in find(seen, ready.lures):
        if any(a <= m.first < b for a, b in silent):
            continue
        if m.first not in inside and not denied(seen, m.first, m.end, lenient=False, lure=True):
            spots.append(members.Spot(m.first, m.end, frozenset({len(ready.slots)})))  # an extra member
    spots.sort(key=lambda spot: spot.first)
    if ready.mode == "all_keyed":
        keys = [slot.key or slot.canonical for slot in ready.slots]
        return keyed.score_keyed(seen, spots, keys, distinct=len(set(ready.kinds)) == len(ready.kinds))
    asked = ready.question.words | ready.question.stems
    apart = contrasted(seen, spots, asked)
    denials = [part for part in apart if opposite(seen, part, asked)]
    spots = [spot for spot in spots if not any(a <= spot.first < b for a, b in denials)]
    return members.score_set(
        seen, spots, len(ready.slots), [*apart, *silent], refusing=not asked.isdisjoint(members.REFUSING)
    )
