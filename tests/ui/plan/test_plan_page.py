"""The page Plan over a real file: made, kept, planned again, judged, looked at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.builders import SUITE
from tests.planners import (
    QUARTER,
    of_site,
    person_id,
    planned,
    say,
)
from tests.ui import looking
from tests.ui.plan.looks import rows
from visitapp.domain.plan.broken_visit import BrokenVisit
from visitapp.domain.plan.planned import PlanState
from visitapp.planning import auditing
from visitapp.services import Services
from visitapp.ui.context import Context
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.plan.cells import Measures, height, widths
from visitapp.ui.plan.view import PlanView

Key = Qt.Key
Settle = Callable[[Context], None]


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


def test_the_cursor_waits_on_the_page_for_the_plan_and_goes_to_its_table(
    page: PlanView, settle: Settle
) -> None:
    page.activateWindow()
    page.make_button.setFocus()
    QTest.keyClick(page.make_button, Key.Key_Space)
    QApplication.processEvents()
    assert QApplication.focusWidget() in (page, page.table)
    settle(page.context)
    QApplication.processEvents()
    assert page.table.hasFocus()
    page.again_button.setFocus()
    QTest.keyClick(page.again_button, Key.Key_Space)
    settle(page.context)
    QApplication.processEvents()
    assert page.table.hasFocus()
    page.use_button.setFocus()
    QTest.keyClick(page.use_button, Key.Key_Space)
    settle(page.context)
    QApplication.processEvents()
    assert page.table.hasFocus()


def test_planning_that_is_cancelled_keeps_nothing(
    page: PlanView, office: Services, settle: Settle
) -> None:
    heard = []
    page.context.message.connect(heard.append)
    page.make_button.click()
    page.progress.cancel()
    settle(page.context)
    assert planned(office) == []
    assert page.make_button.isEnabled()
    assert not page.banners()
    assert heard


def test_a_visit_is_kept_by_a_key_and_reads_as_a_sentence(plan: PlanView) -> None:
    row = rows(plan)[3]
    plan.show_visit(row.visit_id)
    QTest.keyClick(plan.table, Key.Key_P)
    kept = plan.viewmodel.sheet.row(row.visit_id)
    assert kept.is_pinned
    said = plan.table.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Northgate, ")
    assert said.endswith(", pinned")
    assert plan.table.visit().visit_id == row.visit_id, "the cursor stays"


def test_the_rest_is_planned_again(plan: PlanView, settle: Settle, drafted: Services) -> None:
    kept = rows(plan)[0]
    plan.viewmodel.pin(kept)
    plan.again_button.click()
    settle(plan.context)
    assert plan.viewmodel.sheet.row(kept.visit_id) is not None
    assert plan.viewmodel.sheet.redraws_left == 2


def test_the_gauge_tells_what_an_informed_guess_would_get(plan: PlanView, settle: Settle) -> None:
    settle(plan.context)
    viewmodel = plan.viewmodel
    assert 0 < viewmodel.caught < 1
    assert f"predict about {round(100 * viewmodel.caught)} in 100" in plan.foreseen.sentence.text()
    assert "Pure luck would be 14" in plan.foreseen.sentence.text()
    assert plan.foreseen.gauge.share == viewmodel.caught
    assert plan.outlook.isVisible()


def test_beside_it_stands_what_the_names_of_pairs_would_say(plan: PlanView, settle: Settle) -> None:
    settle(plan.context)
    panel = plan.foreseen
    share = panel.names_gauge.share
    (suite, *_) = plan.context.services.foresight.plan(QUARTER)
    assert suite.by_names is not None
    assert share == suite.by_names.share
    assert 1 / 7 < share < 0.23, "everybody can always go: only the number of visits says anything"
    assert f"name its day for about {round(100 * share)} in 100" in panel.names_sentence.text()
    seen = round(100 * suite.readers.names.share)
    assert panel.names_sentence.text().endswith(f"who has been there, day by day: {seen}.")
    panel.more.click()
    lines = [line.text() for line in panel._figures.findChildren(QLabel)]
    assert set(suite.readers.lines) <= set(lines)
    assert panel.names_gauge.accessibleName().endswith("to compare: 14; to compare: 40")
    assert panel.names_gauge.isVisible()


def test_the_numbers_move_after_an_edit_by_hand(
    plan: PlanView, settle: Settle, drafted: Services
) -> None:
    settle(plan.context)
    before = plan.viewmodel.caught
    for visit in of_site(planned(drafted), SUITE):
        _, changes = drafted.planning.choose_moment(visit.id, visit.span.end, 20 * 60 + 5)
    plan.context.tell(changes)
    settle(plan.context)
    assert plan.viewmodel.caught != before
    assert any("by hand" in said for said in plan.viewmodel.broken)


def test_spare_visits_are_weighed_before_they_are_planned(page: PlanView, office: Services) -> None:
    assert page.spare.slider.value() == 13
    assert not page.spare.use_button.isVisible()
    page.spare.slider.setValue(0)
    assert "50 in 100" in page.spare.words.text()
    page.spare.use_button.click()
    assert office.planning.policy(SUITE).visits_a_year == 52
    assert page.spare.slider.value() == 0


def test_a_draft_is_used_or_thrown_away(
    plan: PlanView, drafted: Services, monkeypatch: pytest.MonkeyPatch, tmp_path, settle: Settle
) -> None:
    plan.use_button.click()
    assert plan.viewmodel.sheet.state is PlanState.CURRENT
    assert plan.sheets_button.isVisible()
    plan.write_sheets(tmp_path)
    settle(plan.context)
    assert len(list(tmp_path.glob("*.pdf"))) == len(drafted.assignments.people(QUARTER))


def test_other_weeks_are_a_step_away(plan: PlanView) -> None:
    plan.viewmodel.go(1)
    assert not plan.viewmodel.is_planned
    plan.open_target(QUARTER)
    assert plan.viewmodel.is_planned
    assert plan.place() == QUARTER


@pytest.mark.parametrize(("width", "percent"), [(768, 100), (1130, 100), (1110, 150)])
def test_every_name_stands_whole_in_its_cell_and_a_moment_in_sight_beneath(
    plan: PlanView, appearance: Appearance, width: int, percent: int
) -> None:
    appearance.choose("light", percent)
    table, tablemodel = plan.table, plan.table.tablemodel
    plan.viewmodel.pin(rows(plan)[0])
    plan.viewmodel.reveal(rows(plan)[1])
    table.resize(width, table.height())
    QApplication.processEvents()
    assert table.horizontalHeader().length() <= table.width()
    measures = Measures()
    for row in range(tablemodel.rowCount()):
        for column in range(tablemodel.columnCount()):
            cell, room = tablemodel.cell(tablemodel.index(row, column)), table.columnWidth(column)
            narrow, whole = widths(cell, measures)
            assert room >= narrow, cell.words
            assert table.rowHeight(row) >= height(cell, room, measures)
            if room >= whole:
                assert height(cell, room, measures) == height(cell, 2 * whole, measures)


def test_the_visits_of_a_month_stand_in_its_weeks_and_a_line_ends_it(plan: PlanView) -> None:
    tablemodel = plan.table.tablemodel
    cells = [tablemodel.cell(tablemodel.index(row, 2)) for row in range(tablemodel.rowCount())]
    months = [cell.visit.span.start.month for cell in cells if cell.visit]
    assert months == sorted(months)
    assert set(months) == {4, 5, 6}
    ends = [row for row, cell in enumerate(cells) if cell.is_last]
    weeks = [tablemodel.cell(tablemodel.index(row, 0)).sentence for row in ends]
    assert [week.split("of ")[1] for week in weeks] == [
        "21–27 Apr 2025",
        "19–25 May 2025",
        "23–29 Jun 2025",
    ]


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_nothing_of_a_plan_is_cut_off(
    plan: PlanView, settle: Settle, appearance: Appearance, percent: int
) -> None:
    row = rows(plan)[0]
    plan.viewmodel.remove_visitor(row, row.pair[0])
    plan.suggest(plan.viewmodel.sheet.row(row.visit_id), None)
    plan.foreseen.more.click()
    settle(plan.context)
    for theme in ("light", "dark"):
        appearance.choose(theme, percent)
        QApplication.processEvents()
        QApplication.processEvents()
        assert looking.cut_at_rest(plan) == []
        assert looking.nameless(plan) == []


def test_the_page_scrolls_along_with_the_cursor_and_to_a_visit_that_is_shown(
    plan: PlanView,
) -> None:
    plan.resize(1170, 400)
    QApplication.processEvents()
    last = rows(plan)[-1]
    for _ in range(plan.table.tablemodel.rowCount()):
        QTest.keyClick(plan.table, Key.Key_Down)
    here = plan.table.visualRect(plan.table.currentIndex())
    assert plan.table.viewport().visibleRegion().contains(here)
    plan._scroll.verticalScrollBar().setValue(0)
    plan.show_visit(last.visit_id)
    assert plan.table.viewport().visibleRegion().contains(plan.table.visit_rect(last.visit_id))


def test_the_panels_go_below_a_table_that_needs_the_whole_width(plan: PlanView) -> None:
    """As with four sites in the least window; else names would need more than two lines."""
    assert not plan._columns.is_stacked
    plan.table.needs.emit(plan.width() - 300)
    assert plan._columns.is_stacked
    plan.resize(1700, 660)
    QApplication.processEvents()
    assert not plan._columns.is_stacked


def test_a_plan_that_can_have_no_visit_says_why(
    page: PlanView, office: Services, settle: Settle
) -> None:
    for number in range(10):
        say(office, number, free=())
    heard: list[str] = []
    page.context.message.connect(heard.append)
    page.make_button.click()
    settle(page.context)
    (banner,) = page.banners()
    words = banner.sentence
    assert words.startswith("Nothing could be planned.")
    assert "have not said when they can visit" in words
    assert not any("ready" in one for one in heard)
    assert page.make_button.isVisible()
    asked: list[tuple[str, object]] = []
    page.context.asked_for.connect(lambda *target: asked.append(target))
    free, enter = banner.buttons
    QTest.keyClick(enter, Qt.Key.Key_Space)
    assert asked == [("availability", person_id(0))]
    QTest.keyClick(free, Qt.Key.Key_Space)
    settle(page.context)
    assert page.viewmodel.sheet.rows
    assert len(office.availability.of(person_id(9)).free) == 35


def test_suggestions_have_telephone_numbers_and_open_from_home(
    plan: PlanView, drafted: Services, settle: Settle
) -> None:
    person = drafted.people.people()[0]
    file = drafted.people.files()[person.id]
    drafted.people.save(person, replace(file, telephone="07700 900123"))
    row = next(row for row in rows(plan) if person.id not in row.pair and len(row.pair) == 2)
    broken = BrokenVisit(row.visit_id, row.pair[0], "Northgate", row.span, "X", "is away then")
    plan.open_target(broken)
    assert plan.suggestions.isVisible()
    assert plan.table.visit().visit_id == row.visit_id
    assert plan.viewmodel.suggest(row, row.pair[0])
    numbers = {s.person_id: s.telephone for s in plan.viewmodel.suggest(row, row.pair[0])}
    assert numbers[person.id] == "07700 900123"
    shown = [one.text() for one in plan.suggestions.findChildren(QLabel)]
    assert "07700 900123" in shown


def test_too_few_people_are_said_before_a_plan_is_made(page: PlanView, settle: Settle) -> None:
    settle(page.context)
    assert page.banners() == ()
    page.viewmodel.lacking = ("6 people are too few.",)
    page.viewmodel.judged.emit()
    assert [banner.sentence for banner in page.banners()] == ["6 people are too few."]
    page.viewmodel.renew()
    settle(page.context)
    assert page.banners() == ()


def test_a_visit_to_a_closed_site_that_has_no_row_is_cancelled_from_home(
    plan: PlanView, drafted: Services
) -> None:
    drafted.planning.use(QUARTER)
    (site,) = [site for site in drafted.setup.sites() if site.id == SUITE]
    periods = tuple(replace(p, end=QUARTER.start - timedelta(days=1)) for p in site.open_periods)
    drafted.setup.save_site(replace(site, open_periods=periods))
    first, *others = drafted.home.overview().at_closed_sites
    plan.open_target(first)
    assert plan.viewmodel.sheet.row(first.visit_id) is None
    (banner,) = [item for item in plan.banners() if "is closed by then" in item.sentence]
    (cancel,) = [item for item in banner.findChildren(QPushButton) if "Cancel" in item.text()]
    QTest.keyClick(cancel, Key.Key_Space)
    assert drafted.home.overview().at_closed_sites == tuple(others)


def test_work_that_somebody_asks_for_goes_before_how_predictable_the_plan_is(
    plan: PlanView, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It begins again afterwards, says what it is at, and is kept for the next time."""
    settle(plan.context)
    plan.viewmodel.audits = ()
    order: list[str] = []
    foresight, judge = plan.context.services.foresight, auditing.audit
    foresight._audits.clear()

    def note(*args: Any) -> Any:
        order.append("audit")
        return judge(*args)

    monkeypatch.setattr(auditing, "audit", note)
    words: list[str] = []
    plan.viewmodel.foreseen_viewmodel.working.connect(words.append)
    plan.viewmodel.foreseen_viewmodel.ask(QUARTER, is_planned=True)
    plan.context.jobs.run(lambda: order.append("asked"), owner=plan)
    settle(plan.context)
    assert "asked" in order
    assert order.count("audit") - order[: order.index("asked")].count("audit") == 2, "both sites"
    assert words[0].startswith("Working out how predictable visits are: ")
    assert len(plan.viewmodel.audits) == 2
    order.clear()
    plan.viewmodel.renew()
    settle(plan.context)
    assert order == []
