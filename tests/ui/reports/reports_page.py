"""The page Reports over a real file, as its tests use it."""

from datetime import date

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.ui.context import Context
from visitapp.ui.reports.view import ReportsView

YEAR = APRIL_YEARS.year_of(date(2024, 4, 1))
EARLIER = APRIL_YEARS.year_of(date(2023, 4, 1))


def shown(context: Context, qtbot: QtBot, settle: Settle) -> ReportsView:
    view = ReportsView(context)
    qtbot.addWidget(view)
    view.resize(1170, 692)
    view.show()
    view.activateWindow()
    settle(context)
    return view


def words(widget: QWidget) -> str:
    return "\n".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def press(widget: QWidget, text: str) -> None:
    buttons = [
        button for button in widget.findChildren(QAbstractButton)
        if button.text() == text and button.isVisibleTo(widget)
    ]  # fmt: skip
    assert buttons, f"no button {text!r}"
    buttons[0].click()


def pages_of(view: ReportsView) -> dict[str, int | None]:
    return {section.title: section.page for section in view.viewmodel.sections()}
