import pytest

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
