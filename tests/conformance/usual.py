"""How SQuAD's EM and F1 fare on the conformance cases: `python -m tests.conformance.usual` prints the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.conformance.load import ANSWER_TYPES, load_cases

HALF = 0.5  # F1 from here on counts as credit, as does a typed match


def usual_table() -> str:
    """The share of right and of wrong answers that each scorer credits, by answer type, in Markdown.

    EM and F1 read the raw output, as the official script does; partly right lists are left out.
    """
    import bench
    from bench.answers.squad import em_f1, gold_texts
    from bench.datasets.mapping import item_from_mapping

    scorers: list[Callable[[dict[str, Any]], bool]] = [
        lambda c: em_f1(c["answer"], gold_texts(item_from_mapping(c["item"])))[0] == 1,
        lambda c: em_f1(c["answer"], gold_texts(item_from_mapping(c["item"])))[1] >= HALF,
        lambda c: bench.score_answer(c["item"], c["answer"])["correct"] >= HALF,
    ]
    lines = [
        "| answer type | cases | EM: right credited | wrong credited | F1 ≥ 0.5: right | wrong | `correct`: right | wrong |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    cases = [case for case in load_cases() if case["verdict"] in {0, 1}]
    for name in (*ANSWER_TYPES, "all"):
        mine = [case for case in cases if name in {"all", case["item"]["answer_type"]}]
        cells = [name, str(len(mine))]
        for scorer in scorers:
            for verdict in (1, 0):
                sorted_out = [case for case in mine if case["verdict"] == verdict]
                cells.append(f"{100 * sum(map(scorer, sorted_out)) / len(sorted_out):.0f} %")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(usual_table())
