"""Keeps what is written for a year on the disk."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.scheme import YearText
from visitapp.domain.period import Period
from visitapp.domain.year.year_texts import Sentence
from visitapp.services.records.unsaved_work import UnsavedWorkService
from visitapp.services.year.reports import ReportService
from visitapp.ui.keeper import PartsKeeper

_Place = tuple[Period, str]
"""A year, and the key of a text or sentence."""


class TextKeeper(PartsKeeper):
    """Holds the texts of years, and sentences put in somebody's own words, until they are saved.

    Signals: `kept` (Changes) after a save, also of a part of what was typed.
    """

    kept = Signal(object)

    def __init__(
        self,
        reports: ReportService,
        parent: QObject | None = None,
        kept: UnsavedWorkService | None = None,
    ) -> None:
        super().__init__(kept, parent)
        self._reports = reports
        self._changes = Changes.NONE
        self._waiting: dict[_Place, tuple[str | Sentence, str]] = {}
        """The text or the sentence as it is to be, and the words as typed."""

    def put_text(self, period: Period, key: str, words: str) -> None:
        """Keep a text of the year."""
        self._waiting[period, key] = (words, words)
        self.touch()

    def put_sentence(self, period: Period, sentence: Sentence, words: str) -> Sentence:
        """Keep a person's words in place of a drafted sentence, which is given back as it is then;
        empty ones bring the draft back."""
        said = sentence.in_words(words)
        self._waiting[period, sentence.key] = (said, words)
        self.touch()
        return said

    def unsaved(self, period: Period) -> dict[str, str | Sentence]:
        """What of a year is not on the disk yet, by key."""
        return {key: said for (of, key), (said, _) in self._waiting.items() if of == period}

    def waiting(self) -> Iterable[_Place]:
        """The texts and sentences that are not on the disk yet."""
        return self._waiting

    def write(self) -> None:
        """Save each, and say what that changed. Raises VisitAppError."""
        self._changes = Changes.NONE
        try:
            super().write()
        finally:
            if self._changes:
                self.kept.emit(self._changes)

    def save(self, place: _Place) -> None:
        """Save a text or sentence. Raises VisitAppError."""
        self._changes |= self._save(place)
        del self._waiting[place]

    def piece(self, place: _Place) -> YearText:
        """A text or sentence as it is kept beside the records."""
        said, words = self._waiting[place]
        kept = self._elsewhere.get(place)
        item = kept if isinstance(kept, YearText) else self._before(*place)
        if isinstance(said, Sentence):
            return replace(item, text=said.text, drafted=said.edited_from)
        return replace(item, text=words)

    def _before(self, period: Period, key: str) -> YearText:
        """What the words take the place of. Where the file can't be read any more it counts as
        nothing, and the words are put after what is there when they come back."""
        try:
            return self._reports.text(period, key)
        except VisitAppError:
            return YearText(uuid4(), period, key, "", version=0)

    def _save(self, place: _Place) -> Changes:
        (period, key), (said, words) = place, self._waiting[place]
        if isinstance(said, Sentence):
            typed = said.text if said.is_edited else ""
            return self._reports.keep_typed(period, key, typed, said.edited_from)
        return self._reports.keep_typed(period, key, words)

    def settle(self) -> bool:
        """Save now, and put what was typed in its place: somebody goes elsewhere. Whether all that
        was typed is on the disk; one that can't be put in its place is put there another time."""
        is_saved = self.flush()
        with suppress(VisitAppError):
            self._reports.settle()
        return is_saved
