"""The dataclasses that a start loads behave like the standard library's."""

import copy
import dataclasses
import pickle
from collections.abc import Callable, Hashable
from dataclasses import FrozenInstanceError, asdict, field, fields, is_dataclass, replace
from typing import Any

import pytest

from visitapp.domain.dataclass import dataclass

DECORATORS: tuple[Any, ...] = (dataclasses.dataclass, dataclass)


@dataclass(frozen=True, slots=True)
class Kept:
    """For pickle, which finds a class by its name."""

    words: str
    numbers: tuple[int, ...] = ()


def site(decorator: Callable[..., Any], **how: bool) -> Any:
    @decorator(slots=True, **how)
    class Site:
        """A site."""

        name: str
        cells: int = 12
        notes: list[str] = field(default_factory=list, compare=False)
        code: str = field(default="x", repr=False)

        def __post_init__(self) -> None:
            if self.cells < 0:
                raise ValueError(self.name)

    return Site


@pytest.fixture(params=DECORATORS, ids=("standard library", "ours"))
def decorator(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_an_object_is_made_of_its_fields_and_shows_them(decorator: Any) -> None:
    kind = site(decorator, frozen=True)
    first, second = kind("Keyham Lane", notes=["a"]), kind(name="Keyham Lane")
    assert (first.name, first.cells, first.notes, first.code) == ("Keyham Lane", 12, ["a"], "x")
    assert second.notes == []
    assert second.notes is not kind("Keyham Lane").notes
    assert repr(first).endswith("Site(name='Keyham Lane', cells=12, notes=['a'])")
    with pytest.raises(ValueError, match="Keyham Lane"):
        kind("Keyham Lane", -1)
    with pytest.raises(TypeError, match="__init__"):
        kind()
    with pytest.raises(TypeError, match="colour"):
        kind("Keyham Lane", colour="red")


def test_objects_are_compared_and_hashed_by_what_is_compared(decorator: Any) -> None:
    kind, other = site(decorator, frozen=True), site(decorator, frozen=True)
    assert kind("a", notes=["b"]) == kind("a")
    assert kind("a") != kind("a", 13)
    assert kind("a") != other("a")  # of another class, though of the same name
    assert hash(kind("a", notes=["b"])) == hash(kind("a"))
    assert {kind("a"): 1}[kind("a")] == 1
    with pytest.raises(TypeError, match="not supported"):
        sorted([kind("b"), kind("a")])


def test_one_with_an_order_is_sorted_by_its_fields(decorator: Any) -> None:
    kind = site(decorator, frozen=True, order=True)
    a, b = kind("a", 13), kind("b", 12)
    assert sorted([b, a]) == [a, b]
    assert a < b
    assert a <= b
    assert b > a
    assert b >= a
    assert a <= kind("a", 13, ["c"])
    assert a >= kind("a", 13, ["c"])
    assert not a < kind("a", 13)
    assert not a > kind("a", 13)
    with pytest.raises(TypeError, match="not supported"):
        assert a < site(decorator, frozen=True, order=True)("b")


def test_a_frozen_one_never_changes_and_another_has_no_hash(decorator: Any) -> None:
    frozen, open_one = site(decorator, frozen=True)("a"), site(decorator)("a")
    with pytest.raises(FrozenInstanceError, match="cells"):
        frozen.cells = 3
    with pytest.raises(FrozenInstanceError, match="cells"):
        del frozen.cells
    assert frozen.cells == 12
    open_one.cells = 3
    assert open_one.cells == 3
    assert open_one == type(open_one)("a", 3)
    assert not isinstance(open_one, Hashable)
    with pytest.raises((AttributeError, TypeError)):
        open_one.colour = "red"  # it has slots


def test_it_is_a_dataclass_for_everything_that_asks(decorator: Any) -> None:
    kind = site(decorator, frozen=True)
    item = kind("a", 3)
    assert is_dataclass(kind)
    assert [each.name for each in fields(kind)] == ["name", "cells", "notes", "code"]
    assert replace(item, cells=4) == kind("a", 4)
    assert asdict(item) == {"name": "a", "cells": 3, "notes": [], "code": "x"}
    match item:
        case kind(name, cells):
            assert (name, cells) == ("a", 3)
        case _:
            pytest.fail("It doesn't match its own class.")


def test_a_class_of_a_class_has_the_fields_of_both(decorator: Any) -> None:
    base = site(decorator, frozen=True)

    @decorator(frozen=True, slots=True)
    class Suite(base):  # type: ignore[misc,valid-type]
        """A suite."""

        force: str = "Leicestershire"

    suite = Suite("a", 3, force="b")
    assert (suite.name, suite.cells, suite.force) == ("a", 3, "b")
    assert suite != base("a", 3)


def test_it_is_copied_and_pickled() -> None:
    item = Kept("a", (1, 2))
    assert copy.copy(item) == item
    assert copy.deepcopy(item) == item
    assert pickle.loads(pickle.dumps(item)) == item  # noqa: S301
