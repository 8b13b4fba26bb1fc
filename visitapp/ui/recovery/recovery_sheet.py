"""Ways of the recovery sheet out of the window: where to save it, and the printer."""

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
    """A name for the PDF in the person's documents, else on the desktop: not where the records
    lie, so that the two are not found together."""
    name = f"{sheet.records.stem} recovery sheet.pdf"
    places = [Path(QStandardPaths.writableLocation(place)) / name for place in _PLACES]
    there = [place for place in places if place.parent.is_dir()]
    apart = [place for place in there if not sheet.lies_beside(place)]
    return next(iter([*apart, *there, Path.home() / name]))


def print_out(sheet: RecoverySheet, parent: QWidget) -> bool:
    """Ask for a printer and print; whether it was sent."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    taken = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return taken and paint(sheet, printer)


def paint(sheet: RecoverySheet, printer: object) -> bool:
    """Draw the page on a printer (a QPrinter), as large as A4 is; whether it could be begun."""
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
