"""What keeps two scored runs apart, in words; and what does not."""

import dataclasses

import pytest

from bench.comparing.comparable import differences, require_comparable, title
from bench.errors import NotComparable
from bench.records import Gold
from tests.comparing.makers import dataset, right, view

DATA = dataset()


def changed(data, n, **fields):
    items = list(data.items)
    items[n] = dataclasses.replace(items[n], **fields)
    return dataclasses.replace(data, items=tuple(items))


def test_models_and_their_answers_may_differ():
    assert differences(view(DATA), view(DATA, lambda item: "nobody", name="other")) == []


def test_equal_items_in_other_memory_order_and_labels_may_differ():
    other = changed(dataset(), 3, skills=("new",), difficulty=2, note="seen again", version=2)
    other = dataclasses.replace(other, version="2", items=other.items[::-1])

    assert differences(view(DATA), view(other)) == []


def test_other_ids_of_the_same_questions_may_differ():
    items = tuple(dataclasses.replace(i, id=f"row{n}") for n, i in enumerate(DATA.items))

    assert differences(view(DATA), view(dataclasses.replace(DATA, items=items))) == []


def test_an_item_on_one_side_only():
    fewer = dataclasses.replace(DATA, items=DATA.items[1:])

    assert differences(view(DATA), view(fewer)) == ["1 item only in a (a0-q0)"]
    assert differences(view(fewer), view(DATA)) == ["1 item only in b (a0-q0)"]


def test_many_items_are_counted_and_three_named():
    fewer = dataclasses.replace(DATA, items=DATA.items[:9])

    assert differences(view(fewer), view(DATA)) == ["7 items only in b (a2-q1, a2-q2, a2-q3 …)"]


def test_another_split_is_named():
    fewer = dataclasses.replace(DATA, items=DATA.items[:9])

    (text,) = differences(view(fewer, split="dev"), view(DATA))

    assert text.endswith(": a is on split=dev, b on split=test")


def test_another_data_set_is_named():
    other = dataset(name="theirs", n_articles=1)
    items = tuple(dataclasses.replace(i, id="x" + i.id, question="Why?") for i in other.items)

    one, two = differences(view(DATA), view(dataclasses.replace(other, items=items)))

    assert one == "16 items only in a (a0-q0, a0-q1, a0-q2 …): a is on made 1, b on theirs 1"
    assert two.startswith("4 items only in b (xa0-q0")


@pytest.mark.parametrize("field", ["question", "context"])
def test_an_item_in_other_words(field):
    (text,) = differences(view(DATA), view(changed(DATA, 2, **{field: "Other words?"})))

    assert text.startswith(f"1 item was asked with another {field} (a0-q2): ask again with `dateline run`")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"gold": (Gold(canonical="Person X"),)}, "gold"),
        ({"reject": ("Person Y",)}, "reject"),
        ({"answer_mode": "any"}, "answer_mode"),
        ({"status": "disputed"}, "status"),
        ({"article_id": "a1"}, "article_id"),
    ],
)
def test_another_gold(fields, named):
    (text,) = differences(view(DATA), view(changed(DATA, 1, **fields)))

    assert text.startswith(f"1 item differs in {named} (a0-q1): score both over the same data")


def test_another_metric_version_or_parameter():
    a, b = view(DATA), view(DATA)
    metrics = {**b.signature["metrics"], "f1": {"version": "9", "beta": 2}}

    (text,) = differences(a, dataclasses.replace(b, signature={**b.signature, "metrics": metrics}))

    own = a.signature["metrics"]["f1"]["version"]
    assert (
        text
        == f"metric f1: beta None and 2, version {own} and 9; score both again with `dateline score runs=…`"
    )


def test_a_metric_of_one_side_only_is_no_hindrance_but_none_in_common_is():
    a = view(DATA)

    assert differences(a, view(DATA, metrics=("correct",))) == []
    (text,) = differences(view(DATA, metrics=("em",)), view(DATA, metrics=("correct",)))
    assert text.startswith("no metric in common (a: em; b: correct)")


def test_other_replicates():
    (text,) = differences(view(DATA), view(DATA, lambda item, r: right(item), replicates=3))

    assert text == "a has 1 answer per item, b has 3: run both with the same replicates="


def test_partial_runs_compare_among_themselves_only():
    part = view(DATA, partial=True, limit=16)

    assert differences(part, view(DATA, partial=True, limit=16)) == []
    (text,) = differences(view(DATA), part)
    assert text.startswith("b is a partial run (limit=16) and the other is whole")


def test_items_that_ask_the_same_are_paired_once_each():
    twins = dataclasses.replace(DATA, items=(*DATA.items, dataclasses.replace(DATA.items[0], id="twin")))

    assert differences(view(twins), view(twins)) == []
    assert differences(view(twins), view(DATA)) == ["1 item only in a (twin)"]


def test_the_refusal_names_every_run_and_every_reason():
    fewer = dataclasses.replace(DATA, items=DATA.items[1:])
    a, b, c = view(DATA, name="one"), view(fewer, name="two"), view(DATA, name="three")

    require_comparable([a, c])
    with pytest.raises(NotComparable) as caught:
        require_comparable([a, b, c])

    assert str(caught.value).splitlines() == [
        "these runs are not comparable",
        f"{title(a)} (a) and {title(b)} (b):",
        "  - 1 item only in a (a0-q0)",
    ]
    assert caught.value.exit_code == 7
