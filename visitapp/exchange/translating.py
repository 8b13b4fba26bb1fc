"""Reads the sheets of a file by a layout, as if they had our headings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from visitapp.domain.errors import BadInputError
from visitapp.domain.import_layout import NEW, PAIR, PEOPLE, TITLE, WAIT, ImportLayout, SheetChoice
from visitapp.domain.importing import SHEETS, ImportProblem
from visitapp.domain.progress import Progress
from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import number_of
from visitapp.exchange.cells import Cell, as_day, as_minute, as_name, as_text, as_whole
from visitapp.exchange.columns import PARTS, SHEET_COLUMNS, CellKind
from visitapp.exchange.likely_names import in_order, names_in
from visitapp.exchange.raw_sheets import RawSheet
from visitapp.exchange.sheets import ImportSheet, SheetReader, SheetRow

VISITS = SHEETS[0]
VISITOR_COLUMNS = ("visitor_1", "visitor_2", "observer")
_OWN_REF = "visit_ref"
_MINUTES = re.compile(r"([0-9]{1,3})\s*(?:m|mins?|minutes?)?\b", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"\s*(?:(?P<no>no|n|none|nil|false)|(?P<yes>yes|y|true))\s*(?:[-:,;\u2013.]\s*|$)",
    re.IGNORECASE,
)
_THIRD = "Three visitors are named. The third is taken as an observer."
_MORE = "More than three visitors are named. The third is taken as an observer, the rest left out."
_DAY_MINUTES = 24 * 60
_REST = (
    "there were more detainees than the columns account for. The rest count as not seen, with no "
    "reason recorded."
)
_NO_SITE = (
    "Which site were these visits to? Choose it under “Match columns, words and names” (--match)."
)
_NOT_COUNTED = (
    "only how many were in custody, or only how many were seen, is written down. Neither is "
    "counted without the other."
)


def read_by_layout(
    raw: Sequence[RawSheet], layout: ImportLayout, progress: Progress | None = None
) -> dict[str, ImportSheet]:
    """The sheets that a layout chooses, in our columns. Raises BadInputError if it chooses none
    with visits, CancelledError if `progress` says to stop."""
    by_title = {sheet.title: sheet for sheet in raw}
    sheets: dict[str, ImportSheet] = {}
    renamed: dict[str, str] = {}
    for kind in SHEETS:
        parts = [
            _Translation(by_title[choice.title], choice, layout, renamed, progress).sheet()
            for choice in layout.of_kind(kind)
            if choice.title in by_title
        ]
        if parts:
            sheets[kind] = _together(kind, parts)
    if VISITS not in sheets:
        raise BadInputError("Choose the sheet of visits.")
    return sheets


def _together(kind: str, parts: Sequence[ImportSheet]) -> ImportSheet:
    return ImportSheet(
        kind,
        tuple(dict.fromkeys(column for part in parts for column in part.columns)),
        tuple(row for part in parts for row in part.rows),
        tuple(problem for part in parts for problem in part.problems),
        tuple(warning for part in parts for warning in part.warnings),
        parts[0].days_from_1904,
    )


class _Translation:
    """One sheet."""

    def __init__(
        self,
        raw: RawSheet,
        choice: SheetChoice,
        layout: ImportLayout,
        renamed: dict[str, str],
        progress: Progress | None,
    ) -> None:
        self._renamed = renamed
        self._kind, self._title, self._layout = choice.holds, raw.title, layout
        reader = SheetReader(
            choice.holds,
            ragged_is_bad=raw.ragged_is_bad,
            days_from_1904=raw.days_from_1904,
            headings_row=choice.headings_row,
            progress=progress,
        )
        after = [row for row in raw.rows if row[0] >= choice.headings_row]
        self._read = reader.read(after, hidden=raw.hidden)
        chosen = layout.columns.get(choice.holds, {})
        self._theirs: dict[str, list[str]] = {}
        for heading in self._read.columns:
            if column := chosen.get(heading, ""):
                self._theirs.setdefault(column, []).append(heading)
        self._ours = {heading: column for column, of in self._theirs.items() for heading in of}
        self._holds = {column.name: column.holds for column in SHEET_COLUMNS[self._kind]}
        self._has_several = len(layout.of_kind(self._kind)) > 1
        has_detainees = bool(layout.of_kind(SHEETS[1]))
        self._adds_up = has_detainees or set(PARTS) <= set(self._theirs)
        self._unrecorded = self._uncounted = 0
        self._refs: dict[str, int] = {}
        self._warnings: list[ImportProblem] = []

    def sheet(self) -> ImportSheet:
        """The sheet in our columns."""
        rows = tuple(self._rows())
        has = (
            set(self._theirs) | {c for c, value in self._layout.fixed.items() if value} | {_OWN_REF}
        )
        if PAIR in has:
            has |= set(VISITOR_COLUMNS[:2])
        columns = tuple(c.name for c in SHEET_COLUMNS[self._kind] if c.name in has)
        problems = [self._place(problem) for problem in self._read.problems]
        problems += self._missing(columns)
        for number, sentence in ((self._unrecorded, _REST), (self._uncounted, _NOT_COUNTED)):
            if number:
                words = f"{number_of(number, 'visit')}: {sentence}"
                self._warn(self._read.headings_row, "in_custody", words)
        return replace(
            self._read,
            columns=columns,
            rows=rows,
            problems=tuple(problems),
            warnings=(*map(self._place, self._read.warnings), *self._warnings),
        )

    def _missing(self, columns: Sequence[str]) -> list[ImportProblem]:
        return [
            ImportProblem(
                self._kind,
                self._read.headings_row,
                column.name,
                _NO_SITE
                if column.name == "site"
                else f"The column {column.name} is missing. Match a column with it.",
                structural=True,
                title=self._title,
            )
            for column in SHEET_COLUMNS[self._kind]
            if column.required and column.name not in columns
        ]

    def _place(self, problem: ImportProblem) -> ImportProblem:
        """A problem under our column, and with the name of the sheet."""
        column = self._ours.get(problem.column, problem.column)
        return replace(problem, column=column, title=self._title)

    def _warn(self, row: int, column: str, sentence: str) -> None:
        self._warnings.append(ImportProblem(self._kind, row, column, sentence, title=self._title))

    def _rows(self) -> Iterator[SheetRow]:
        for row in self._read.rows:
            cells = self._cells(row)
            if not cells and not row.bad:
                continue
            if self._is_total(row, cells):
                self._warn(row.number, "row", "This row is a total, so it is not read.")
                continue
            bad = frozenset(self._ours.get(heading, heading) for heading in row.bad)
            yield SheetRow(row.number, cells, bad, self._title)

    def _is_total(self, row: SheetRow, cells: Mapping[str, Cell]) -> bool:
        if self._kind != VISITS or "date" in cells:
            return False
        first = next(iter(row.cells.values()), "")
        return folded(as_text(first)) in ("total", "totals", "grandtotal", "sum", "yeartotal")

    def _cells(self, row: SheetRow) -> dict[str, Cell]:
        cells: dict[str, Cell] = {}
        for column, headings in self._theirs.items():
            written = [row.cells[heading] for heading in headings if heading in row.cells]
            if written:
                self._take(cells, column, written, row)
        if not cells:
            return cells
        if self._kind == VISITS:
            for column, value in self._layout.fixed.items():
                fixed = self._title if value == TITLE else value
                cells.setdefault(column, self._worded(column, fixed))
            if not self._adds_up:
                self._add_unrecorded(cells)
        self._refer(cells)
        return {column: cell for column, cell in cells.items() if cell != ""}

    def _take(
        self, cells: dict[str, Cell], column: str, written: Sequence[Cell], row: SheetRow
    ) -> None:
        if column == PAIR:
            names = [name for cell in written for name in names_in(as_name(cell))]
            for place, name in zip(VISITOR_COLUMNS, names, strict=False):
                cells[place] = self._worded(place, name)
            if len(names) > len(VISITOR_COLUMNS):
                self._warn(row.number, "visitor_1", _MORE)
            elif len(names) == len(VISITOR_COLUMNS):
                self._warn(row.number, "visitor_1", _THIRD)
        elif column == WAIT:
            self._take_wait(cells, written[0], row)
        elif self._holds[column] is CellKind.WHOLE and len(written) > 1:
            cells[column] = self._sum([self._worded(column, cell) for cell in written])
        elif self._holds[column] is CellKind.TEXT and len(written) > 1:
            cells[column] = "; ".join(map(as_text, written))
        else:
            cells[column] = self._worded(column, written[0])

    @staticmethod
    def _sum(written: Sequence[Cell]) -> Cell:
        """The sum of numbers; what is no number stays as written, and is a problem then."""
        try:
            return sum(as_whole(cell) for cell in written if cell != "")
        except BadInputError:
            return " + ".join(map(as_text, written))

    def _worded(self, column: str, cell: Cell) -> Cell:
        """What is read instead of a word of theirs."""
        is_name = self._holds.get(column) is CellKind.NAME
        is_person = is_name and column != "site"
        chosen = self._layout.words.get(PEOPLE if is_person else column)
        if not chosen:
            return cell
        instead = chosen.get(as_name(cell) if is_name else as_text(cell))
        if instead == NEW:
            return in_order(as_name(cell)) if is_person else cell
        return cell if instead is None else instead

    def _take_wait(self, cells: dict[str, Cell], cell: Cell, row: SheetRow) -> None:
        """`Y - 20 mins, busy`: when they were let in if minutes are has, and why they waited."""
        text = as_text(cell)
        answer = _YES_OR_NO.match(text)
        words = text[answer.end() :].strip() if answer else text
        if answer and answer["no"] and not words:
            return
        minutes = _MINUTES.match(words)
        if minutes and "admitted" not in cells:
            arrived = next((row.cells[h] for h in self._theirs.get("arrived", ())
                            if h in row.cells), None)  # fmt: skip
            try:
                at = as_minute("" if arrived is None else arrived) + int(minutes[1])
            except BadInputError:
                pass
            else:
                hour, minute = divmod(at % _DAY_MINUTES, 60)
                cells["admitted"] = f"{hour:02}:{minute:02}"
        if words and not words.isdigit():
            cells.setdefault("delay_explanation", words)

    def _add_unrecorded(self, cells: dict[str, Cell]) -> None:
        """Where the parts have no column for all who were there, the rest has no reason. A whole
        without any part, or parts without a whole, can't be counted."""
        try:
            there = as_whole(cells["in_custody"]) if "in_custody" in cells else 0
            rest = there - sum(as_whole(cells[part]) for part in PARTS if part in cells)
        except BadInputError:
            return
        parts = [part for part in PARTS if part in cells]
        if bool(there) != bool(parts):
            for column in ("in_custody", *parts):
                cells.pop(column, None)
            self._uncounted += 1
        elif rest > 0 and "other_not_seen" not in cells:
            cells["other_not_seen"] = rest
            self._unrecorded += 1

    def _refer(self, cells: dict[str, Cell]) -> None:
        """Give a visit a reference that stays the same when the file is imported again. A number
        alone would come again in the next file, so the month comes with it; rows that belong to
        the visit follow."""
        written = as_text(cells.get(_OWN_REF, ""))
        if self._kind != VISITS:
            cells[_OWN_REF] = self._renamed.get(written, cells.get(_OWN_REF, ""))
            return
        if folded(next(iter(self._theirs.get(_OWN_REF, ())), "")) == folded(_OWN_REF):
            return
        day = self._day(cells)
        ref = written
        if not written and day:
            ref = f"{day} {as_text(cells.get('site', self._title))}"
            number = self._refs[ref] = self._refs.get(ref, 0) + 1
            ref += f" ({number})" if number > 1 else ""
        elif written.isdecimal() and day:
            ref = f"{day[:7]}/{written}"
        if written and self._has_several:
            ref = f"{self._title}: {ref}"
        cells[_OWN_REF] = ref
        if written:
            self._renamed.setdefault(written, ref)

    @staticmethod
    def _day(cells: Mapping[str, Cell]) -> str:
        try:
            day: date = as_day(cells["date"])
        except (BadInputError, KeyError):
            return ""
        return day.isoformat()
