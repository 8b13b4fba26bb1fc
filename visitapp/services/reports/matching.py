"""Matching a spreadsheet of somebody else's making with our columns, codes, people and sites."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from visitapp.domain.errors import BadInputError
from visitapp.domain.import_layout import ImportLayout, SheetChoice, WordToMatch
from visitapp.domain.importing import REGISTER, VISITS, kinds_with
from visitapp.domain.progress import Progress
from visitapp.domain.text.folding import folded
from visitapp.exchange.cells import as_text
from visitapp.exchange.matching import (
    choosable,
    clash,
    fitted,
    headings_of,
    must_be_usable,
    suggested_layout,
)
from visitapp.exchange.names import KnownRecords
from visitapp.exchange.open_words import as_remembered, with_likely_words, words_to_match
from visitapp.exchange.raw_sheets import RawSheet
from visitapp.exchange.sources import read_raw_about
from visitapp.paths import read_bounded, reading
from visitapp.persistence import import_layouts as stored
from visitapp.persistence import schemes
from visitapp.persistence.database import Connection
from visitapp.persistence.stored_json import from_json, to_json
from visitapp.services.access import Access
from visitapp.services.reports.known_records import known_records
from visitapp.services.roles import MANAGER, VISITOR, changes, reads
from visitapp.services.saving import save_document

_SAMPLES = 3
_LARGEST_MATCH = 16 * 1024 * 1024
"""In bytes: some hundred words of each column are far less."""


@dataclass(frozen=True, slots=True)
class SheetHeading:
    """A heading of the sheets of a kind, and what stands under it first."""

    kind: str
    heading: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A file that is being matched, as it was when it was opened."""

    path: Path
    raw: tuple[RawSheet, ...]
    known: KnownRecords
    layout: ImportLayout

    @property
    def titles(self) -> tuple[str, ...]:
        """The names of its sheets."""
        return tuple(sheet.title for sheet in self.raw)

    def first_rows(self, title: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The rows among which the headings are: number and texts."""
        sheet = next(sheet for sheet in self.raw if sheet.title == title)
        return tuple((row[0], tuple(sheet.texts(row).values())) for row in sheet.first_rows)

    def chosen(self, choices: Sequence[SheetChoice]) -> "Spreadsheet":
        """With other sheets, or other rows of headings; what was matched before stays where the
        heading is the same."""
        layout = suggested_layout(self.raw, self.known, choices, self.layout.subject)
        columns = {
            kind: {heading: self.layout.columns.get(kind, {}).get(heading, column)
                   for heading, column in of_kind.items()}
            for kind, of_kind in layout.columns.items()
        }  # fmt: skip
        chosen = {column: value for column, value in self.layout.fixed.items() if value}
        return replace(
            self,
            layout=ImportLayout(
                layout.sheets, columns, {**layout.fixed, **chosen}, self.layout.words
            ),
        )

    def headings(self) -> tuple[SheetHeading, ...]:
        """Every heading of the chosen sheets, by kind."""
        headings: dict[tuple[str, str], list[str]] = {}
        for kind in kinds_with(self.layout.subject):
            for choice in self.layout.of_kind(kind):
                sheet = next(sheet for sheet in self.raw if sheet.title == choice.title)
                for at, heading in headings_of(sheet, choice.headings_row).items():
                    samples = headings.setdefault((kind, heading), [])
                    samples += _samples(sheet, choice.headings_row, at)
        return tuple(
            SheetHeading(kind, heading, tuple(dict.fromkeys(samples))[:_SAMPLES])
            for (kind, heading), samples in headings.items()
        )

    @property
    def clash(self) -> str:
        """Why the columns of a sheet can't all be read as somebody chose; empty if they can."""
        for choice in self.layout.sheets:
            sheet = next(sheet for sheet in self.raw if sheet.title == choice.title)
            headings = headings_of(sheet, choice.headings_row).values()
            columns = self.layout.columns.get(choice.holds, {})
            if choice.holds and (sentence := clash(choice.holds, headings, columns)):
                return sentence
        return ""

    def words(self) -> tuple[WordToMatch, ...]:
        """Every word that somebody has to decide about. Raises BadInputError without visits."""
        return words_to_match(self.raw, self.layout, self.known)

    def with_likely(self, words: Iterable[WordToMatch]) -> "Spreadsheet":
        """With what is likely for those of these words that nobody decided about."""
        return replace(self, layout=with_likely_words(self.layout, words))


def _samples(sheet: RawSheet, headings_row: int, at: int) -> Iterator[str]:
    for number, cells in sheet.rows:
        text = next((as_text(cell) for place, cell in cells if place == at), "")
        if number > headings_row and text:
            yield text


class MatchingService:
    """What a file has, how it is likely to be read, and how the last one of its shape was: the
    first half of an import."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR)
    def open_spreadsheet(
        self, path: Path, progress: Progress | None = None, subject: str = VISITS
    ) -> Spreadsheet:
        """A file about visits, people or availability with the layout of the last one of its
        shape, or a likely one. Raises BadInputError for a file that can't be read, CancelledError
        if `progress` says to stop."""
        raw = read_raw_about(subject, path, progress)
        with self._access.database.reading() as connection:
            known = known_records(connection, self._access.today())
        remembered = self._remembered(raw, subject)
        layout = remembered or suggested_layout(raw, known, (), subject)
        sheet = Spreadsheet(path, raw, known, layout)
        return sheet if remembered else sheet.with_likely(sheet.words())

    @reads(MANAGER, VISITOR)
    def remembered_layout(
        self, path: Path, progress: Progress | None = None, subject: str = VISITS
    ) -> ImportLayout | None:
        """How the last file with these headings was read; None if none was. Raises as
        `open_spreadsheet`."""
        with self._access.database.reading() as connection:
            if not stored.shapes(connection):
                return None
        raw = read_raw_about(subject, path, progress, only_first_rows=True)
        return self._remembered(raw, subject)

    def _remembered(self, raw: Sequence[RawSheet], subject: str) -> ImportLayout | None:
        with self._access.database.reading() as connection:
            known = stored.shapes(connection)
            for sheet in raw:
                for number, _ in sheet.first_rows if known else ():
                    shape = shape_of(headings_of(sheet, number).values(), subject)
                    if shape in known and (layout := stored.layout_of_shape(connection, shape)):
                        fixed = _with_only_site(layout.fixed, connection)
                        return replace(fitted(raw, layout), fixed=fixed)
        return None

    @changes(MANAGER)
    def remember_layout(self, layout: ImportLayout) -> None:
        """Read the next file with these headings in the same way, but ask again for its site."""
        shape = shape_of(layout.columns.get(layout.subject, {}), layout.subject)
        with self._access.database.transaction() as connection:
            by, at = self._access.actor.name, self._access.now()
            stored.save_layout(connection, shape, as_remembered(layout), by, at)

    @reads(MANAGER, VISITOR)
    def columns_to_match(self, kind: str) -> tuple[tuple[str, str], ...]:
        """Our columns for a kind of sheet, each with its explanation."""
        return choosable(kind)

    @staticmethod
    def save_layout(path: Path, layout: ImportLayout, *, force: bool = False) -> None:
        """Write a layout as JSON, to be corrected. Raises BadInputError if `path` exists, unless
        `force`."""
        save_document(path, to_json(layout).encode() + b"\n", force=force)

    @staticmethod
    def load_layout(path: Path) -> ImportLayout:
        """A layout that `save_layout` wrote. Raises BadInputError."""
        with reading(path):
            content = read_bounded(path, _LARGEST_MATCH)
        try:
            layout = from_json(content, ImportLayout)
            must_be_usable(layout)
        except ValueError as error:
            raise BadInputError(
                f"{path.name} is not a file of matched columns: {error}."
            ) from error
        except BadInputError as error:
            raise BadInputError(f"{path.name} is not a file of matched columns. {error}") from error
        return layout


def shape_of(headings: Iterable[str], subject: str = VISITS) -> str:
    """A digest that files about the same with the same headings share, in whatever order."""
    texts = sorted(folded(heading) for heading in headings)
    texts += [subject] if subject in REGISTER else []
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def _with_only_site(fixed: Mapping[str, str], connection: Connection) -> dict[str, str]:
    """With the site of an office that has no other, where none is fixed."""
    sites = schemes.sites(connection) if fixed.get("site") == "" else ()
    return {**fixed, **({"site": sites[0].name} if len(sites) == 1 else {})}
