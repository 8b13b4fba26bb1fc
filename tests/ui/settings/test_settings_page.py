"""The page Settings over a real file: what is typed, kept, and told."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.modeltest import ModelTester
from sqlalchemy import text

from tests.builders import SUITE, make_visit, sign
from tests.ui import looking
from tests.ui.settings.settings_page import at_section, cells, page, shown, words
from visitapp import bootstrap
from visitapp.domain.changes import Changes
from visitapp.domain.errors import WrongPassphraseError
from visitapp.domain.office.body import Law
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.ui.context import Context
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.settings.view import _OF_FILE
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.rows_tablemodel import RowsTableModel
from visitapp.ui.widgets.tablemodel import EntryTableModel, ListEntry

__all__ = ["page"]

WEDNESDAY = date(2025, 3, 5)
YEAR = APRIL_YEARS.year_of(WEDNESDAY)
SMALLEST, USUAL = (704, 496), (1170, 712)
"""The page in the least window, and on a small laptop."""
OF_FILE = tuple(_OF_FILE)


# -- models --------------------------------------------------------------------------------


def test_the_models_behave(qtmodeltester: ModelTester, page):
    entry_tablemodel = EntryTableModel(("Name", "Number"), numbers=(1,))
    entry_tablemodel.show([ListEntry(object(), ("a", "1")), ListEntry(object(), ("b", "2"))])
    qtmodeltester.check(entry_tablemodel)
    rows_tablemodel = RowsTableModel(("Name", "Mon"), ("", False), "Row of days")
    rows_tablemodel.show([["a", True], ["b", False]])
    qtmodeltester.check(rows_tablemodel)


def test_each_cell_of_a_row_reads_as_a_sentence():
    rows_tablemodel = RowsTableModel(("Name", "Mon"), ("", False), "Row of days")
    rows_tablemodel.show([["Week", True], ["", False]])
    said = [
        rows_tablemodel.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(2)
        for column in range(2)
    ]
    assert said == [
        "Row of days 1, Name: Week",
        "Row of days 1, Mon: ticked",
        "Row of days 2, Name: empty",
        "Row of days 2, Mon: not ticked",
    ]


# -- conflicts, and nothing lost -----------------------------------------------------------


def test_a_conflict_shows_what_is_stored_now_with_a_sentence(page):
    section = at_section(page, "sites")
    site = page.context.services.setup.sites()[0]
    page.context.services.setup.save_site(replace(site, name="Northgate Road"))
    section.name.setText("Mine")
    section.press_save()
    assert "changed somewhere else" in section.reason.text()
    assert section.name.text() == "Northgate Road"
    section.name.setText("Mine")
    section.press_save()
    assert page.context.services.setup.sites()[0].name == "Mine"


def test_what_is_typed_survives_changes_elsewhere_and_other_rows(page):
    section = at_section(page, "sites")
    section.name.setText("Half typed")
    page.context.changed.emit(Changes.SITES)
    assert section.name.text() == "Half typed"
    section.table.setCurrentIndex(section.tablemodel.index(1, 0))
    assert section.name.text() == "Half typed"
    assert section.reason.text() == "Save or cancel your changes here first."
    section.cancel()
    section.table.setCurrentIndex(section.tablemodel.index(1, 0))
    assert section.name.text() == "Northgate"


def test_a_change_elsewhere_shows_where_nothing_is_typed(page):
    section = at_section(page, "sites")
    site = page.context.services.setup.sites()[0]
    page.context.tell(page.context.services.setup.save_site(replace(site, name="Elsewhere")))
    assert section.name.text() == "Elsewhere"
    page.hide()
    page.context.tell(
        page.context.services.setup.save_site(
            replace(page.context.services.setup.sites()[0], name="While hidden")
        )
    )
    page.show()
    assert section.name.text() == "While hidden"


# -- this copy, backup, passphrase ---------------------------------------------------------


def test_taste_changes_at_once_and_is_no_part_of_the_file(page):
    section = at_section(page, "copy")
    section.theme.segments()[2].click()
    section.text.set_key(150)
    section._on_text(150)
    assert page.context.preferences.settings.theme == "dark"
    assert page.context.preferences.settings.text_percent == 150
    section.lock.setText("0")
    section.press_save()
    assert section.lock_row.error() == "Enter a number of minutes from 1 to 240."
    section.lock.setText("25")
    section.press_save()
    assert page.context.preferences.settings.lock_minutes == 25
    assert section.done_text == "visitapp locks after 25 minutes without use."


def test_the_name_shown_to_others_is_kept_in_the_file(page, records, key):
    section = at_section(page, "copy")
    assert section.name_row.hint.text() == "You are using visitapp as a volunteer manager."
    section.name.setText("Mary Otherwise")
    section.press_save()
    with bootstrap.open_with_key(records, key) as again:
        assert again.services.setup.account() == Actor("Mary Otherwise", Role.MANAGER)


def test_a_backup_on_itself_is_refused_with_a_sentence(
    furnished_context, records, qtbot, monkeypatch, settle
):
    page = shown(furnished_context, qtbot, "backup")
    monkeypatch.setattr("visitapp.ui.settings.backup.ask_backup", lambda *_: records)
    page.section.ask_where()
    settle(page.context)
    assert "can't replace the records" in page.section.reason.text()


def test_the_file_is_checked_and_what_is_wrong_is_said(furnished_context, opened, qtbot, settle):
    visit = sign(opened.services, make_visit(WEDNESDAY))
    page = shown(furnished_context, qtbot, "backup")
    page.section.check_button.click()
    settle(page.context)
    assert page.section.done_text == "No damage was found in the file."
    with opened.database.transaction() as connection:
        connection.execute(text("UPDATE visit SET weekday = 6"))
    page.section.check_button.click()
    settle(page.context)
    assert not page.section.done_text
    assert page.section.reason.text().startswith(f"Visit {visit.ref}: the day, weekday or time")
    assert page.section.count_button.isHidden()


def test_answers_that_were_miscounted_are_counted_again_where_the_check_said_so(
    furnished_context, opened, qtbot, settle
):
    page = shown(furnished_context, qtbot, "backup")
    with opened.database.transaction() as connection:
        connection.execute(
            text("INSERT INTO counted_month VALUES ('2025-03-01', 'q', 1, 'A', 'x', 'y', 1, 0, 0)")
        )
    page.section.check_button.click()
    settle(page.context)
    assert "Count the answers again." in page.section.reason.text()
    page.section.count_button.click()
    settle(page.context)
    assert page.section.count_button.isHidden()
    assert page.section.done_text == "The answers of all reports were counted again."
    page.section.check_button.click()
    settle(page.context)
    assert page.section.done_text == "No damage was found in the file."


def test_a_backup_is_saved_passphrase_and_code_are_changed_and_the_old_ones_open_nothing(
    tmp_path, qtbot, jobs, settle, monkeypatch
):
    """One story, as each key takes a moment to make."""
    path, out = tmp_path / "own.visits", tmp_path / "copy.visits"
    old_code = bootstrap.create_file(path, "seven quiet otters knitting")
    with bootstrap.open_with_passphrase(path, "seven quiet otters knitting") as opened:
        page = shown(Context(opened.services, jobs), qtbot, "backup")
        assert page.section.last.text() == "No backup has been saved yet."
        monkeypatch.setattr("visitapp.ui.settings.backup.ask_backup", lambda *_: out)
        with qtbot.waitSignal(page.context.backed_up, timeout=20_000):
            qtbot.mouseClick(page.section.save_button, Qt.MouseButton.LeftButton)
        assert page.section.last.text().startswith("Last verified backup: today at ")
        assert page.section.done_text == "Backup saved as copy.visits"
        page.show_section("passphrase")
        section = page.section
        for field, typed in (
            (section.old, "seven quiet otters knitting"),
            (section.new, "eleven brave herons whistle"),
            (section.again, "eleven brave herons whistled"),
        ):
            field.edit.setText(typed)
        section.change()
        assert "differ" in section.reason.text()
        section.again.edit.setText("eleven brave herons whistle")
        section.change()
        settle(page.context)
        assert section.done_text.startswith("Passphrase changed.")
        assert not section.new.text()
        monkeypatch.setattr(SureDialog, "ask", lambda *_: True)
        section.renew()
        settle(page.context)
        code = section.sheet.code.text()
        assert code != old_code
        assert section.sheet.code.isVisible()
        section.sheet.ready.emit()
        assert section.sheet is None
        assert code not in words(page)
    with pytest.raises(WrongPassphraseError):
        bootstrap.open_with_passphrase(path, "seven quiet otters knitting")
    bootstrap.open_with_code(path, code).close()
    bootstrap.open_with_passphrase(out, "seven quiet otters knitting").close()


# -- the page ------------------------------------------------------------------------------


def test_a_visitors_copy_changes_only_itself(records, key, jobs, qtbot):
    with bootstrap.open_with_key(records, key) as opened:
        opened.services.setup.set_account(Actor("Vera Visitor", Role.VISITOR))
    with bootstrap.open_with_key(records, key) as opened:
        page = shown(Context(opened.services, jobs), qtbot)
        assert list(page._buttons) == ["copy", "joined", "backup", "passphrase"]
        page.open_target("rates")
        assert page.place() == "copy"
        assert page.section.name_row.hint.text() == "You are using visitapp as a visitor."


def test_sections_are_gone_through_by_keys_and_by_target(page, qtbot):
    page.open_target("sites")
    assert page.place() == "sites"
    page._buttons["sites"].setFocus()
    modifier = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(page._buttons["sites"], Qt.Key.Key_PageDown, modifier)
    assert page.place() == "groups"
    qtbot.keyClick(page._buttons["groups"], Qt.Key.Key_PageUp, modifier)
    qtbot.keyClick(page._buttons["sites"], Qt.Key.Key_PageUp, modifier)
    assert page.place() == "schemes"


def test_sections_are_left_from_a_list_to_choose_from_without_choosing(page, qtbot):
    page.open_target("body")
    law = page.section.law
    law.set_key(Law.SCOTLAND)
    law.setFocus()
    for key, place in ((Qt.Key.Key_PageUp, "office"), (Qt.Key.Key_PageDown, "schemes")):
        page.show_section("body")
        qtbot.keyClick(law.lineEdit(), key, Qt.KeyboardModifier.ControlModifier)
        assert (page.place(), law.key()) == (place, Law.SCOTLAND)


def test_a_narrow_window_has_the_sections_in_a_list_to_choose_from(page, qtbot):
    page.resize(*SMALLEST)
    assert not page._list.isVisible()
    page.section.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    for place in ("body", "schemes"):
        qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_PageDown, control)
        assert page.place() == place
        assert page._drop.currentText() == page.section.title
    page.resize(*USUAL)
    assert page._list.isVisible()
    assert not page._drop.isVisible()


@pytest.mark.parametrize("name", [*OF_FILE, "copy", "backup", "passphrase"])
def test_every_section_fits_has_names_and_keeps_its_action_in_sight(
    demo_context, name, appearance: Appearance, qtbot, request
):
    page = shown(demo_context, qtbot, name)
    between = [(USUAL, 150)] if request.config.getoption("--long") else []
    for size, percent in ((SMALLEST, 100), (USUAL, 100), *between, (USUAL, 200)):
        page.resize(*size)
        appearance.choose("light", percent)
        qtbot.waitUntil(page.section.isVisible)
        for _ in range(3):
            QApplication.processEvents()
        assert looking.cut_at_rest(page) == []
        assert looking.primary_out_of_sight(page, page) == []
        assert page.findChild(QScrollArea).horizontalScrollBar().maximum() == 0
    assert looking.nameless(page) == []
    assert looking.out_of_order(page) == []


def test_the_demonstration_fills_every_section(demo_context, qtbot):
    page = shown(demo_context, qtbot)
    for name in OF_FILE:
        if name not in ("office", "animals", "earlier", "register", "readers_copy", "next_manager"):
            assert cells(at_section(page, name)), name
    rates = at_section(page, "rates")
    assert "£18.3515" in [row[2] for row in cells(rates)]
    sites = at_section(page, "sites")
    assert {"Euston Street", "Keyham Lane"} <= {row[0] for row in cells(sites)}


def test_periods_of_throughput_read_as_years(page):
    section = at_section(page, "throughput")
    section.site.set_key(SUITE)
    section.number.setText("5")
    section.press_save()
    assert cells(section) == [["2024/25", "Northgate", "5"]]
    assert section.item.period == Period(date(2024, 4, 1), date(2025, 3, 31))


def test_a_printed_line_is_compared_and_the_state_of_the_ledger_is_shown(
    furnished_context, opened, qtbot, settle
):
    sign(opened.services, make_visit(WEDNESDAY))
    printed = opened.services.maintenance.look().anchor
    sign(opened.services, make_visit(WEDNESDAY))
    page = shown(furnished_context, qtbot, "backup")
    section = page.section
    section.check_button.click()
    settle(page.context)
    assert section.state.text().startswith("Ledger: ")
    qtbot.keyClicks(section.printed, printed.text.lower().replace("-", ""))
    qtbot.keyClick(section.printed, Qt.Key.Key_Return)
    assert section.compared.text().startswith("These records contain everything they had")
    assert section.compared.isVisibleTo(section)
    section.printed.setText(f"{printed.entries} 0000-0000-0000")
    section.compare_button.click()
    assert not section.compared.isVisibleTo(section)
    assert "Entries were removed or changed" in section._printed_row.reason.text()
    section.printed.setText("nothing")
    section.compare_button.click()
    assert section._printed_row.reason.text().startswith("Type the line from the page")


def test_a_backup_says_at_once_what_is_wrong(
    furnished_context, locked, opened, qtbot, monkeypatch, settle, tmp_path
):
    sign(opened.services, make_visit(WEDNESDAY))
    with opened.database.transaction() as connection:
        connection.execute(text("UPDATE visit SET summary = 'Fine.'"))
    page = shown(furnished_context, qtbot, "backup")
    monkeypatch.setattr("visitapp.ui.settings.backup.ask_backup", lambda *_: tmp_path / "copy")
    page.section.ask_where()
    settle(page.context)
    assert "its report is not as it was signed" in page.section.reason.text()
    assert (tmp_path / "copy").is_file()
