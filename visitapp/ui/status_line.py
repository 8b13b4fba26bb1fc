"""The foot of the window: file and lock, saved, last backup, and a demonstration's note."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from visitapp import __version__
from visitapp.domain.backups import BackupState
from visitapp.domain.moment import uk_time
from visitapp.domain.period import short_date
from visitapp.domain.scheme import Office
from visitapp.ui.icons import set_icon
from visitapp.ui.theme import theme
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.labels import icon_label, label

TEXT_STEP = 10
"""Per cent."""
_SHORT_FROM = 1.25
"""From this text size on the line says things in fewer words."""

Words = tuple[str, str]
"""In full, and in fewer words."""


class _Item(QWidget):
    """An icon and words."""

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
        """Show words, or go when there are none."""
        self._both = (words, short or words)
        self.setAccessibleName(words)
        if icon:
            set_icon(self._icon, icon, 16, "text2")
        self.setVisible(bool(words))
        self.fit()

    def fit(self) -> None:
        """Full words or short ones, by the text size."""
        self._words.setText(_chosen(self._both))

    def words(self) -> str:
        """What it says."""
        return self._words.text()


def _chosen(both: Words) -> str:
    return both[1] if theme().factor >= _SHORT_FROM else both[0]


class TextSize(QWidget):
    """Larger and smaller text where there is no menu yet: on the first start, and while locked.

    Signals: `wanted` (per cent more, or less).
    """

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.smaller = link_button("Smaller text", lambda: self.wanted.emit(-TEXT_STEP))
        self.larger = link_button("Larger text", lambda: self.wanted.emit(TEXT_STEP))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for made, keys in ((self.smaller, ("Ctrl+-",)), (self.larger, ("Ctrl++", "Ctrl+="))):
            made.setProperty("inStatus", True)
            made.setToolTip(keys[0])
            row.addWidget(made)
            for key in keys:  # heard while these are in sight, as the menu is not
                QShortcut(QKeySequence(key), self, made.click)


class StatusLine(QStatusBar):
    """What is true of the file, whatever page is in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Status")
        self.file, self.saved, self.backup = _Item("lock"), _Item("check"), _Item("archive")
        self.setContentsMargins(0, 0, 10, 0)
        self.said: QLabel = label("", "small", "text2")
        self.note: QLabel = label("", "small", "text2")
        self._notes: Words = ("", "")
        self._page_says_saved = False
        for item in (self.file, self.saved, self.backup):
            self.addWidget(item)
        self.addWidget(self.said, 1)
        self.text_size = TextSize()
        self.addPermanentWidget(self.text_size)
        self.addPermanentWidget(self.note)

    def show_locked(self, sentence: str = "Locked") -> None:
        """While no file is open."""
        self.file.say(sentence, icon="lock" if sentence == "Locked" else "file-plus")
        self.file.setToolTip("")
        self.saved.say("")
        self.backup.say("")
        self.said.setText("Nothing is sent over a network")
        self.text_size.show()
        self._notes = (f"visitapp {__version__}    F1 Help", "F1 Help")
        self._fit()

    def show_open(self, path: Path, notes: Words) -> None:
        """While a file is open; `notes` mark a demonstration."""
        self.file.say(f"{path.name}, unlocked", path.name, "lock-open")
        self.file.setToolTip(str(path))
        self.text_size.hide()
        self.said.setText("")
        self._notes = notes
        self._fit()

    def show_saved(self, at: datetime) -> None:
        """When something last reached the disk."""
        self.saved.say(f"Saved {uk_time(at):%H:%M:%S}", icon="check")
        self.leave_saved_to_page(self._page_says_saved)

    def leave_saved_to_page(self, page_says: bool) -> None:
        """A page that says itself when it was saved says it alone: two times would differ.
        That something is not saved is always said."""
        self._page_says_saved = page_says
        words = self.saved.words()
        self.saved.setVisible(bool(words) and not (page_says and words.startswith("Saved ")))

    def show_not_saved(self, *, is_moved: bool) -> None:
        """While the file isn't where it was opened, nothing is said to be saved."""
        if is_moved:
            self.saved.say("Not saved: the file was moved or replaced", "Not saved", "x")
        else:
            self.saved.say("")

    def show_backup(self, state: BackupState, now: datetime) -> None:
        """What is true of the last backup."""
        short, full = state.short(now), state.sentence(now)
        if state.problem:
            self.backup.say("No new backup could be made", short, "triangle-alert")
        else:
            self.backup.say(full if state.last else short, short, "archive")
        self.backup.setToolTip(f"{state.problem} {full}".strip())

    def say(self, sentence: str) -> None:
        """What was just done; readers hear it where they are."""
        self.said.setText(sentence)
        announce(self.said, sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size, other words."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_notes"):
            self._fit()

    def _fit(self) -> None:
        for item in (self.file, self.saved, self.backup):
            item.fit()
        self.note.setText(_chosen(self._notes))
        self.note.setToolTip(self._notes[0] if self.note.text() != self._notes[0] else "")


def demonstration_notes(office: Office) -> Words:
    """What marks a demonstration at the right end, with the day it plays on."""
    note = office.made_up_note
    if not note:
        return "", ""
    on = "" if office.today is None else f"; today is {short_date(office.today)}"
    short = "" if office.today is None else f", {short_date(office.today)}"
    return f"Demonstration: {note[:1].lower()}{note[1:]}{on}", f"Demonstration{short}"
