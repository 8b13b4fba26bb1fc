"""What a file fills in of somebody's entry in the register: only what is empty there."""

import operator
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import lowered, short_date
from visitapp.exchange.cells import short
from visitapp.exchange.lines import ImportLine

_DIGITS = re.compile(r"\D+")
_APART = re.compile(r"\s*(?:/|;|\n|,|\bor\b)\s*", re.IGNORECASE)
_LOST_ZERO = re.compile(r"[123789]\d{9}")
"""A British number without the 0 that a spreadsheet takes off numbers."""
_ABROAD = re.compile(r"44\d{9,10}")
"""The same with the code of the country, without the plus sign."""


class Filling:
    """One row: what it fills in, in words, and where it says something else than the register."""

    def __init__(self, line: ImportLine) -> None:
        self.line = line
        self.filled: list[str] = []

    def fill(
        self,
        column: str,
        label: str,
        old: Any,
        new: Any,
        same: Callable[[Any, Any], bool] = operator.eq,
    ) -> Any:
        """What the register has from now on: what it had, or what the file says if it had
        nothing."""
        if not new:
            return old
        if not old:
            self.filled.append(f"{lowered(label)} {shown_value(new)}")
            return new
        if not same(old, new):
            self.differs(column, label, shown_value(old), shown_value(new))
        return old

    def differs(self, column: str, label: str, old: str, new: str) -> None:
        """Name a value that isn't the register's, which stays."""
        self.line.warn(
            column,
            f"{label}: the register has “{short(old)}”, the file has “{short(new)}”. We keep what "
            "the register has.",
        )


def shown_value(value: str | date | None) -> str:
    """A text as it is, a day in words."""
    return short_date(value) if isinstance(value, date) else value or ""


def same_text(text: str, other: str) -> bool:
    """Whether two texts differ only in capitals, spaces or accents."""
    return folded(text) == folded(other)


def same_number(number: str, other: str) -> bool:
    """Whether two telephone numbers have the same digits; +44 is a 0."""
    return _plain_number(number) == _plain_number(other)


def _plain_number(text: str) -> str:
    digits = _DIGITS.sub("", text)
    return f"0{digits[2:].lstrip('0')}" if _ABROAD.fullmatch(digits) else digits


def telephone_in(written: str) -> tuple[str, bool, bool]:
    """The first number of a cell, whether the 0 at its start was put back, and whether there are
    more. `7700900123` is how spreadsheets keep 07700 900123."""
    parts = [part for part in _APART.split(written) if part]
    number = " ".join(parts[0].split()) if parts else ""
    digits = number.replace(" ", "")
    if _LOST_ZERO.fullmatch(digits):
        return f"0{number}", True, len(parts) > 1
    if _ABROAD.fullmatch(digits):
        return f"+{number}", False, len(parts) > 1
    return number, False, len(parts) > 1
