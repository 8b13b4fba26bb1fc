"""Suggests how the sheets of a file are read: by what they are called, and by what is in them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from visitapp.domain.errors import BadInputError
from visitapp.domain.import_layout import PAIR, PEOPLE, TITLE, WAIT, ImportLayout, SheetChoice
from visitapp.domain.importing import (
    PEOPLE_SHEET,
    REGISTER,
    SHEETS,
    VISITS,
    ImportProblem,
    kinds_with,
)
from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import joined, out_of
from visitapp.exchange.cells import (
    Cell,
    as_american_day,
    as_day,
    as_minute,
    as_text,
    as_whole,
    day_and_time,
    is_no_name,
    is_total,
)
from visitapp.exchange.columns import COLUMNS_OF, CellKind
from visitapp.exchange.heading_words import column_of_heading
from visitapp.exchange.likely_names import likely_site, names_in
from visitapp.exchange.names import Codes, KnownRecords
from visitapp.exchange.raw_sheets import RawSheet
from visitapp.exchange.sheets import heading_apart
from visitapp.exchange.weekly import DAYS

_LOOKED_AT = 200
"""Rows of a column that are looked at to see what is in it."""
_MOST_PARTS = 0.8
"""The share of a column's cells that have to be of a kind."""
_MOST_WORDS, _HALF = 6, 0.5
"""With more words than these, and fewer codes, a column has sentences."""
_HEADINGS_OF_REGISTER = 2
"""So many known headings make a sheet one of people, or of availability."""
_AT_ONCE = ("date", "arrived", "left")
"""Columns that are recognised by their cells alone, in this order of days and times."""
_FIELDS = {PAIR: ("visitor_1", "visitor_2")}
"""What a column of a match fills, other than itself."""
_HOLDS = {
    (kind, column.name): column.holds for kind, columns in COLUMNS_OF.items() for column in columns
}


def headings_of(sheet: RawSheet, row_number: int) -> dict[int, str]:
    """The headings in a row by column from 0, with a number if there are several of a name."""
    row = next((row for row in sheet.rows if row[0] == row_number), None)
    headings: dict[int, str] = {}
    for at, text in sheet.texts(row).items() if row else ():
        headings[at] = heading_apart(text, tuple(headings.values()))
    return headings


def suggested_sheets(sheets: Sequence[RawSheet], subject: str = VISITS) -> tuple[SheetChoice, ...]:
    """What each sheet holds, and where its headings are."""
    choices = [_sheet_choice(sheet, subject, alone=len(sheets) == 1) for sheet in sheets]
    if not any(choice.holds == subject for choice in choices):
        most = max(sheets, key=lambda sheet: len(sheet.rows))
        choices[sheets.index(most)] = SheetChoice(most.title, subject, _headings_row(most, subject))
    return tuple(choices)


def _sheet_choice(sheet: RawSheet, subject: str, *, alone: bool) -> SheetChoice:
    if subject in REGISTER:
        row = _headings_row(sheet, subject)
        holds = subject if _known(sheet, subject, row) >= _HEADINGS_OF_REGISTER else ""
        return SheetChoice(sheet.title, holds, row)
    named = next((kind for kind in SHEETS[1:] if folded(kind)[:-1] in folded(sheet.title)), "")
    kinds = (named,) if named and not alone else SHEETS[:1]
    for kind in kinds:
        row = _headings_row(sheet, kind)
        if _known(sheet, kind, row) >= (2 if kind == VISITS else 1):
            return SheetChoice(sheet.title, kind, row)
    return SheetChoice(sheet.title, VISITS if alone else "", _headings_row(sheet, VISITS))


def _headings_row(sheet: RawSheet, kind: str) -> int:
    """The row of the first ones with the most headings that somebody uses; otherwise the first
    with as many words as the widest."""
    rows = [row for row in sheet.first_rows if row[1]]
    best = max(rows, key=lambda row: (_known(sheet, kind, row[0]), -row[0]))
    if _known(sheet, kind, best[0]):
        return best[0]
    widest = max(len(sheet.texts(row)) for row in rows)
    return next(row[0] for row in rows if len(sheet.texts(row)) == widest)


def _known(sheet: RawSheet, kind: str, row_number: int) -> int:
    columns = {column_of_heading(kind, text) for text in headings_of(sheet, row_number).values()}
    return len(columns - {""})


