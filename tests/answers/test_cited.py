"""An answer is judged by its own words, not by the sentence of the article that it cites for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bench
from bench.answers.cited import own_words
from bench.answers.gold.prepare import prepare
from bench.answers.text.characters import clean
from bench.datasets.mapping import item_from_mapping

ONE = "Vladimir Medinsky leads the Russian delegation."
TWO = 'Ukraine\'s is headed by Rustem Umerov, who said: "We are ready for talks."'
ITEM = {
    "question": "Who heads Ukraine's delegation?",
    "context": f"{ONE} {TWO} Nothing was decided.",
    "answer_type": "person",
    "gold": [{"canonical": "Rustem Umerov", "aliases": ["Umerov"]}],
    "reject": ["Vladimir Medinsky", "Medinsky"],
}
RECORD = item_from_mapping(ITEM)


def own(text: str) -> str:
    return own_words(text, RECORD.context, prepare(RECORD))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f'Umerov. The article states: "{ONE}"', "Umerov. The article states: "),
        (f'Umerov ("{ONE}")', "Umerov ()"),
        (f'Umerov — "{ONE}" and "{TWO}"', "Umerov —  and "),
        (f"Umerov\n“{ONE}”", "Umerov\n"),
        (f'Umerov: see the sentence "{ONE[:-1]} ... Nothing was decided."', "Umerov: see the sentence "),
        (f'Umerov. The text reads: "{TWO}"', "Umerov. The text reads: "),
    ],
)
def test_a_citation_behind_an_answer_is_left_out(text: str, kept: str) -> None:
    assert own(text).split() == kept.split()


@pytest.mark.parametrize(
    "text",
    [
        f'The article says: "{TWO}"',  # nothing beside it
        f'The relevant sentence about the delegation is: "{TWO}"',
        'Umerov. The article says "Rustem Umerov".',  # too short
        'Umerov. The article says: "Kofi Annan leads the delegation of Ukraine."',  # not in it
        f'He told us "{ONE}"',  # not introduced as a citation
        'Umerov said "we are ready for talks" there',
        f"Umerov. {ONE}",  # no quotation marks
        f'Umerov. The article states: "{ONE}',  # one that does not end
        f'Nothing was decided. "{ONE[:-1]}," said Umerov.',  # the article's way of telling who spoke
        f'"{ONE}" Umerov.',  # no words of its own before it
        "",
        '"',
        '""""""""""',
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert own(text) == text


def test_a_quotation_that_is_the_answer_is_no_citation() -> None:
    words = "the worst flood that this town has ever seen"
    item = {
        "question": "What did the mayor call the flood?",
        "context": f'The mayor called it "{words}" on Monday.',
        "answer_type": "span",
        "gold": [{"canonical": words}],
    }
    for text in (
        f'"{words}"',
        f'According to the article, she called it "{words}".',
        f'The text quotes her: "{words}"',
    ):
        assert bench.score_answer(item, text)["correct"] == 1


@pytest.mark.parametrize("wrong", ["Kofi Annan", "Vladimir Medinsky", "It is not Rustem Umerov", "Nobody"])
@pytest.mark.parametrize("cited", [ONE, TWO, f"{ONE} {TWO}"])
def test_a_citation_makes_no_wrong_answer_right(wrong: str, cited: str) -> None:
    assert bench.score_answer(ITEM, f'{wrong}. The article states: "{cited}"')["correct"] == 0
    assert bench.score_answer(ITEM, f'Umerov. The article states: "{cited}"')["correct"] == 1


@pytest.mark.parametrize("rest", [TWO, f"{ONE} {TWO}", f"{TWO} Nothing was decided."])
@pytest.mark.parametrize("end", [". ", "\n", "\n\n", ".\n"])
def test_words_that_head_sentences_of_the_article_must_be_right_too(rest: str, end: str) -> None:
    place = {
        "question": "Where did the talks take place?",
        "context": "They met in Istanbul on Friday. The mood was good. They were in Ankara before.",
        "answer_type": "place",
        "gold": [{"canonical": "Istanbul"}],
    }
    told = "They met in Istanbul on Friday."
    for wrong in ("Timbuktu", "a purple elephant", "Port Orr"):
        assert bench.score_answer(place, f"{wrong}{end}{told}")["correct"] == 0
    for right in (
        "Istanbul",
        "In Istanbul",
        "The answer",
        "Here it is",
        "The reason is plain to see",
        "The mood was good",
    ):
        assert bench.score_answer(place, f"{right}{end}{told}")["correct"] == 1, right
    for wrong in ("Kofi Annan", "Bruno"):
        assert bench.score_answer({**ITEM, "reject": []}, f"{wrong}{end}{rest}")["correct"] == 0


def test_a_gold_that_is_a_sentence_of_the_article_has_no_head() -> None:
    words = "They will all go home tomorrow"
    item = {
        "question": "What will happen?",
        "context": f"The coach spoke. {words}.",
        "answer_type": "span",
        "gold": [{"canonical": words}],
    }
    assert bench.score_answer(item, f"assistant\n{words}.")["correct"] == 1


@given(
    st.lists(
        st.sampled_from(['"', "“", "”", "(", "\n", ". ", "...", "Umerov", ONE, TWO, "the article says", " "]),
        max_size=14,
    )
)
def test_any_text_gives_words_of_its_own(parts: list[str]) -> None:
    text = "".join(parts)
    kept = own(text)
    rest = iter(clean(text))
    assert kept == text or all(letter in rest for letter in kept), "something was taken out, nothing put in"
    assert kept == text or any(map(str.isalnum, kept))
