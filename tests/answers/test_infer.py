"""Types of own data that has none."""

from __future__ import annotations

import pytest

from bench.answers.gold.infer import infer_answer_type


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["52"], "number"), (["up to 40"], "number"), (["$2.5bn"], "number"), (["65%", "0.65"], "number"),
        (["three years"], "number"), (["about 1,000 prisoners"], "number"), (["a dozen"], "number"),
        (["May 16"], "date"), (["2022"], "date"), (["Sunday night"], "date"), (["on 16 May 2025"], "date"),
        (["yes"], "yes_no"), (["No"], "yes_no"), (["True", "yes"], "yes_no"),
        ([], "none"), (["", " "], "none"),
        (["Operation Spider Web"], "span"), (["Boeing 737"], "span"), (["G7"], "span"), (["52 and 162"], "span"),
        (["the third"], "span"), (["52", "a few"], "span"), (["no ceasefire"], "span"), (["The May 16 round"], "span"),
    ],
)  # fmt: skip
def test_the_printed_rule(texts: list[str], kind: str) -> None:
    assert infer_answer_type(texts) == kind
