"""Saving and printing the recovery sheet."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QStandardPaths
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from visitapp.services.records.recovery_sheet import RecoverySheet

_PLACES = (
    QStandardPaths.StandardLocation.DocumentsLocation,
    QStandardPaths.StandardLocation.DesktopLocation,
    QStandardPaths.StandardLocation.HomeLocation,
)


def place_for(sheet: RecoverySheet) -> Path:
    """A path for the PDF in the user's documents, or on the desktop. It is not where the records
    are, so that nobody finds both together."""
    name = f"{sheet.records.stem} recovery sheet.pdf"
    places = [Path(QStandardPaths.writableLocation(place)) / name for place in _PLACES]
    there = [place for place in places if place.parent.is_dir()]
    apart = [place for place in there if not sheet.lies_beside(place)]
    return next(iter([*apart, *there, Path.home() / name]))


def print_out(sheet: RecoverySheet, parent: QWidget) -> bool:
    """Ask for a printer and print; returns whether it was sent."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    taken = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return taken and paint(sheet, printer)


def paint(sheet: RecoverySheet, printer: object) -> bool:
    """Draw the page on a QPrinter at the size of A4; returns whether that could be started."""
    from PySide6.QtPrintSupport import QPrinter

    assert isinstance(printer, QPrinter)
    page = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        QMarginsF(0, 0, 0, 0),
    )
    page.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(page)
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    picture = QImage.fromData(sheet.picture())
    painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), picture)
    return painter.end()
