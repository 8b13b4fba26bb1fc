"""What is typed in a form or a dialog and isn't saved is there again after a lock, and says so."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN, SUITE, furnish, make_visit, sign
from tests.conftest import NOW
from visitapp import bootstrap
from visitapp.domain.errors import StorageError
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services.records.typed import TypedService
from visitapp.settings import Settings
from visitapp.ui import keeper
from visitapp.ui.frame import moved_file
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.session import Session
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.unlock.view import UnlockView
from visitapp.ui.widgets import form_fields
from visitapp.ui.widgets.dialogs import ReasonDialog
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.picker import Picker

WRONG = "no such thing"


class Window:
    """A window with the builders' records, which locks by itself and is unlocked again."""

    def __init__(self, qtbot: QtBot, made: MainWindow, path: Path, key: bytes) -> None:
        self.qtbot, self.window, self._path, self._key = qtbot, made, path, key
        self.unlock()

    def unlock(self) -> None:
        session = self.window.session
        with self.qtbot.waitSignal(session.opened, timeout=20_000):
            session.jobs.run(
                lambda: bootstrap.open_with_key(
                    self._path, self._key, hold=True, clock=lambda: NOW
                ),
                owner=session,
                done=session.adopt,
            )
        self.rest()

    def lock(self) -> None:
        self.window.lock_when_idle()
        self.rest()
        assert isinstance(self.window.centralWidget(), UnlockView)

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.session.jobs.is_busy, timeout=30_000)
        QApplication.processEvents()

    @property
    def page(self) -> Any:
        assert self.window.shell is not None
        return self.window.shell.page

    def at(self, name: str, target: object = None) -> Any:
        self.window.go(name, target)
        self.rest()
        return self.page

    @property
    def said(self) -> list[str]:
        return [banner.sentence for banner in self.page.banners()]


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance, records: Path, key: bytes) -> Iterator[Window]:
    with bootstrap.open_with_key(records, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit(NOW.date()))
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.resize(1366, 720)
    made.show()
    yield Window(qtbot, made, records, key)
    made.close()
    made.session.end()
    made.deleteLater()


def retype(qtbot: QtBot, field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)


def filled(qtbot: QtBot, form: QWidget) -> dict[str, Any]:
    """Write in each field of a form in sight; what stands there then."""
    for number, edit in enumerate(form.findChildren(QLineEdit)):
        if edit.isVisibleTo(form) and edit.isEnabled() and not isinstance(edit.parent(), Picker):
            retype(qtbot, edit, f"1{number}")
    return form_fields.named(form)


SECTIONS = [
    "office", "body", "schemes", "sites", "timeslots", "lists", "questions", "copies", "animals",
    "rates", "throughput", "earlier",
]  # fmt: skip


def test_every_form_of_settings_is_there_again(window: Window, qtbot: QtBot) -> None:
    page = window.at("settings")
    typed = {}
    for name in SECTIONS:
        page.show_section(name)
        section = page.section
        if isinstance(section, EntriesSection):
            section.add()
            form: QWidget = section._panel
        else:
            form = section
        typed[name] = filled(qtbot, form)
        assert section.typed(), name
    window.lock()
    window.unlock()
    assert len(window.said) == 1
    assert "Office" in window.said[0]
    assert "Value of an hour" in window.said[0]
    again = window.page
    for name in SECTIONS:
        again.show_section(name)
        form = getattr(again.section, "_panel", again.section)
        assert form_fields.named(form) == typed[name], name
    assert again.typed().keys() == typed.keys()
    for name in SECTIONS:
        again.show_section(name)
        again.section.cancel()
    assert again.banners() == ()
    window.lock()
    window.unlock()
    assert window.page.typed() == {}
    assert window.said == []


def test_rows_and_wrong_words_of_settings_are_there_as_they_were_typed(
    window: Window, qtbot: QtBot
) -> None:
    section = window.at("settings", "sites").section
    section.show_item(SUITE)
    section.open.add()
    section.open.table.edit(section.open.table.model().index(1, 0))
    editor = section.open.table.viewport().findChild(QLineEdit)
    qtbot.keyClicks(editor, "1/2/2031")
    section.grid.lineEdit().selectAll()
    qtbot.keyClicks(section.grid.lineEdit(), WRONG)
    window.lock()
    window.unlock()
    section = window.page.section
    assert section.item.id == SUITE
    assert section.open.rows[1][0] == "1/2/2031"
    assert section.grid.currentText() == WRONG
    section.press_save()
    assert section.reason.text() == f"\u201c{WRONG}\u201d is not in the list. Choose from the list."


def test_a_person_that_is_being_added_or_changed_is_there_again(
    window: Window, qtbot: QtBot
) -> None:
    page = window.at("people")
    page.add()
    retype(qtbot, page.form.given_name, "Zadie Newcomer")
    retype(qtbot, page.form.vetted.edit, "1/2/2031")
    page.form.parts[0].status.lineEdit().selectAll()
    qtbot.keyClicks(page.form.parts[0].status.lineEdit(), WRONG)
    page.form.join(page.viewmodel.schemes[1].id)
    window.lock()
    window.unlock()
    page = window.page
    assert window.said == ["The person you were adding is still here, but is not saved yet."]
    assert page.form.given_name.text() == "Zadie Newcomer"
    assert page.form.vetted.text() == "Sat 1 Feb 2031"
    assert [part.status.currentText() for part in page.form.parts] == [WRONG, "Active"]
    assert not page.form.save()
    said = page.form.parts[0]._status_row.error()
    assert said == f"\u201c{WRONG}\u201d is not in the list. Choose from the list."
    page.form.parts[0].status.set_key("ACTIVE")
    assert page.form.save()
    assert window.said == []
    page.open_target(ANNE)
    page.edit()
    retype(qtbot, page.form.given_name, "Anne Renamed")
    page._give_up()
    window.lock()
    window.unlock()
    assert not window.page.is_editing


