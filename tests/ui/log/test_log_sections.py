"""The sections of the form, written by keys."""

from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.builders import ANIMALS, ANNE, KENNELS, make_person
from tests.ui import looking
from tests.ui.keyboard import focus, names_of_focus, press, words, write
from tests.ui.log.drafts import REX, draft_of, shown, stored, whole_of
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.answers import Counting
from visitapp.ui.context import Context
from visitapp.ui.log.view import LogView
from visitapp.ui.look.appearance import Appearance

Key = Qt.Key


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> LogView:
    return shown(furnished_context, qtbot)


def test_tab_follows_the_reading_order_of_each_section(page: LogView, qtbot: QtBot) -> None:
    page.open_target(Kind.CUSTODY)
    page.form.open_section("visit")
    assert names_of_focus(11) == [
        "Suite", "Date of the visit", "Calendar: Date of the visit", "Today", "Kind of visit",
        "How it was made", "How it ended", "Visitor 1", "Visitor 2",
        "Add another visitor", "Observer", "Add another observer",
    ]  # fmt: skip
    page.form.open_section("access")
    assert names_of_focus(6) == [
        "Arrived at the station", "Arrived at the station: now", "Let in to the suite",
        "Let in to the suite: now", "Left the suite", "Left the suite: now",
        "Travel and other time, per person (minutes)",
    ]  # fmt: skip
    page.form.open_section("detainees")
    assert names_of_focus(6) == [
        "In custody", "Seen", "Refused", "Not offered", "Not available", "Asleep", "Other",
    ]  # fmt: skip
    page.form.open_section("issues")
    assert names_of_focus(1) == ["Add an issue", "There was nothing to raise"]


def test_the_wait_is_said_at_once_and_only_a_long_one_asks_why(page: LogView, qtbot: QtBot) -> None:
    page.open_target(draft_of(page.context, admitted="", delay_reason="").id)
    page.form.open_section("access")
    section = page.form.sections["access"]
    reason, admitted = section.rows["delay_reason"], section.rows["admitted"]
    assert not reason.isVisible()
    admitted.field.setFocus()
    write("1404")
    assert "4 minutes: immediate" in words(page)
    assert not reason.isVisible()
    focus().clear()  # type: ignore[attr-defined]
    write("2.18pm")
    assert "18 minutes: not immediate" in words(page)
    assert reason.isVisible()
    press(Key.Key_Tab)
    assert stored(page)["admitted"] == "2.18pm"  # as it was typed
    assert admitted.field.text() == "14:18"  # type: ignore[attr-defined]


def test_now_writes_the_time_and_means_today(page: LogView, qtbot: QtBot) -> None:
    page.open_target(Kind.CUSTODY)
    page.form.open_section("access")
    now = next(
        b for b in page.findChildren(QPushButton) if b.accessibleName() == "Left the suite: now"
    )
    now.click()
    assert stored(page)["left"] == "13:00"
    assert stored(page)["date"] == "Thu 10 Apr 2025"


def test_a_visit_at_a_change_of_shift_is_told_quietly(page: LogView, qtbot: QtBot) -> None:
    page.open_target(draft_of(page.context, arrived="", admitted="").id)
    page.form.open_section("access")
    sentence = "Arrived during a change of shift, 18:30 to 19:15."
    write("1835")
    assert sentence in words(page)
    focus().clear()  # type: ignore[attr-defined]
    write("1825")
    assert sentence not in words(page)
    page.form.sections["access"].rows["admitted"].field.setFocus()
    write("1833")
    assert "Waited into a change of shift, 18:30 to 19:15." in words(page)


def test_a_visit_outside_every_timeslot_is_told_at_once(page: LogView, qtbot: QtBot) -> None:
    page.open_target(draft_of(page.context, Kind.ANIMAL_WELFARE, arrived="").id)
    page.form.open_section("access")
    sentence = (
        "13:20 is not in any timeslot (07:00–12:59, 15:00–19:59). The visit still counts for March."
    )
    write("1320")
    assert sentence in words(page)
    press(Key.Key_Backspace)
    write("0")
    focus().setText("")  # type: ignore[attr-defined]
    write("0900")
    assert sentence not in words(page)
    assert "Wednesday, 07:00–12:59" in words(page)


def test_the_hour_that_happens_twice_can_be_told_apart(page: LogView, qtbot: QtBot) -> None:
    page.open_target(draft_of(page.context, date="27/10/2024", arrived="0130", left="").id)
    page.form.open_section("access")
    box = page.form.sections["access"].second["arrived"]  # type: ignore[attr-defined]
    assert box.isVisible()
    assert box.text() == "Arrived at the station: the second 01:30 of that night"
    box.click()
    assert page.viewmodel.reading.visit.arrived.offset == 0
    assert stored(page)["second_time"] == ["arrived"]


