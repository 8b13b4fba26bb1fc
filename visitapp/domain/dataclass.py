"""Dataclasses whose methods are compiled when they are first called, for what a start loads.

The standard library compiles up to ten methods for each dataclass while its module is loaded: a
tenth of the start of the window, which loads a hundred of them and calls a few methods of a third.
Here a class has its fields and slots at once, and a method with its first call. It behaves like the
standard library's, which type checkers take it for and whose `fields`, `replace` and `asdict` work
as usual.
"""

import dataclasses
from collections.abc import Callable, Iterator
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Literal, NoReturn

__all__ = ["dataclass"]

_SIGNS = {"__eq__": "==", "__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_ORDER = ("__lt__", "__le__", "__gt__", "__ge__")

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *, slots: Literal[True], frozen: bool = False, order: bool = False
    ) -> Callable[[type], type]:
        """The decorator of a class with slots; for others there is the standard library's."""
        assert slots
        return lambda kind: _with_late_methods(kind, frozen=frozen, order=order)


def _with_late_methods(kind: Any, *, frozen: bool, order: bool) -> Any:
    kind = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(kind)
    for name in ("__init__", "__eq__", *(_ORDER if order else ())):
        setattr(kind, name, _later(kind, name))
    kind.__repr__ = _shown
    kind.__hash__ = _later(kind, "__hash__") if frozen else None
    if frozen:
        kind.__setattr__ = kind.__delattr__ = _refuse
        kind.__getstate__, kind.__setstate__ = _state, _restore
    return kind


def _later(kind: Any, name: str) -> Callable[..., Any]:
    """A method that compiles the real one and makes way for it."""

    def first(self: object, *arguments: object, **named: object) -> Any:
        method = _init(kind) if name == "__init__" else _comparison(kind, name)
        setattr(kind, name, method)
        return method(self, *arguments, **named)

    return first


def _init(kind: Any) -> Callable[..., Any]:
    """It fills the slots without looking for them by name."""
    parameters, lines = ["self"], ["pass"]
    known: dict[str, Any] = {"_missing": dataclasses.MISSING}
    for field in dataclasses.fields(kind):
        parameter, value = field.name, field.name
        if field.default_factory is not dataclasses.MISSING:
            known[f"_make_{field.name}"] = field.default_factory
            parameter += "=_missing"
            value = f"_make_{field.name}() if {field.name} is _missing else {field.name}"
        elif field.default is not dataclasses.MISSING:
            known[f"_usual_{field.name}"] = field.default
            parameter += f"=_usual_{field.name}"
        known[f"_set_{field.name}"] = getattr(kind, field.name).__set__
        parameters.append(parameter)
        lines.append(f"_set_{field.name}(self, {value})")
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    return _compiled(kind, "__init__", parameters, lines, known)


def _comparison(kind: Any, name: str) -> Callable[..., Any]:
    """Equality or order by the fields, or their hash."""
    if name == "__hash__":
        return _compiled(kind, name, ["self"], [f"return hash({_tuple('self', _hashed(kind))})"])
    compared = [field.name for field in dataclasses.fields(kind) if field.compare]
    both = f"{_tuple('self', compared)} {_SIGNS[name]} {_tuple('other', compared)}"
    lines = ["if other.__class__ is self.__class__:", f" return {both}", "return NotImplemented"]
    return _compiled(kind, name, ["self", "other"], lines)


def _hashed(kind: Any) -> Iterator[str]:
    for field in dataclasses.fields(kind):
        if field.compare if field.hash is None else field.hash:
            yield field.name


def _tuple(owner: str, names: Any) -> str:
    return "(" + "".join(f"{owner}.{name}, " for name in names) + ")"


def _compiled(
    kind: Any,
    name: str,
    parameters: list[str],
    lines: list[str],
    known: dict[str, Any] | None = None,
) -> Callable[..., Any]:
    names = {} if known is None else known
    text = f"def {name}({', '.join(parameters)}):\n " + "\n ".join(lines)
    exec(text, names)  # noqa: S102 - it consists of the names of fields
    method: Callable[..., Any] = names[name]
    method.__qualname__ = f"{kind.__qualname__}.{name}"
    return method


@recursive_repr()
def _shown(self: Any) -> str:
    shown = (field.name for field in dataclasses.fields(self) if field.repr)
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{self.__class__.__qualname__}({values})"


def _refuse(_self: object, name: str, *_value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"{name} can't be changed: its object is frozen")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
