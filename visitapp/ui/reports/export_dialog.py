"""Asks where to save a report, and in which form."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_FORMS = {
    "PDF document (*.pdf)": ".pdf",
    "Web page and tables (*.html)": ".html",
    "Word document (*.docx)": ".docx",
    "Spreadsheet of the tables (*.xlsx)": ".xlsx",
}


@dataclass(frozen=True, slots=True)
class ExportPlace:
    """Where to save. `may_replace`: the dialog asked about a file of that very name."""

    path: Path
    may_replace: bool


def ask_for_place(parent: QWidget, suggested: str) -> ExportPlace | None:
    """The file that somebody chose, with the suffix of its form; None if they chose none.

    A suffix that was typed decides. The suggested name takes the suffix of the form that was
    chosen in the list, since not every system's dialog changes it.
    """
    where, form = QFileDialog.getSaveFileName(
        parent, "Export the report", str(Path.home() / suggested), ";;".join(_FORMS)
    )
    if not where:
        return None
    path, suffix = Path(where), _FORMS.get(form, ".pdf")
    if path.suffix.lower() not in _FORMS.values():
        path = Path(f"{where}{suffix}")
    elif path.name == suggested:
        path = path.with_suffix(suffix)
    return ExportPlace(path, may_replace=path == Path(where))
