"""What is decided about a spreadsheet of somebody else's making, page by page. QtCore only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visitapp.domain.import_layout import ALL_SCHEMES, PEOPLE, TITLE, SheetChoice, WordToMatch
from visitapp.domain.importing import AVAILABILITY_SHEET, PEOPLE_SHEET, VISITS, kinds_with
from visitapp.domain.office.grid import WEEKDAYS
from visitapp.domain.text.wording import capitalised, count_text, joined, lowered, number_of, plural
from visitapp.ui.context import Context

if TYPE_CHECKING:
    from visitapp.services.reports.matching import Spreadsheet

Choices = Sequence[tuple[str, str]]
BY_ROW = "*row*"
"""It is in a column, row by row."""
_CELLS_SHOWN = 6
_LONGEST_ROW = 90
_NEEDED = {
    VISITS: ("date", "site", "scheme"), PEOPLE_SHEET: ("name", "scheme"),
    AVAILABILITY_SHEET: ("name",),
}  # fmt: skip
"""The columns that each file has to have."""
_DAYS = {*(day.casefold() for day in WEEKDAYS), "weekdays", "weekend", "every_day", "day"}
_LEFT_OUT = "Not read"
_PLAIN = {
    "visit_ref": "Reference of the visit", "site": "Site", "scheme": "Scheme",
    "visitor_1": "First visitor", "visitor_2": "Second visitor", "visitors": "All visitors",
    "in_custody": "Number in custody", "seen": "Number seen", "refused": "Number who declined",
    "not_offered": "Number not offered a visit", "not_available": "Number not available",
    "asleep": "Number asleep", "other_not_seen": "Number not seen, other or no reason",
    "animals_seen": "Number of animals seen", "wait": "Delay or wait",
    "arrived": "Time of arriving", "admitted": "Time let in", "left": "Time of leaving",
    "summary": "Summary or comments",
    "resolved_during_visit": "Put right during the visit", PEOPLE: "Person",
    "name": "Whole name", "email": "E-mail", "joined": "Day of joining", "left_on": "Last day",
    "status_from": "Status since", "leaving_reason": "Why they left",
    "card": "Number of the identity card", "card_until": "Identity card until",
    "undertaking": "Undertaking signed on", "kennels": "May visit kennels",
    "kennels_from": "May visit kennels since", "day": "Day of the week", "from": "From (time)",
    "to": "Until (time)", "time": "Times or part of the day", "available": "Can visit, yes or no",
    "weekdays": "Monday to Friday", "weekend": "Saturday and Sunday",
}  # fmt: skip


def plain_column(column: str) -> str:
    """Our column in words: `Time of arriving`."""
    return _PLAIN.get(column) or capitalised(column.replace("_", " "))


@dataclass(frozen=True, slots=True)
class MatchRow:
    """Something of the file and what it is read as: `cells` describe it; `chosen` is one of the
    choices, None if nobody chose yet."""

    id: tuple[str, str]
    cells: tuple[str, ...]
    choices: Choices
    chosen: str | None

    @property
    def label(self) -> str:
        """The choice in words."""
        return next((words for key, words in self.choices if key == self.chosen), "Choose")


class Matching:
    """The decisions about one file."""

    def __init__(self, context: Context, spreadsheet: "Spreadsheet") -> None:
        self.spreadsheet = spreadsheet
        self._imports = context.services.imports
        self._words: tuple[WordToMatch, ...] = ()

    # -- sheets ---------------------------------------------------------------------------

    @property
    def sheets(self) -> tuple[SheetChoice, ...]:
        """What each sheet holds, and where its headings are."""
        return self.spreadsheet.layout.sheets

    @property
    def holds(self) -> Choices:
        """What a sheet can hold."""
        kinds = kinds_with(self.subject)
        return (*((kind, capitalised(kind)) for kind in kinds), ("", "Not read"))

    @property
    def subject(self) -> str:
        """What the file is about: visits, people or availability."""
        return self.spreadsheet.layout.subject

    def rows_of(self, title: str) -> Choices:
        """The rows of a sheet in which its headings may be."""
        return tuple(
            (str(number), f"Row {number}: {_in_short(texts)}")
            for number, texts in self.spreadsheet.first_rows(title)
            if texts
        )

    def choose_sheet(self, title: str, *, holds: str | None = None, row: int | None = None) -> None:
        """Read a sheet as something else, or with its headings in another row."""
        choices = [
            sheet
            if sheet.title != title
            else SheetChoice(
                title,
                sheet.holds if holds is None else holds,
                sheet.headings_row if row is None else row,
            )
            for sheet in self.sheets
        ]
        self.spreadsheet = self.spreadsheet.chosen(choices)

    @property
    def fixable(self) -> Choices:
        """The columns that may have one value in all rows, and what they are called."""
        if self.subject == AVAILABILITY_SHEET:
            return ()
        of_all = ("scheme", f"Scheme of the {self.subject}")
        return (of_all,) if self.subject != VISITS else (of_all, ("site", "Site of the visits"))

    def fixed_choices(self, column: str) -> Choices:
        """Where the scheme or the site of a visit can come from."""
        known = self.spreadsheet.known
        if column == "scheme":
            names = [scheme.name for scheme in known.schemes]
            if self.subject != VISITS and len(names) > 1:
                every = (ALL_SCHEMES, "Every scheme")
                return (*((name, name) for name in names), every, (BY_ROW, "It is in a column"))
            return (*((name, name) for name in names), (BY_ROW, "It is in a column"))
        names = [site.name for site in known.sites]
        choices = (*((name, name) for name in names), (TITLE, "The name of the sheet"))
        return (*choices, (BY_ROW, "It is in a column"))

    def fixed(self, column: str) -> str | None:
        """Where it comes from now; None if nobody said."""
        return self.spreadsheet.layout.fixed.get(column, BY_ROW) or None

    def fix(self, column: str, value: str) -> None:
        """Take it from somewhere else."""
        fixed = dict(self.spreadsheet.layout.fixed)
        fixed.pop(column, None)
        if value != BY_ROW:
            fixed[column] = value
        self._set(fixed=fixed)

    # -- columns --------------------------------------------------------------------------

    def column_rows(self) -> tuple[MatchRow, ...]:
        """Each heading with what stands under it, and our column."""
        columns = self.spreadsheet.layout.columns
        choices: dict[str, Choices] = {
            kind: (
                ("", _LEFT_OUT),
                *((name, plain_column(name)) for name, _ in self._imports.columns_to_match(kind)),
            )
            for kind in kinds_with(self.subject)
        }
        return tuple(
            MatchRow(
                (each.kind, each.heading),
                (each.heading, capitalised(each.kind), "; ".join(each.samples)),
                choices[each.kind],
                columns.get(each.kind, {}).get(each.heading, ""),
            )
            for each in self.spreadsheet.headings()
        )

    def choose_column(self, row: MatchRow, column: str) -> None:
        """Read a column of theirs as one of ours."""
        kind, heading = row.id
        columns = {of: dict(each) for of, each in self.spreadsheet.layout.columns.items()}
        columns.setdefault(kind, {})[heading] = column
        self._set(columns=columns)
        if kind == self.subject and column in self.spreadsheet.layout.fixed:
            self.fix(column, BY_ROW)

    @property
    def missing(self) -> str:
        """What the file needs and no column gives; empty if nothing."""
        layout, subject = self.spreadsheet.layout, self.subject
        if not layout.of_kind(subject):
            return f"Choose at least one sheet of {subject}."
        has = {*layout.columns.get(subject, {}).values(), *layout.fixed}
        has |= {"name"} if has & {"given_name", "surname"} else set()
        lacking = [lowered(plain_column(c)) for c in _NEEDED[subject] if c not in has]
        if lacking:
            return f"Choose the column that has the {joined(lacking)}."
        if subject == AVAILABILITY_SHEET and not has & _DAYS:
            return "Choose the columns that have the days of the week."
        if self.fixed("site") is None:
            return "Say which site these visits were to."
        return self.spreadsheet.clash

    # -- words ----------------------------------------------------------------------------

    def set_words(self, words: tuple[WordToMatch, ...]) -> None:
        """Decide about these words from now on, first as is likely."""
        self._words = words
        self.spreadsheet = self.spreadsheet.with_likely(words)

    def word_rows(self, *, names: bool) -> tuple[MatchRow, ...]:
        """The words to decide about: names of people and sites, or all others."""
        chosen = self.spreadsheet.layout.words
        rows = [
            MatchRow(
                (word.column, word.written),
                (word.written, plain_column(word.column), count_text(word.cells)),
                word.choices,
                chosen.get(word.column, {}).get(word.written),
            )
            for word in self._words
            if (word.column in (PEOPLE, "site")) is names
        ]
        return tuple(sorted(rows, key=lambda row: row.chosen is not None))

    def choose_word(self, row: MatchRow, instead: str) -> None:
        """Read a word as something of ours."""
        column, written = row.id
        words = {of: dict(each) for of, each in self.spreadsheet.layout.words.items()}
        words.setdefault(column, {})[written] = instead
        self._set(words=words)

    def left_words(self, *, names: bool) -> str:
        """How many words nobody decided about; empty if none."""
        number = sum(row.chosen is None for row in self.word_rows(names=names))
        if not number:
            return ""
        is_open = plural(number, "is", "are")
        return f"{number_of(number, 'word')} {is_open} not matched. Those rows will have a problem."

    def _set(self, **changed: object) -> None:
        layout = replace(self.spreadsheet.layout, **changed)  # type: ignore[arg-type]
        self.spreadsheet = replace(self.spreadsheet, layout=layout)


def _in_short(texts: Sequence[str]) -> str:
    words = ", ".join(texts[:_CELLS_SHOWN])
    return words if len(words) <= _LONGEST_ROW else f"{words[:_LONGEST_ROW]}\u2026"
