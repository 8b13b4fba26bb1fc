"""The user's preferences: an immutable value, replaced and saved at every change."""

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from visitapp.settings import Settings, write_settings


class Preferences(QObject):
    """Signals: `changed` (Settings) after a change."""

    changed = Signal(object)

    def __init__(
        self, settings: Settings | None = None, path: Path | None = None, parent: Any = None
    ) -> None:
        """Without a `path` to save them, they last as long as the program."""
        super().__init__(parent)
        self.settings = settings or Settings()
        self._path = path

    def change(self, **changed: Any) -> None:
        """Replace some settings. If they can't be written to disk, they apply until the program
        ends."""
        settings = replace(self.settings, **changed)
        if settings == self.settings:
            return
        self.settings = settings
        if self._path is not None:
            with contextlib.suppress(OSError):
                write_settings(settings, self._path)
        self.changed.emit(settings)


def documents(settings: Settings) -> Path:
    """The folder of the last file, or the user's home."""
    last = Path(settings.last_file)
    return last.parent if last.is_absolute() and last.parent.is_dir() else Path.home()
