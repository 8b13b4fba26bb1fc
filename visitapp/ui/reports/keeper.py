"""Keeps what is written for a year on the disk, within a third of a second."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.domain.period import Period
from visitapp.domain.year_texts import Sentence
from visitapp.services.reports import ReportService

_GATHER_MS = 250
"""Keystrokes closer than this are saved together."""


class TextKeeper(QObject):
    """Holds what was typed until it is saved.

    Signals: `saved` (Changes) after each save; `failed` (sentence) when one did not work: the
    words stay here, and are saved with the next change.
    """

    saved = Signal(object)
    failed = Signal(str)

    def __init__(self, reports: ReportService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reports = reports
        self._texts: dict[tuple[Period, str], str] = {}
        self._sentences: dict[tuple[Period, str], tuple[Sentence, str]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_GATHER_MS)
        self._timer.timeout.connect(self.flush)

    @property
    def is_dirty(self) -> bool:
        """Whether something typed is not on the disk yet."""
        return bool(self._texts or self._sentences)

    def put_text(self, period: Period, key: str, words: str) -> None:
        """Keep a text of the year."""
        self._texts[period, key] = words
        self._timer.start()

    def put_sentence(self, period: Period, sentence: Sentence, words: str) -> None:
        """Keep a person's words in place of a drafted sentence; empty brings the draft back."""
        self._sentences[period, sentence.key] = (sentence, words)
        self._timer.start()

    def flush(self) -> bool:
        """Save now; whether all that was typed is on the disk."""
        self._timer.stop()
        changes = Changes.NONE
        try:
            for (period, key), words in list(self._texts.items()):
                item = replace(self._reports.text(period, key), text=words)
                changes |= self._reports.save_text(item)[1]
                del self._texts[period, key]
            for (period, key), (sentence, words) in list(self._sentences.items()):
                changes |= self._reports.save_sentence(period, sentence, words)
                del self._sentences[period, key]
        except VisitAppError as error:
            self.failed.emit(str(error))
        if changes:
            self.saved.emit(changes)
        return not self.is_dirty
