"""JSON read strictly, value by value: whatever is wrong is a problem with its place."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from visitapp.domain.errors import BadInputError, FaultyFileError
from visitapp.domain.json_values import LARGEST_NUMBER, as_mapping
from visitapp.exchange.cells import short

Value = TypeVar("Value")
_LARGEST_AMOUNT = 1_000_000_000


class JsonPart:
    """A mapping of the file at a path (`issues:1`). What is missing, null or empty is not there.

    `problems` are sentences that begin with their place; all parts of a file share them.
    """

    def __init__(
        self, values: dict[str, Any], problems: list[str], path: str = "", position: int = 0
    ) -> None:
        self._values, self.problems, self._path, self.position = values, problems, path, position
        self._asked: set[str] = set()

    def say(self, key: str, sentence: str) -> None:
        """Note a problem of a value, or of one within it (`visitors:2`)."""
        self.problems.append(f"{self._place(key)}: {sentence}")

    def has(self, key: str) -> bool:
        """Whether something is there."""
        return self._values.get(key) not in (None, "", [], {})

    def skip(self, key: str) -> None:
        """Leave a value out on purpose."""
        self._asked.add(key)

    def text(self, key: str, longest: int = 0) -> str:
        """A text, of at most so many characters if `longest` says so."""
        text = self._of_type(key, str, "Write this in quotation marks.") or ""
        if longest and len(text) > longest:
            self.say(key, f"This can have {longest} characters.")
        return self._storable(key, text)

    def number(self, key: str) -> int | None:
        """A whole number that can be counted."""
        sentence = f"Write a whole number from 0 to {LARGEST_NUMBER}, without quotation marks."
        value = self._of_type(key, int, sentence)
        if value is not None and not 0 <= value <= LARGEST_NUMBER:
            self.say(key, sentence)
            return None
        return value

    def amount(self, key: str) -> Decimal | None:
        """A number of at most a thousand million, with the decimals that it was written with."""
        sentence = "Write a number from 0 to 1,000,000,000, without quotation marks."
        value = self._of_type(key, (int, float), sentence)
        if value is not None and not 0 <= value <= _LARGEST_AMOUNT:
            self.say(key, sentence)
            return None
        return None if value is None else Decimal(repr(value))

    def yes_or_no(self, key: str) -> bool:
        """True or false; false if nothing is there."""
        return self._of_type(key, bool, "Write true or false.") or False

    def looked_up(self, key: str, look_up: Callable[[str], Value]) -> Value | None:
        """What a text means. A BadInputError of `look_up` is a problem."""
        text = self.text(key)
        return self.with_problem(key, look_up, text) if text.strip() else None

    def with_problem(self, key: str, look_up: Callable[[str], Value], text: str) -> Value | None:
        """What a text of a list means, as in `looked_up`."""
        try:
            return look_up(text)
        except BadInputError as error:
            self.say(key, str(error))
            return None

    def texts(self, key: str) -> list[tuple[str, str]]:
        """The texts of a list that aren't empty, each with its place in this part."""
        taken = []
        for where, value in self._listed(key):
            if not isinstance(value, str):
                self.say(where, "Write this in quotation marks.")
            elif value.strip():
                taken.append((where, self._storable(where, value)))
        return taken

    def parts(self, key: str) -> list["JsonPart"]:
        """The mappings of a list."""
        parts = []
        for position, (where, value) in enumerate(self._listed(key), 1):
            if isinstance(value, dict):
                parts.append(JsonPart(value, self.problems, self._place(where), position))
            else:
                self.say(where, "Write an object here, with a name for each value.")
        return parts

    def part(self, key: str) -> "JsonPart":
        """A mapping; an empty one if nothing is there."""
        value = self._of_type(key, dict, "Write an object here, with a name for each value.")
        return JsonPart(as_mapping(value), self.problems, self._place(key))

    def items(self) -> Iterator[tuple[str, Any]]:
        """Every value as it stands, by its key; texts that no file can hold are problems."""
        for key, value in self._values.items():
            for text in _texts(value):
                self._storable(key, text)
            yield key, value

    def end(self) -> None:
        """Everything was asked: whatever else is there has no meaning."""
        for key in self._values.keys() - self._asked:
            self.say(short(key), "A report has nothing of this name.")

    def _place(self, key: str) -> str:
        return f"{self._path}:{key}" if self._path else key

    def _listed(self, key: str) -> list[tuple[str, Any]]:
        values = self._of_type(key, list, "Write a list here.") or []
        return [(f"{key}:{number}", value) for number, value in enumerate(values, 1)]

    def _of_type(
        self, key: str, kind: type[Value] | tuple[type[Value], ...], sentence: str
    ) -> Value | None:
        self._asked.add(key)
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.say(key, sentence)
            return None
        return value

    def _storable(self, key: str, text: str) -> str:
        if text.isascii() or text.encode("utf-8", "replace").decode("utf-8") == text:
            return text
        self.say(key, "This has characters that can’t be read.")
        return ""


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value: itself, or those in its list or in the mappings of its list."""
    for item in value if isinstance(value, list) else [value]:
        for text in item.values() if isinstance(item, dict) else [item]:
            if isinstance(text, str):
                yield text


def parsed(content: bytes) -> JsonPart:
    """The mapping that a file holds. Raises FaultyFileError for anything else, and for a key
    that stands twice in one mapping."""
    try:
        values = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_each_once, parse_constant=_refused
        )
    except (ValueError, RecursionError):
        raise FaultyFileError(["This file is not JSON."]) from None
    if not isinstance(values, dict):
        raise FaultyFileError(["The file must have one object, with a name for each value."])
    return JsonPart(values, [])


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise FaultyFileError([f"{short(twice)}: This is in the object more than once."])
    return values


def _refused(constant: str) -> float:
    raise ValueError(constant)
