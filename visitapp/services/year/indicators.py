"""Figures beside those that other bodies published."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from visitapp.domain.period import Period
from visitapp.domain.text.wording import number_of
from visitapp.domain.year.indicators import Publication, own_publications
from visitapp.exchange.indicators_file import indicators_text, read_indicators
from visitapp.paths import read_bounded, reading, reference_folder
from visitapp.persistence import attention
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, READER, VISITOR, reads
from visitapp.services.saving import save_document
from visitapp.services.year.figures import FigureService

_MOST_BYTES = 4 << 20


class IndicatorService:
    """Nothing that is read here is kept in the records."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._figures = FigureService(access)

    @staticmethod
    def published() -> tuple[Publication, ...]:
        """What other bodies published, as the program brings it."""
        content = (reference_folder() / "published_indicators.json").read_bytes()
        return read_indicators(content)

    @staticmethod
    def read(path: Path) -> tuple[Publication, ...]:
        """The publications in a file. Raises FaultyFileError for one that can't be taken,
        BadInputError for one that is too large, StorageError for one that can't be read."""
        with reading(path):
            return read_indicators(read_bounded(path, _MOST_BYTES))

    @reads(MANAGER, VISITOR, READER)
    def own(self, period: Period) -> tuple[Publication, ...]:
        """The figures of these records, with a note where a visitor's copy no longer holds some
        reports. Raises BadInputError if the file has no office."""
        with self._access.database.reading() as connection:
            kept = attention.kept_at_office(connection, period)
        reports = number_of(kept, "report is", "reports are")
        note = f"{reports} kept at the office alone and not counted here." if kept else ""
        custody = self._figures.custody_answers(period)
        return own_publications(replace(self._figures.summary(period), custody=custody), note)

    @reads(MANAGER, VISITOR, READER)
    def save(self, period: Period, target: Path, *, force: bool = False) -> None:
        """Write the figures of these records for others to read. Raises BadInputError if `target`
        exists, unless `force`."""
        save_document(target, self.as_text(self.own(period)).encode(), force=force)

    @staticmethod
    def as_text(publications: Iterable[Publication]) -> str:
        """Publications as the text of a file."""
        return indicators_text(publications)