def suggested_layout(
    sheets: Sequence[RawSheet],
    known: KnownRecords,
    choices: Sequence[SheetChoice] = (),
    subject: str = VISITS,
) -> ImportLayout:
    """How the chosen sheets are read, as far as headings and cells tell."""
    choices = tuple(choices) or suggested_sheets(sheets, subject)
    layout = ImportLayout(
        choices,
        {kind: suggested_columns(kind, sheets, choices, known) for kind in kinds_with(subject)},
    )
    matched = set(layout.columns[subject].values())
    fixed = {}
    if ("scheme" in required_columns(subject)) and "scheme" not in matched:
        fixed["scheme"] = known.schemes[0].name
    if "site" in required_columns(subject) and "site" not in matched:
        fixed["site"] = _site_of(layout, known)
    return ImportLayout(choices, layout.columns, fixed)


def _site_of(layout: ImportLayout, known: KnownRecords) -> str:
    """Whence the site comes if no column has it: the names of the sheets, or the only site."""
    names = [site.name for site in known.sites]
    titles = [sheet.title for sheet in layout.of_kind(VISITS)]
    if any(likely_site(title, names) for title in titles) or len(titles) > 1:
        return TITLE
    return names[0] if len(names) == 1 else ""


def suggested_columns(
    kind: str, sheets: Sequence[RawSheet], choices: Sequence[SheetChoice], known: KnownRecords
) -> dict[str, str]:
    """Our column for each heading of the sheets of a kind; empty for those left out."""
    columns: dict[str, str] = {}
    cells: dict[str, list[Cell]] = {}
    by_title = {sheet.title: sheet for sheet in sheets}
    read = [(by_title[of.title], of.headings_row) for of in choices if of.holds == kind]
    for sheet, row in read:
        for heading, under in _cells_under(sheet, row):
            cells.setdefault(heading, []).extend(under)
    for heading, under in cells.items():
        column = column_of_heading(kind, heading)
        if column == "kennels" and under and _share(under, as_day) >= _MOST_PARTS:
            column = "kennels_from"  # the day of the qualification
        columns[heading] = column if _may_hold(kind, column, under) else ""
    if kind == PEOPLE_SHEET and "surname" in columns.values():
        _take_apart(columns)
    for heading, under in cells.items() if "visitor_2" not in columns.values() else ():
        if columns[heading] == "visitor_1" and _has_pairs(under):
            columns[heading] = PAIR
    if kind == VISITS:
        _by_content(columns, cells, known)
        _in_their_own_words(columns, cells, known)
    for sheet, row in read:
        _only_once(kind, headings_of(sheet, row), columns)
    return columns


def days_left_out(
    kind: str, sheets: Sequence[RawSheet], layout: ImportLayout
) -> Iterator[ImportProblem]:
    """Of columns that are called as one of ours with days, and are not read since too few of their
    cells are days: which can't be read."""
    by_title = {sheet.title: sheet for sheet in sheets}
    for choice in layout.of_kind(kind):
        for heading, cells in _cells_under(by_title[choice.title], choice.headings_row):
            column = column_of_heading(kind, heading)
            is_read = bool(layout.columns.get(kind, {}).get(heading))
            if is_read or _HOLDS.get((kind, column)) is not CellKind.DAY:
                continue
            dated = [cell for cell in cells if not is_no_name(cell)]
            wrong = [as_text(cell) for cell in dated if not _share([cell], as_day)]
            if wrong and len(wrong) < len(dated):
                known = joined([f"“{words[:60]}”" for words in dict.fromkeys(wrong)][:3])
                number = out_of(len(wrong), len(dated))
                sentence = (
                    f"The column “{heading}” looks like days, but {number} can’t be read: {known}. "
                    "It is left out. Correct them, or match it (--suggest-match, then --match)."
                )
                yield ImportProblem(kind, choice.headings_row, heading, sentence)


def _take_apart(columns: dict[str, str]) -> None:
    """Beside surnames, `Name` has the given names."""
    for heading, column in columns.items():
        if column == "name":
            has_given = "given_name" in columns.values()
            columns[heading] = "" if has_given else "given_name"


