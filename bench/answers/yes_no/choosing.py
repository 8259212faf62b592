"""Which of a question's options an answer comes down to, where it names several or none by its words."""

from __future__ import annotations

from bench.answers.gold.names import texts_of
from bench.answers.gold.prepare import Prepared
from bench.answers.names.persons import Names
from bench.answers.text.characters import clean
from bench.answers.text.phrases import Table, find, phrases, table
from bench.answers.text.tokens import read
from bench.answers.yes_no.choice import by_place, chosen, last_word, option_meant, preferred, without_table
from bench.answers.yes_no.comparison import direction_meant, winner


def decided(ready: Prepared, text: str) -> tuple[str, str | None]:
    """(what stands of an answer, the part or option that it comes down to or None)."""
    question = ready.question.text
    text = without_table(clean(text))
    said = last_word(text).lower()
    options = _options(ready)
    if said != text.lower() and any(" ".join(p.norms) in said for group in options.values() for p in group):
        text = last_word(text)

    def named(part: str) -> int:
        return len({m.label for m in find(read(part), options)})

    meant = option_meant(question, text) or by_place(question, text) or direction_meant(question, text)
    meant = meant or winner(question, text)
    return text, meant or chosen(text, named) or preferred(text, named)


def _options(ready: Prepared) -> Table:
    """The wordings of the options: the right one's under its label, all others under that of a lure."""
    for spec in ready.specs:
        if isinstance(spec, Names):
            return spec.wordings
    return table(
        [
            *(p for one in texts_of(ready.slots) for p in phrases(one, 0)),
            *(p for group in ready.lures.values() for p in group),
        ]
    )
