"""Settings: schemes, the limits of waits and issues, when shifts change."""

from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt

from tests.builders import ANIMALS, SUITE, at, make_visit, sign
from tests.ui.keyboard import press, write
from tests.ui.settings.settings_page import at_section, cells, page, retype, shown
from visitapp import bootstrap
from visitapp.domain.office.day_off import DayOff
from visitapp.domain.office.scheme import Actor, Kind, Office, Role
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.ui.context import Context

__all__ = ["page"]

WEDNESDAY = date(2025, 3, 5)
YEAR = APRIL_YEARS.year_of(WEDNESDAY)


def test_other_limits_count_past_waits_anew_and_say_so(page, qtbot):
    visit = make_visit(WEDNESDAY, admitted=at(WEDNESDAY, 14, 8), delay_reason="BUSY")
    sign(page.context.services, visit)
    section = at_section(page, "schemes")
    assert cells(section)[0][:3] == ["Custody", "0–5 min", "6–15 min"]
    retype(qtbot, section.immediate, "10")
    assert "Waits of up to 10 minutes count as immediate, of 11 to 15" in section.limits.text()
    section.press_save()
    assert section.done_text == ("Scheme saved. Past visits now use the new waiting time limits.")
    figures = page.context.services.figures.summary(YEAR).schemes[Kind.CUSTODY]
    assert figures.access.immediate == 1


@pytest.mark.parametrize(
    ("immediate", "delay", "sentence"),
    [
        ("15", "15", "The first waiting time limit must be lower than the second."),
        ("five", "15", "Immediate: enter a whole number, such as 15."),
        ("5", "-1", "Delayed: enter a whole number, such as 15."),
    ],
)
def test_limits_that_make_no_sense_are_refused(page, immediate, delay, sentence):
    section = at_section(page, "schemes")
    section.immediate.setText(immediate)
    section.delay.setText(delay)
    section.press_save()
    assert section.reason.text() == sentence
    assert page.context.services.setup.scheme(Kind.CUSTODY).immediate_limit == 5


def test_days_to_answer_and_changes_of_shift_are_set_by_keyboard_alone(page, qtbot):
    section = at_section(page, "schemes")
    assert cells(section)[0][3] == "14 days"
    assert section.handovers.rows == (("06:30", "07:15"), ("18:30", "19:15"))
    section.table.setFocus()
    press(Qt.Key.Key_Return)
    for _ in range(3):
        press(Qt.Key.Key_Tab)
    assert section.issue_days.hasFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write("21")
    press(Qt.Key.Key_Tab)
    assert section.visitors_keep_days.hasFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write("60")
    for following in (section.minimum_visits, section.minimum_meetings, section.remote_counts):
        press(Qt.Key.Key_Tab)
        assert following.hasFocus()
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    write("1845")
    press(Qt.Key.Key_Tab)
    section.issue_days.setFocus()
    press(Qt.Key.Key_Return)
    custody = page.context.services.setup.scheme(Kind.CUSTODY)
    assert (custody.issue_days, custody.visitors_keep_days) == (21, 60)
    assert [(b.start, b.end) for b in custody.handovers] == [(390, 435), (1125, 1155)]
    assert section.done_text == "Scheme saved."
    briefing = page.context.services.briefing.briefing(SUITE)
    assert "from 18:45 to 19:15" in briefing.handover_sentence


@pytest.mark.parametrize(
    ("rows", "kept", "sentence"),
    [
        ([["23:30", "00:00"], ["", ""]], [(1410, 1440)], ""),
        ([["", ""]], [], ""),
        ([["06:30", ""]], None, "Change of shift 1: enter both times."),
        ([["23:30", "00:15"]], None, "up to 00:00 and from 00:00"),
        ([["06:30", "07:15"], ["07:00", "08:00"]], None, "overlap. Enter them as one"),
        ([["half six", "07:15"]], None, "half six"),
    ],
)
def test_changes_of_shift_that_make_no_sense_are_refused(page, rows, kept, sentence):
    section = at_section(page, "schemes")
    before = page.context.services.setup.scheme(Kind.CUSTODY).handovers
    section.handovers.show_rows(rows)
    section.press_save()
    assert sentence in section.reason.text()
    found = page.context.services.setup.scheme(Kind.CUSTODY).handovers
    if kept is None:
        assert section.reason.text()
        assert found == before
    else:
        assert [(b.start, b.end) for b in found] == kept


