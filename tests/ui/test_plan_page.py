"""The page Plan over a real file: made, kept, changed by keys and by dragging, masked."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import SUITE
from tests.planners import QUARTER, furnish_planning, of_site, planned
from tests.ui import looking
from visitapp.domain.grid import clock
from visitapp.domain.period import short_date
from visitapp.domain.planned import PlanState
from visitapp.services import Services
from visitapp.ui.appearance import Appearance
from visitapp.ui.context import Context
from visitapp.ui.jobs import Jobs
from visitapp.ui.plan.tablemodel import MASK
from visitapp.ui.plan.view import PlanView
from visitapp.ui.widgets import dialogs
from visitapp.ui.widgets.secret_clipboard import SecretClipboard

Key = Qt.Key
Settle = Callable[[Context], None]


@pytest.fixture
def office(services: Services) -> Services:
    furnish_planning(services)
    services.planning._seconds = 0.1
    return services


@pytest.fixture
def page(qtbot: QtBot, office: Services, jobs: Jobs) -> PlanView:
    context = Context(office, jobs)
    made = PlanView(context)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    return made


@pytest.fixture
def plan(page: PlanView, settle: Settle) -> PlanView:
    page.make_button.click()
    settle(page.context)
    page.table.setFocus()
    return page


def rows(page: PlanView) -> list[object]:
    return list(page.viewmodel.sheet.of(SUITE))


def words(page: PlanView) -> str:
    model = page.table.plan
    return " ".join(
        f"{model.cell(model.index(row, column)).words} {model.cell(model.index(row, column)).note} "
        f"{model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)}"
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )


def test_an_empty_page_says_what_will_be_here_and_makes_a_plan(
    page: PlanView, office: Services, settle: Settle
) -> None:
    assert page.make_button.isVisible()
    assert not page.table.isVisible()
    assert "Nothing is planned" in page.viewmodel.facts
    page.make_button.click()
    settle(page.context)
    assert page.table.isVisible()
    assert len({visit.span.start for visit in of_site(planned(office), SUITE)}) == 13
    assert page.title == "Plan, 14 April to 13 July 2025"
    assert "Draft" in page.viewmodel.facts
    assert page.use_button.isVisible()


def test_planning_that_is_cancelled_keeps_nothing(
    page: PlanView, office: Services, settle: Settle
) -> None:
    heard = []
    page.context.said.connect(heard.append)
    page.make_button.click()
    page.progress.cancel()
    settle(page.context)
    assert planned(office) == []
    assert page.make_button.isEnabled()
    assert not page.banners()
    assert heard


def test_no_day_or_time_is_in_sight_until_it_is_asked_for(
    plan: PlanView, office: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = of_site(planned(office), SUITE)[0]
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
    qtbot.waitUntil(lambda: not plan.viewmodel.moments, timeout=2000)


def test_a_copied_moment_leaves_the_clipboard(
    qtbot: QtBot, plan: PlanView, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard = QGuiApplication.clipboard()
    plan.copy(rows(plan)[0])
    assert clipboard.text() in plan.viewmodel.moments.values()
    assert plan._clipboard.is_holding
    plan.prepare_to_leave()
    assert clipboard.text() == ""
    monkeypatch.setattr("visitapp.ui.widgets.secret_clipboard.KEPT_MS", 20)
    quick = SecretClipboard(plan)
    quick.copy("Tue 6 May, 14:35")
    qtbot.waitUntil(lambda: clipboard.text() == "", timeout=2000)
    quick.copy("Tue 6 May, 14:35")
    clipboard.setText("something else")
    quick.clear()
    assert clipboard.text() == "something else"
    clipboard.clear()


def test_a_visit_is_kept_by_a_key_and_reads_as_a_sentence(plan: PlanView) -> None:
    row = rows(plan)[3]
    plan.show_visit(row.visit_id)
    QTest.keyClick(plan.table, Key.Key_P)
    kept = plan.viewmodel.sheet.row(row.visit_id)
    assert kept.is_pinned
    said = plan.table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Northgate, ")
    assert said.endswith(", kept")
    assert plan.table.visit().visit_id == row.visit_id, "the cursor stays"


def test_the_rest_is_planned_again(plan: PlanView, settle: Settle, office: Services) -> None:
    kept = rows(plan)[0]
    plan.viewmodel.pin(kept)
    plan.again_button.click()
    settle(plan.context)
    assert plan.viewmodel.sheet.row(kept.visit_id) is not None
    assert plan.viewmodel.sheet.redraws_left == 2


def test_a_visitor_is_moved_by_keys_and_what_it_breaks_is_said_first(plan: PlanView) -> None:
    first = rows(plan)[0]
    second = next(r for r in rows(plan)[1:] if not set(r.pair) & set(first.pair))
    moved, stays = first.pair[0], second.pair[0]
    plan.begin_move(first, moved)
    assert "Moving" in plan.banners()[0].sentence
    plan.show_visit(second.visit_id)
    said = plan.banners()[0].sentence
    assert "in place of" in said
    assert "broken" in said or plan.banners()[0].kind == "warn"
    menu = plan.menu_to_put_down(second)
    menu.actions()[1].trigger()
    menu.deleteLater()
    after = plan.viewmodel.sheet.row(second.visit_id)
    assert set(after.pair) == {stays, moved}
    assert plan.viewmodel.moving is None


def test_escape_leaves_a_move(plan: PlanView) -> None:
    first = rows(plan)[0]
    plan.begin_move(first, first.pair[0])
    QTest.keyClick(plan.table, Key.Key_Escape)
    assert plan.viewmodel.moving is None
    assert not plan.banners()
    assert plan.viewmodel.sheet.row(first.visit_id).pair == first.pair


def test_a_drop_moves_the_visitor_that_was_taken(plan: PlanView) -> None:
    """What a drag tells the page, without the system's own loop of dragging."""
    first = rows(plan)[0]
    second = next(r for r in rows(plan)[1:] if not set(r.pair) & set(first.pair))
    plan.table.taken.emit(first, 1)
    assert plan.viewmodel.moving.person_id == first.pair[1]
    plan.table.over.emit(second, 0)
    assert "in place of" in plan.banners()[0].sentence
    plan.table.dropped.emit(second, 0)
    plan.table.let_go.emit()
    assert first.pair[1] in plan.viewmodel.sheet.row(second.visit_id).pair
    assert second.pair[0] in plan.viewmodel.sheet.row(first.visit_id).pair


