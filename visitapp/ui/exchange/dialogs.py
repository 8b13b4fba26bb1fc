"""Which folder messages go through, asked of the person; tests replace this."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from visitapp.paths import whole_path


def ask_exchange_folder(parent: QWidget, folder: Path) -> Path | None:
    """The folder of exchange, or None."""
    chosen = QFileDialog.getExistingDirectory(parent, "Choose a folder for messages", str(folder))
    return whole_path(Path(chosen)) if chosen else None