def test_steppers_make_a_sum_that_a_reader_hears(page: LogView, qtbot: QtBot) -> None:
    page.open_target(Kind.CUSTODY)
    page.form.open_section("detainees")
    section: Any = page.form.sections["detainees"]
    write("11")
    for number in "3", "1", "0", "3", "2":
        press(Key.Key_Tab)
        write(number)
    told = "11 in custody = 3 seen + 1 refused + 3 not available + 2 asleep; 2 still to account for"
    assert section.sum.bar.accessibleName() == told
    assert "2 still to account for" in words(page)
    assert [text for _, text in section.sum.bar.segments()] == ["3", "1", "3", "2", "2 left"]
    press(Key.Key_Tab)
    press(Key.Key_Plus)
    press(Key.Key_Up)
    assert "Adds up" in words(page)
    assert stored(page)["present"] == 11
    assert sum(row["number"] for row in stored(page)["counts"]) == 11


def test_a_reason_completes_by_a_word_and_takes_its_number_from_the_part(
    page: LogView, qtbot: QtBot
) -> None:
    page.open_target(Kind.CUSTODY)
    page.form.open_section("detainees")
    section: Any = page.form.sections["detainees"]
    write("3")
    section.sum.steppers["not_available"].setFocus()
    write("3")
    breakdown = section.sum.breakdowns["not_available"]
    assert breakdown.isVisible()
    assert "3 with no reason given" in words(page)
    breakdown.picker.setFocus()
    write("interv")
    press(Key.Key_Tab)
    assert "2 with no reason given" in words(page)
    [stepper] = breakdown.steppers.values()
    assert stepper.hasFocus() or stepper.number.hasFocus()
    press(Key.Key_Plus)
    assert stored(page)["counts"] == [
        {"outcome": "UNAVAIL", "number": 1, "reason": None, "gender": None, "age_group": None,
         "ethnicity": None},
        {"outcome": "UNAVAIL", "number": 2, "reason": "INTERVIEW", "gender": None,
         "age_group": None, "ethnicity": None},
    ]  # fmt: skip


def test_an_issue_card_is_written_and_removed(page: LogView, qtbot: QtBot) -> None:
    page.open_target(draft_of(page.context, nothing_raised=True, issues=[]).id)
    page.form.open_section("issues")
    section: Any = page.form.sections["issues"]
    section.add.click()
    [card] = section.cards.values()
    assert page.viewmodel.report.nothing_raised is False
    assert "Northgate" in words(card)
    write("Food")
    press(Key.Key_Tab)
    write("Kitchen")
    press(Key.Key_Tab)
    write("No vegetarian meal was left.")
    press(Key.Key_Tab)
    write("needs")
    press(Key.Key_Tab)
    card.resolved.click()
    [row] = stored(page)["issues"]
    assert (row["category"], row["severity"], row["status"]) == ("FOOD", 2, "RESOLVED")
    assert row["resolved_during_visit"] is True
    assert row["place"] == "Kitchen"
    assert row["description"] == "No vegetarian meal was left."
    next(b for b in card.findChildren(QPushButton) if b.text() == "Remove").click()
    assert stored(page)["issues"] == []
    assert section.none.isVisible()


def test_a_third_visitor_can_be_added_and_is_there_again(page: LogView, qtbot: QtBot) -> None:
    page.open_target(draft_of(page.context).id)
    page.form.open_section("visit")
    visitors: Any = page.form.sections["visit"].visitors  # type: ignore[attr-defined]
    next(b for b in visitors.findChildren(QPushButton) if b.text() == "Add another visitor").click()
    write("cara")
    press(Key.Key_Tab)
    assert page.title == "Northgate, Wednesday 5 March 2025"
    assert "Custody visit by Anne Example, Ben Sample and Cara Instance" in words(page)
    page.leave_for_later()
    page.open_target(page.context.services.drafts.drafts()[0].id)
    assert [picker.currentText() for picker in visitors.pickers] == [
        "Anne Example", "Ben Sample", "Cara Instance",
    ]  # fmt: skip


def test_a_name_that_is_nobodys_is_kept_as_it_was_typed_and_said(
    page: LogView, qtbot: QtBot
) -> None:
    page.open_target(draft_of(page.context).id)
    page.form.open_section("visit")
    visitors: Any = page.form.sections["visit"].visitors  # type: ignore[attr-defined]
    visitors.pickers[1].setFocus()
    visitors.pickers[1].lineEdit().selectAll()
    write("Joe Bloggs")
    press(Key.Key_Tab)
    assert stored(page)["visitors"] == [str(ANNE), "Joe Bloggs"]
    assert "“Joe Bloggs” is not in the register of people." in words(page)
    page.leave_for_later()
    page.open_target(page.context.services.drafts.drafts()[0].id)
    assert visitors.pickers[1].currentText() == "Joe Bloggs"
    assert "“Joe Bloggs” is not in the register of people." in words(page)


