"""The embedded reader: what it understands of questions, finds in sentences, and learns."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from bench.errors import DataError, UsageError
from bench.models._fitting import Example, same_answer
from bench.models._lexical_candidates import candidates
from bench.models._lexical_questions import KINDS, read_question
from bench.models._lexical_text import read_page, tokenise
from bench.models._words import stem
from bench.models.lexical import Lexical, fit, spans_for
from bench.records import Key, Request

ARTICLE = (
    "Two trams collided in the Kestrel tunnel in Ollenby on Friday evening, injuring at least 27 passengers. "
    "The line was closed until Sunday because its signals had failed, operator Northway said.\n\n"
    "Chief inspector Amra Selwin told reporters that the driver had not been drinking. "
    "The first tram carried 61 people and the second carried 48. "
    'Mayor Pavel Dorn called the crash "a warning ignored" and promised 3.2 million crowns for repairs.\n\n'
    "Trams were built in 1987 by a firm from Drossen. About 40 percent of the fleet is that old. "
    "Selwin, Dorn and Ilse Maron will report on 4 March."
)

READS = [
    ("In which town did the trams collide?", "Ollenby"),
    ("How many passengers were injured?", "at least 27"),
    ("How many people did the first tram carry?", "61"),
    ("When did the trams collide?", "Friday evening"),
    ("On what date will Selwin report?", "4 March"),
    ("In which year were the trams built?", "1987"),
    ("Who promised money for repairs?", "Pavel Dorn"),
    ("Who told reporters about the driver?", "Amra Selwin"),
    ("What percentage of the fleet is old?", "About 40 percent"),
    ("Had the driver been drinking?", "no"),
    ("Did two trams collide on Friday?", "yes"),
    ("Was the line closed until Sunday or until Monday?", "until Sunday"),
    ("Why was the line closed?", "because its signals had failed"),
    ("Which people will report on 4 March?", "Selwin, Dorn, Ilse Maron"),
    ("What did the mayor call the crash?", "a warning ignored"),
]


@pytest.mark.parametrize(("question", "answer"), READS)
def test_reads_plain_news(question: str, answer: str) -> None:
    assert answer in spans_for(ARTICLE, question)[0].text


KINDS_READ = [
    ("Who runs the port?", "person"),
    ("Whose boat sank?", "person"),
    ("To whom was it sold?", "person"),
    ("Where did it sink?", "place"),
    ("In which city was it built?", "place"),
    ("When did it sink?", "time"),
    ("On which day of the week did it sink?", "time"),
    ("By the owner's count, how many people were aboard?", "number"),
    ("What was the number of people aboard?", "number"),
    ("How long did the search last?", "duration"),
    ("How much did the repair cost?", "money"),
    ("How much water came in?", "number"),
    ("What share of the crew was saved?", "percent"),
    ("Why did it sink?", "reason"),
    ("According to the owner, did it sink?", "yes_no"),
    ("Had it sunk by Monday?", "yes_no"),
    ("Which came first: the storm or the strike?", "choice"),
    ("Did it sink before or after the storm?", "choice"),
    ("Which ministers resigned?", "list"),
    ("Name the two owners.", "list"),
    ("What did the owner say?", "thing"),
    ("How did it sink?", "thing"),
    ("", "thing"),
    ("???", "thing"),
]


@pytest.mark.parametrize(("question", "kind"), KINDS_READ)
def test_kinds_of_question(question: str, kind: str) -> None:
    assert read_question(question).kind == kind


def test_every_kind_is_reached() -> None:
    assert {kind for _, kind in KINDS_READ} == set(KINDS)


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("Which came first: the storm or the strike?", ("the storm", "the strike")),
        ("Who won, Orr, Tarn or Lind?", ("Orr", "Tarn", "Lind")),
        (
            "How does he answer: does he deny it, admit it or leave it open?",
            ("deny it", "admit it", "leave it open"),
        ),
        ("Was it closed by dockers or by pilots?", ("by dockers", "by pilots")),
        ("Did it sink before or after the storm?", ("before", "after")),
        ("Is the report agreed, disputed or withdrawn?", ("agreed", "disputed", "withdrawn")),
        ("Is it open?", ()),
        ("What did Orr or Tarn say?", ()),  # no option list
        ("Is it or?", ()),
    ],
)
def test_options_of_a_choice(question: str, options: tuple[str, ...]) -> None:
    assert read_question(question).options == options


@pytest.mark.parametrize(
    ("kind", "sentence", "texts"),
    [
        (
            "number",
            "Up to 40 of 1,000 men and about two dozen boats.",
            ["Up to 40", "1,000", "about two dozen"],
        ),
        (
            "number",
            "A rise of 4.5 percent, $2.5 million or 20 minutes.",
            ["4.5 percent", "$2.5 million", "20 minutes"],
        ),
        ("number", "A one-day stop on 5 May 2031.", []),  # neither a compound nor a date is a number
        (
            "date",
            "On Monday, 5 May 2031, and on May 16, and in 1987.",
            ["Monday, 5 May 2031", "May 16", "1987"],
        ),
        ("date", "She may come late on Tuesday evening or next week.", ["Tuesday evening", "next week"]),
        ("quote", 'He called it "a bad day" and “odd”.', ["a bad day", "odd"]),
        ("name", "Today the Bank of Tarn told Mayor Ines Orr so.", ["Bank of Tarn", "Ines Orr"]),
    ],
)
def test_typed_candidates(kind: str, sentence: str, texts: list[str]) -> None:
    tokens = read_page(sentence).sentences[0].tokens
    found = [c for c in candidates(sentence, 0) if c.kind == kind]
    assert [sentence[tokens[c.first].start : tokens[c.last].end] for c in found] == texts


def test_inflections_share_a_stem() -> None:
    assert len({stem(word) for word in ("negotiator", "negotiating", "negotiation", "negotiators")}) == 1
    assert stem("led") == stem("leads")
    assert stem("Russia's".lower()) == stem("russia")
    assert stem("glass") == "glass"


def test_tokens_stand_where_they_say() -> None:
    text = "The U.S. paid $2.5bn (3%) to O’Neil's mid-size firm — twice."
    assert all(text[token.start : token.end] == token.text for token in tokenise(text))
    assert [t.text for t in tokenise(text)][:5] == ["The", "U.S.", "paid", "$2.5bn", "("]


def request(question: str, item: str = "q1", context: str = ARTICLE) -> Request:
    return Request(key=Key(item), article_id="a", context=context, question=question)


def fitted(tmp_path: Path, **changes: object) -> str:
    path = tmp_path / "lexical.json"
    content = {"model": "lexical", "version": "1", "parameters": {"null_score": 1.25}} | changes
    path.write_text(json.dumps(content))
    return str(path)


def test_the_prediction_holds_ranked_spans_and_the_fitted_null_score(tmp_path: Path) -> None:
    (given,) = Lexical(fitted=fitted(tmp_path)).predict([request("When did the trams collide?")])
    assert given.text == given.spans[0].text == "Friday evening"
    assert given.null_score == 1.25
    assert 1 < len(given.spans) <= 9


def test_what_the_article_covers_scores_above_what_it_does_not() -> None:
    told = spans_for(ARTICLE, "How many passengers were injured in the Kestrel tunnel?")[0].score
    untold = spans_for(ARTICLE, "How many goalkeepers did Halvorsen United sign in Brinmouth?")[0].score
    assert told > untold + 0.3


def test_nothing_to_point_at_is_an_empty_text(tmp_path: Path) -> None:
    (given,) = Lexical(fitted=fitted(tmp_path)).predict([request("Who?", context="")])
    assert (given.text, given.spans, given.status) == ("", (), "ok")


def test_the_shipped_fitted_file_is_readable_and_says_what_it_learnt_from() -> None:
    from bench.models._fitting import fitted_path

    assert isinstance(next(iter(Lexical().predict([request("Who?")]))).null_score, float)
    header = json.loads(fitted_path("lexical.json").read_text(encoding="utf-8"))
    assert header["fitted_on"]["split"] == "dev"
    assert header["fitted_on"]["n_items"] > 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"model": "question_only"}, "must be 'lexical'"),
        ({"version": "0"}, "must be '1'"),
        ({"parameters": {}}, "parameters.null_score"),
        ({"parameters": {"null_score": "high"}}, "parameters.null_score"),
        ({"parameters": None}, "parameters: must be an object"),
    ],
)
def test_a_foreign_fitted_file_is_refused(changes: dict[str, object], message: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        list(Lexical(fitted=fitted(tmp_path, **changes)).predict([request("Who?")]))
    assert message in str(caught.value)
    assert "dateline fit" in str(caught.value)


def test_a_missing_or_broken_fitted_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.json"):
        list(Lexical(fitted="nowhere.json").predict([request("Who?")]))
    (tmp_path / "bad.json").write_text("{\n  oops")
    with pytest.raises(DataError, match=r"bad\.json:2"):
        list(Lexical(fitted=str(tmp_path / "bad.json")).predict([request("Who?")]))


def test_identity_changes_with_the_fitted_bytes_only(tmp_path: Path) -> None:
    first = Lexical(fitted=fitted(tmp_path)).identity()
    (tmp_path / "other").mkdir()
    assert Lexical(fitted=fitted(tmp_path / "other")).identity() == first
    changed = fitted(tmp_path, parameters={"null_score": 1.5})
    assert Lexical(fitted=changed).identity() != first


def example(question: str, answer: str | None) -> Example:
    return Example(request=request(question), answer=answer)


def test_fit_parts_right_answers_from_unanswerables() -> None:
    told = example("How many passengers were injured in the Kestrel tunnel?", "27")
    untold = example("How many goalkeepers did Halvorsen United sign in Brinmouth?", None)
    scores = [spans_for(ARTICLE, e.request.question)[0].score for e in (untold, told)]
    assert fit([told, untold]) == fit([untold, told]) == {"null_score": round(sum(scores) / 2, 6)}


def test_fit_on_one_class_never_gets_in_its_way() -> None:
    told = example("How many passengers were injured?", "27")
    low = fit([told])["null_score"]
    high = fit([example("How many passengers were injured?", None)])["null_score"]
    score = spans_for(ARTICLE, told.request.question)[0].score
    assert isinstance(low, float)
    assert isinstance(high, float)
    assert low < score < high


def test_fit_without_examples_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one example"):
        fit([])


@pytest.mark.parametrize(
    ("given", "gold", "same"),
    [
        ("the port", "Port", True),
        ("at least 27", "27", True),
        ("27", "at least 27", True),
        ("127", "27", False),  # whole words only
        ("", "27", False),
        ("27", "", False),
        ("Orr", "Tarn", False),
    ],
)
def test_same_answer(given: str, gold: str, same: bool) -> None:
    assert same_answer(given, gold) is same


@pytest.mark.medium
def test_a_thousand_requests_take_about_two_seconds() -> None:
    pages = [f"{ARTICLE} Edition {n} of the paper." for n in range(50)]
    asked = [request(q, f"{n}-{q}", page) for n, page in enumerate(pages) for q, _ in READS + READS[:5]]
    started = time.process_time()
    assert len(list(Lexical().predict(asked))) == 1000
    assert time.process_time() - started < 6  # three times what it took when this was written
