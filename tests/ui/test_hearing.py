"""What a screen reader is told of every page: role, name, value, and what belongs together."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import NOW
from tests.ui.hearing import Role, headings, heard, heard_of, wrong_in
from tests.ui.keyboard import Key, focus, press
from tests.ui.log.drafts import whole_of
from visitapp import bootstrap
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.draft.report_sections import CHECK
from visitapp.domain.office import scheme
from visitapp.domain.office.scheme import Kind
from visitapp.settings import Settings
from visitapp.ui.first_start.view import FirstStartView
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.log.questions.question_fields import ChoiceField
from visitapp.ui.log.view import LogView
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.pages import places_for
from visitapp.ui.session import Session
from visitapp.ui.settings.view import SettingsView
from visitapp.ui.visits.view import VisitsView
from visitapp.ui.widgets.segmented import Segmented


@pytest.fixture
def window(
    qtbot: QtBot, appearance: Appearance, _demonstration: Path, tmp_path: Path, key: bytes
) -> Iterator[MainWindow]:
    """The demonstration, open for its manager."""
    path = Path(shutil.copy2(_demonstration, tmp_path / "demonstration.visits"))
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.resize(1366, 720)
    made.show()
    with bootstrap.open_with_key(path, key, clock=lambda: NOW) as opened:
        made.session.adopt(opened)
        yield made
        made.close()
        made.session.end()
    made.deleteLater()


def _settled(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=30_000)
    for _ in range(3):
        QApplication.processEvents()


def test_of_every_page_is_heard_what_it_is(qtbot: QtBot, window: MainWindow) -> None:
    found = []
    for place in places_for(scheme.Role.MANAGER):
        window.go(place.name)
        _settled(qtbot, window)
        shell = window.shell
        assert shell is not None
        page = shell.page
        assert page is not None
        found += [f"{place.name}: {what}" for what in wrong_in(window)]
        assert headings(page)[0] == page.title
        said = heard(window)
        pages = [one for one in said if one.role is Role.PageTab and one.within[-1][1] == "Pages"]
        assert [one.name.split(",")[0] for one in pages if "selected" in one.states] == (
            [button.text() for name, button in shell.navigation.buttons().items()
             if name == place.name]
        )  # fmt: skip
        boxes = {one.name for one in said if one.role is Role.CheckBox}
        assert not boxes & {button.text() for button in shell.navigation.buttons().values()}
    assert found == []


@pytest.mark.parametrize("kind", list(Kind))
def test_of_every_section_of_a_report_is_heard_what_it_is(
    qtbot: QtBot, window: MainWindow, kind: Kind
) -> None:
    services = window.session.current.services
    one = next(each.id for each in services.setup.schemes() if each.kind is kind)
    draft, _ = services.drafts.begin(one)
    content = whole_of(kind)
    if kind is not Kind.CUSTODY:
        content["rows"] = []
    draft = services.drafts.save(replace(draft, report=typed_report(content), section="visit"))
    window.go("log", draft.id)
    page = window.shell.page
    assert isinstance(page, LogView)
    wrong, choices = [], 0
    for section in page.viewmodel.sections():
        page.form.open_section(section.key)
        _settled(qtbot, window)
        wrong += [f"{section.key}: {what}" for what in wrong_in(page)]
        assert section.title in headings(page)
        current = [one.name for one in heard(page.form.tasks) if "selected" in one.states]
        assert [name.split(":")[0] for name in current] == [section.title]
        for field in page.form.section(section.key).findChildren(ChoiceField):
            if field.isVisible():
                choices += 1
                _is_heard_as_radio_buttons(field)
    assert wrong == []
    assert choices > 20
    page.form.open_section(CHECK)
    assert wrong_in(page) == []
    assert "Both of you confirm" in headings(page)


def _is_heard_as_radio_buttons(field: Segmented) -> None:
    group, *answers = heard(field)
    assert group.role is Role.Grouping
    assert group.name == field.accessibleName()
    assert group.labelled_by == (group.name,)
    words = [made.text() for made in field.segments()]
    assert [one.name for one in answers] == words
    assert {one.role for one in answers} == {Role.RadioButton}
    assert [one.description.split(";")[0] for one in answers] == [
        f"{at} of {len(words)}" for at in range(1, len(words) + 1)
    ]
    assert not any(one.name.casefold() == "not checked" for one in answers)
    given = [made.isChecked() for made in field.segments()]
    assert ["checked" in one.states for one in answers] == given


def test_tab_comes_into_the_pages_at_the_one_in_sight_and_arrows_go_between(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.go("coverage")
    _settled(qtbot, window)
    buttons = window.shell.navigation.buttons()
    stops = [name for name, b in buttons.items() if b.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["coverage"]
    buttons["coverage"].setFocus()
    press(Key.Key_Down)
    names = list(buttons)
    assert focus() is buttons[names[names.index("coverage") + 1]]
    press(Key.Key_Up)
    press(Key.Key_Up)
    assert focus() is buttons[names[names.index("coverage") - 1]]
    press(Key.Key_Home)
    assert focus() is buttons["home"]
    press(Key.Key_End)
    assert focus() is buttons[names[-1]]
    assert window.shell.page_name == "coverage"
    press(Key.Key_Home)
    press(Key.Key_Space)
    assert window.shell.page_name == "home"
    assert [name for name, b in buttons.items() if b.isChecked()] == ["home"]


def test_a_reader_can_go_to_a_page_and_to_a_section(qtbot: QtBot, window: MainWindow) -> None:
    """Windows and macOS press what has the cursor of the reader, which is not that of the keys."""
    from PySide6.QtGui import QAccessible

    def press_by_reader(widget: object) -> None:
        known = QAccessible.queryAccessibleInterface(widget)
        known.actionInterface().doAction("Press")

    press_by_reader(window.shell.navigation.buttons()["settings"])
    assert window.shell.page_name == "settings"
    page = window.shell.page
    assert isinstance(page, SettingsView)
    press_by_reader(page._buttons["copy"])
    assert page.place() == "copy"
    told = [one for one in heard(page) if one.role is Role.PageTab and "selected" in one.states]
    assert [(one.name, one.within[-1]) for one in told] == [
        (page._buttons["copy"].text(), (Role.PageTabList, "Sections of Settings"))
    ]


def test_a_label_that_becomes_another_is_heard_as_it_is_now(qtbot: QtBot) -> None:
    from visitapp.ui.widgets.labels import label

    title = label("Before", "h1")
    qtbot.addWidget(title)
    title.show()
    title.setText("After")
    assert (heard_of(title).role, heard_of(title).name) == (Role.Heading, "After")
    words = label("Words")
    qtbot.addWidget(words)
    words.show()
    assert heard_of(words).role is Role.StaticText


def test_menus_of_choices_tell_the_one_in_force(window: MainWindow) -> None:
    window.go("log", Kind.CUSTODY)
    page = window.shell.page
    assert isinstance(page, LogView)
    page.form.open_section("access")
    window.go("visits")
    visits = window.shell.page
    assert isinstance(visits, VisitsView)
    for menu, current in (
        (page.form.drop.menu_of_sections(), page.viewmodel.section("access").title),
        (visits.list.scheme.menu_of_choices(), "Both schemes"),
        (visits.list.state.menu_of_choices(), "Signed"),
    ):
        ticked = [one.text() for one in menu.actions() if one.isChecked()]
        assert [words.split(":")[0] for words in ticked] == [current]
        menu.deleteLater()


def test_what_is_told_of_a_widget_goes_with_it(qtbot: QtBot) -> None:
    from visitapp.ui.widgets import accessible_roles
    from visitapp.ui.widgets.labels import label

    before = set(accessible_roles._kept)
    holder = QWidget()
    for number in range(3):
        label(f"Heading {number}", "h2").setParent(holder)
    assert len(set(accessible_roles._kept) - before) == 3
    holder.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert set(accessible_roles._kept) - before == set()


def _first_start(window: MainWindow) -> FirstStartView:
    view = window.centralWidget()
    assert isinstance(view, FirstStartView)
    return view


def test_of_what_has_no_place_among_the_pages_is_heard_what_it_is(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    found = []
    window.go("settings")
    settings = window.shell.page
    assert isinstance(settings, SettingsView)
    for name in settings._places:
        settings.show_section(name)
        _settled(qtbot, window)
        found += [f"{name}: {what}" for what in wrong_in(settings)]
        assert settings.section.title in headings(settings)
    path = window.session.current.path
    window.lock()
    _settled(qtbot, window)
    for title, show in (
        ("Welcome back", lambda: window.show_unlock(path)),
        ("Welcome.", lambda: window.show_first_start(tmp_path / "new.visits")),
        ("Join my scheme", lambda: _first_start(window).join()),
        ("Answer three questions", lambda: _first_start(window).ask_visitor()),
    ):
        show()
        _settled(qtbot, window)
        found += [f"{title}: {what}" for what in wrong_in(window)]
        assert any(one.startswith(title) for one in headings(window))
    assert found == []


def test_a_question_names_its_answers_and_shows_its_sign_for_and(qtbot: QtBot) -> None:
    from visitapp.ui.widgets.fields import FormRow
    from visitapp.ui.widgets.line_field import LineField

    field = LineField()
    row = FormRow("Food & drink", field)
    qtbot.addWidget(row)
    row.show()
    assert row.label.text() == "Food && drink"  # with a buddy, one "&" would be a shortcut
    assert heard_of(field).labelled_by == ("Food & drink",)
    assert heard_of(field).name == "Food & drink"
