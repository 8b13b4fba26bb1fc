"""The foot of the window: file and lock, saved, last backup, and a demonstration's note."""

from datetime import date, datetime
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from visitapp import __version__
from visitapp.domain.period import short_date
from visitapp.ui.icons import set_icon
from visitapp.ui.widgets.labels import icon_label, label


class _Item(QWidget):
    """An icon and words."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(6)
        self._icon = icon_label(icon, 16, "text2")
        self._words = label("", "small", "text2")
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self.hide()

    def say(self, words: str, icon: str = "") -> None:
        """Show words, or go when there are none."""
        self._words.setText(words)
        self.setAccessibleName(words)
        if icon:
            set_icon(self._icon, icon, 16, "text2")
        self.setVisible(bool(words))

    def words(self) -> str:
        """What it says."""
        return self._words.text()


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
        for item in (self.file, self.saved, self.backup):
            self.addWidget(item)
        self.addWidget(self.said, 1)
        self.addPermanentWidget(self.note)

    def show_locked(self, sentence: str = "Locked") -> None:
        """While no file is open."""
        icon = "lock" if sentence == "Locked" else "file-plus"
        self.file.say(sentence, icon)
        self.saved.say("")
        self.backup.say("")
        self.said.setText("Nothing is sent over a network")
        self.note.setText(f"visitapp {__version__}    F1 Help")

    def show_open(self, path: Path, note: str) -> None:
        """While a file is open; `note` marks a demonstration."""
        self.file.say(f"{path.name}, unlocked", "lock-open")
        self.file.setToolTip(str(path))
        self.said.setText("")
        self.note.setText(note)

    def show_saved(self, at: datetime) -> None:
        """When something last reached the disk (local time)."""
        self.saved.say(f"Saved {at:%H:%M:%S}")

    def show_backup(self, at: datetime | None) -> None:
        """When the last backup was made (local time)."""
        if at is None:
            self.backup.say("No backup yet")
        else:
            self.backup.say(f"Last backup {short_date(at.date())}, {at:%H:%M}")

    def say(self, sentence: str) -> None:
        """What was just done."""
        self.said.setText(sentence)


def demonstration_note(made_up: str, today: date | None) -> str:
    """What marks a demonstration at the right end, with the day it plays on."""
    if not made_up:
        return ""
    on = "" if today is None else f"; today is {short_date(today)}"
    return f"Demonstration: {made_up[:1].lower()}{made_up[1:]}{on}"