def test_a_leaving_that_is_being_recorded_is_there_again(window: Window, qtbot: QtBot) -> None:
    page = window.at("people", BEN)
    page.leave()
    retype(qtbot, page.leaving.day.edit, "3/4/2025")
    page.leaving.why.lineEdit().selectAll()
    qtbot.keyClicks(page.leaving.why.lineEdit(), WRONG)
    next(iter(page.leaving.ticks.values())).click()
    window.lock()
    window.unlock()
    leaving = window.page.leaving
    assert leaving.isVisible()
    assert leaving.day.text() == "Thu 3 Apr 2025"
    assert not next(iter(leaving.ticks.values())).isChecked()
    assert not leaving.save()
    assert leaving.reason.text() == f"\u201c{WRONG}\u201d is not in the list. Choose from the list."


def test_days_away_that_are_being_added_are_there_again(window: Window, qtbot: QtBot) -> None:
    page = window.at("availability", BEN)
    retype(qtbot, page.away.first.edit, "3/4/2025")
    retype(qtbot, page.wishes.last.edit, "some day")
    window.lock()
    window.unlock()
    assert window.page.place() == BEN
    assert window.page.away.in_fields() == ["Thu 3 Apr 2025", ""]
    assert window.page.wishes.in_fields() == ["", "some day"]


def in_dialog(act: Callable[[], object], then: Callable[[ReasonDialog], object]) -> None:
    """Open a dialog by `act`, and go on with it once it is in sight."""

    def go_on() -> None:
        found = QApplication.activeModalWidget()
        assert isinstance(found, ReasonDialog)
        then(found)

    QTimer.singleShot(0, go_on)
    act()


def test_a_reason_typed_in_a_dialog_is_there_when_it_is_opened_again(
    window: Window, qtbot: QtBot
) -> None:
    act = "_on_withdraw"
    page = window.at("visits")
    page.open_target(page.context.services.visits.page(VisitQuery()).rows[0].id)
    texts: list[str] = []

    def write_and_lock(dialog: ReasonDialog) -> None:
        qtbot.keyClicks(dialog.area, "Wrong site chosen")
        window.lock()

    def look(dialog: ReasonDialog) -> None:
        texts.append(dialog.area.text())
        dialog.reject()

    in_dialog(getattr(page, act), write_and_lock)
    window.rest()
    window.unlock()
    assert len(window.said) == 1
    assert window.said[0].endswith("is still here. Open it again to continue.")
    in_dialog(getattr(window.page, act), look)
    in_dialog(getattr(window.page, act), look)  # after Cancel it is given up
    assert texts == ["Wrong site chosen", ""]


def test_it_is_kept_while_somebody_types_and_told_wherever_the_next_start_begins(
    window: Window, qtbot: QtBot
) -> None:
    page = window.at("people", ANNE)
    page.edit()
    retype(qtbot, page.form.given_name, "Anne Renamed")
    service = page.context.services.typed
    qtbot.waitUntil(lambda: service.unsaved().get("people", {}).get("given") == "Anne Renamed")
    window.window._return_to = None
    page.context.stop_keeping_typed()  # as after a kill: nothing more is kept
    window.lock()
    window.window._return_to = None
    window.unlock()
    assert window.said == ["What you typed under People is still here, but it is not saved yet."]
    window.page.banners()[0].buttons[0].click()
    window.rest()
    assert window.page.form.given_name.text() == "Anne Renamed"


def test_a_full_disk_is_said_and_nothing_typed_is_lost(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_AGAIN_MS", 50)
    page: Page = window.at("people", ANNE)
    page.edit()

    def refuse(*_: object) -> None:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(TypedService, "keep", refuse)
        retype(qtbot, page.form.given_name, "Anne Renamed")
        qtbot.waitUntil(lambda: bool(page.banners()))
        assert window.said == [f"The disk is full. {keeper.KEPT_HERE}"]
        assert not window.window._may_leave(asks=False)
    qtbot.waitUntil(lambda: page.banners() == ())


def test_what_is_typed_while_the_file_is_moved_comes_back(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, records: Path
) -> None:
    monkeypatch.setattr(moved_file, "_SOON_MS", 600_000)
    page = window.at("people", ANNE)
    page.edit()
    away = records.with_name("elsewhere.visits")
    records.rename(away)
    retype(qtbot, page.form.given_name, "Anne Renamed")
    window.lock()  # it does lock
    away.rename(records)
    window.unlock()
    assert window.page.form.given_name.text() == "Anne Renamed"


def test_a_passphrase_that_is_being_typed_is_never_kept(window: Window, qtbot: QtBot) -> None:
    section = window.at("settings", "passphrase").section
    for field in (section.old, section.new, section.again):
        qtbot.keyClicks(field.edit, "correct horse battery staple")
    assert window.page.prepare_to_leave() == ""
    assert window.page.context.services.typed.unsaved() == {}


def test_wrong_words_for_how_far_a_site_is_change_nothing(window: Window, qtbot: QtBot) -> None:
    page = window.at("availability", BEN)
    picker = page._pickers[SUITE]
    picker.set_key(2)
    picker.chosen.emit(2)
    qtbot.keyClicks(picker.lineEdit(), WRONG)
    picker.lineEdit().editingFinished.emit()
    assert picker.error()
    assert page.context.services.availability.of(BEN).travel[SUITE] == 2
