"""A place in a report: one field of the visit, one answer, one row or one part of an issue.

Findings, undo, decisions about words, issues and the cursor all name places by this value.
"""

from dataclasses import dataclass
from typing import Self

ANSWERS, ROWS, ISSUES, COUNT = "answers", "rows", "issues", "count"
WORDS_OF_ISSUES = "response"
"""How decisions name the words of a response to an issue, which stands in no report."""
CORE_TEXTS = ("delay_explanation", "summary")
"""Texts that every report has, whatever its form asks."""


@dataclass(frozen=True, slots=True)
class Place:
    """`part` is an attribute of Visit, a key of a draft, or one of the constants above.

    `row` is the number of a row (from 1) or of an issue (from 0) as findings name it; in a
    draft that is being written, rows and issues stand by their ids. `key` is that of a
    question, of a detail of a row, or of an attribute of an issue. A count's key is its outcome.
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
        """The key, or the part where there is no key: older files name a question so."""
        return self.key or self.part

    @property
    def number(self) -> int:
        """The row as a number; -1 where it is an id, absurdly long, or missing."""
        return int(self.row) if self.row.isdecimal() and len(self.row) < 10 else -1

    @classmethod
    def parse(cls, text: str) -> Self:
        """The place that reads as `text`; text in any other form is a part by itself, so that
        `str` gives back whatever an older version stored."""
        part, _, rest = text.partition(":")
        row, _, key = rest.rpartition(":")
        place = cls(part, row, key)
        return place if str(place) == text else cls(text)

    @classmethod
    def of_decision(cls, text: str) -> Self:
        """The place that a stored decision about words names: an answer about the visit stands
        there by its key alone."""
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
    """The numbers of an outcome."""
    return Place(COUNT, key=outcome)
