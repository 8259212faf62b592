"""Quick records are dataclasses like any other."""

import copy
import dataclasses
import inspect
import pickle

import pytest

from bench.quick import record
from bench.records import Answer, Gold, Item


@record
class Point:
    x: int
    y: int = 2


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    x: int
    y: int = 2


def test_a_record_is_built_compared_and_shown_like_a_dataclass():
    assert Point(x=1) == Point(x=1, y=2) != Point(x=2)
    assert repr(Point(x=1)) == "Point(x=1, y=2)"
    assert hash(Point(x=1)) == hash(Usual(x=1))
    assert inspect.signature(Point) == inspect.signature(Usual)
    assert dataclasses.asdict(dataclasses.replace(Point(x=1), y=5)) == {"x": 1, "y": 5}
    assert not hasattr(Point(x=1), "__dict__")


def test_a_record_is_frozen():
    point = Point(x=1)

    with pytest.raises(dataclasses.FrozenInstanceError):
        point.x = 3
    with pytest.raises(dataclasses.FrozenInstanceError):
        del point.x


@pytest.mark.parametrize("words", [{}, {"x": 1, "z": 2}])
def test_parameters_are_checked(words):
    with pytest.raises(TypeError, match=r"Point\.__init__\(\)"):
        Point(**words)


@pytest.mark.parametrize("value", [Answer(text="52"), Gold(canonical="52", aliases=("two",))])
def test_records_survive_copies_and_pickles(value):
    item = Item(id="i", article_id="a", question="?", context="52", answer_type="number")

    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value
    assert type(dataclasses.replace(item, id="j")) is Item
