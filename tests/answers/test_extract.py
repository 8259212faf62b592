"""From raw outputs to answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.answers.extract import Extractor
from bench.errors import UsageError
from bench.records import Answer, Failure, Key, Prediction, SpanScore


def read(text: str, **parameters: object) -> Answer:
    return Extractor(**parameters).extract(Prediction(key=Key("i"), request_digest="", text=text))  # type: ignore[arg-type]


TEXTS = [
    ("52", "52", "as it stands"),
    ("  52 \n", "52", "white space"),
    ("Answer: 52", "52", "marker"),
    ("**Final answer:** 52", "52", "marker in bold"),
    ("80 − 52\nAnswer: 30\nWait.\nAnswer: 28", "28", "the last marker wins"),
    ("Answer:\n52", "52", "answer on the next line"),
    ("52\nAnswer:", "52\nAnswer:", "a marker with nothing behind it is none"),
    ("The answer is no.", "no.", "marker in words"),
    ("<think>80 or 52?</think>52", "52", "reasoning block"),
    ("80 or 52?</think>\n52", "52", "reasoning block whose opening was in the prompt"),
    ("<|channel|>analysis<|message|>80?<|channel|>final<|message|>52", "52", "final channel"),
    ("Sure! Here's the answer: 52", "52", "chat"),
    ("Of course. Based on the article, it was Lind.", "it was Lind.", "chat and source"),
    ("```\n52\n```", "52", "code fence"),
    ('```json\n{"answer": "52"}\n```', "52", "JSON in a fence"),
    ('{"answer": 52, "reasoning": "80"}', "52", "JSON number"),
    ('I think {"answer": "52"} fits.', "52", "JSON inside words"),
    ('{"answer": ["Russia", "Ukraine"]}', "Russia\nUkraine", "JSON list: a member a line"),
    ('{"Russia": "Medinsky", "Ukraine": "Umerov"}', "Russia: Medinsky\nUkraine: Umerov", "keyed JSON"),
    ('[{"side": "Russia", "head": "Medinsky"}]'.replace("[{", "[{").replace("}]", "}, {\"side\": \"Ukraine\", \"head\": \"Umerov\"}]"),
     "Russia: Medinsky\nUkraine: Umerov", "list of pairs"),
    ('{"answer": true}', "yes", "JSON truth value"),
    ("\\boxed{52}", "52", "boxed"),
    ("$\\frac{13}{20}$", "13/20", "LaTeX fraction"),
    ("<answer>52</answer>", "52", "tag"),
    ("#### 52", "52", "hash marker"),
    ("“Umerov”", "Umerov", "quotation marks"),
    ("'Umerov'.", "Umerov", "quotation marks before the stop"),
    ("the `52` drones", "the 52 drones", "code span"),
    ("russia`s", "russia`s", "a lone backtick is an apostrophe"),
    ("~~80~~ 52", "52", "struck out"),
    ("52 [16]", "52", "citation"),
    ("<b>52</b><br>", "52", "HTML"),
    ("AT&amp;T", "AT&T", "entity"),
    ("52</s>", "52", "end token"),
    ("52\n\nQuestion: How many more?\nAnswer: 99", "52", "a model that goes on asking"),
    ("52\n\nExplanation: not 80", "52", "labelled explanation"),
    ("It does not say, but 162", "162", "abstention followed by an answer"),
    ("Unknown, probably 162", "probably 162", "abstention followed by a guess"),
    ("162, but the article does not say so", "162, but the article does not say so", "answer with a hedge"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "text", "why"), TEXTS, ids=[w for *_, w in TEXTS])
def test_answer_text(raw: str, text: str, why: str) -> None:
    answer = read(raw)

    assert answer.text == text
    assert not answer.abstained
    assert not answer.refused


ABSTAINED = [
    "", "  \n", "...", "N/A", "unknown", "Unanswerable.", "**Not stated**", "Answer: not mentioned", "I don't know.",
    "The article does not say.", "The passage doesn't specify. It only says that 162 were downed.",
    "The article does not say; the 162 are Ukrainian drones.", '{"answer": null}', '{"answer": "", "answerable": false}',
    "<think>Hm.</think>", "I'm sorry, but the article does not contain that information.",
    "The article mentions 162 drones but does not say how many were sent.", "No information is given.",
    "It cannot be determined from the text.", "The number is not given in the article.",
]  # fmt: skip


@pytest.mark.parametrize("raw", ABSTAINED)
def test_abstentions_have_no_text(raw: str) -> None:
    assert read(raw) == Answer(text="", abstained=True)


@pytest.mark.parametrize(
    "raw",
    [
        "I'm sorry, but I can't help with that.",
        "I cannot assist with this request.",
        "As an AI, I cannot say.",
    ],
)
def test_refusals_are_no_abstentions(raw: str) -> None:
    answer = read(raw)

    assert (answer.refused, answer.abstained, answer.text) == (True, False, raw)


@pytest.mark.parametrize(
    "raw",
    ["28 were not reported as shot down.", "Kyiv did not mention it to Moscow.", "A source it did not name.", "None", "No.",
     "The thief was never found.", "The ministry has not said whether it will pay."],
)  # fmt: skip
def test_answers_that_only_sound_like_abstentions(raw: str) -> None:
    assert read(raw).text == raw


def test_an_open_reasoning_block_says_nothing_and_does_not_abstain() -> None:
    assert read("<think>52 or") == Answer(text="")


def cut(text: str, confidence: float | None = None, **parameters: object) -> Answer:
    """What is read from an output that met the length limit."""
    prediction = Prediction(
        key=Key("i"), request_digest="", text=text, finish_reason="length", confidence=confidence
    )
    return Extractor(**parameters).extract(prediction)  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["auto", "verbatim"])
@pytest.mark.parametrize("raw", ["", "  \n"])
def test_nothing_before_the_length_limit_is_no_abstention(raw: str, mode: str) -> None:
    assert cut(raw, mode=mode) == Answer(text="", finish_reason="length")
    assert read(raw, mode=mode).abstained


@pytest.mark.parametrize("raw", ["<think>Hm.</think>\n", "<think>Hm", "**", "...", "```", "\u200b"])
def test_no_word_of_an_answer_before_the_length_limit_is_no_abstention(raw: str) -> None:
    assert cut(raw) == Answer(text="", finish_reason="length")


@pytest.mark.parametrize(
    "raw", ["Not stated.", "N/A", '{"answer": null}', "<think>Hm.</think>The article does not say."]
)
def test_an_abstention_in_words_is_one_at_the_length_limit_too(raw: str) -> None:
    assert cut(raw) == Answer(text="", abstained=True, finish_reason="length")


@pytest.mark.parametrize("raw", ["", "<think>Hm"])
def test_low_confidence_makes_no_abstention_of_what_was_cut(raw: str) -> None:
    assert not cut(raw, 0.1, confidence_threshold=0.5).abstained
    assert cut("Kyiv", 0.1, confidence_threshold=0.5).abstained


def test_confidence_and_evidence_in_words_and_in_json() -> None:
    words = read("Answer: 52\nEvidence: sentences 3 and 4\nConfidence: 80%")
    object_ = read('{"answer": "52", "confidence": 0.8, "evidence": ["S3", 4]}')

    assert (words.text, words.confidence) == ("52", 0.8)
    assert object_ == Answer(text="52", confidence=0.8, evidence=(3, 4))


@pytest.mark.parametrize(("threshold", "abstains"), [(-2.0, True), (0.0, True), (1.0, False), (2.0, False)])
def test_null_score_above_the_threshold_abstains(threshold: float, abstains: bool) -> None:
    spans = (SpanScore(text="52", score=3.0), SpanScore(text="80", score=1.0))
    prediction = Prediction(key=Key("i"), request_digest="", text="52", spans=spans, null_score=4.0)

    answer = Extractor(null_threshold=threshold).extract(prediction)

    assert answer == Answer(text="" if abstains else "52", abstained=abstains)


def test_an_answer_the_adapter_withheld_comes_back_with_a_higher_threshold() -> None:
    prediction = Prediction(
        key=Key("i"), request_digest="", spans=(SpanScore(text="52", score=3.0),), null_score=4.0
    )

    assert Extractor(null_threshold=2.0).extract(prediction).text == "52"


def test_low_confidence_abstains() -> None:
    assert read("52\nConfidence: 20%", confidence_threshold=0.5).abstained
    assert read("52\nConfidence: 90%", confidence_threshold=0.5).text == "52"
    assert read("52", confidence_threshold=0.5).text == "52"  # nothing stated, nothing to compare


def test_failed_predictions_hold_no_answer() -> None:
    failed = Prediction(
        key=Key("i"), request_digest="", status="failed", error=Failure(type="E", message="m")
    )

    assert Extractor().extract(failed) == Answer(text="", failed=True)


def test_an_unknown_mode_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'verbatim'"):
        Extractor(mode="verbatin")


def test_verbatim_mode_reads_no_phrases() -> None:
    assert read("Answer: unknown", mode="verbatim") == Answer(text="Answer: unknown")
    assert read(" ", mode="verbatim").abstained


@given(st.text(st.characters(codec=None), max_size=300) | st.lists(st.sampled_from(
    ["Answer:", "<think>", "</think>", "```", '{"answer":', "}", "[", "\\boxed{", "not", " stated", "but", "52", "\n", "**",
     "\ud800", "\x00", "`", "~~", "the article does not say", ", ", "(", '"']), max_size=40).map("".join))  # fmt: skip
def test_total_on_any_text(text: str) -> None:
    answer = read(text)

    assert not (answer.abstained and answer.text)
    assert answer.confidence is None or 0 <= answer.confidence <= 1


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "52 ",
        "\n",
        "*",
        "<think>",
        "Answer: ",
        "{",
        '{"answer":',
        "[",
        "`",
        "not stated, ",
        "\ud800",
        "٥",
        "1,",
        "(",
    ],
)
def test_five_megabytes_end(piece: str) -> None:
    assert isinstance(read(piece * (5_000_000 // len(piece))), Answer)


@pytest.mark.parametrize(
    "odd",
    [
        {"null_threshold": "abc"},
        {"confidence_threshold": "abc"},
        {"confidence_threshold": 65},
        {"null_threshold": True},
    ],
)
def test_a_threshold_that_is_no_number_is_refused(odd):
    with pytest.raises(UsageError, match="a number"):
        Extractor(**odd)


@pytest.mark.parametrize(
    ("text", "abstained"),
    [
        ("The text states that it was Orr, although no further detail is given.", False),
        ("The article does not give much detail, but it says Orr.", False),
        ("It was Orr. The article does not give further details.", False),
        ("It is reported that she resigned, but no further details are given.", True),
        ("The article mentions that she resigned but gives no further information.", True),
        ("The article only states that she resigned and does not provide more information.", True),
        ("The article does not give further details.", True),
        ("The article does not give further details about the cause.", True),
    ],
)
def test_further_detail_is_missed_beside_an_answer_or_instead_of_one(text: str, abstained: bool) -> None:
    assert Extractor().extract_text(text).abstained is abstained


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('{"value": "3.4", "unit": "euros"}', "3.4 euros"),
        ('{"value": 3.4, "unit": "million euros", "confidence": 0.8}', "3.4 million euros"),
        ('{"answer": "75", "units": "minutes", "evidence": [2]}', "75 minutes"),
        ('{"answer": "75 minutes", "unit": "minutes"}', "75 minutes"),
        ('{"answer": "75", "unit": null}', "75"),
        ('{"answer": "Orr", "unit": "town"}', "Orr"),
    ],
)
def test_a_unit_in_a_field_of_its_own_belongs_to_the_figure(text: str, read: str) -> None:
    assert Extractor().extract_text(text).text == read
