from datetime import date, datetime

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.time_field import TimeField


@pytest.fixture
def time_field(qtbot: QtBot) -> TimeField:
    made = TimeField("Arrived", lambda: datetime(2025, 4, 10, 9, 5))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def date_field(qtbot: QtBot) -> DateField:
    made = DateField("Date", today=date(2025, 4, 10))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("typed", ["1430", "14.30", "14:30", "2:30pm", " 2:30 PM "])
def test_a_time_is_taken_as_people_type_it(qtbot: QtBot, time_field: TimeField, typed: str) -> None:
    qtbot.keyClicks(time_field.edit, typed)
    qtbot.keyClick(time_field.edit, Qt.Key.Key_Return)
    assert (time_field.text(), time_field.minute(), time_field.error()) == ("14:30", 870, "")


def test_a_wrong_time_is_kept_as_typed_with_the_reason_beneath(
    qtbot: QtBot, time_field: TimeField
) -> None:
    qtbot.keyClicks(time_field.edit, "25:61")
    qtbot.keyClick(time_field.edit, Qt.Key.Key_Return)
    assert time_field.text() == "25:61"
    assert time_field.minute() is None
    assert "not a time of day" in time_field.reason.text()
    assert time_field.reason.isVisible()
    assert time_field.edit.property("wrong") is True
    assert time_field.edit.accessibleDescription() == time_field.reason.text()


def test_the_reason_goes_as_soon_as_the_time_can_be_read(
    qtbot: QtBot, time_field: TimeField
) -> None:
    time_field.set_text("99")
    assert time_field.reason.text()
    time_field.edit.clear()
    qtbot.keyClicks(time_field.edit, "9:30")
    assert not time_field.reason.isVisible()
    assert time_field.edit.property("wrong") is False


def test_now_stamps_the_minute_and_tells(qtbot: QtBot, time_field: TimeField) -> None:
    [stamp] = time_field.findChildren(QPushButton)
    assert stamp.accessibleName() == "Arrived: now"
    with qtbot.waitSignals([time_field.changed, time_field.stamped]):
        qtbot.mouseClick(stamp, Qt.MouseButton.LeftButton)
    assert time_field.text() == "09:05"


@pytest.mark.parametrize("typed", ["4/3/2024", "4.3.24", "2024-03-04", "4 March 2024"])
def test_a_date_is_taken_as_people_type_it(qtbot: QtBot, date_field: DateField, typed: str) -> None:
    qtbot.keyClicks(date_field.edit, typed)
    qtbot.keyClick(date_field.edit, Qt.Key.Key_Return)
    assert (date_field.text(), date_field.day()) == ("Mon 4 Mar 2024", date(2024, 3, 4))


def test_a_day_that_never_was_is_told(qtbot: QtBot, date_field: DateField) -> None:
    qtbot.keyClicks(date_field.edit, "30/2/2024")
    qtbot.keyClick(date_field.edit, Qt.Key.Key_Return)
    assert date_field.text() == "30/2/2024"
    assert "no such day" in date_field.reason.text()


def test_the_calendar_opens_on_today_and_picks_a_day(qtbot: QtBot, date_field: DateField) -> None:
    qtbot.mouseClick(date_field.pick, Qt.MouseButton.LeftButton)
    calendar = date_field._calendar
    assert calendar is not None
    assert calendar.isVisible()
    assert calendar.selectedDate() == QDate(2025, 4, 10)
    with qtbot.waitSignal(date_field.changed):
        calendar.clicked.emit(QDate(2025, 4, 1))
    assert not calendar.isVisible()
    assert date_field.day() == date(2025, 4, 1)


def test_setting_a_time_or_a_day_tells_nobody(
    qtbot: QtBot, time_field: TimeField, date_field: DateField
) -> None:
    told: list[str] = []
    time_field.changed.connect(lambda: told.append("time"))
    date_field.changed.connect(lambda: told.append("date"))
    time_field.set_minute(600)
    date_field.set_day(date(2024, 3, 4))
    assert (time_field.text(), date_field.text(), told) == ("10:00", "Mon 4 Mar 2024", [])
