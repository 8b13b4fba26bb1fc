"""Dialogs for the files to read and to save; tests replace these functions."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from visitapp.ui.window_dialogs import with_ending

_SPREADSHEETS = "Spreadsheets (*.csv *.xlsx *.txt *.tsv);;All files (*)"


def ask_spreadsheet(parent: QWidget, title: str, folder: Path) -> Path | None:
    """The file to read, or None if the user cancelled."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), _SPREADSHEETS)
    return Path(name) if name else None


def ask_csv(parent: QWidget, title: str, path: Path) -> Path | None:
    """Where to save a CSV file, or None. Qt asks before it replaces a file."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(path), "CSV (*.csv)")
    return with_ending(name, ".csv")


def ask_xlsx(parent: QWidget, title: str, path: Path) -> Path | None:
    """Where to save a workbook, or None. Qt asks before it replaces a file."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(path), "Workbook (*.xlsx)")
    return with_ending(name, ".xlsx")