def test_a_scheme_that_was_left_out_can_be_begun_later(tmp_path, key, jobs, qtbot):
    path = tmp_path / "dogs.visits"
    bootstrap.make_records(
        path, key, office=Office(uuid4(), "Office"), actor=Actor("Mary", Role.MANAGER),
        scheme_ids={Kind.ANIMAL_WELFARE: ANIMALS},
    )  # fmt: skip
    with bootstrap.open_with_key(path, key) as opened:
        page = shown(Context(opened.services, jobs), qtbot, "schemes")
        begin = page.section.begin_buttons
        assert begin[Kind.ANIMAL_WELFARE].isHidden()
        qtbot.mouseClick(begin[Kind.CUSTODY], Qt.MouseButton.LeftButton)
        scheme = opened.services.setup.scheme(Kind.CUSTODY)
        assert [grid.cells for grid in opened.services.setup.grids(scheme.id)] == [35]
        assert opened.services.setup.codes(scheme.id)["outcome"]
        assert begin[Kind.CUSTODY].isHidden()
        assert len(cells(page.section)) == 2


def test_days_and_times_are_left_to_pairs_by_choice(page):
    section = at_section(page, "schemes")
    assert section.moments.key() is False
    assert section.moments.lineEdit().text() == "Known to the office"
    section.moments.set_key(True)
    section.press_save()
    assert section.done_text == "Scheme saved."
    assert page.context.services.setup.scheme(Kind.CUSTODY).moments_to_pairs
    assert section.moments.lineEdit().text() == "Known to the pair alone"


def test_the_law_of_planned_visits_is_left_to_the_program_or_chosen(page, qtbot):
    section = at_section(page, "schemes")
    setup = page.context.services.setup
    assert section.law.lineEdit().text() == "Whichever is harder to predict"
    choices = ("even timesl", VisitLaw.TIMESLOTS), ("even d", VisitLaw.DAYS), ("whichever", None)
    for letters, law in choices:
        retype(qtbot, section.law.lineEdit(), letters)
        qtbot.keyClick(section.law.lineEdit(), Qt.Key.Key_Return)
        qtbot.keyClick(section.name, Qt.Key.Key_Return)
        assert setup.scheme(Kind.CUSTODY).law is law


def test_days_without_planned_visits_are_entered_and_refused_twice(page):
    section = at_section(page, "schemes")
    assert section.days_off.rows == (("", False),)
    section.days_off.show_rows([["26/12/2025", False], ["25/12/2025", True], ["", False]])
    section.press_save()
    setup = page.context.services.setup
    days = (DayOff(date(2025, 12, 25), True), DayOff(date(2025, 12, 26)))
    assert setup.scheme(Kind.CUSTODY).days_off == days
    section.days_off.show_rows([["25/12/2025", True], ["25/12/2025", False]])
    section.press_save()
    assert "entered twice" in section.reason.text()
    assert setup.scheme(Kind.CUSTODY).days_off == days


def test_two_pairs_are_chosen_by_keyboard_but_not_where_pairs_draw_their_own_moments(page, qtbot):
    section = at_section(page, "schemes")
    section.two_pairs.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return)
    assert page.context.services.setup.scheme(Kind.CUSTODY).two_pairs
    assert section.two_pairs.isChecked()
    section.moments.set_key(True)
    section.press_save()
    assert "only where the office knows days and times" in section.reason.text()
    assert not page.context.services.setup.scheme(Kind.CUSTODY).moments_to_pairs
