"""The baseline of bench_form: a form of Qt's own widgets with as many of them as ours and a style
sheet of two rules. It imports nothing of visitapp."""

import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

_EACH = 6
"""Widgets of a row: itself, its words, three answers and a line."""


class StockForm(QMainWindow):
    """Rows of a question with three answers and a line, in a page that scrolls."""

    def __init__(self, widgets: int) -> None:
        super().__init__()
        page = QWidget()
        column = QVBoxLayout(page)
        self.answers: list[QRadioButton] = []
        for number in range(max(1, widgets // _EACH)):
            column.addWidget(self._row(number))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        self.setCentralWidget(area)
        self.resize(1366, 720)

    def _row(self, number: int) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.addWidget(QLabel(f"Question {number}"), 1)
        group = QButtonGroup(row)
        for words in ("Yes", "No", "Not looked at"):
            button = QRadioButton(words)
            group.addButton(button)
            line.addWidget(button)
            self.answers.append(button)
        line.addWidget(QLineEdit())
        return row


def answer(form: StockForm, number: int) -> float:
    """Seconds that a number of answers take, each until it is in sight."""
    began = time.perf_counter()
    for row in range(number):
        QTest.mouseClick(form.answers[row * 3], Qt.MouseButton.LeftButton)
        QApplication.processEvents()
    return time.perf_counter() - began


def change_text(application: QApplication, pixels: int) -> float:
    """Seconds until all text has another size, by a style sheet as in the manual."""
    began = time.perf_counter()
    application.setStyleSheet(f"QWidget {{ font-size: {pixels}px }} QLabel {{ padding: 2px }}")
    for _ in range(5):
        application.processEvents()
    return time.perf_counter() - began
