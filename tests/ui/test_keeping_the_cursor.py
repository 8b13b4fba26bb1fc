"""The cursor is never lost: it goes on where the work goes on, and past no other place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import make_visit, sign
from tests.ui.hearing import Role, heard
from tests.ui.keyboard import Key, focus, press
from tests.ui.log.drafts import whole_of
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.draft.report_sections import CHECK
from visitapp.domain.office.scheme import Kind
from visitapp.ui.context import Context
from visitapp.ui.frame.shell import Shell
from visitapp.ui.log.view import LogView
from visitapp.ui.visits.view import VisitsView
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.page import Page

CONTROL = Qt.KeyboardModifier.ControlModifier
Settle = Callable[[Context], None]


@pytest.fixture
def shell(furnished_context: Context, qtbot: QtBot) -> Shell:
    """The inside of the window."""
    made = Shell(furnished_context)
    qtbot.addWidget(made)
    made.resize(1366, 712)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def passed(qapp: QApplication) -> list[QWidget]:
    """What the cursor comes to from now on."""
    found: list[QWidget] = []

    def note(_before: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            found.append(now)

    qapp.focusChanged.connect(note)
    yield found
    qapp.focusChanged.disconnect(note)


def test_from_section_to_section_the_cursor_passes_nothing_else(
    shell: Shell, passed: list[QWidget]
) -> None:
    services = shell._context.services
    scheme = next(one.id for one in services.setup.schemes() if one.kind is Kind.CUSTODY)
    draft, _ = services.drafts.begin(scheme)
    content = whole_of(Kind.CUSTODY)
    draft = services.drafts.save(replace(draft, report=typed_report(content), section="visit"))
    shell.go("log", draft.id)
    page = shell.page
    assert isinstance(page, LogView)
    for section in [*[one.key for one in page.viewmodel.sections()][1:], CHECK]:
        passed.clear()
        press(Key.Key_PageDown, CONTROL)
        QApplication.processEvents()
        assert page.viewmodel.keeper.section == section
        assert len(passed) == 1, (section, passed)
        assert page.form.isAncestorOf(passed[0])
    passed.clear()
    press(Key.Key_PageUp, CONTROL)
    QApplication.processEvents()
    assert page.viewmodel.keeper.section != CHECK
    assert len(passed) == 1, passed
    assert page.form.isAncestorOf(passed[0])


def test_another_way_to_count_keeps_the_cursor(shell: Shell, qtbot: QtBot) -> None:
    shell.go("log", Kind.CUSTODY)
    page = shell.page
    assert isinstance(page, LogView)
    page.form.open_section("detainees")
    ways = page.form.sections["detainees"].ways  # type: ignore[attr-defined]
    for made in ways.segments():
        made.setFocus()
        press(Key.Key_Space)
        QApplication.processEvents()
        assert focus() is made
        assert made.isChecked()


def test_what_had_the_cursor_goes_and_the_next_thing_of_the_page_has_it(
    furnished_context: Context, qtbot: QtBot, passed: list[QWidget]
) -> None:
    window = QWidget()
    first = button("Outside")
    page = Page(furnished_context, "A page")
    column = QVBoxLayout(window)
    column.addWidget(first)
    column.addWidget(page)
    one, two, three = (button(word) for word in ("One", "Two", "Three"))
    for made in (one, two, three):
        page.body.addWidget(made)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    for gone, then in ((two, three), (three, one), (one, page)):
        gone.setFocus()
        passed.clear()
        if gone is three:
            gone.setEnabled(False)
        else:
            gone.hide()
        qtbot.waitUntil(lambda: bool(passed))
        assert passed == [then]


def test_a_locked_report_is_read_line_by_line(furnished_context: Context, qtbot: QtBot) -> None:
    visit = sign(furnished_context.services, make_visit(date(2025, 3, 5), summary="Calm."))
    page = VisitsView(furnished_context)
    qtbot.addWidget(page)
    page.resize(1170, 712)
    with qtbot.waitExposed(page):
        page.show()
    page.open_target(visit.id)
    read = [focus().accessibleName()]
    while True:
        press(Key.Key_Down)
        if focus().accessibleName() == read[-1]:
            break
        read.append(focus().accessibleName())
    assert read[0].startswith("Suite: ")
    assert any(line.startswith("Summary: ") and "Calm." in line for line in read)
    lines = [one for one in heard(page.detail) if one.role is Role.ListItem]
    assert [one.name for one in lines] == read
    assert {one.within[-1][0] for one in lines} == {Role.List}
    last = focus()
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
    press(Key.Key_Home)
    assert focus().accessibleName() == read[0]
    press(Key.Key_Tab)
    assert focus() is page.back
    press(Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focus().accessibleName() == read[0]


def test_answers_are_read_line_by_line_before_they_are_signed(shell: Shell) -> None:
    shell.go("log", Kind.CUSTODY)
    page = shell.page
    assert isinstance(page, LogView)
    page.form.open_section(CHECK)
    press(Key.Key_Down)
    first = focus().accessibleName()
    assert first.startswith("Suite: ")
    press(Key.Key_Down)
    assert focus().accessibleName().startswith("Date: ")
    press(Key.Key_Up)
    assert focus().accessibleName() == first
    press(Key.Key_Tab)
    assert focus().accessibleName() == "Change: Suite"
