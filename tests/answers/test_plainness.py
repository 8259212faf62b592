"""What is taken for plain at a glance reads as itself when it is taken apart."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.answers import extract
from bench.answers.output import abstention, markup, silence
from bench.answers.output.plainness import is_outspoken, is_plain
from bench.answers.text.tokens import read
from bench.answers.unanswerable import premise
from bench.records import Answer
from tests.conformance.load import load_cases

PATTERNS = {
    "strong": silence.STRONG,
    "bare": silence.BARE,
    "refusal": abstention._REFUSAL,
    "topic": abstention._TOPIC,
    "marker": markup._MARKER,
    "chat": markup._CHAT,
    "closer": markup._CLOSER,
    "section": markup._SECTION,
}
PLAIN_LETTERS = st.text(alphabet="abcdnotiuhk ,.'%()/;+-019", max_size=12)


@pytest.mark.parametrize("name", PATTERNS)
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_what_a_pattern_finds_is_never_plain(name, data):
    found = data.draw(st.from_regex(re.compile(PATTERNS[name].pattern, re.ASCII)))
    text = data.draw(PLAIN_LETTERS) + found + data.draw(PLAIN_LETTERS)
    for said in (text, found, found.strip()):
        if is_plain(said):
            assert extract._read(said) == Answer(text=said)


@given(st.text(alphabet="abcdnotiuhk ,.'%()/;+-019"))
def test_what_is_plain_reads_as_itself(text):
    if is_plain(text):
        assert extract._read(text) == Answer(text=text)


def test_conformance_answers_read_the_same_either_way():
    plain = [case["answer"] for case in load_cases() if is_plain(case["answer"])]

    assert len(plain) > 100
    assert [extract._read(text) for text in plain] == [Answer(text=text) for text in plain]


@pytest.mark.parametrize(
    "text", ["52", "Denver Broncos", "1,000", "St. Louis (Missouri)", "New York City", "3.5%"]
)
def test_short_answers_are_plain(text):
    assert is_plain(text)


@pytest.mark.parametrize(
    "text", ["", " 52", "52 ", "“52”", "Answer: 52", "not stated", "N/A", "none", "5\n2", "x" * 201]
)
def test_anything_else_is_not(text):
    assert not is_plain(text)


@pytest.mark.parametrize("name", ["STRONG", "WEAK", "WITHHELD", "BARE"])
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_what_declines_is_never_outspoken(name, data):
    found = data.draw(st.from_regex(re.compile(getattr(silence, name).pattern, re.ASCII)))
    for said in (found, found.strip(), "Oslo " + found.strip(), found.strip() + " Oslo"):
        if is_outspoken(said):
            assert not abstention.abstains(said)
            assert not abstention.weakly_abstains(said)


def test_an_outspoken_answer_to_an_unanswerable_question_is_an_answer():
    cases = [case for case in load_cases() if not case["item"].get("gold") and is_outspoken(case["answer"])]

    assert len(cases) > 20
    # A correction of the premise may be outspoken; every other such answer is wrong.
    assert {case["verdict"] for case in cases if not premise.may_correct(read(case["answer"]))} == {0}


@given(
    st.lists(st.sampled_from(sorted(premise._HINTS)) | st.text(alphabet="abno1 ,-%", max_size=6), max_size=4)
)
def test_what_cannot_correct_holds_no_word_of_correction(words):
    text = " ".join(words)
    if is_plain(text) and premise.cannot_correct(text):
        assert not premise.may_correct(read(text))
