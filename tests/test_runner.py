from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from bench.models.base import Model, reply
from bench.records import Article, Dataset, Item, Prediction, Request
from bench.runner import ask, plan_requests, run_identity


def dataset(n=5, **changes):
    article = Article(id="a", text="One two three.", published="2031-03-12", title="T")
    items = [
        Item(
            id=f"q{k}",
            article_id="a",
            question=f"Which {k}?",
            context=article.text,
            answer_type="span",
            **changes,
        )
        for k in range(n)
    ]
    return Dataset(name="d", version="1", articles=(article,), items=tuple(items))


REQUESTS = plan_requests(dataset(), None)


def collect(model, requests=REQUESTS) -> dict[str, Prediction]:
    found: dict[str, Prediction] = {}

    def record(prediction, seconds):
        assert seconds >= 0
        assert prediction.key.item_id not in found, "one record per request"
        found[prediction.key.item_id] = prediction

    ask(model, requests, record)
    assert set(found) == {r.key.item_id for r in requests}
    return found


@dataclass(frozen=True, kw_only=True)
class Scripted(Model):
    """Raises, repeats, forgets or invents, in batches."""

    fault: str

    def predict(self, requests: Sequence[Request]) -> Iterator[Prediction]:
        for request in requests:
            if request.key.item_id == "q2":
                if self.fault == "raise":
                    raise ValueError("no q2")
                if self.fault == "memory":
                    raise MemoryError
                if self.fault == "forget":
                    continue
                if self.fault == "stop":
                    return
                if self.fault == "twice":
                    yield reply(request, "first")
                if self.fault == "foreign":
                    yield reply(
                        Request(key=("other", "none", 0), article_id="a", context="", question=""), "x"
                    )
                if self.fault == "wrong words":
                    yield Prediction(key=request.key, request_digest="0" * 64, text="x")
                    continue
            yield reply(request, "ok")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("raise", "ValueError"),
        ("memory", "MemoryError"),
        ("forget", "LookupError"),
        ("stop", "LookupError"),
        ("wrong words", "LookupError"),
        ("twice", None),
        ("foreign", None),
    ],
)
def test_one_bad_item_costs_only_itself(fault, error):
    found = collect(Scripted(fault=fault))
    bad = found.pop("q2")
    assert (bad.error.type if bad.error else None) == error
    assert all(p.status == "ok" for p in found.values())


def test_model_that_always_raises_fails_every_item():
    @dataclass(frozen=True)
    class Broken(Model):
        def predict(self, requests):
            raise RuntimeError("broken")

    assert {p.error.message for p in collect(Broken()).values()} == {"broken"}


def test_interrupt_passes_through():
    @dataclass(frozen=True)
    class Interrupted(Model):
        def answer(self, request):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collect(Interrupted())


def test_requests_hold_no_gold_and_metadata_only_where_required():
    plain = plan_requests(dataset(), None)[0]
    dated = plan_requests(dataset(requires_context=("body", "published")), None)[0]
    assert plain.metadata == ()
    assert dated.metadata == (("published", "2031-03-12"),)
    assert plain.digest != dated.digest
    assert not hasattr(plain, "gold")
    assert not hasattr(plain, "answer_type")


@dataclass(frozen=True, kw_only=True)
class Parametrised(Model):
    size: int = 1


@pytest.mark.parametrize(
    "other",
    [
        (plan_requests(dataset(4), None), Parametrised()),
        (plan_requests(dataset(), None, 2), Parametrised()),
        (tuple(reversed(REQUESTS)), Parametrised()),
        (REQUESTS, Parametrised(size=2)),
        (REQUESTS, Scripted(fault="")),
    ],
    ids=["items", "replicates", "order", "parameter", "adapter"],
)
def test_every_field_of_the_identity_counts(other):
    assert run_identity(*other) != run_identity(REQUESTS, Parametrised())


def test_gold_is_outside_the_identity():
    from bench.records import Gold

    mended = plan_requests(dataset(gold=(Gold(canonical="two"),)), None)
    assert run_identity(mended, Parametrised()) == run_identity(REQUESTS, Parametrised())
