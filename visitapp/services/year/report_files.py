"""The annual report as files of several forms, all made of the same blocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.domain.errors import BadInputError
from visitapp.domain.progress import Progress
from visitapp.paths import writing
from visitapp.services.saving import must_be_free, save_document

if TYPE_CHECKING:
    from visitapp.domain.year.figure_place import FigurePlace
    from visitapp.reporting.blocks import Document

PDF, WEB_PAGE, WORD, TABLES = ".pdf", ".html", ".docx", ".xlsx"
REPORT_FORMS = (PDF, WEB_PAGE, WORD, TABLES)


@dataclass(frozen=True, slots=True)
class SavedReport:
    """What was written: the report, how many pages it has (0 where pages are the reader's own
    affair), and the folder of its tables, if there is one."""

    path: Path
    pages: int = 0
    tables: Path | None = None


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A PDF in memory, how many pages it has, and where its figures are, in reading order."""

    content: bytes
    pages: int
    figures: "tuple[FigurePlace, ...]"


def check_places(target: Path, *, force: bool) -> None:
    """Raises BadInputError if the report can't be saved as this file; call it before long work."""
    if _form(target) not in REPORT_FORMS:
        raise BadInputError(
            "A report can be saved as .pdf, .html, .docx or .xlsx. End the file name with one of "
            "these."
        )
    for place in _places(target):
        must_be_free(place, force=force)


def save_report(
    document: "Document", target: Path, progress: Progress | None, *, force: bool
) -> SavedReport:
    """Write the report in the form that the suffix of `target` names. A web page has its tables
    as CSV files in a folder with the same name.

    Raises BadInputError if something with that name exists, unless `force`.
    """
    check_places(target, force=force)
    content, pages = _content(document, _form(target), progress)
    tables = None
    if _form(target) == WEB_PAGE:
        tables = tables_of(target)
        _save_tables(document, tables)
    save_document(target, content, force=force)
    return SavedReport(target, pages, tables)


def tables_of(target: Path) -> Path:
    """The folder for the tables of this report."""
    return target.with_name(f"{target.stem}-tables")


def _form(target: Path) -> str:
    return target.suffix.lower()


def _places(target: Path) -> Iterator[Path]:
    yield target
    if _form(target) == WEB_PAGE:
        yield tables_of(target)


def _content(document: "Document", form: str, progress: Progress | None) -> tuple[bytes, int]:
    if form == WEB_PAGE:
        from visitapp.reporting.web.page import render_html

        return render_html(document), 0
    if form == WORD:
        from visitapp.reporting.word.document import render_docx

        return render_docx(document), 0
    if form == TABLES:
        from visitapp.reporting.table_workbook import tables_xlsx

        return tables_xlsx(document), 0
    laid_out = report_pdf(document, progress)
    return laid_out.content, laid_out.pages


def report_pdf(document: "Document", progress: Progress | None) -> LaidOut:
    """The report as tagged PDF. Raises CancelledError if `progress` returns False."""
    from visitapp.reporting.pdf.render import render_pdf

    file = BytesIO()
    figures: list[FigurePlace] = []
    pages = render_pdf(document, file, progress, figures=figures)
    return LaidOut(file.getvalue(), pages, tuple(figures))


def _save_tables(document: "Document", folder: Path) -> None:
    """Write the tables; those of an earlier report in the same folder go, other files stay."""
    from visitapp.reporting.table_files import is_table_file, table_files

    files = dict(table_files(document))
    with writing(folder):
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            if is_table_file(path.name) and path.name not in files:
                path.unlink()
    for name, content in files.items():
        save_document(folder / name, content, force=True)
