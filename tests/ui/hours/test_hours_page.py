"""The page Hours: a claim entered, approved, withdrawn and saved, by keys alone."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, make_visit, sign
from tests.reporting.meeting_papers import meeting
from visitapp.ui.context import Context
from visitapp.ui.hours.view import HoursView


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> HoursView:
    sign(furnished_context.services, make_visit(date(2025, 3, 5)))
    furnished_context.services.meetings.save(meeting())
    view = HoursView(furnished_context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    view.table.setFocus()
    qtbot.waitUntil(view.table.hasFocus)
    return view


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def tab_to(widget: QWidget) -> None:
    been = []
    for _ in range(40):
        if QApplication.focusWidget() is widget:
            return
        been.append(QApplication.focusWidget().accessibleName())
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {widget}, but to {been}.")


def typed(widget: QWidget, words: str) -> None:
    tab_to(widget)
    QTest.keyClicks(widget, words)


def enter_claim(page: HoursView) -> None:
    typed(page.claims.day.edit, "12/3/2025")
    typed(page.claims.time, "0:40")
    typed(page.claims.what, "To Northgate")
    typed(page.claims.miles, "18")
    typed(page.claims.pounds, "3.20")
    tab_to(page.claims.receipt)
    press(Qt.Key.Key_Space)
    tab_to(page.claims.add_button)
    press(Qt.Key.Key_Return)


def row(page: HoursView, at: int = 0) -> list[str]:
    return [page.tablemodel.index(at, column).data() for column in range(7)]


def line(page: HoursView, at: int = 0) -> list[str]:
    return [page.lines_tablemodel.index(at, column).data() for column in range(6)]


def test_a_claim_is_entered_approved_and_withdrawn_by_keys_alone(page: HoursView) -> None:
    assert row(page) == ["Anne Example", "1", "1", "2 h 45 min", "none", "none", "Not yet"]
    enter_claim(page)
    assert row(page)[-1] == "1 claim waits"
    assert line(page) == ["12 Mar 2025", "Travel: To Northgate", "40 min",
                          "18 miles at 45p; £3.20, receipt", "£11.30", "Waits"]  # fmt: skip
    assert not page.claims.is_typed()
    tab_to(page.approve_button)
    press(Qt.Key.Key_Space)
    assert row(page)[3:] == ["3 h 25 min", "18", "£11.30", "Thu 10 Apr 2025"]
    assert page.viewmodel.facts == "6 h 10 min given; £11.30 to pay"
    assert line(page)[-1] == "Approved"
    tab_to(page.lines)
    press(Qt.Key.Key_Delete)
    assert line(page)[-1] == "Mistake"
    assert row(page)[3:] == ["2 h 45 min", "none", "none", "Changed since"]


def test_enter_on_a_line_opens_what_the_time_comes_from(
    page: HoursView, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[tuple[str, object]] = []
    monkeypatch.setattr(page.context, "go", lambda *place: went.append(place))
    tab_to(page.lines)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    (visit,) = (item.visit_id for item in page.viewmodel.of(ANNE).lines if item.visit_id)
    assert went == [("visits", visit), ("meetings", meeting().id)]


def test_what_is_wrong_is_said_beside_the_fields_and_nothing_is_entered(page: HoursView) -> None:
    claims = page.claims
    for field, words, problem in (
        (claims.time, "long", "such as 1:30"),
        (claims.miles, "4.5", "whole miles"),
        (claims.pounds, "4.605", "in pounds"),
        (claims.pounds, "1e999999", "in pounds"),
        (claims.pounds, "12,000.5", "£10,000"),
    ):
        claims.day.set_day(date(2025, 3, 12))
        field.setText(words)
        assert not claims.add()
        assert problem in claims.reason.text()
        claims.empty_fields()
    assert not claims.add()
    assert "Enter the day" in claims.reason.text()
    assert page.viewmodel.of(ANNE).claims == ()


def test_all_are_approved_and_the_claims_are_saved(
    page: HoursView, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter_claim(page)
    tab_to(page.all_button)
    press(Qt.Key.Key_Space)
    assert [row(page, at)[-1] for at in range(3)] == ["Thu 10 Apr 2025", "", "Thu 10 Apr 2025"]
    assert not page.all_button.isEnabled()
    out = tmp_path / "claims.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(out), ""))
    with qtbot.waitSignal(page.viewmodel.claims_saved):
        QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert out.exists()
    with qtbot.waitSignal(page.viewmodel.claims_saved):
        page.print_button.click()


def test_a_claim_that_was_being_typed_comes_back(page: HoursView) -> None:
    typed(page.claims.miles, "18")
    kept = page.typed()
    page.claims.empty_fields()
    assert page.typed() == {}
    assert page.bring_typed(kept).startswith("A claim of Anne Example")
    assert page.claims.miles.text() == "18"


def test_what_hours_come_from_is_copied_with_the_name_and_in_minutes(page: HoursView) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(page.table, Qt.Key.Key_C, ctrl)
    heads, row = QApplication.clipboard().text().split("\n")
    hours = dict(zip(heads.split("\t"), row.split("\t"), strict=True))
    assert (hours["Volunteer"], hours["Visits"], hours["To pay"]) == ("Anne Example", "1", "0")
    page.lines.setFocus()
    QTest.keyClick(page.lines, Qt.Key.Key_A, ctrl)
    QTest.keyClick(page.lines, Qt.Key.Key_C, ctrl)
    _, *lines = QApplication.clipboard().text().split("\n")
    minutes = [line.split("\t")[3] for line in lines]
    assert {line.split("\t")[0] for line in lines} == {"Anne Example"}
    assert sum(int(part or 0) for part in minutes) == int(hours["Minutes"])
