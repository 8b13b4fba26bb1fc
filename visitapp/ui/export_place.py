"""Asks where to save a document, and in which form."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

FORMS = {
    "PDF document (*.pdf)": ".pdf",
    "Web page and tables (*.html)": ".html",
    "Word document (*.docx)": ".docx",
    "Spreadsheet of the tables (*.xlsx)": ".xlsx",
}

LETTER_FORMS = {
    "E-mail draft (*.eml)": ".eml",
    "PDF document (*.pdf)": ".pdf",
    "Word document (*.docx)": ".docx",
}


@dataclass(frozen=True, slots=True)
class ExportPlace:
    """Where to save. `may_replace`: the dialog asked about a file of that very name."""

    path: Path
    may_replace: bool


def ask_for_place(
    parent: QWidget,
    suggested: str,
    title: str = "Export the report",
    *,
    forms: Mapping[str, str] = FORMS,
    secret: bool = False,
) -> ExportPlace | None:
    """The file that somebody chose, with the suffix of its form; None if they chose none. Qt's own
    dialog asks for a `secret` one: the system's may list it among the recent files.

    A suffix that was typed decides. The suggested name takes the suffix of the form that was
    chosen in the list, since not every system's dialog changes it.
    """
    options = QFileDialog.Option.DontUseNativeDialog if secret else QFileDialog.Option(0)
    where, form = QFileDialog.getSaveFileName(
        parent, title, str(Path.home() / suggested), ";;".join(forms), options=options
    )
    if not where:
        return None
    path, suffix = Path(where), forms.get(form, Path(suggested).suffix)
    if path.suffix.lower() not in forms.values():
        path = Path(f"{where}{suffix}")
    elif path.name == suggested:
        path = path.with_suffix(suffix)
    return ExportPlace(path, may_replace=path == Path(where))
