"""Lists of people, and of when they can visit, come in by the window, by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.builders import BEN
from tests.services.reports.test_matching import SHAPES
from tests.ui.conftest import Settle
from tests.ui.imports.test_match_dialog import asked, choose_row, enter, go_on
from visitapp.domain.importing import REGISTER, SUBJECTS
from visitapp.exchange.columns import COLUMNS_OF
from visitapp.exchange.heading_words import column_of_heading
from visitapp.ui.imports import dialogs
from visitapp.ui.imports.match_dialog import COLUMNS, NAMES, SHEETS, WORDS
from visitapp.ui.imports.matching import plain_column
from visitapp.ui.imports.view import ImportsView


def choose(
    page: ImportsView, settle: Settle, monkeypatch: pytest.MonkeyPatch, subject: str, name: str
) -> None:
    """Say what the file has by an arrow key, and choose it."""
    monkeypatch.setattr(dialogs, "ask_spreadsheet", lambda *_: SHAPES / name)
    segments = page.files.subject.segments()
    segments[0].setFocus()
    for before in segments[: SUBJECTS.index(subject)]:
        QTest.keyClick(before, Qt.Key.Key_Right)
    assert page.viewmodel.subject == subject
    assert not page.files.choose_buttons["visits"].isVisibleTo(page)
    QTest.keyClick(page.files.choose_buttons[subject], Qt.Key.Key_Space)
    settle(page.context)


def bring_in(page: ImportsView, settle: Settle) -> None:
    assert page.focusWidget() is page.bring_button
    QTest.keyClick(page.bring_button, Qt.Key.Key_Space)
    settle(page.context)


def test_a_list_of_volunteers_comes_in_by_pressing_next(
    page: ImportsView, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, settle, monkeypatch, "people", "list_of_volunteers.xlsx")
    dialog = asked(page)
    for at in (SHEETS, COLUMNS, WORDS, NAMES):
        assert dialog.stack.currentIndex() == at
        go_on(dialog, page, settle)
    assert page.bring_button.text() == "Import 5 people"
    assert page.findings.tablemodel.rowCount() == 2  # the warnings come first
    page.findings.which.segments()[-1].click()
    assert page.findings.tablemodel.rowCount() == 5
    assert "J. Smith, new: telephone 07700900123" in page.findings.problems()[1].sentence
    bring_in(page, settle)
    assert [banner.sentence for banner in page.banners()] == [
        "3 people were added and 2 people’s entries were filled in."
    ]
    assert len(page.context.services.people.people()) == 6
    choose_again = page.files.choose_buttons["people"]
    QTest.keyClick(choose_again, Qt.Key.Key_Space)
    settle(page.context)
    assert "Nothing has changed" in page.standing.text()
    assert page.files.remembered.text() == (
        "Read like the last file with these headings. The scheme is the same as last time: "
        "Independent custody visiting."
    )


def test_somebody_is_taken_for_another_with_the_keyboard(
    page: ImportsView, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, settle, monkeypatch, "people", "people_in_two_columns.csv")
    dialog = asked(page)
    go_on(dialog, page, settle)
    go_on(dialog, page, settle)
    assert dialog.stack.currentIndex() == NAMES
    choose_row(dialog.names, "Cara Third")
    QTest.keyClick(dialog.names.table, Qt.Key.Key_Return)
    enter(dialog.names.field, "Cara Instance")
    go_on(dialog, page, settle)
    assert page.bring_button.text() == "Import 3 people"
    bring_in(page, settle)
    names = [person.name for person in page.context.services.people.people()]
    assert "Cara Third" not in names
    assert {"Łukasz Müller", "Nia Ap Rhys"} <= set(names)


def test_availability_comes_in_and_words_for_times_are_decided(
    page: ImportsView, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(page, settle, monkeypatch, "availability", "when_we_can_visit.xlsx")
    dialog = asked(page)
    go_on(dialog, page, settle)
    go_on(dialog, page, settle)
    assert dialog.stack.currentIndex() == WORDS
    assert dialog.reason.text().startswith("1 word is not matched.")
    choose_row(dialog.words, "Eve (maybe)")
    QTest.keyClick(dialog.words.table, Qt.Key.Key_Return)
    enter(dialog.words.field, "20:00 to 24:00")
    go_on(dialog, page, settle)
    assert dialog.stack.currentIndex() == NAMES
    go_on(dialog, page, settle)
    assert page.bring_button.text() == "Import 2 people"
    bring_in(page, settle)
    assert [banner.sentence for banner in page.banners()] == [
        "The availability of 2 people was entered."
    ]
    assert len(page.context.services.availability.of(BEN).free) == 4
    page.viewmodel.choose("availability", SHAPES / "when_we_can_visit.xlsx")
    settle(page.context)
    assert not page.bring_button.isVisibleTo(page)
    QTest.keyClick(page.files.replaces, Qt.Key.Key_Space)
    settle(page.context)
    assert page.viewmodel.replaces


def test_a_heading_that_we_write_ourselves_is_read() -> None:
    for kind in REGISTER:
        for column in COLUMNS_OF[kind]:
            for heading in (column.name, plain_column(column.name)):
                assert column_of_heading(kind, heading) == column.name
    assert column_of_heading("people", "Vetting until") == "vetted_until"
