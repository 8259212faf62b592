import pytest

import bench
from bench.datasets.mapping import item_from_mapping
from bench.errors import UsageError


def test_gold_may_be_words_or_slots():
    words = item_from_mapping({"question": "How many?", "gold": ["52", "fifty-two"]})
    slots = item_from_mapping(
        {"question": "How many?", "gold": [{"canonical": "52", "aliases": ["fifty-two"]}]}
    )
    assert words == slots
    assert words.answer_type == "number"


def test_no_gold_is_no_answer():
    assert item_from_mapping({"question": "Who pays?"}).answer_type == "none"


@pytest.mark.parametrize("key", ["answer", "answers", "golds"])
def test_answers_under_another_name_are_not_taken_for_no_answer(key):
    with pytest.raises(UsageError, match="stand under `gold`"):
        item_from_mapping({"question": "How many?", key: "52"})


@pytest.mark.parametrize("odd", [None, "istanbul-talks-q001", 3])
def test_what_is_no_mapping_is_said(odd):
    with pytest.raises(UsageError, match="an item is an Item or a mapping"):
        item_from_mapping(odd)


@pytest.mark.parametrize(
    ("changes", "answer", "worth"),
    [
        ({"gold": "Lena Hofstad"}, "Lena Hofstad", 1.0),
        ({"gold": "Lena Hofstad"}, "L", 0.0),
        ({"gold": {"canonical": "Lena Hofstad", "aliases": "the warden"}}, "the warden", 1.0),
        ({"gold": ["Tesk", "Oru"], "answer_type": "list"}, "Oru and Tesk", 1.0),
        ({"gold": ["Tesk", "Oru"], "answer_type": "list"}, "Tesk", 2 / 3),
        ({"gold": ["Tesk", "Oru"]}, "Oru", 1.0),
        ({"gold": "28 million", "reject": "45 million"}, "45 million", 0.0),
        ({"gold": []}, None, 1.0),
        ({"gold": ""}, "", 1.0),
        ({"gold": ("Tesk",), "reject": {"Oru"}, "id": 7}, "Oru", 0.0),
        ({"gold": ["Tesk"], "source": "a key of one's own"}, "Tesk", 1.0),
    ],
)
def test_one_string_stands_for_a_list_of_one(changes, answer, worth):
    found = bench.score_answer({"question": "Which towns, or who?", **changes}, answer)
    assert found["correct"] == pytest.approx(worth)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"anser_type": "person", "gold": "x"}, "did you mean 'answer_type'"),
        ({"gold": [{"canonical": "x", "aliasses": ["y"]}]}, "did you mean 'aliases'"),
        ({"gold": [False]}, "a gold slot is False"),
        ({"gold": 5}, "gold is 5"),
        ({"gold": [{"canonical": "x", "alias": ["y"]}]}, "did you mean 'aliases'"),
        ({"gold": [{"canonical": "x", "spans": [[0, 2]]}]}, "spans is"),
        ({"gold": ["x"], "evidence": [1, 2]}, "evidence is"),
        ({"gold": ["x"], "attribution": {"odd": 1}}, "attribution is"),
        ({"gold": ["x"], "reject": [5]}, r"reject is \[5\]"),
        ({"gold": ["x"], "context": 5}, "context is 5"),
        ({"gold": ["x"], "answerable": False}, "leave one of the two out"),
    ],
)
def test_what_is_of_another_shape_is_said(changes, said):
    with pytest.raises(UsageError, match=said):
        bench.score_answer({"question": "Who?", **changes}, "x")


def test_an_answer_is_a_string():
    with pytest.raises(UsageError, match="an answer is a string, not 17"):
        bench.score_answer({"question": "Who?", "gold": ["x"]}, 17)
