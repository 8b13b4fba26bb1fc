"""The looking itself: it finds what is cut off, nameless or out of order."""

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import looking


def test_a_cut_label_and_a_cut_button_are_found(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    words, wrapped = QLabel("Keyham Lane had no visit", root), QLabel("a b c d e f " * 9, root)
    wrapped.setWordWrap(True)
    pressed = QPushButton("Suggest somebody", root)
    for widget in (words, wrapped, pressed):
        widget.setFixedSize(50, 20)
    root.show()
    assert len(looking.clipped(root)) == 3


def test_what_reaches_beyond_its_parent_is_found(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    root.resize(200, 100)
    field = QLineEdit(root)
    field.setGeometry(150, 10, 100, 30)
    root.show()
    assert looking.clipped(root) == ["'field' reaches 50 pixels beyond what holds it"]


def test_a_field_without_a_name_is_found(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    named, unnamed = QLineEdit(), QLineEdit()
    named.setAccessibleName("Name")
    column.addWidget(named)
    column.addWidget(unnamed)
    root.show()
    assert looking.nameless(root) == ["QLineEdit in QWidget"]


def test_a_tab_order_that_goes_back_up_is_found(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    first, second, third = QLineEdit(), QLineEdit(), QLineEdit()
    for field in (first, third, second):
        column.addWidget(field)
    QWidget.setTabOrder(first, second)
    QWidget.setTabOrder(second, third)
    root.show()
    assert len(looking.out_of_order(root)) == 1


def test_a_primary_button_below_the_window_is_found(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    root.resize(300, 100)
    made = QPushButton("Begin", root)
    made.setProperty("primary", True)
    made.move(10, 90)
    root.show()
    assert looking.primary_out_of_sight(root, root) == ["Begin"]
    made.move(10, 10)
    assert looking.primary_out_of_sight(root, root) == []
