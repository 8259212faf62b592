"""Words that messages share."""

import pytest

from bench.asking import _start
from bench.errors import counted
from bench.models.recorded import Recorded
from bench.records import Key, Request


@pytest.mark.parametrize(
    ("n", "words", "said"),
    [
        (0, ("item",), "0 items"),
        (1, ("item",), "1 item"),
        (1234, ("item",), "1,234 items"),
        (1, ("answer belongs", "answers belong"), "1 answer belongs"),
        (2, ("answer belongs", "answers belong"), "2 answers belong"),
    ],
)
def test_a_noun_agrees_with_its_number(n, words, said):
    assert counted(n, *words) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["b"], "1 answer belongs to no item that is asked: b"),
        (["b", "c"], "2 answers belong to no item that is asked: b, c"),
    ],
)
def test_answers_to_nothing_agree_with_their_number(tmp_path, rows, said):
    file = tmp_path / "answers.json"
    file.write_text("{" + ", ".join(f'"{row}": "x"' for row in ["a", *rows]) + "}")
    asked = Request(key=Key("a"), article_id="x", context="y", question="z", metadata={}, prompt="z")
    (remark,) = Recorded(path=str(file)).remarks([asked])
    assert remark.endswith(said)


def test_what_a_start_finds_agrees_with_its_number():
    assert _start(1, 1, 0) == ["of 1 item, 1 was answered before; asking 0"]
    assert _start(9, 2, 1) == [
        "of 9 items, 2 were answered before and 1 stands in the cache of answers (cache=false asks anew); asking 6"
    ]
