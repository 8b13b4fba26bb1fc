"""The progress of changing the keys of a closed file, then the new recovery sheet."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.bootstrap import key_change, nearby_files
from visitapp.domain.errors import CancelledError, VisitAppError
from visitapp.domain.records.backups import old_backups_words
from visitapp.services.records.key_change import NewKeys
from visitapp.ui.look.theme import fit
from visitapp.ui.recovery.keys_dialog import KeysAsked
from visitapp.ui.recovery.sheet_view import SheetView
from visitapp.ui.session import Session
from visitapp.ui.widgets.banner import Banner
from visitapp.ui.widgets.clear_scroll import ClearScroll
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.progress import ProgressPanel

_WORDS = (
    "Your records are being copied and locked with the new keys. It is safe to stop at any time."
)
_STOPPED = "Stopped. The keys have not changed."
_DONE = (
    "Your records have new keys. Backups made before now still open with the old passphrase. "
    "Save a new backup, and delete old ones that you don’t need."
)


class KeysView(QWidget):
    """Signals: `ended` (the passphrase to open the file again, or empty to ask for it; a sentence
    about the result)."""

    ended = Signal(str, str)

    def __init__(self, session: Session, path: Path, asked: KeysAsked) -> None:
        super().__init__()
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._path, self._asked = path, asked
        self.sheet: SheetView | None = None
        self._column = QVBoxLayout()
        self._card = QFrame()
        self._card.setProperty("class", "panel")
        fit(self._card, most_width=640)
        inner = QVBoxLayout(self._card)
        inner.setContentsMargins(40, 32, 40, 32)
        inner.setSpacing(12)
        inner.addWidget(label("Changing the keys", "h1", wrap=True))
        inner.addWidget(label(_WORDS, "body", "text2", wrap=True))
        self.progress = ProgressPanel()
        inner.addWidget(self.progress)
        self._column.addWidget(self._card)
        _scrolling(self, self._column)
        job = session.jobs.run(
            lambda progress: key_change.change_keys(
                path, asked.words, asked.new, by_code=asked.by_code, progress=progress
            ),
            owner=self,
            done=self._on_changed,
            failed=self._on_failed,
            progress=True,
        )
        self.progress.follow(job, "Making the new keys")

    def may_leave(self, *, asks: bool) -> bool:
        """Whether the window may close; asks about a new code that hasn't been printed yet."""
        if not asks or self.sheet is None or self.sheet.is_safe:
            return True
        self.sheet.ask_to_leave(self.window().close)
        return False

    def _on_changed(self, new_keys: NewKeys) -> None:
        self._card.hide()
        self.sheet = SheetView(self._path, new_keys.recovery_code)
        done = f"{_DONE} {old_backups_words(new_keys.backups)}".rstrip()
        self.sheet.ready.connect(lambda: self.ended.emit(self._asked.new, done))
        if new_keys.left is not None:
            self._column.addWidget(Banner("warn", nearby_files.about_old_keys(new_keys.left)))
        self._column.addWidget(self.sheet)
        self.sheet.print_button.setFocus()

    def _on_failed(self, error: VisitAppError) -> None:
        if isinstance(error, CancelledError):
            self.ended.emit("" if self._asked.by_code else self._asked.words, _STOPPED)
        else:
            self.ended.emit("", str(error))


def _scrolling(view: QWidget, column: QVBoxLayout) -> None:
    inner = QWidget()
    outer = QVBoxLayout(inner)
    outer.setContentsMargins(20, 20, 20, 20)
    outer.addStretch(1)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addLayout(column, 20)
    row.addStretch(1)
    outer.addLayout(row)
    outer.addStretch(1)
    scroll = ClearScroll(inner)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    layout = QVBoxLayout(view)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scroll)
