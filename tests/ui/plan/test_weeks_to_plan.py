"""Weeks, a quarter or any dates are planned from the page, by the keyboard alone."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from tests.builders import SUITE
from tests.planners import of_site, planned
from visitapp.domain.period import Period
from visitapp.services import Services
from visitapp.ui.context import Context
from visitapp.ui.plan.view import PlanView
from visitapp.ui.widgets.period_chooser import DatesDialog

Key = Qt.Key
TWO_WEEKS = Period(date(2025, 5, 5), date(2025, 5, 18))


def _open_menu(page: PlanView) -> QMenu:
    page.weeks_button.setFocus()
    QTest.keyClick(page.weeks_button, Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def _choose_dates(page: PlanView, first: str, last: str) -> None:
    """By keys: the last item of the menu, then both days."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, DatesDialog)
        try:
            for field, words in ((dialog.first, first), (dialog.last, last)):
                while not field.isAncestorOf(dialog.focusWidget()):
                    QTest.keyClick(dialog.focusWidget(), Key.Key_Tab)
                edit = dialog.focusWidget()
                QTest.keyClick(edit, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
                QTest.keyClicks(edit, words)
            buttons = dialog.findChildren(QPushButton)
            use = next(button for button in buttons if button.text() == "Use these dates")
            while dialog.focusWidget() is not use:
                QTest.keyClick(dialog.focusWidget(), Key.Key_Tab)
            QTest.keyClick(dialog.focusWidget(), Key.Key_Space)
        finally:
            if dialog.isVisible():
                dialog.reject()

    menu = _open_menu(page)
    QTest.keyClick(menu, Key.Key_Up)
    QTimer.singleShot(0, fill)
    QTest.keyClick(menu, Key.Key_Return)


def test_any_dates_are_planned_by_keys(
    page: PlanView, office: Services, settle: Callable[[Context], None]
) -> None:
    page.activateWindow()
    _choose_dates(page, "7/5/2025", "12/5/2025")
    assert page.viewmodel.period == TWO_WEEKS
    assert page.title == "Plan, 5 May to 18 May 2025"
    assert page.weeks_button.accessibleName() == "Weeks to plan: 2 weeks"
    page.make_button.setFocus()
    QTest.keyClick(page.make_button, Key.Key_Space)
    settle(page.context)
    assert {v.span for v in of_site(planned(office), SUITE)} == set(TWO_WEEKS.weeks())
    page.viewmodel.go(1)
    assert page.viewmodel.period.start == date(2025, 5, 19)
    page.viewmodel.go(-1)
    page.open_target(TWO_WEEKS.weeks()[0])
    assert page.place() == TWO_WEEKS
    page.open_target(TWO_WEEKS)
    assert page.viewmodel.is_planned
    _choose_dates(page, "7/5/2025", "7/5/2027")
    assert page.place() == TWO_WEEKS
    assert "Plan between 1 and 53 weeks." in page.banners()[0].sentence


def test_a_quarter_is_chosen_by_keys(page: PlanView) -> None:
    menu = _open_menu(page)
    assert menu.actions()[3].text() == "Next quarter, 30 June 2025 to 28 September 2025"
    for _ in range(4):
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    assert page.viewmodel.period == Period(date(2025, 6, 30), date(2025, 9, 28))
