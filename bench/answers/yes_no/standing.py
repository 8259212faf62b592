"""What of an answer to a yes-no question stands: not what it takes back, only supposes, or lets others say."""

from __future__ import annotations

import re
from typing import Final

from bench.answers.meaning.set_aside import supposed
from bench.answers.output.retraction import RETRACTION

_VERDICT: Final = re.compile(r"\b(?:yes|no)\b", re.IGNORECASE)
_NO_COMMENT: Final = re.compile(
    r"[\"']?\bno comment\b[\"']?|\bno ifs (?:or|and|no) buts\b|[\"'](?:yes|no)[\"'] (?:is|was) what (?:\w+ ){1,4}(?:said|says|claimed|answered)\b",
    re.IGNORECASE,
)
_SAID_SO: Final = re.compile(
    r"\b(?:said|say|says|saying|voted|vote|replied|answered) (?:a |an )?(?:clear )?[\"']?(?:yes|no)\b[\"']?(?: to [\w' -]+?(?=[,.;:]|\Z))?",
    re.IGNORECASE,
)
_OURS: Final = re.compile(
    r"\b(?:article|text|passage|report|story|answer|i|i'd|would|can|it)\W+(?:\w+ )?\Z", re.IGNORECASE
)


def standing(said: str, question: str) -> str:
    """`said` without what it takes back, what it only supposes, and the yes or no of somebody else."""
    back = list(RETRACTION.finditer(said.lower()))
    if back and (back[-1]["admitted"] or _VERDICT.search(said, back[-1].end())):
        said = said[back[-1].start("head") :]
        sorry, _, rest = said.partition(". ")
        said = rest if rest and ":" not in sorry else said  # "Sorry, I mixed up the two. Yes: …"
    said = _NO_COMMENT.sub("", said)
    parts = re.split(r"(?<=[.!?])\s+|\n+", said)
    if not re.search(r"\b(?:would|could|might)\b", question.lower()):
        kept = [
            part
            for part in parts
            if _VERDICT.match(part) or not supposed(re.findall(r"[a-z']+", part.lower()))
        ]
        said = " ".join(kept) if len(kept) < len(parts) else said
    if re.search(r"\b(?:say|said|vote[ds]?|answer(?:ed)?)\b", question.lower()):
        return said
    asked = set(re.findall(r"[a-z']+", question.lower()))

    def others(found: re.Match[str]) -> str:
        ahead = said[: found.start()]
        who = re.findall(r"[a-z']+", ahead.lower())[-1:]
        return found[0] if _OURS.search(ahead) or not asked.isdisjoint(who) else ""

    rest = _SAID_SO.sub(others, said)
    return rest if len(re.findall(r"[^\W_]+", rest)) > 2 else said  # "They voted no" is all there is
