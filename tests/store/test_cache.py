"""The cache of answers: F07 (what is damaged or foreign is never used) and F08 (what differs in anything never hits)."""

import dataclasses
import multiprocessing
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from bench.api import run
from bench.models.base import Model, reply
from bench.records import Failure, Key, Prediction, Request
from bench.runner import run_identity
from bench.store.cache import Cache
from bench.store.segments import Entry
from tests.comparing.makers import dataset

MODEL = {"kind": "k", "version": "1", "name": "m"}
ASKED = [
    Request(key=Key(f"q{n}", "none", r), article_id="a", context="text", question=f"{n}?", prompt=f"{n}\n?")
    for n in range(20)
    for r in range(2)
]


def entry(request: Request) -> Entry:
    text = f"answer {request.question} {request.key.replicate}\n\t\ud800"
    return Entry(prediction=reply(request, text, confidence=0.5), seconds=0.25)


@pytest.fixture
def place(tmp_path):
    keep(tmp_path, ASKED)
    return tmp_path


def keep(place, requests, model=MODEL):
    cache = Cache(place, model)
    for request in requests:
        found = entry(request)
        cache.keep(found.prediction, found.seconds)
    cache.close()


def find(place, requests=ASKED, model=MODEL):
    cache = Cache(place, model)
    return cache.find(requests), cache.take_notes()


def the_file(place):
    (path,) = place.glob("cache/*/*.log")
    return path


def test_what_was_kept_is_found_in_the_order_asked(place):
    assert find(place, ASKED[::-1]) == ([entry(r) for r in ASKED[::-1]], [])


def test_an_empty_cache_is_empty_and_writes_nothing(tmp_path):
    assert find(tmp_path) == ([], [])
    assert list(tmp_path.iterdir()) == []


def test_another_item_that_asks_the_same_gets_the_answer_under_its_own_key(place):
    other = dataclasses.replace(ASKED[0], key=Key("elsewhere", "noise@1:0"))
    ((found,), notes) = find(place, [other])
    assert found.prediction == dataclasses.replace(entry(ASKED[0]).prediction, key=other.key)
    assert not notes


def test_failures_are_not_kept(tmp_path):
    failed = Prediction(
        key=ASKED[0].key,
        request_digest=ASKED[0].digest,
        status="failed",
        error=Failure(type="x", message="y"),
    )
    cache = Cache(tmp_path, MODEL)
    cache.keep(failed, 1.0)
    cache.close()
    assert find(tmp_path) == ([], [])


def test_every_flipped_bit_is_a_miss_with_a_warning(place):
    path = the_file(place)
    data = path.read_bytes()
    chance = random.Random(0)
    for _ in range(150):
        at = chance.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :])
        found, notes = find(place)
        assert all(e in map(entry, ASKED) for e in found), "never used"
        assert len(found) < len(ASKED)
        assert len(notes) == 1
        assert str(path) in notes[0]


def test_every_truncation_loses_only_what_is_gone(place):
    path = the_file(place)
    data = path.read_bytes()
    head = data.index(b"\n") + 1
    ends = [n + 1 for n in range(len(data)) if data[n : n + 1] == b"\n"]
    for size in range(head, len(data), 37):
        path.write_bytes(data[:size])
        found, notes = find(place)
        assert found == [entry(r) for r in ASKED][: sum(e <= size for e in ends) - 1]
        assert bool(notes) == (size not in ends)
    path.write_bytes(data[:10])
    assert find(place)[0] == []
    path.write_bytes(b"")
    assert find(place) == ([], [])


@pytest.mark.parametrize("foreign", ["bytes", "another model", "a folder"])
def test_a_foreign_file_is_a_miss_with_a_warning(place, tmp_path_factory, foreign):
    path = the_file(place)
    if foreign == "bytes":
        path.write_bytes(random.Random(1).randbytes(5000))
    elif foreign == "a folder":
        path.unlink()
        path.mkdir()
    else:
        elsewhere = tmp_path_factory.mktemp("other")
        keep(elsewhere, ASKED, {**MODEL, "name": "other"})
        path.write_bytes(the_file(elsewhere).read_bytes())
    found, notes = find(place)
    assert found == []
    assert len(notes) == 1
    assert str(path) in notes[0]


