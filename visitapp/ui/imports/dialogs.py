"""Which files to read and where to save, asked of the person; tests replace these."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_SPREADSHEETS = "Spreadsheets (*.csv *.xlsx *.txt *.tsv);;All files (*)"


def ask_spreadsheet(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Which file to read, or None."""
    found, _ = QFileDialog.getOpenFileName(parent, title, str(folder), _SPREADSHEETS)
    return Path(found) if found else None


def ask_csv(parent: QWidget, title: str, path: Path) -> Path | None:
    """Where to save a CSV file, or None. Qt asks before it lets a file be written over."""
    found, _ = QFileDialog.getSaveFileName(parent, title, str(path), "CSV (*.csv)")
    return _ending(found, ".csv")


def ask_xlsx(parent: QWidget, title: str, path: Path) -> Path | None:
    """Where to save a workbook, or None."""
    found, _ = QFileDialog.getSaveFileName(parent, title, str(path), "Workbook (*.xlsx)")
    return _ending(found, ".xlsx")


def _ending(found: str, ending: str) -> Path | None:
    if not found:
        return None
    return Path(found if Path(found).suffix else found + ending)
