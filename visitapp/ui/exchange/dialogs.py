"""Where messages go, asked of the person; tests replace these."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_message_file(parent: QWidget, path: Path) -> Path | None:
    """Where to save messages, or None if the user cancelled."""
    kinds = "Messages of visitapp (*.visitmsg)"
    name, _ = QFileDialog.getSaveFileName(parent, "Save the message", str(path), kinds)
    if not name:
        return None
    return Path(name if Path(name).suffix else f"{name}.visitmsg")
