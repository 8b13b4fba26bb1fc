"""The page Meetings: a meeting added, its actions done and its papers saved, by keys alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN
from tests.reporting.meeting_papers import HELD, meeting
from visitapp.domain.office.meeting import MeetingAction, MeetingKind, MeetingMode
from visitapp.ui.context import Context
from visitapp.ui.meetings.view import MeetingsView


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> MeetingsView:
    view = MeetingsView(furnished_context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    return view


def typed(*words: str) -> None:
    """Type words into the fields that Tab comes to, from the one with the cursor on."""
    for word in words:
        QTest.keyClicks(QApplication.focusWidget(), word)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)


def tab_to(widget: object, qtbot: QtBot) -> None:
    been = []
    for _ in range(40):
        been.append(QApplication.focusWidget().accessibleName())
        if QApplication.focusWidget() is widget:
            return
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {widget}, but to {been}.")


def test_a_meeting_is_added_with_who_came_and_an_action_by_keys_alone(
    page: MeetingsView, qtbot: QtBot
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_Insert)
    qtbot.waitUntil(page.form.day.edit.hasFocus)
    typed("15/1/2025")
    tab_to(page.form.length, qtbot)
    typed("105", "Committee Room 2", "Mary Manager", "The inspector")
    tab_to(page.form.record, qtbot)
    typed("The lamps were raised.")
    tab_to(page.form.team.table, qtbot)
    names = [row[0] for row in page.form.team.rows]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Right,
                Qt.Key.Key_Space):  # fmt: skip
        QTest.keyClick(page.form.team.table, key)
    tab_to(page.form.agreed.add_button, qtbot)
    QTest.keyClick(page.form.agreed.add_button, Qt.Key.Key_Space)
    QTest.keyClicks(page.form.agreed.table, "F")
    QTest.keyClicks(QApplication.focusWidget(), "ind a room")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(page.form.agreed.table.hasFocus)
    tab_to(page.save_button, qtbot)
    QTest.keyClick(page.save_button, Qt.Key.Key_Space)
    (saved,) = page.context.services.meetings.meetings()
    ids = {person.name: person.id for person in page.context.services.people.people()}
    assert saved.held_on == date(2025, 1, 15)
    assert (saved.kind, saved.mode, saved.length) == (MeetingKind.TEAM, MeetingMode.HYBRID, 105)
    assert (saved.place, saved.chair) == ("Committee Room 2", "Mary Manager")
    assert saved.record == "The lamps were raised."
    assert saved.present == {ids[names[0]]}
    assert saved.apologies == {ids[names[1]]}
    assert saved.actions == (MeetingAction("Find a room"),)
    assert not page.is_editing
    assert page.current().id == saved.id
    assert page.tablemodel.index(0, 2).data() == "1 of 2"


def save(page: MeetingsView) -> None:
    page.context.tell(page.context.services.meetings.save(meeting()))


def test_an_action_is_done_by_its_link_and_the_head_counts_what_is_left(
    page: MeetingsView,
) -> None:
    save(page)
    assert page.viewmodel.facts == "1 action to do"
    links = page.details.findChildren(QPushButton)
    link = [b for b in links if b.accessibleName().startswith("Done") and b.isEnabled()][-1]
    link.click()
    assert page.current().actions[0].done_on == page.viewmodel.today
    assert page.viewmodel.facts == "0 actions to do"


def test_everyone_came_but_those_who_sent_apologies(page: MeetingsView) -> None:
    save(page)
    page.edit()
    page.form.team.tablemodel.show([(row[0], False, at == 1) for at, row in enumerate(
        page.form.team.rows)])  # fmt: skip
    page.form.all_came()
    assert [row[1:] for row in page.form.team.rows] == [(True, False), (False, True), (True, False)]


def test_what_is_wrong_is_said_and_nothing_is_saved(page: MeetingsView) -> None:
    save(page)
    page.edit()
    page.form.length.setText("long")
    assert not page.form.save()
    assert "in minutes" in page.form.reason.text()
    page.form.length.setText("90")
    page.form.agreed.show_rows([("", "Anne", "", "")])
    assert not page.form.save()
    assert "what is to be done" in page.form.reason.text()
    page.form.agreed.show_rows([("A room", "Anne", "32/1/2025", "")])
    assert not page.form.save()
    page.form.agreed.show_rows([])
    page.form.day.set_day(None)
    assert not page.form.save()
    assert "Enter the date" in page.form.reason.text()
    assert page.context.services.meetings.meetings() == (replace(meeting(), version=1),)


def test_what_was_typed_comes_back_after_a_lock_and_after_cancel(
    page: MeetingsView, furnished_context: Context, qtbot: QtBot
) -> None:
    save(page)
    page.edit()
    page.form.place.setText("Elsewhere")
    page.form.record.set_text("Other words")
    page.form.team.show_rows([(row[0], True, False) for row in page.form.team.rows])
    content = dict(page.typed())
    qtbot.keyClick(page.form, Qt.Key.Key_Escape)
    assert not page.is_editing
    other = MeetingsView(furnished_context)
    qtbot.addWidget(other)
    for view in (page, other):
        content["version"] = view.viewmodel.meeting(meeting().id).version
        assert "still here" in view.bring_typed(content)
        assert (view.form.place.text(), view.form.record.text()) == ("Elsewhere", "Other words")
        assert view.form.save()
        assert view.current().present >= {ANNE, BEN}
    assert page.bring_typed(content)
    page.form.left.emit()


def test_what_is_brought_back_undoes_no_action_that_was_done_since(page: MeetingsView) -> None:
    save(page)
    page.edit()
    page.form.place.setText("Elsewhere")
    content = dict(page.typed())
    page.form.left.emit()
    page.viewmodel.mark_done(page.current(), 0)
    page.bring_typed(content)
    assert not page.form.save()
    assert page.form.reason.text()
    (kept,) = page.context.services.meetings.meetings()
    assert kept.actions[0].done_on == page.viewmodel.today


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_the_pack_is_saved_as_the_dialog_says(
    page: MeetingsView, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    settle: Callable[[Context], None],
) -> None:  # fmt: skip
    save(page)
    out = tmp_path / f"meeting-{HELD}.{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    page.save_paper()
    settle(page.context)
    assert out.stat().st_size
    assert f"Meeting pack saved as {out.name}" in page.banners()[0].sentence


def test_earlier_minutes_are_shown_by_keys_alone(page: MeetingsView, qtbot: QtBot) -> None:
    save(page)
    assert not page.details.findChildren(QPushButton, "earlier")
    changed = replace(page.current(), record="**Nothing** was raised.")
    page.context.tell(page.context.services.meetings.save(changed))
    page.table.setFocus()
    link = page.details._earlier_link
    qtbot.waitUntil(link.isVisible)
    assert link.text() == "Show 1 earlier version"
    tab_to(link, qtbot)
    QTest.keyClick(link, Qt.Key.Key_Space)
    words = [widget.text() for widget in page.details.findChildren(QLabel)]
    assert "As saved by Mary Manager, Thu 10 Apr 2025 at 13:00" in words
    assert words.index("Nothing was raised.") < words.index(meeting().record)
    assert words.count("Find a room") == 2