def required_columns(kind: str) -> tuple[str, ...]:
    """The columns that a sheet can't be without."""
    return tuple(column.name for column in COLUMNS_OF[kind] if column.required)


def _cells_under(sheet: RawSheet, headings_row: int) -> Iterable[tuple[str, list[Cell]]]:
    headings = headings_of(sheet, headings_row)
    rows = [
        dict(cells)
        for number, cells in sheet.rows
        if number > headings_row and cells and not is_total(cells[0][1])
    ][:_LOOKED_AT]
    for at, heading in headings.items():
        yield heading, [row[at] for row in rows if at in row]


def _may_hold(kind: str, column: str, cells: Sequence[Cell]) -> bool:
    """Whether cells can be meant for a column with days or numbers."""
    holds = _HOLDS.get((kind, column))
    if kind in REGISTER:
        cells = [cell for cell in cells if not is_no_name(cell)]
    if holds is CellKind.DAY:
        if kind == VISITS:
            cells = [day_and_time(cell)[0] for cell in cells]
        are_days = max(_share(cells, as_day), _share(cells, as_american_day)) >= _MOST_PARTS
        return are_days or not cells
    if holds is CellKind.WHOLE:
        return _share(cells, as_whole) > 0 or not cells
    return True


def _share(cells: Sequence[Cell], meaning: object) -> float:
    """The share of the cells that have a meaning; 0 without any."""
    assert callable(meaning)
    able = 0
    for cell in cells:
        try:
            meaning(cell)
        except BadInputError:
            continue
        able += 1
    return able / len(cells) if cells else 0


def _has_pairs(cells: Sequence[Cell]) -> bool:
    return any(len(names_in(as_text(cell))) > 1 for cell in cells)


def _by_content(
    columns: dict[str, str], cells: Mapping[str, Sequence[Cell]], known: KnownRecords
) -> None:
    """Recognise days, times, sites and people by their cells, where no heading says them."""
    sites = {folded(site.name) for site in known.sites}
    people = {folded(person.name) for person in known.people}
    missing = [column for column in _AT_ONCE if column not in columns.values()]
    for heading, under in cells.items():
        if columns[heading] or not under:
            continue
        texts = [folded(as_text(cell)) for cell in under]
        numbers = all(isinstance(cell, int | float) for cell in under)
        if "date" in missing and not numbers and _share(under, as_day) >= _MOST_PARTS:
            columns[heading] = "date"
        elif not numbers and _share(under, as_minute) >= _MOST_PARTS:
            times = [column for column in missing if column != "date"]
            columns[heading] = times[0] if times else ""
        elif "site" not in columns.values() and _mostly(texts, sites):
            columns[heading] = "site"
        elif _mostly(texts, people):
            free = [c for c in ("visitor_1", "visitor_2") if c not in columns.values()]
            columns[heading] = free[0] if free and PAIR not in columns.values() else ""
        missing = [column for column in missing if column != columns[heading]]


def _in_their_own_words(
    columns: dict[str, str], cells: Mapping[str, Sequence[Cell]], known: KnownRecords
) -> None:
    """Reasons for waits that an office wrote as sentences are kept, not asked about one by one."""
    codes = Codes(known.books)

    def reason(cell: Cell) -> str:
        return codes.code(known.schemes[0].id, "delay_reason", as_text(cell))

    for heading, under in cells.items():
        if (
            columns[heading] == "delay_reason"
            and len({folded(as_text(cell)) for cell in under}) > _MOST_WORDS
            and _share(under, reason) < _HALF
        ):
            columns[heading] = "delay_explanation" if WAIT in columns.values() else WAIT


def _mostly(texts: Sequence[str], known: set[str]) -> bool:
    return sum(text in known for text in texts) >= _MOST_PARTS * len(texts)


def _only_once(kind: str, headings: Mapping[int, str], columns: dict[str, str]) -> None:
    """Only numbers and texts can come from several columns of a sheet; of others the first is
    taken."""
    while pair := _clashing(kind, headings.values(), columns):
        columns[pair[1]] = ""


def _clashing(
    kind: str, headings: Iterable[str], columns: Mapping[str, str]
) -> tuple[str, str] | None:
    """Two headings of a sheet that are read as the same thing, which has only one value."""
    taken: dict[str, str] = {}
    for heading in headings:
        column = columns.get(heading, "")
        for field in () if _adds_up(kind, column) else _FIELDS.get(column, (column,)):
            if field in taken:
                return taken[field], heading
            taken[field] = heading
    return None


