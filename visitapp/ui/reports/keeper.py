"""Saves the texts of a year while they are typed."""

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
    """Holds texts of years, and sentences reworded by the user, until they are saved.

    Signals: `kept` (Changes) after a save, even if some of it failed.
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
        """The text or the new sentence, and the words as typed."""

    def put_text(self, period: Period, key: str, words: str) -> None:
        """Save a text of the year."""
        self._waiting[period, key] = (words, words)
        self.touch()

    def put_sentence(self, period: Period, sentence: Sentence, words: str) -> Sentence:
        """Save the user's words in place of a drafted sentence, and return the new sentence. Empty
        words restore the draft."""
        changed = sentence.in_words(words)
        self._waiting[period, sentence.key] = (changed, words)
        self.touch()
        return changed

    def unsaved(self, period: Period) -> dict[str, str | Sentence]:
        """The unsaved texts and sentences of a year, by key."""
        return {key: content for (of, key), (content, _) in self._waiting.items() if of == period}

    def waiting(self) -> Iterable[_Place]:
        """The places of unsaved texts and sentences."""
        return self._waiting

    def write(self) -> None:
        """Save each, and emit what changed. Raises VisitAppError."""
        self._changes = Changes.NONE
        try:
            super().write()
        finally:
            if self._changes:
                self.kept.emit(self._changes)

    def save(self, place: _Place) -> None:
        """Save one text or sentence. Raises VisitAppError."""
        self._changes |= self._save(place)
        del self._waiting[place]

    def piece(self, place: _Place) -> YearText:
        """A text or sentence to store outside the file."""
        content, words = self._waiting[place]
        kept = self._elsewhere.get(place)
        item = kept if isinstance(kept, YearText) else self._before(*place)
        if isinstance(content, Sentence):
            return replace(item, text=content.text, drafted=content.edited_from)
        return replace(item, text=words)

    def _before(self, period: Period, key: str) -> YearText:
        """The stored words that the typed ones replace. If the file can't be read any more it is
        empty; when the typed words come back, they are then added after the stored ones."""
        try:
            return self._reports.text(period, key)
        except VisitAppError:
            return YearText(uuid4(), period, key, "", version=0)

    def _save(self, place: _Place) -> Changes:
        (period, key), (content, words) = place, self._waiting[place]
        if isinstance(content, Sentence):
            typed = content.text if content.is_edited else ""
            return self._reports.keep_typed(period, key, typed, content.edited_from)
        return self._reports.keep_typed(period, key, words)

    def settle(self) -> bool:
        """Save now, and make what is kept as typed the text of the year, as the user is leaving.
        Returns whether everything typed is on disk. A text that can't become the year's yet stays
        kept, and is tried again later."""
        is_saved = self.flush()
        with suppress(VisitAppError):
            self._reports.settle()
        return is_saved
