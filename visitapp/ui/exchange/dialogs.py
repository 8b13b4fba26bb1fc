"""Where messages go, asked of the person; tests replace these."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from visitapp.paths import whole_path


def ask_exchange_folder(parent: QWidget, folder: Path) -> Path | None:
    """The folder of exchange, or None."""
    chosen = QFileDialog.getExistingDirectory(parent, "Choose a folder for messages", str(folder))
    return whole_path(Path(chosen)) if chosen else None


def ask_message_file(parent: QWidget, path: Path) -> Path | None:
    """Where to save messages, or None if the user cancelled."""
    kinds = "Messages of visitapp (*.visitmsg)"
    name, _ = QFileDialog.getSaveFileName(parent, "Save the message", str(path), kinds)
    if not name:
        return None
    return Path(name if Path(name).suffix else f"{name}.visitmsg")
