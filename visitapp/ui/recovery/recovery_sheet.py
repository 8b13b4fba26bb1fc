"""The recovery sheet: the code, once, to print or to save as a PDF for printing elsewhere."""

import html
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

from visitapp.domain.period import long_date


def sheet(file_name: str, code: str, made_on: date) -> QTextDocument:
    """The page as a document: what it is for, the code, and where to keep it."""
    document = QTextDocument()
    name, groups = html.escape(file_name), html.escape(code)
    document.setHtml(
        f"""<h1>Recovery sheet</h1>
<p>For the file <b>{name}</b>, made on {long_date(made_on)}.</p>
<p>This code opens the file when the passphrase is forgotten:</p>
<p style="font-size: 20pt"><b>{groups}</b></p>
<p>Choose \u201cForgotten it? Use the recovery sheet\u201d on the page that asks for the
passphrase, and type the code. Capitals, spaces and dashes don\u2019t matter; there is no
letter O or I in it, only 0 and 1.</p>
<p>Keep this sheet at home, away from the computer. Whoever has both can read the file.
Without the passphrase or this code nobody can open it.</p>"""
    )
    return document


def save_pdf(document: QTextDocument, path: Path) -> None:
    """Write the sheet as an A4 PDF. Raises OSError where it can't be written."""
    from PySide6.QtPrintSupport import QPrinter

    path.touch(mode=0o600)  # the code is a key
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    _as_a4(printer)
    document.print_(printer)


def print_out(document: QTextDocument, parent: QWidget) -> bool:
    """Ask for a printer and print; whether it was sent."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    _as_a4(printer)
    dialog = QPrintDialog(printer, parent)
    taken = dialog.exec() == QDialog.DialogCode.Accepted
    if taken:
        document.print_(printer)
    dialog.deleteLater()
    return taken


def _as_a4(printer: object) -> None:
    from PySide6.QtPrintSupport import QPrinter

    assert isinstance(printer, QPrinter)
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        QMarginsF(20, 20, 20, 20),
        QPageLayout.Unit.Millimeter,
    )
    printer.setPageLayout(layout)
