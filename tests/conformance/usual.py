"""How SQuAD's EM and F1 fare on the conformance cases: `python -m tests.conformance.usual` prints both tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.conformance.load import ANSWER_TYPES, load_cases

_TELLING = 12  # characters of an answer worth showing
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


def telling_table() -> str:
    """Of each answer type a right answer that F1 holds for wrong, and the wrong answer that it holds in the highest esteem.

    Neither is picked by hand: the shortest of such cases that are one line of a dozen characters or more, and
    of wrong ones the shortest of those with the highest F1.
    """
    import bench
    from bench.answers.squad import em_f1, gold_texts
    from bench.datasets.mapping import item_from_mapping

    lines = [
        "| question | gold | answer | which is | EM | F1 | `correct` | because |",
        "|---|---|---|---|---:|---:|---:|---|",
    ]
    found: dict[tuple[str, int], tuple[tuple[float, int, str], list[str]]] = {}
    for case in load_cases():
        item, answer, verdict = case["item"], case["answer"], case["verdict"]
        golds = gold_texts(item_from_mapping(item))
        em, f1 = em_f1(answer, golds)
        plain = answer.isprintable() and answer.isascii() and not set(answer) & set("|*_`<")
        if not plain or verdict not in {0, 1} or (verdict and (f1 >= HALF or len(answer) < _TELLING)):
            continue
        order = (0.0 if verdict else -f1, len(answer), case["id"])
        place = item["answer_type"], -verdict
        if place not in found or order < found[place][0]:
            value = bench.score_answer(item, answer)["correct"]
            said = "right" if verdict else "wrong"
            gold = golds[0] or "(not told)"
            row = [item["question"], gold, answer, said, f"{em}", f"{f1:.2f}", f"{value:.0f}", case["reason"]]
            found[place] = order, row
    order_of = {name: n for n, name in enumerate(ANSWER_TYPES)}
    shown = sorted(found, key=lambda place: (order_of[place[0]], place[1]))
    lines += ["| " + " | ".join(found[place][1]) + " |" for place in shown]
    return "\n".join(lines)


if __name__ == "__main__":
    print(usual_table(), telling_table(), sep="\n\n")
