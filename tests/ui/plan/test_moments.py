"""Days and times on the page Plan: masked, shown, copied, chosen by hand, drawn again."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.builders import SUITE
from tests.planners import (
    ALWAYS,
    START,
    of_site,
    person_id,
    planned,
    say,
)
from tests.ui.plan.looks import rows, words
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.grid import clock
from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.wording import short_date
from visitapp.services import Services
from visitapp.ui.context import Context
from visitapp.ui.plan.moment_dialog import MomentDialog
from visitapp.ui.plan.tablemodel import MASK
from visitapp.ui.plan.view import PlanView
from visitapp.ui.widgets.secret_clipboard import SecretClipboard

Key = Qt.Key
Settle = Callable[[Context], None]


def test_no_day_or_time_is_in_sight_until_it_is_asked_for(
    plan: PlanView, drafted: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = of_site(planned(drafted), SUITE)[0]
    shown = f"{short_date(visit.day)[:-5]}, {clock(visit.minute)}"
    assert MASK in words(plan)
    assert shown not in words(plan)
    plan.show_visit(visit.id)
    QTest.keyClick(plan.table, Key.Key_D)
    assert shown in words(plan)
    plan.viewmodel.mask(visit.id)
    assert shown not in words(plan)
    QTest.keyClick(plan.table, Key.Key_D)
    plan.hide()
    assert plan.viewmodel.moments == {}
    plan.show()
    assert shown not in words(plan)


def test_a_moment_is_masked_again_by_itself(
    qtbot: QtBot, plan: PlanView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visitapp.ui.plan.viewmodel.SHOWN_MS", 20)
    plan.viewmodel.reveal(rows(plan)[0])
    assert plan.viewmodel.moments
    qtbot.waitUntil(lambda: not plan.viewmodel.moments, timeout=20_000)


def test_a_copied_moment_leaves_the_clipboard(
    qtbot: QtBot, plan: PlanView, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard = QGuiApplication.clipboard()
    plan.copy(rows(plan)[0])
    assert clipboard.text() in plan.viewmodel.moments.values()
    assert plan._clipboard.is_holding
    hint = clipboard.mimeData().data("x-kde-passwordManagerHint")
    assert hint.data() == b"secret", "histories of the clipboard don't keep it"
    plan.prepare_to_leave()
    assert clipboard.text() == ""
    monkeypatch.setattr("visitapp.ui.widgets.secret_clipboard.KEPT_MS", 20)
    quick = SecretClipboard(plan)
    quick.copy("Tue 6 May, 14:35")
    qtbot.waitUntil(lambda: clipboard.text() == "", timeout=20_000)
    quick.copy("Tue 6 May, 14:35")
    clipboard.setText("something else")
    quick.clear()
    assert clipboard.text() == "something else"
    clipboard.clear()


def test_the_plan_is_copied_as_a_list_without_the_moments_that_are_shown(
    plan: PlanView, drafted: Services
) -> None:
    visit = of_site(planned(drafted), SUITE)[0]
    plan.show_visit(visit.id)
    QTest.keyClick(plan.table, Key.Key_D)
    shown = plan.table.tablemodel.cell(plan.table.tablemodel.index_of(visit.id)).shown
    assert shown
    QTest.keyClick(plan.table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert len(copied.split("\n")) == 1 + len(planned(drafted))
    assert not set(shown.replace(",", " ").split()[-1:]) & set(copied.split())
    assert ":" not in copied
    assert ":" not in QGuiApplication.clipboard().mimeData().html()


@pytest.fixture
def dialog(plan: PlanView, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], MomentDialog]:
    """Answers the dialog of C: types a day and a time, and presses its button."""
    opened: list[MomentDialog] = []

    def answer(day: str, time: str) -> MomentDialog:
        def shown(made: MomentDialog) -> int:
            opened.append(made)
            made.show()
            line = made.day.lineEdit()
            line.selectAll()
            QTest.keyClicks(line, day)
            QTest.keyClick(line, Key.Key_Return)
            made.time.edit.selectAll()
            QTest.keyClick(made.time.edit, Key.Key_Delete)
            QTest.keyClicks(made.time.edit, time)
            made.go.click()
            made.close()
            return made.result()

        monkeypatch.setattr(MomentDialog, "exec", shown)
        QTest.keyClick(plan.table, Key.Key_C)
        return opened[-1]

    return answer


def test_a_moment_is_chosen_by_keys_while_it_is_in_sight_and_drawn_again(
    plan: PlanView, drafted: Services, settle: Settle, dialog: Callable[[str, str], MomentDialog]
) -> None:
    settle(plan.context)
    suite = of_site(planned(drafted), SUITE)
    visit = next(v for v in suite if sum(o.span == v.span for o in suite) == 1)
    assert not any("by hand" in said for said in plan.viewmodel.broken)
    plan.show_visit(visit.id)
    QTest.keyClick(plan.table, Key.Key_C)
    assert "first" in plan.banners()[0].sentence, "masked: nothing is opened"
    QTest.keyClick(plan.table, Key.Key_D)
    dialog("sun", "20.05")
    chosen = next(v for v in planned(drafted) if v.id == visit.id)
    assert (chosen.day, chosen.minute, chosen.is_by_hand) == (visit.span.end, 1205, True)
    assert "20:05" in words(plan)
    settle(plan.context)
    assert any("by hand" in said for said in plan.viewmodel.broken)
    assert plan.viewmodel.sheet.row(visit.id).is_by_hand
    QTest.keyClick(plan.table, Key.Key_R)
    drawn = next(v for v in planned(drafted) if v.id == visit.id)
    assert not drawn.is_by_hand
    assert drawn.day in drawn.span
    assert "20:05" not in words(plan)
    settle(plan.context)
    assert not any("by hand" in said for said in plan.viewmodel.broken)
    assert not plan.banners()


def test_what_can_not_be_chosen_is_said_in_the_dialog(
    plan: PlanView, drafted: Services, dialog: Callable[[str, str], MomentDialog]
) -> None:
    visit = of_site(planned(drafted), SUITE)[0]
    plan.show_visit(visit.id)
    QTest.keyClick(plan.table, Key.Key_D)
    made = dialog("someday", "20.05")
    assert "not in the list" in made._day_row.error()
    made = dialog("sun", "")
    assert "Write the time" in made._time_row.error()
    assert of_site(planned(drafted), SUITE)[0] == visit


def test_a_choice_that_the_pair_can_not_make_is_said_at_once(
    plan: PlanView, drafted: Services, dialog: Callable[[str, str], MomentDialog]
) -> None:
    visit = of_site(planned(drafted), SUITE)[0]
    who = next(n for n in range(10) if person_id(n) == visit.pair[0])
    days = range(6)
    say(drafted, who, free=tuple(free for free in ALWAYS if free.weekday in days))
    plan.viewmodel.renew()
    plan.show_visit(visit.id)
    QTest.keyClick(plan.table, Key.Key_D)
    dialog("sun", "20.05")
    assert any("not free at the time" in banner.sentence for banner in plan.banners())


def test_a_pair_stood_down_shows_so_in_the_place_of_its_moment(
    qtbot: QtBot, page: PlanView, office: Services, settle: Settle
) -> None:
    scheme = office.setup.scheme(Kind.CUSTODY)
    office.setup.save_scheme(replace(scheme, two_pairs=True))
    _, changes = office.planning.make(START)
    page.context.tell(changes)
    settle(page.context)
    assert "pairs: 26 at Northgate" in page.viewmodel.facts
    assert "not needed" not in words(page)
    assert any("Two pairs are asked" in note.words for note in page.viewmodel.sheet.notes)
    down = next(visit for visit in planned(office) if visit.is_stood_down)
    row = next(row for row in rows(page) if row.visit_id == down.id)
    assert page.viewmodel.reveal(row) == "not needed"
    assert words(page).count("not needed") == 1
    with pytest.raises(BadInputError, match="not needed"):
        page.viewmodel.moment(row)
    page.viewmodel.hide_moments()
    assert "not needed" not in words(page)
