"""A public system's answers to 6,078 questions on 16 articles, against the same with planted changes, from outside."""

import json
import random

import pytest

from tests.helpers import ROOT, dateline

SQUAD = ROOT.parent / "shared" / "squad"


def planted(data, answers, credit):
    """The answers with a lead of 2.6 points over all, gained on every other article and lost on the rest.

    A fifth of the items of each article change, by 8.1 points more for better on one, 2.9 for worse on the next.
    """
    rng, out = random.Random(1), dict(answers)
    for n, article in enumerate(data):
        gold = {
            q["id"]: (q["answers"][0]["text"] if q["answers"] else "")
            for p in article["paragraphs"]
            for q in p["qas"]
        }
        changed, net = (
            round(len(gold) * 0.2037),
            round(len(gold) * (0.026 + (0.055 if n % 2 == 0 else -0.055))),
        )
        wrong, right = ([i for i in gold if (credit[i] == 1.0) == good] for good in (False, True))
        rng.shuffle(wrong)
        rng.shuffle(right)
        better = (changed + net) // 2
        out |= {i: gold[i] for i in wrong[:better]}
        out |= {i: "" if gold[i] else "nobody at all" for i in right[: better - net]}
    return out


@pytest.mark.slow
def test_a_lead_that_is_sure_by_item_is_not_by_article(tmp_path):
    if not SQUAD.is_dir():
        pytest.skip("no shared data here")
    data = SQUAD / "dev-v2.0-part.json"
    score = ("score", "dataset=squad", f"dataset.path={data}")
    old = SQUAD / "predictions-bidaf.json"
    assert dateline(*score, f"predictions={old}", "out=old", cwd=tmp_path).returncode == 0
    rows = map(json.loads, (tmp_path / "old" / "scores.jsonl").read_text().splitlines())
    credit = {row["item"]: row["values"]["correct"] for row in rows}
    new = planted(json.loads(data.read_text())["data"], json.loads(old.read_text()), credit)
    (tmp_path / "new.json").write_text(json.dumps(new))
    assert dateline(*score, "predictions=new.json", "out=new", cwd=tmp_path).returncode == 0

    done = dateline("compare", "a=old", "b=new", "out=report", "flips=0", cwd=tmp_path)
    again = dateline("compare", "a=old", "b=old", "flips=0", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "No difference is shown" in done.stdout
    assert "The two sides are identical" in again.stdout
    found = json.loads((tmp_path / "report" / "compare.json").read_text())
    d = found["headline"]["difference"]
    assert (d["n_items"], d["n_articles"]) == (6078, 16)
    assert d["value"] == pytest.approx(0.024, abs=0.004)
    assert d["p_mcnemar"] < 0.001
    assert d["p_sign_flip"] > 0.05
    assert d["noise"]["design_effect"] > 4
    assert sum(p["a"] - p["b"] for p in found["parts"]) == pytest.approx(d["value"], abs=1e-12)
