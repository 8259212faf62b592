"""Why answers missed: one label each, by hand, over one article with the golds of all its items."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.answers.extract import Extractor
from bench.answers.match import match
from bench.diagnosis.diagnose import diagnose
from bench.diagnosis.labels import DIAGNOSES, EXPLANATIONS
from bench.diagnosis.siblings import Families, alone
from bench.records import ANSWER_TYPES, Answer, Failure, Gold, Item, Key, Prediction

TEXT = (
    "Vladimir Medinsky, an aide to Vladimir Putin, leads the Russian delegation. The Ukrainian team is led by Defence "
    "Minister Rustem Umerov. They met on Monday at the Ciragan Palace in Istanbul; the first round, of May 16, brought no "
    "ceasefire. Ukraine brought down 52 of the 80 drones that Russia launched on Sunday night, while the other side "
    "downed 162 of Kyiv's. Kyiv says it hit up to 40 warplanes. About 65 percent of the 1.5 million voters took part. "
    "The harbour at Vellmar took 3.5 years to build. Trams will serve the new line. According to Reuters, Orhan Aksoy "
    "of the city council said the old bridge was not closed. Temperatures fell to -12 degrees Celsius."
)


def item(name: str, question: str, kind: str, *golds: Gold, reject: tuple[str, ...] = (), mode: str = "one",
         reason: str | None = None) -> Item:  # fmt: skip
    return Item(id=name, article_id="talks", question=question, context=TEXT, answer_type=kind, answer_mode=mode,
                gold=golds, reject=reject, unanswerable_reason=reason)  # fmt: skip


def person(name: str) -> Gold:
    return Gold(canonical=name, aliases=(name.split()[-1],))


MEDINSKY, UMEROV = person("Vladimir Medinsky"), person("Rustem Umerov")
ITEMS = {
    i.id: i
    for i in (
        item("ukraine", "Who heads Ukraine's delegation?", "person", UMEROV, reject=("Vladimir Medinsky",)),
        item("russia", "Who heads Russia's delegation?", "person", MEDINSKY),
        item("city", "In which city did they meet?", "place", Gold(canonical="Istanbul")),
        item("building", "Which building hosted the round?", "place", Gold(canonical="Ciragan Palace")),
        item("post", "What post does Umerov hold?", "span", Gold(canonical="Defence Minister"), reject=("aide",)),
        item("built", "What took 3.5 years to build?", "span", Gold(canonical="the harbour at Vellmar", aliases=("the harbour",))),
        item("downed", "How many drones did Ukraine bring down?", "number", Gold(canonical="52", value=52, unit="drone")),
        item("planes", "How many warplanes were hit?", "number",
             Gold(canonical="up to 40", value=40, unit="warplane", bound="at_most")),
        item("share", "What share of the voters took part?", "number", Gold(canonical="65 percent", value=65, unit="percent")),
        item("voters", "How many voters were there?", "number", Gold(canonical="1.5 million", value=1.5e6)),
        item("years", "How long did the harbour take to build?", "number", Gold(canonical="3.5 years", value=3.5, unit="year")),
        item("cold", "What was the lowest temperature?", "number", Gold(canonical="-12 degrees Celsius", value=-12, unit="celsius")),
        item("left", "How many more drones did Russia launch than Ukraine downed?", "number", Gold(canonical="28", value=28)),
        item("day", "On which day of the week did they meet?", "date", Gold(canonical="Monday")),
        item("before", "On which date was the round before?", "date", Gold(canonical="May 16", edtf="XXXX-05-16")),
        item("closed", "Was the old bridge closed?", "yes_no", Gold(canonical="no")),
        item("line", "Will the new line be served by trams or by buses?", "choice", Gold(canonical="trams"), reject=("buses",)),
        item("heads", "Who heads each delegation?", "list", dataclasses.replace(MEDINSKY, key="Russia"),
             dataclasses.replace(UMEROV, key="Ukraine"), mode="all_keyed"),
        item("named", "Which Russians are named?", "list", MEDINSKY, person("Vladimir Putin"), mode="all",
             reject=("Rustem Umerov",)),
        item("turkey", "Who heads the Turkish delegation?", "none", reject=("Rustem Umerov",), reason="entity_swap"),
        item("drones", "How many drones were shot down?", "ambiguous", Gold(canonical="52", reading="Ukraine's"),
             Gold(canonical="162", reading="Russia's"), mode="any"),
    )
}  # fmt: skip
FAMILIES = Families(list(ITEMS.values()))


def label(name: str, prediction: Prediction) -> str | None:
    what = ITEMS[name]
    answer = Extractor().extract(prediction)
    correct = 0.0 if answer.failed else match(what, answer)
    return diagnose(what, answer, correct, FAMILIES.of(what))


def said(text: str, finish: str | None = None) -> Prediction:
    return Prediction(key=Key("x"), request_digest="", text=text, finish_reason=finish)


CASES = [
    # item, output, label, why
    ("ukraine", "Rustem Umerov", None, "right"),
    ("heads", "Russia: Medinsky; Ukraine: Umerov", None, "right"),
    ("turkey", "The article does not say.", None, "rightly declined"),
    ("ukraine", "I'm sorry, but I can't help with that.", "refusal", "would not help"),
    ("turkey", "I cannot assist with this request.", "refusal", "a refusal is no abstention"),
    ("ukraine", "<think>The text says that Medinsky", "format", "the reasoning never ends"),
    ("ukraine", "Answer:", "format", "the frame of an answer without the answer"),
    ("ukraine", '{"answer": ', "format", "JSON that breaks off before the answer"),
    ("turkey", "Answer:", "format", "no answer to an unanswerable question either, and no abstention"),
    ("ukraine", "", "false_abstention", "an empty output is an abstention"),
    ("ukraine", "The article does not say.", "false_abstention", "it does"),
    ("downed", "unknown", "false_abstention", "it stands there"),
    ("closed", "Not mentioned.", "false_abstention", "begins like a no, but abstains"),
    ("turkey", "Rustem Umerov", "false_answer", "the lure"),
    ("turkey", "Hakan Fidan", "false_answer", "from elsewhere, and still an answer to no question"),
    ("share", "0.65 percent", "unit_or_scale", "a hundredth"),
    ("share", "65 percentage points", "unit_or_scale", "points are no percent"),
    ("voters", "1.5", "unit_or_scale", "the scale word left out"),
    ("voters", "1.5 billion", "unit_or_scale", "another scale word"),
    ("voters", "15 million", "unit_or_scale", "the decimal point lost"),
    ("years", "3.5 months", "unit_or_scale", "another unit"),
    ("cold", "12 degrees Celsius", "unit_or_scale", "the sign lost"),
    ("planes", "at least 40", "unit_or_scale", "the opposite bound"),
    ("downed", "52%", "unit_or_scale", "a share for a number"),
    ("heads", "Russia: Medinsky", "part_of_list", "one key of two"),
    ("heads", "Russia: Medinsky; Ukraine: Andrii Bondar", "part_of_list", "one right, one wrong"),
    ("named", "Medinsky", "part_of_list", "one of two"),
    ("named", "Putin and Orhan Aksoy", "part_of_list", "one of two, and another"),
    ("ukraine", "Vladimir Medinsky", "other_party", "the lure: head of the other delegation"),
    ("ukraine", "Orhan Aksoy", "other_party", "a name that only the text has"),
    ("ukraine", "not Umerov but Medinsky", "other_party", "the right one denied"),
    ("ukraine", "Putin", "other_party", "a gold of another item"),
    ("russia", "The Russian delegation is headed by Rustem Umerov.", "other_party", "the other head, in a sentence"),
    ("city", "Vellmar", "other_party", "another place"),
    ("building", "Istanbul", "other_party", "the city for the building"),
    ("heads", "Russia: Umerov; Ukraine: Medinsky", "other_party", "keys swapped"),
    ("downed", "Umerov", "other_party", "a person for a number"),
    ("downed", "162", "other_number", "the other side's"),
    ("downed", "not 52, but 162", "other_number", "the right one denied"),
    ("downed", "Kyiv says that 80 were downed.", "other_number", "a party is named, but a number was asked for and given"),
    ("downed", "28", "other_number", "gold of another item, computed and not in the text"),
    ("left", "fifty-two", "other_number", "in words"),
    ("planes", "80", "other_number", "the drones"),
    ("day", "Sunday", "other_number", "the night of the drones"),
    ("before", "Monday", "other_number", "the day of the talks"),
    ("drones", "80", "other_number", "no reading of the question"),
    ("city", "on Monday", "other_number", "a date for a place"),
    ("ukraine", "Umerov or Medinsky", "over_long", "two candidates"),
    ("city", "Istanbul Istanbul Istanbul Istanbul", "over_long", "a loop"),
    ("downed", "52 or 162", "over_long", "two candidates"),
    ("downed", "52 to 60", "over_long", "a range that begins with it"),
    ("day", "Sunday or Monday", "over_long", "two dates"),
    ("line", "trams and buses", "over_long", "both options"),
    ("closed", "Yes and no", "over_long", "both polarities"),
    ("named", "Medinsky, Putin and Orhan Aksoy", "over_long", "all of the list and one more"),
    ("named", "Medinsky, Putin, Umerov", "over_long", "all of the list and the lure"),
    ("heads", "Russia: Medinsky; Ukraine: Umerov; Turkey: Orhan Aksoy", "over_long", "all keys and one more"),
    ("closed", "Yes", "wrong_polarity", "yes for no"),
    ("closed", "Yes, Orhan Aksoy said so.", "wrong_polarity", "the polarity counts, not who is named"),
    ("line", "buses", "wrong_polarity", "the other option"),
    ("line", "It is buses rather than trams.", "wrong_polarity", "the right option denied"),
    ("ukraine", "Hakan Fidan", "not_in_article", "nobody of the article"),
    ("ukraine", "Sergei Umerov", "not_in_article", "a first name that the article lacks"),
    ("city", "Izmir", "not_in_article", "no place of the article"),
    ("downed", "53", "not_in_article", "no number of the article"),
    ("downed", "Ukraine brought down 47 drones.", "not_in_article", "its words are, its number is not"),
    ("before", "17 May", "not_in_article", "no date of the article"),
    ("post", "trade commissioner", "not_in_article", "no word of it"),
    ("russia", "Vladimir", "other_content", "a first name that two share is a piece of the right answer"),
    ("russia", "an aide to Medinsky", "other_content", "somebody described by the right name"),
    ("post", "an aide", "other_content", "a lure that is neither party nor number"),
    ("before", "May", "other_content", "coarser than the date asked for"),
    ("built", "the new line", "other_content", "words of the article"),
    ("built", "Trams will not serve the harbour.", "other_content", "the right one denied"),
    ("built", "the first", "other_content", "an ordinal of the article is no number where none was asked for"),
    ("ukraine", "Sergei Lavrov, who works for Vladimir Putin", "not_in_article", "the foreign name comes first"),
    ("ukraine", "Temperatures fell while trams and voters took the old harbour bridge, Reuters said.", "other_content",
     "a sentence that happens to name somebody"),
    ("ukraine", "the other side downed 162 while temperatures fell and trams took voters to the bridge", "other_content",
     "a sentence that happens to hold a number"),
    ("closed", "Maybe", "other_content", "no decision"),
    ("building", "a palace", "other_content", "the kind only"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "expected", "why"), CASES, ids=[f"{c[0]}: {c[1]}" for c in CASES])
def test_label(name: str, text: str, expected: str | None, why: str) -> None:
    assert label(name, said(text)) == expected, why


def test_failed() -> None:
    broken = Prediction(
        key=Key("x"), request_digest="", status="failed", error=Failure(type="TimeoutError", message="")
    )

    assert label("ukraine", broken) == label("turkey", broken) == "failed"


@pytest.mark.parametrize(
    ("name", "text", "expected", "why"),
    [
        ("ukraine", "The delegation of Ukraine, which", "truncated", "cut before a name"),
        ("ukraine", "<think>Let me see", "truncated", "cut in its reasoning"),
        ("turkey", "The Turkish delegation is", "truncated", "cut before it could decline"),
        ("turkey", "", "truncated", "cut before any word: neither an abstention nor right"),
        ("turkey", "<think>Let me see</think>", "truncated", "cut between reasoning and answer"),
        ("ukraine", "", "truncated", "cut before any word"),
        ("ukraine", "Umerov. Medinsky, on the", "over_long", "the right answer was reached, and lost by what follows"),
        ("named", "Medinsky,", "part_of_list", "some of it was right"),
        ("ukraine", "The article does not say.", "false_abstention", "it was read as what it is"),
    ],
)  # fmt: skip
def test_truncated(name: str, text: str, expected: str, why: str) -> None:
    assert label(name, said(text, "length")) == expected, why


def test_every_label_has_a_case_and_an_explanation() -> None:
    shown = {expected for _, _, expected, _ in CASES} | {"failed", "truncated"}

    assert shown - {None} == set(DIAGNOSES)
    assert tuple(EXPLANATIONS) == DIAGNOSES
    assert len(CASES) >= 50


def test_without_siblings_the_text_itself_tells() -> None:
    what = dataclasses.replace(ITEMS["downed"], reject=())

    assert diagnose(what, Answer(text="162"), 0.0, alone(what)) == "other_number"
    assert (
        diagnose(what, Answer(text="28"), 0.0, alone(what)) == "not_in_article"
    )  # 28 is another item's gold only


def test_a_month_is_part_of_the_right_date_even_where_another_date_has_it() -> None:
    what = dataclasses.replace(ITEMS["before"], context="The round of May 16 failed. The next is on May 30.")

    labels = [diagnose(what, Answer(text=text), 0.0, alone(what)) for text in ("May", "May 30")]
    assert labels == ["other_content", "other_number"]


def test_siblings_are_those_of_the_text_that_was_asked() -> None:
    other = dataclasses.replace(
        ITEMS["ukraine"], variant="cut@1:0", context="The Ukrainian team is led by Umerov."
    )

    assert FAMILIES.of(ITEMS["ukraine"]) is FAMILIES.of(ITEMS["russia"])
    assert FAMILIES.of(other) is not FAMILIES.of(ITEMS["ukraine"])
    assert FAMILIES.of(other).golds is FAMILIES.of(ITEMS["ukraine"]).golds


def test_texts_are_let_go_when_many_were_held() -> None:
    # Enough characters that the first article no longer fits beside the last.
    many = [Item(id=str(n), article_id=str(n), question="Who?", context=f"{n} " + "Anna Lind spoke. " * 9000,
                 answer_type="person", gold=(person("Anna Lind"),)) for n in range(5)]  # fmt: skip
    families = Families(many)
    first = families.of(many[0])

    assert [diagnose(i, Answer(text="Lind or 3"), 0.0, families.of(i)) for i in many] == ["over_long"] * 5
    assert families.of(many[-1]) is families.of(many[-1])
    assert families.of(many[0]) is not first


def test_an_article_without_capitals_or_in_another_script_has_no_names_but_words() -> None:
    what = dataclasses.replace(
        ITEMS["city"], context="会議は月曜日にイスタンブールで開かれた。", language="ja"
    )

    assert diagnose(what, Answer(text="アンカラ"), 0.0, alone(what)) == "not_in_article"


WEIRD = st.text(max_size=80) | st.sampled_from(
    ["\ud800", "0" * 5000, "١٢٣", "½", "1e400", "−5", "(" * 300, "a\x00b", "…", "Medinsky " * 400, "{" * 50, "10" + ",000" * 40,
     "sixty-five", "5 of 0", "Ümerov\u0301", "yes no yes", "16/05/2025", "\u202eUmerov", "2 to 1", "billion billion", "A) B)"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    what=st.sampled_from(list(ITEMS.values())),
    kind=st.sampled_from(ANSWER_TYPES),
    text=WEIRD,
    correct=st.floats(0, 0.99),
    finish=st.sampled_from([None, "stop", "length"]),
    context=st.sampled_from([TEXT, ""]) | WEIRD,
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_any_text_gets_a_label(what, kind, text, correct, finish, context, flags) -> None:
    odd = dataclasses.replace(what, answer_type=kind, context=context)
    answer = Answer(text=text, abstained=flags[0], refused=flags[1], failed=flags[2], finish_reason=finish)

    found = diagnose(odd, answer, correct, alone(odd))

    assert found in DIAGNOSES
    assert found == diagnose(odd, answer, correct, alone(odd))
    assert diagnose(odd, answer, 1.0, alone(odd)) is None