def test_somebody_who_drops_out_is_replaced_from_the_suggestions(plan: PlanView) -> None:
    row = rows(plan)[0]
    plan.viewmodel.take_out(row, row.pair[0])
    missing = plan.viewmodel.sheet.sayings[0]
    assert missing.visit_id == row.visit_id
    cell = plan.table.plan.cell(plan.table.plan.index_of(row.visit_id))
    assert "somebody missing" in cell.words
    plan.show_visit(row.visit_id)
    QTest.keyClick(plan.table, Key.Key_S)
    assert plan.suggestions.isVisible()
    best = plan.viewmodel.suggest(plan.viewmodel.sheet.row(row.visit_id))[0]
    plan.viewmodel.put(plan.viewmodel.sheet.row(row.visit_id), best.person_id)
    assert set(plan.viewmodel.sheet.row(row.visit_id).pair) == {row.pair[1], best.person_id}
    QTest.keyClick(plan, Key.Key_Escape)
    assert not plan.suggestions.isVisible()


def test_the_menu_of_a_visit_does_what_its_words_say(
    plan: PlanView, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = rows(plan)[0]
    menu = plan.menu_of(row)
    by_words = {action.text(): action for action in menu.actions() if action.text()}
    assert "Show day and time" in by_words
    by_words["Keep when the rest is planned again"].trigger()
    assert plan.viewmodel.sheet.row(row.visit_id).is_pinned
    monkeypatch.setattr(dialogs.SureDialog, "ask", classmethod(lambda *_: True))
    by_words["Cancel this visit…"].trigger()
    menu.deleteLater()
    assert plan.table.plan.index_of(row.visit_id).isValid() is False


def test_the_gauge_tells_what_an_informed_guess_would_get(plan: PlanView, settle: Settle) -> None:
    settle(plan.context)
    model = plan.viewmodel
    assert 0 < model.caught < 1
    assert f"ready for {round(100 * model.caught)} of 100 visits" in plan.foreseen.sentence.text()
    assert "chance is 14" in plan.foreseen.sentence.text()
    assert plan.foreseen.gauge.share == model.caught
    assert plan.outlook.isVisible()


def test_the_numbers_move_after_an_edit_by_hand(
    plan: PlanView, settle: Settle, office: Services
) -> None:
    settle(plan.context)
    before = plan.viewmodel.caught
    for visit in of_site(planned(office), SUITE):
        changes = office.planning.choose_moment(visit.id, visit.span.end, 20 * 60 + 5)
    plan.context.tell(changes)
    settle(plan.context)
    assert plan.viewmodel.caught != before
    assert any("by hand" in said for said in plan.viewmodel.broken)


def test_spare_visits_are_weighed_before_they_are_planned(page: PlanView, office: Services) -> None:
    assert page.spare.slider.value() == 13
    assert not page.spare.use_button.isVisible()
    page.spare.slider.setValue(0)
    assert "50 of 100" in page.spare.words.text()
    page.spare.use_button.click()
    assert office.planning.policy(SUITE).visits_a_year == 52
    assert page.spare.slider.value() == 0


def test_a_draft_is_used_or_thrown_away(
    plan: PlanView, office: Services, monkeypatch: pytest.MonkeyPatch, tmp_path, settle: Settle
) -> None:
    plan.use_button.click()
    assert plan.viewmodel.sheet.state is PlanState.CURRENT
    assert plan.sheets_button.isVisible()
    plan.write_sheets(tmp_path)
    settle(plan.context)
    assert len(list(tmp_path.glob("*.pdf"))) == 2 * len(planned(office))


def test_other_weeks_are_a_step_away(plan: PlanView) -> None:
    plan.viewmodel.go(1)
    assert not plan.viewmodel.is_planned
    plan.open_target(QUARTER)
    assert plan.viewmodel.is_planned
    assert plan.place() == QUARTER


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_nothing_of_a_plan_is_cut_off(
    plan: PlanView, settle: Settle, appearance: Appearance, percent: int
) -> None:
    row = rows(plan)[0]
    plan.viewmodel.take_out(row, row.pair[0])
    plan.suggest(plan.viewmodel.sheet.row(row.visit_id), None)
    plan.foreseen.more.click()
    settle(plan.context)
    for theme in ("light", "dark"):
        appearance.choose(theme, percent)
        QApplication.processEvents()
        QApplication.processEvents()
        assert looking.clipped(plan) == []
        assert looking.nameless(plan) == []
