"""The figures of SQuAD's official script, against its algorithm written down a second time."""

from __future__ import annotations

import collections
import json
import re
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.answers.squad import em_f1
from bench.datasets.squad import load
from bench.records import Gold, Item
from bench.squad_figures import SquadTally

SHARED = Path(__file__).parents[2] / "shared" / "squad"


def normal(text):
    kept = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", kept).split())


def official_pair(gold, said):
    """(exact, F1) of one answer and one gold."""
    wanted, given_ = normal(gold).split() if gold else [], normal(said).split() if said else []
    exact = int(normal(gold) == normal(said))
    if not wanted or not given_:
        return exact, int(wanted == given_)
    same = sum((collections.Counter(wanted) & collections.Counter(given_)).values())
    if not same:
        return exact, 0
    precision, recall = 1.0 * same / len(given_), 1.0 * same / len(wanted)
    return exact, (2 * precision * recall) / (precision + recall)


def official(golds, said, na_probs=None):
    """The script's result; `golds` and `said` by id. A missing id scores 0, which the script cannot do."""
    raw = {}
    for name, texts in golds.items():
        usable = [t for t in texts if normal(t)] or [""]
        pairs = [official_pair(t, said[name]) for t in usable] if name in said else [(0, 0)]
        raw[name] = (max(p[0] for p in pairs), max(p[1] for p in pairs))
    cut = dict(raw)
    for name in said if na_probs else ():
        if na_probs[name] > 1.0:
            cut[name] = (float(not golds[name]),) * 2
    found = {}
    for prefix, names in (("", list(golds)), ("HasAns_", [k for k in golds if golds[k]]), ("NoAns_", [k for k in golds if not golds[k]])):  # fmt: skip
        if names:
            for n, metric in enumerate(("exact", "f1")):
                found[prefix + metric] = 100.0 * sum(cut[k][n] for k in names) / len(names)
            found[f"{prefix}total"] = len(names)
    for n, metric in enumerate(("best_exact", "best_f1") if na_probs else ()):
        score = sum(1 for k in golds if not golds[k] and k in said)
        best, threshold = score, 0.0
        for name in sorted(na_probs, key=lambda k: na_probs[k]):
            if name not in said or name not in golds:
                continue
            score += raw[name][n] if golds[name] else -1 if said[name] else 0
            if score > best:
                best, threshold = score, na_probs[name]
        found[metric], found[f"{metric}_thresh"] = 100.0 * best / len(golds), threshold
    return found


def items_of(golds):
    made = []
    for name, texts in golds.items():
        gold = (Gold(canonical=texts[0], aliases=tuple(texts[1:])),) if texts else ()
        kind = "span" if gold else "none"
        made.append(Item(id=name, article_id="a", question="?", context="c", answer_type=kind, gold=gold))
    return made


def ours(golds, said, na_probs=None, null_scores=None):
    tally = SquadTally(items_of(golds))
    for name, text in said.items():
        tally.add(name, text, (null_scores or {}).get(name))
    return tally.figures(na_probs)


PIECES = ["the", "a", "An", " ", "  ", "\n", "\t", "cat", "Cat's", "cats", "dog", "52", "-", "–", "a–b", "“", ".", "é", "Σ", "İ",
          "\x01", "\x1c", "\x85", "\u2028", "_", "x_y", "a\x01b", "U.S.", "ß", "\ud800", "١", ""]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=8)


@given(texts, st.lists(texts, max_size=3))
@settings(max_examples=400, deadline=None)
def test_one_answer(said, golds):
    usable = [g for g in golds if normal(g)] or [""]
    pairs = [official_pair(g, said) for g in usable]
    assert em_f1(said, tuple(golds)) == (max(p[0] for p in pairs), max(p[1] for p in pairs))


def prone_to_ties(names):
    return st.fixed_dictionaries({n: st.sampled_from([0, 0.0, 0.25, 0.5, 1.0, 1.5, -3]) for n in names})


@st.composite
def cases(draw):
    """Golds, answers to some of them, and probabilities in an order of their own."""
    names = [f"q{n}" for n in range(draw(st.integers(1, 8)))]
    some = texts.filter(normal)
    golds = {n: draw(st.just([]) | st.lists(some, min_size=1, max_size=3)) for n in names}
    answers = {n: st.sampled_from(golds[n] or [""]) | texts for n in names}
    said = {n: draw(answers[n]) for n in names if draw(st.integers(0, 5))}
    chance = draw(prone_to_ties(draw(st.permutations([*names, "stranger"]))))
    return golds, said, chance


@given(cases())
@settings(max_examples=300, deadline=None)
def test_a_data_set_with_missing_answers_and_thresholds(case):
    golds, said, chance = case
    assert ours(golds, said) == official(golds, said)
    assert ours(golds, said, chance) == official(golds, said, chance)


@given(cases())
@settings(max_examples=100, deadline=None)
def test_null_scores_tune_but_do_not_cut(case):
    golds, said, chance = case
    chance = {name: chance[name] for name in said}
    plain, tuned = ours(golds, said), ours(golds, said, null_scores=chance)
    best = {k: v for k, v in official(golds, said, chance).items() if k.startswith("best")} if said else {}
    assert tuned == plain | best


def test_null_scores_of_some_answers_tune_nothing():
    golds = {"q1": ["a cat"], "q2": []}
    assert "best_f1" not in ours(golds, {"q1": "cat", "q2": "dog"}, null_scores={"q1": 0.5})


def test_a_probability_is_needed_for_every_answer():
    tally = SquadTally(items_of({"q1": ["cat"], "q2": [], "q3": []}))
    tally.add("q1", "cat")
    tally.add("q2", "")
    assert tally.without_probability({"q1": 0.5, "q3": 0.5}) == ["q2"]
    with pytest.raises(KeyError):
        tally.figures({"q1": 0.5})


def test_a_huge_answer_costs_little():
    assert em_f1("the cat " * 500_000, ("the black cat", "cat cat"))[1] < 0.01


def test_the_last_digit_on_the_development_set():
    if not SHARED.is_dir():
        pytest.skip("no shared data here")
    tally = SquadTally(load(str(SHARED / "dev-v2.0-part.json")).items)
    for name, text in json.loads((SHARED / "predictions-bidaf.json").read_text()).items():
        tally.add(name, text)
    assert tally.figures() == json.loads((SHARED / "official.json").read_text())
