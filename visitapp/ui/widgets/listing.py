"""What all tables share to leave the program: as a table on the clipboard, and in a file."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QTableView, QWidget

from visitapp.domain.records.list_sheet import ListSheet, SheetCell
from visitapp.domain.text.shown import in_a_file_name
from visitapp.domain.text.wording import number_of

if TYPE_CHECKING:
    from visitapp.ui.widgets.page import Page

SAVE = "Save this list\u2026"
FORMS = {"Spreadsheet (*.xlsx)": ".xlsx", "Table as text (*.csv)": ".csv"}
_NUMBER = re.compile(r"\d{1,3}(,\d{3})*")
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_ACROSS = Qt.Orientation.Horizontal


@runtime_checkable
class HasListSheet(Protocol):
    """A table model that knows more of its rows than their words."""

    def list_sheet(self, rows: Sequence[int]) -> ListSheet | None: ...


def sheet_as_shown(table: QTableView, rows: Sequence[int]) -> ListSheet:
    """Rows of a table as they are shown; whole numbers in columns of numbers are numbers."""
    model = table.model()
    columns = [at for at in range(model.columnCount()) if not table.isColumnHidden(at)]
    right = Qt.ItemDataRole.TextAlignmentRole

    def cell(row: int, at: int) -> SheetCell:
        value = model.index(row, at).data()
        words = "" if value is None else str(value)
        is_number = bool((model.headerData(at, _ACROSS, right) or _LEFT) & _RIGHT)
        return int(words.replace(",", "")) if is_number and _NUMBER.fullmatch(words) else words

    return ListSheet(
        table.accessibleName() or "List",
        tuple(str(model.headerData(at, _ACROSS) or "") for at in columns),
        tuple(tuple(cell(row, at) for at in columns) for row in rows),
    )


def copy_list(sheet: ListSheet) -> None:
    """Copy a list for spreadsheets and for programs that write texts."""
    copied = QMimeData()
    copied.setText(sheet.as_text())
    copied.setHtml(sheet.as_html())
    QGuiApplication.clipboard().setMimeData(copied)


@runtime_checkable
class Listed(Protocol):
    """A table that can be copied and saved, if its content may leave the program."""

    leaves: bool

    def copy(self) -> None: ...

    def listed(self) -> ListSheet: ...


def list_menu(table: QTableView, at: QPoint) -> QMenu:
    """Show what can be done with a list at a place of the screen."""
    listed, menu = cast(Listed, table), QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for words, act, keys in (
        ("&Copy", listed.copy, QKeySequence.StandardKey.Copy),
        ("Select &all", table.selectAll, QKeySequence.StandardKey.SelectAll),
    ):
        menu.addAction(words, act).setShortcut(QKeySequence(keys))
    menu.addSeparator()
    menu.addAction(f"&{SAVE}", lambda: save_list(page_of(table), listed))
    menu.popup(at)
    return menu


def page_of(widget: QWidget) -> "Page":
    """The page that a widget, or the dialog around it, belongs to."""
    above: QWidget | None = widget
    while above is not None and not hasattr(above, "show_banner"):
        above = above.parentWidget()
    return cast("Page", above)


def list_on(page: QWidget) -> Listed | None:
    """The list with the cursor, otherwise the first on a page; None if there is none."""
    focus = QApplication.focusWidget()
    tables = [focus, *page.findChildren(QTableView)]
    usable = (
        table
        for table in tables
        if isinstance(table, QTableView) and isinstance(table, Listed) and table.leaves
        if page.isAncestorOf(table) and table.isVisibleTo(page) and table.model().rowCount()
    )
    return cast("Listed | None", next(usable, None))


def save_list(page: "Page", table: Listed) -> None:
    """Ask where to save a list, and save it. A banner says that it isn't encrypted."""
    from visitapp.services.records.exports import not_encrypted
    from visitapp.ui.export_place import ask_for_place

    context, sheet = page.context, table.listed()
    name = f"{in_a_file_name(sheet.name.casefold(), 'list')}-{context.today():%Y-%m-%d}.xlsx"
    chosen = ask_for_place(page, name, SAVE.rstrip("\u2026"), forms=FORMS)
    if chosen is None:
        return
    exports, path = context.services.exports, chosen.path

    def done(_: object) -> None:
        context.say(f"List saved as {path.name}")
        words = f"{number_of(len(sheet.rows), 'row')} saved in {path.name}. {not_encrypted(path)}"
        page.show_banner("warn", words, key="list", closes=True)

    context.jobs.run(
        lambda: exports.save_sheet(sheet, path, force=chosen.may_replace), owner=page, done=done
    )