def clash(kind: str, headings: Iterable[str], columns: Mapping[str, str]) -> str:
    """Why the columns of a sheet can't all be read as somebody chose; empty if they can."""
    pair = _clashing(kind, headings, columns)
    if pair is None:
        return ""
    return f"“{pair[0]}” and “{pair[1]}” are read as the same thing. Choose only one of them."


def _adds_up(kind: str, column: str) -> bool:
    """Whether several columns of theirs can be read as this one of ours."""
    if column in ("visit_ref", "scheme"):
        return False
    if column and kind in REGISTER:
        return column in DAYS
    return not column or _HOLDS.get((kind, column)) in (CellKind.WHOLE, CellKind.TEXT)


def fitted(sheets: Sequence[RawSheet], layout: ImportLayout) -> ImportLayout:
    """A layout for a file with the same headings, in capitals or not: with the sheets of this file,
    if it has none of the chosen ones, and with its headings."""
    titles = {sheet.title for sheet in sheets}
    choices = layout.sheets
    if not any(choice.title in titles for choice in layout.of_kind(layout.subject)):
        choices = _sheets_by_headings(sheets, layout)
    by_title = {sheet.title: sheet for sheet in sheets}
    columns: dict[str, dict[str, str]] = {}
    for choice in choices:
        if choice.holds and choice.title in titles:
            chosen = layout.columns.get(choice.holds, {})
            alike = {folded(heading): column for heading, column in chosen.items()}
            of_kind = columns.setdefault(choice.holds, {})
            for heading in headings_of(by_title[choice.title], choice.headings_row).values():
                of_kind[heading] = chosen.get(heading, alike.get(folded(heading), ""))
    return replace(layout, sheets=choices, columns=columns)


def _sheets_by_headings(
    sheets: Sequence[RawSheet], layout: ImportLayout
) -> tuple[SheetChoice, ...]:
    """What each sheet holds by the headings of a layout. Others aren't read."""
    wanted = {
        kind: {folded(heading) for heading in of_kind}
        for kind, of_kind in layout.columns.items()
        if of_kind
    }
    choices = []
    suggestions = suggested_sheets(sheets, layout.subject)
    for sheet, suggested in zip(sheets, suggestions, strict=True):
        choice = SheetChoice(sheet.title, "", suggested.headings_row)
        for number, _ in sheet.first_rows:
            written = {folded(heading) for heading in headings_of(sheet, number).values()}
            if kinds := [kind for kind in COLUMNS_OF if wanted.get(kind) == written]:
                choice = SheetChoice(sheet.title, kinds[0], number)
                break
        choices.append(choice)
    return tuple(choices)


def must_be_usable(layout: ImportLayout) -> None:
    """Raises BadInputError if a layout names a kind of sheet or a column that there isn't."""
    kinds = (*(sheet.holds for sheet in layout.sheets if sheet.holds), *layout.columns)
    if unknown := [kind for kind in kinds if kind not in COLUMNS_OF]:
        raise BadInputError(f"“{unknown[0]}” is not one of: {', '.join(COLUMNS_OF)}.")
    every = {column for columns in COLUMNS_OF.values() for column in (c.name for c in columns)}
    named = [(of, column) for of, columns in layout.columns.items() for column in columns.values()]
    unknown = [
        *(column for of, column in named if column and column not in dict(choosable(of))),
        *(column for column in layout.fixed if (layout.subject, column) not in _HOLDS),
        *(column for column in layout.words if column not in {*every, PEOPLE}),
    ]
    if unknown:
        raise BadInputError(f"There is no column “{unknown[0]}”.")


def choosable(kind: str) -> tuple[tuple[str, str], ...]:
    """Every column that theirs can be matched with, and its explanation."""
    ours = [(column.name, column.explanation) for column in COLUMNS_OF[kind]]
    if kind == VISITS:
        at = [name for name, _ in ours].index("observer")
        ours[at:at] = [(PAIR, "Two or more names in one cell.")]
        ours += [(WAIT, "Whether, how long or why visitors had to wait.")]
    return tuple(ours)
