"""How a spreadsheet of somebody else's making is read as ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from visitapp.domain.importing import REGISTER, VISITS

ALL_SCHEMES = "*all*"
"""In `ImportLayout.fixed` and `words`: every scheme of the office."""
TITLE = "*title*"
"""In `ImportLayout.fixed`: the name of the sheet."""
NEW = "*new*"
"""In `ImportLayout.words`: a site or a person of that name, whom the import adds."""
PEOPLE = "people"
"""The key in `ImportLayout.words` of the names of people, whatever column they are in."""
PAIR, WAIT = "visitors", "wait"
"""Columns that only a match has: two or more names in one cell; whether, how long or why visitors
had to wait."""


READ_LIKE_THE_LAST = "Read like the last file with these headings."


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """A sheet of the file by its title, what it holds (visits, people; empty: it isn't read), and
    the row of its headings as spreadsheets count, from 1."""

    title: str
    holds: str
    headings_row: int = 1


@dataclass(frozen=True, slots=True)
class ImportLayout:
    """`columns`: our column by the heading of theirs, for each kind of sheet; empty leaves it out.
    `fixed`: our column with a value that every row has. `words`: by our column, what is read
    instead of a word of theirs; empty reads nothing. Without `sheets` they are found by their
    headings."""

    sheets: tuple[SheetChoice, ...] = ()
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """What the file is about: visits, people or availability."""
        return next((kind for kind in REGISTER if kind in self.columns), VISITS)

    def of_kind(self, holds: str) -> tuple[SheetChoice, ...]:
        """The sheets that hold visits, detainees or issues."""
        return tuple(sheet for sheet in self.sheets if sheet.holds == holds)


def read_like_the_last(layout: ImportLayout) -> str:
    """That a file was read like the last one of its shape, and which scheme that puts all its rows
    in: the file itself doesn't say it."""
    scheme = layout.fixed.get("scheme", "")
    if not scheme:
        return READ_LIKE_THE_LAST
    name = "all of them" if scheme == ALL_SCHEMES else scheme
    return f"{READ_LIKE_THE_LAST} The scheme is the same as last time: {name}."


@dataclass(frozen=True, slots=True)
class WordToMatch:
    """A word of the file that may mean one of `choices` (what is read instead, with its label), how
    many cells have it, and which of them is likely."""

    column: str
    written: str
    cells: int
    choices: tuple[tuple[str, str], ...]
    likely: str = ""