def test_mistakes_are_shown_in_their_place_once_the_field_is_left(
    page: LogView, qtbot: QtBot
) -> None:
    page.open_target(draft_of(page.context, left="").id)
    page.form.open_section("access")
    left = page.form.sections["access"].rows["left"]
    left.field.setFocus()
    write("1330")
    assert page.viewmodel.flush()
    assert left.error() == ""
    press(Key.Key_Tab)
    assert left.error() == "The leaving time is earlier than the time you were let in."
    assert page.form.tasks.rows["access"].accessibleName() == "Times and access: has a problem"


def longest_of(kind: Kind) -> dict[str, Any]:
    """A whole report with the longest words that can be chosen, names to look at, and an
    answer that opened an issue."""
    changed = whole_of(kind)
    changed["delay_reason"] = "ID"
    changed["summary"] = "Sgt O'Brien-Ňgũgĩ <b> said that Ms Featherstonehaugh-Cholmondeley left."
    changed["issues"][0] |= {"severity": 4, "status": "RESOLVED", "category": "CONDUCT"}
    if kind is Kind.CUSTODY:
        changed["answers"] |= {"kitchen": "CONCERN", "opcat": "YES"}
        changed["rows"] += [
            {"id": str(uuid4()), "outcome": "UNAVAIL", "reason": "OUT", "gender": "OTHER",
             "age_group": "A65", "custody_number": "EU/12345/25", "cell": "Female 12"},
            {"id": str(uuid4()), "outcome": "ADVICE", "reason": "MENTAL",
             "answers": {"consent_record": "I"}},
            {"id": str(uuid4()), "outcome": "ADVICE"},
        ]  # fmt: skip
    else:
        changed["issues"][0]["category"] = "ENVIRON"
        changed["answers"] |= {"k_bedding": "CONCERN", "force": "YES", "phoned": "YES"}
    return changed


@pytest.mark.parametrize(
    ("theme", "percent"),
    [
        ("light", 100), ("dark", 150), ("light", 200),
        pytest.param("light", 150, marks=pytest.mark.long),
        pytest.param("dark", 100, marks=pytest.mark.long),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", list(Kind))
def test_no_word_of_any_section_is_cut_off(
    page: LogView, appearance: Appearance, kind: Kind, theme: str, percent: int, qtbot: QtBot
) -> None:
    page.context.services.animals.add(Animal(REX, ANIMALS, KENNELS, "Rex"))
    appearance.choose(theme, percent)
    wide = 1366 - {100: 196, 150: 300, 200: 255}[percent]  # the navigation, at its widest
    page.resize(wide, 640)
    page.open_target(draft_of(page.context, kind, **longest_of(kind)).id)
    page.sign.click()  # what is to be put right is said in its place from now on
    for key in [*(section.key for section in page.viewmodel.sections()), "check"]:
        page.form.open_section(key)
        if key in ("detainees", "animals"):
            page.form.sections[key].panel.table.go_to(0, 3)  # type: ignore[attr-defined]
        for _ in range(5):  # what is wider makes what holds it higher
            page.resize(wide, 640)  # as a window keeps it, whatever was asked on the way
            QApplication.processEvents()
        assert page.size().toTuple() == (wide, 640), key
        root = page.form.check if key == "check" else page.form.sections[key]
        assert looking.cut_at_rest(root) == [], key
        assert (page.sign if key == "check" else page.next).isVisible()
    assert page.form.drop.isVisibleTo(page.form) is False or percent >= 150


def test_whoever_was_chosen_is_shown_by_name_though_not_of_the_scheme(
    page: LogView, qtbot: QtBot
) -> None:
    stranger = make_person("Dora Newcomer", memberships=())
    page.context.services.people.save(stranger)
    page.open_target(draft_of(page.context, visitors=[str(ANNE), str(stranger.id)]).id)
    page.form.open_section("visit")
    visitors: Any = page.form.sections["visit"].visitors  # type: ignore[attr-defined]
    assert visitors.pickers[1].currentText() == "Dora Newcomer (not active)"


@pytest.mark.parametrize("kind", list(Kind))
def test_the_cursor_is_in_every_section_whatever_the_way_of_counting(
    page: LogView, kind: Kind, qtbot: QtBot
) -> None:
    page.context.services.animals.add(Animal(REX, ANIMALS, KENNELS, "Rex"))
    for counting in Counting:
        page.open_target(draft_of(page.context, kind, counting=counting.value).id)
        for section in page.viewmodel.sections():
            page.setFocus()
            page.form.open_section(section.key)
            assert page.form.sections[section.key].isAncestorOf(focus()), (counting, section.key)