def test_a_cache_that_cannot_be_written_costs_the_run_nothing(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = Cache(tmp_path, MODEL)
    for request in ASKED:
        cache.keep(entry(request).prediction, 1.0)
    (note,) = cache.take_notes()
    assert "not kept for other runs" in note
    cache.close()


def _write(place, requests):
    keep(place, requests)


@pytest.mark.medium
def test_two_processes_keep_answers_at_once(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write, args=(tmp_path, ASKED[n::2] * 20)) for n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert find(tmp_path) == ([entry(r) for r in ASKED], [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Dear(Model):
    """Counts how often it is asked."""

    reusable: ClassVar[bool] = True
    log: list[str]
    size: int = 1

    def predict(self, requests: Sequence[Request]) -> Iterator[Prediction]:
        for request in requests:
            self.log.append(request.key.item_id)
            yield reply(request, request.question)

    def identity(self) -> dict[str, Any]:
        return {"kind": "dear", "version": self.version, "size": self.size}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fickle(Dear):
    """The same, answering anew each time."""

    reusable: ClassVar[bool] = False


DATA = dataset()


def test_a_larger_run_asks_only_what_a_smaller_one_did_not(tmp_path):
    log: list[str] = []
    small = run(DATA, Dear(log=log), limit=5, results_dir=tmp_path)
    assert len(log) == 5
    full = run(DATA, Dear(log=log), results_dir=tmp_path)
    assert len(log) == len(set(log)) == len(DATA.items)
    assert all(full.predictions[k] == p for k, p in small.predictions.items())
    assert full.seconds.keys() == full.predictions.keys()


def test_the_same_bytes_with_and_without_the_cache(tmp_path):
    for name in ("with", "without"):
        run(DATA, Dear(log=[]), limit=5, results_dir=tmp_path / name)
        run(DATA, Dear(log=[]), results_dir=tmp_path / name, cache=name == "with")
    sealed = [
        {p.relative_to(tmp_path / name): p.read_bytes() for p in sorted((tmp_path / name).glob("runs/**/*"))
         if p.is_file() and p.name != "timing.jsonl"}
        for name in ("with", "without")
    ]  # fmt: skip
    assert sealed[0] == sealed[1]


def test_off_means_neither_read_nor_written(tmp_path):
    log: list[str] = []
    run(DATA, Dear(log=log), limit=5, results_dir=tmp_path, cache=False)
    assert not (tmp_path / "cache").exists()
    run(DATA, Dear(log=log), limit=5, results_dir=tmp_path / "other")
    assert len(log) == 10


@pytest.mark.parametrize("other", [{"size": 2}, {"kind": Fickle}], ids=["a parameter", "not reusable"])
def test_nothing_is_taken_for_another_model(tmp_path, other):
    log: list[str] = []
    run(DATA, Dear(log=log), limit=5, results_dir=tmp_path)
    changed = other.pop("kind", Dear)(log=log, **other)
    run(DATA, changed, limit=4, results_dir=tmp_path)
    assert len(log) == 9


@pytest.mark.parametrize("field", ["context", "question", "metadata", "prompt", "system", "cuts"])
def test_any_field_of_a_request_that_differs_is_a_miss(place, field):
    values = {"metadata": (("title", "T"),), "cuts": ((0, 1, None),)}
    changed = [dataclasses.replace(r, **{field: values.get(field, "changed")}) for r in ASKED]
    assert find(place, changed) == ([], [])


def test_any_field_of_a_served_model_that_differs_is_a_miss_and_another_run(tmp_path):
    from bench.models.openai import OpenAI
    from tests.models.test_openai import CHANGES

    model = OpenAI(base_url="http://h/v1", name="m", revision="r", seed=0)
    keep(tmp_path, ASKED, model.identity())
    assert len(find(tmp_path, model=model.identity())[0]) == len(ASKED)
    for name, value in CHANGES.items():
        changed = dataclasses.replace(model, **{name: value})
        if name == "base_url":  # the revision says what answers, wherever it is asked
            assert changed.identity() == model.identity()
            continue
        assert find(tmp_path, model=changed.identity()) == ([], []), name
        assert run_identity(ASKED, changed) != run_identity(ASKED, model)
