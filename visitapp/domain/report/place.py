"""A place in a report: a field of the visit, an answer, a row, or a part of an issue.

Findings, undo, decisions about words, issues and the cursor all refer to places by this value.
"""

from dataclasses import dataclass
from typing import Self

ANSWERS, ROWS, ISSUES, COUNT = "answers", "rows", "issues", "count"
WORDS_OF_ISSUES = "response"
"""The place used in decisions about words of a response to an issue, which isn't in any report."""
CORE_TEXTS = ("delay_explanation", "summary")
"""Texts that every report has, whatever its form asks."""


@dataclass(frozen=True, slots=True)
class Place:
    """`part` is an attribute of Visit, a key of a draft, or one of the constants above.

    `row` is the number of a row (from 1) or of an issue (from 0) in findings; in a draft, rows and
    issues are referred to by their ids. `key` is the key of a question, of a detail of a row, or of
    an attribute of an issue. The key of a count is its outcome.
    """

    part: str = ""
    row: str = ""
    key: str = ""

    def __str__(self) -> str:
        if self.row:
            return f"{self.part}:{self.row}:{self.key}"
        return f"{self.part}:{self.key}" if self.key else self.part

    def __bool__(self) -> bool:
        return self != NOWHERE

    @property
    def name(self) -> str:
        """The key, or the part if there is no key: older files refer to questions like this."""
        return self.key or self.part

    @property
    def number(self) -> int:
        """The row as a number; -1 if it is an id, is far too long, or is missing."""
        return int(self.row) if self.row.isdecimal() and len(self.row) < 10 else -1

    @classmethod
    def parse(cls, text: str) -> Self:
        """The place written as `text`. Text in any other form becomes the part, so that `str`
        returns exactly what an older version stored."""
        part, _, rest = text.partition(":")
        row, _, key = rest.rpartition(":")
        place = cls(part, row, key)
        return place if str(place) == text else cls(text)

    @classmethod
    def of_decision(cls, text: str) -> Self:
        """The place of a stored decision about words, where an answer about the visit is given by
        its key alone."""
        is_key = text and ":" not in text and text not in (*CORE_TEXTS, WORDS_OF_ISSUES)
        return cls(ANSWERS, key=text) if is_key else cls.parse(text)

    @property
    def as_decision(self) -> str:
        """The text that `of_decision` reads."""
        return self.key if self.part == ANSWERS else str(self)


NOWHERE = Place()


def answer_place(key: str) -> Place:
    """An answer about the visit as a whole."""
    return Place(ANSWERS, key=key)


def of_row(row: int | str, key: str) -> Place:
    """An answer about a row, or a detail of it, by the row's number or id."""
    return Place(ROWS, str(row), key)


def of_issue(issue: int | str, key: str = "") -> Place:
    """A part of an issue, by the issue's number or id."""
    return Place(ISSUES, str(issue), key)


def of_count(outcome: str) -> Place:
    """The number for an outcome."""
    return Place(COUNT, key=outcome)
