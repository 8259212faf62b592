import pytest

from bench.datasets.select import is_partial, select
from bench.errors import UsageError
from bench.records import Article, Dataset, Gold, Item


def item(n, **fields):
    defaults = {
        "id": f"q{n}",
        "article_id": f"a{n % 3}",
        "question": "Q?",
        "context": "C",
        "answer_type": "span",
    }
    return Item(**{**defaults, "gold": (Gold(canonical="x"),), **fields})


DATA = Dataset(
    name="d",
    version="1",
    articles=tuple(Article(id=f"a{n}", text="C") for n in range(3)),
    items=(
        *(item(n) for n in range(20)),
        item(20, answer_type="number", skills=("arithmetic", "how_many"), difficulty=3),
        item(21, answer_type="none", gold=(), unanswerable_reason="missing_info"),
        item(22, split="dev"),
        item(23, status="retired"),
        item(24, status="draft"),
        item(25, status="disputed"),
    ),
)


def ids(**options):
    return [i.id for i in select(DATA, **options).items]


def test_split_leaves_out_drafts_and_retired_items():
    assert ids() == [*(f"q{n}" for n in range(22)), "q25"]
    assert ids(split="dev") == ["q22"]
    assert len(ids(split="all")) == 24


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("type=number", ["q20"]),
        ("skill=arithmetic difficulty=3", ["q20"]),
        ("type=number|none", ["q20", "q21"]),
        ("answerable=false", ["q21"]),
        ("type!=span", ["q20", "q21"]),
        ("id=q3 article=a0", ["q3"]),
        ("status=disputed", ["q25"]),
    ],
)
def test_where(where, found):
    assert ids(where=where) == found


@pytest.mark.parametrize("where", ["typ=number", "number", "type=", " ", "type=nothing"])
def test_bad_where_is_explained(where):
    with pytest.raises(UsageError, match="where"):
        ids(where=where)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("type=nmber", "where: type is never 'nmber' — did you mean 'number'?"),
        ("type=number|nmber", "where: type is never 'nmber' — did you mean 'number'?"),
        ("type!=nmber", "where: type is never 'nmber' — did you mean 'number'?"),
        ("answerable=no", "where: answerable is never 'no' — known: false, true"),
        ("type=date", "where='type=date': no item has type=date — known: none, number, span"),
        ("skill=arithmatic", "no item has skill=arithmatic — did you mean 'arithmetic'?"),
        ("difficulty=9", "no item has difficulty=9 — known: "),
        ("id=q22", "no item has id=q22 — did you mean 'q2'?"),  # it is in the other split
        ("type=span skill=arithmetic", "no item matches all of it; items that match a part: type=span 21, skill=arithmetic 1"),
        ("type!=span|number|none", "where='type!=span|number|none': no item matches"),
    ],
)  # fmt: skip
def test_a_where_that_nothing_matches_says_what_there_is(where, said):
    with pytest.raises(UsageError) as error:
        ids(where=where)
    assert said in str(error.value)


def test_limit_is_a_seeded_sample_and_not_the_first_ones():
    first = ids(limit=5)
    assert len(first) == 5
    assert first == ids(limit=5)
    assert first != [f"q{n}" for n in range(5)]
    assert first != ids(limit=5, seed=1)
    assert set(first) <= set(ids(limit=6)), "a larger sample holds the smaller one"


def test_only_needed_articles_stay():
    assert [a.id for a in select(DATA, where="id=q3").articles] == ["a0"]


def test_what_is_partial():
    assert not is_partial(None, None)
    assert is_partial("type=number", None)
    assert is_partial(None, 5)


def test_unknown_split_names_those_that_exist():
    with pytest.raises(UsageError, match="dev, test"):
        ids(split="train")


def test_limit_below_one_is_refused():
    with pytest.raises(UsageError, match="at least 1"):
        ids(limit=0)
