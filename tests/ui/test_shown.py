"""Names that come from elsewhere, in the window."""

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyleOptionViewItem

from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.table import RowDelegate, TableWidget

TURNED = "Anne\u202eelpmaxE\x1b[1m"
MARKED = "Anne\ufffdelpmaxE\ufffd[1m"


def test_a_label_shows_marks(qtbot):
    for wrap in (False, True):
        made = label(TURNED, wrap=wrap)
        qtbot.addWidget(made)
        assert made.text() == MARKED
        made.setText("")
        made.setText(TURNED)
        assert made.text() == MARKED


def test_a_cell_and_a_title_show_marks(qtbot):
    model = QStandardItemModel()
    model.appendRow(QStandardItem(TURNED))
    table = TableWidget("People", model)
    qtbot.addWidget(table)
    option = QStyleOptionViewItem()
    RowDelegate(table).initStyleOption(option, model.index(0, 0))
    assert option.text == MARKED
    dialog = Dialog()
    qtbot.addWidget(dialog)
    dialog.setWindowTitle(TURNED)
    assert dialog.windowTitle() == MARKED


def test_a_cell_of_two_lines_has_both_and_marks_what_turns_a_name_round(qtbot):
    table = TableWidget("Visits", QStandardItemModel(1, 1))
    qtbot.addWidget(table)
    index = table.model().index(0, 0)
    for words, drawn in (
        ("Tue 8 Apr\n16:20", "Tue 8 Apr\u202816:20"),
        ("Anne\u2028Example\nBen", "Anne\ufffdExample\u2028Ben"),
    ):
        table.model().setData(index, words)
        option = QStyleOptionViewItem()
        table.itemDelegate().initStyleOption(option, index)
        assert option.text == drawn
