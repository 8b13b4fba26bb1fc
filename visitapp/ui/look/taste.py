"""The personal settings in force: one frozen value, replaced and kept at every change."""

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from visitapp.settings import Settings, write_settings


class Taste(QObject):
    """Signals: `changed` (Settings) after a change."""

    changed = Signal(object)

    def __init__(
        self, settings: Settings | None = None, path: Path | None = None, parent: Any = None
    ) -> None:
        """`path` is where they are kept; without it they last as long as the program."""
        super().__init__(parent)
        self.settings = settings or Settings()
        self._path = path

    def change(self, **changed: Any) -> None:
        """Replace some settings. A disk that can't be written to costs only the memory of
        them: no reason to stop anybody."""
        settings = replace(self.settings, **changed)
        if settings == self.settings:
            return
        self.settings = settings
        if self._path is not None:
            with contextlib.suppress(OSError):
                write_settings(settings, self._path)
        self.changed.emit(settings)


def documents(settings: Settings) -> Path:
    """The folder of the last file, else the user's own."""
    last = Path(settings.last_file)
    return last.parent if last.is_absolute() and last.parent.is_dir() else Path.home()
