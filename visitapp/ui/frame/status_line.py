"""The status line: file and lock, last save, last backup, and a note for a demonstration."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from visitapp import __version__
from visitapp.domain.moment import uk_time
from visitapp.domain.office.scheme import Office
from visitapp.domain.records.backups import BackupState
from visitapp.domain.text.wording import lowered, short_date
from visitapp.ui.look.icons import set_icon
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.labels import icon_label, label

TEXT_STEP = 10
"""In per cent."""
_BETWEEN = 12
"""Pixels around each part."""

Words = tuple[str, str]
"""The full text, and a short one."""


class _Item(QWidget):
    """An icon and text."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(6)
        self._icon = icon_label(icon, 16, "text2")
        self._words = label("", "small", "text2")
        self._both: Words = ("", "")
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self.hide()

    def say(self, words: str, short: str = "", icon: str = "") -> None:
        """Show a text, or hide the item if it is empty."""
        self._both = (words, short or words)
        self.setAccessibleName(words)
        if icon:
            set_icon(self._icon, icon, 16, "text2")
        self._words.setText(words)
        self.setVisible(bool(words))

    def shorten(self, *, is_short: bool) -> None:
        """Use the full or the short text."""
        self._words.setText(self._both[is_short])

    def words(self) -> str:
        """The full text."""
        return self._both[0]


class TextSize(QWidget):
    """Links for larger and smaller text where there is no menu: on the first start, and while
    locked.

    Signals: `wanted` (per cent more or less).
    """

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.smaller = link_button("Smaller text", lambda: self.wanted.emit(-TEXT_STEP))
        self.larger = link_button("Larger text", lambda: self.wanted.emit(TEXT_STEP))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for link, keys in ((self.smaller, ("Ctrl+-",)), (self.larger, ("Ctrl++", "Ctrl+="))):
            link.setProperty("inStatus", True)
            link.setToolTip(keys[0])
            row.addWidget(link)
            for key in keys:  # active only while the links are visible, as there is no menu then
                QShortcut(QKeySequence(key), self, link.click)


class StatusLine(QStatusBar):
    """The state of the file, on every page."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Status")
        self.file, self.saved, self.backup = _Item("lock"), _Item("check"), _Item("archive")
        self.setContentsMargins(0, 0, 10, 0)
        self.message: QLabel = label("", "small", "text2")
        self.note: QLabel = label("", "small", "text2")
        self._notes: Words = ("", "")
        self._path = ""
        self._page_says_saved = self._is_saved = False
        for item in (self.file, self.saved, self.backup):
            self.addWidget(item)
        self.addWidget(self.message, 1)
        self.text_size = TextSize()
        self.addPermanentWidget(self.text_size)
        self.addPermanentWidget(self.note)

    def show_alone(self, *, is_locked: bool) -> None:
        """While no file is open: it is locked, or there is none yet."""
        if is_locked:
            self.file.say("Locked", icon="lock")
        else:
            self.file.say("No file yet", icon="file-plus")
        self._path = ""
        self.saved.say("")
        self.backup.say("")
        self.backup.setToolTip("")
        self.message.setText("Nothing is sent over a network")
        self.text_size.show()
        self._notes = (f"visitapp {__version__}    F1 Help", "F1 Help")
        self._fit()

    def show_open(self, path: Path, notes: Words) -> None:
        """The state while a file is open; `notes` mark a demonstration."""
        self.file.say(f"{path.name}, unlocked", path.name, "lock-open")
        self._path = str(path)
        self.text_size.hide()
        self.message.setText("")
        self._notes = notes
        self._fit()

    def show_saved(self, at: datetime) -> None:
        """When something was last saved."""
        self.saved.say(f"Saved {uk_time(at):%H:%M:%S}", icon="check")
        self._is_saved = True
        self.leave_saved_to_page(self._page_says_saved)

    def leave_saved_to_page(self, page_says: bool) -> None:
        """Hide the time if the page shows its own: the two would differ. A failed save is always
        shown."""
        self._page_says_saved = page_says
        says_nothing = not self.saved.words() or (page_says and self._is_saved)
        self.saved.setVisible(not says_nothing)
        self._fit()

    def show_not_saved(self, *, is_moved: bool) -> None:
        """While the file isn't where it was opened, don't claim that anything is saved."""
        self._is_saved = False
        if is_moved:
            self.saved.say("Not saved: the file was moved or replaced", "Not saved", "x")
        else:
            self.saved.say("")
        self._fit()

    def show_backup(self, state: BackupState, now: datetime) -> None:
        """Show the state of the last backup."""
        short, full = state.short(now), state.sentence(now)
        if state.problem:
            self.backup.say("No new backup could be made", short, "triangle-alert")
        else:
            self.backup.say(full if state.last else short, short, "archive")
        self.backup.setToolTip(f"{state.problem} {full}".strip())
        self._fit()

    def say(self, sentence: str) -> None:
        """Show what was just done, and announce it to screen readers."""
        self.message.setText(sentence)
        self._fit()
        announce(self.message, sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the texts to the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_notes"):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the texts to the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show as much as fits: first shorten the note, then everything. If that is still too much,
        move the backup to the file's tooltip and drop the note."""
        for short_note, short, without in ((0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 1, 2)):
            for item in (self.file, self.saved, self.backup):
                item.shorten(is_short=bool(short))
            self.backup.setVisible(bool(self.backup.words()) and not without)
            self.note.setText("" if without == 2 else self._notes[short_note])
            if self._wanted() <= self.width():
                break
        self.note.setToolTip(self._notes[0] if self.note.text() != self._notes[0] else "")
        left_out = self.backup.toolTip() if self.backup.isHidden() else ""
        self.file.setToolTip("\n".join(filter(None, (self._path, left_out))))

    def _wanted(self) -> int:
        """The width in pixels of everything to show."""
        items = (self.file, self.saved, self.backup, self.text_size)
        widths = [item.sizeHint().width() for item in items if not item.isHidden()]
        widths += [part.sizeHint().width() for part in (self.message, self.note) if part.text()]
        return sum(widths) + _BETWEEN * (len(widths) + 1)


def demonstration_notes(office: Office) -> Words:
    """The note that marks a demonstration, with its date."""
    note = office.made_up_note
    if not note:
        return "", ""
    on = "" if office.today is None else f"; today is {short_date(office.today)}"
    short = "" if office.today is None else f", {short_date(office.today)}"
    return f"Demonstration: {lowered(note)}{on}", f"Demonstration{short}"
