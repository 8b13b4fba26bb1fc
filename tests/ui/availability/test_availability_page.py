"""The page on which people say when they can visit, worked with real keys and a real mouse."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN, SUITE
from visitapp.domain.office.grid import Band
from visitapp.domain.office.people import Clearance
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.period import Period
from visitapp.domain.plan.rota import FreeTime
from visitapp.services import Services
from visitapp.ui.availability.view import AvailabilityView
from visitapp.ui.availability.viewmodel import NOT_THERE
from visitapp.ui.context import Context
from visitapp.ui.jobs import Jobs

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, furnished_context: Context) -> Iterator[AvailabilityView]:
    made = AvailabilityView(furnished_context)
    qtbot.addWidget(made)
    made.resize(1170, 660)
    made.show()
    made.grid.setFocus()
    yield made
    made.close()


def free(services: Services, who: object = ANNE) -> set[tuple[int, int]]:
    return {(one.weekday, one.start) for one in services.availability.of(who).free}


def test_space_changes_a_part_and_shift_with_an_arrow_paints_on(
    page: AvailabilityView, furnished: Services
) -> None:
    QTest.keyClick(page.grid, Key.Key_Right)
    QTest.keyClick(page.grid, Key.Key_Space)
    assert free(furnished) == {(0, 480)}
    QTest.keyClick(page.grid, Key.Key_Down, SHIFT)
    QTest.keyClick(page.grid, Key.Key_Right, SHIFT)
    assert free(furnished) == {(0, 480), (1, 480), (1, 720)}
    QTest.keyClick(page.grid, Key.Key_Space)
    QTest.keyClick(page.grid, Key.Key_Left, SHIFT)
    assert free(furnished) == {(0, 480)}
    assert page.findChild(type(page.grid)) is page.grid
    assert "1 of 35 timeslots" in page.viewmodel.facts


def test_the_mouse_paints_while_it_is_held(page: AvailabilityView, furnished: Services) -> None:
    def middle(row: int, column: int) -> QPoint:
        return page.grid.visualRect(page.grid.tablemodel.index(row, column)).center()

    view = page.grid.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle(2, 1))
    for column in (2, 3):
        QTest.mouseMove(view, middle(2, column))
    assert free(furnished) == set(), "a stroke is kept when it is over"
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle(2, 3))
    assert (2, 480) in free(furnished)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(2, 1))
    assert (2, 480) not in free(furnished)


def test_a_quick_stroke_paints_every_part_on_its_way(
    page: AvailabilityView, furnished: Services
) -> None:
    """One event from the first part of Monday to the last of Friday, as a quick hand sends."""
    grid, view = page.grid, page.grid.viewport()
    first, last = (
        grid.visualRect(grid.tablemodel.index(r, c)).center() for r, c in ((0, 0), (4, 4))
    )
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(view, last)
    painted = {divmod(at, 5) for at, is_free in enumerate(grid.tablemodel.cells) if is_free}
    assert painted >= {(n, n) for n in range(5)}
    near = list(zip(sorted(painted), sorted(painted)[1:], strict=False))
    assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) <= 2 for a, b in near), "without a hole"
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=last)
    assert len(free(furnished)) == len(painted)


def test_a_stroke_that_ends_between_two_events_is_painted_to_its_end(
    page: AvailabilityView, furnished: Services
) -> None:
    grid, view = page.grid, page.grid.viewport()
    ends = [grid.visualRect(grid.tablemodel.index(2, column)).center() for column in (0, 4)]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=ends[0])
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=ends[1])
    assert len(free(furnished)) == 5


@pytest.mark.parametrize("height", [420, 660])
def test_nothing_moves_under_the_mouse_while_it_is_held(
    page: AvailabilityView, height: int
) -> None:
    page.resize(1170, height)
    QApplication.processEvents()
    grid, view = page.grid, page.grid.viewport()
    at = view.mapTo(page, QPoint())
    corners = [
        grid.visualRect(grid.tablemodel.index(r, c)) for r, c in ((0, 0), (6, 4), (6, 0), (0, 4))
    ]
    ways = [rect.topLeft() + QPoint(2, 2) for rect in corners] + [
        rect.bottomRight() - QPoint(2, 2) for rect in corners
    ]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=ways[0])
    for point in ways:
        QTest.mouseMove(view, point)
        QApplication.processEvents()
        assert view.mapTo(page, QPoint()) == at
        assert (grid.verticalScrollBar().value(), grid.horizontalScrollBar().value()) == (0, 0)
        assert grid.visualRect(grid.tablemodel.index(0, 0)) == corners[0]
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=ways[-1])


def test_a_part_reads_as_a_sentence(page: AvailabilityView) -> None:
    index = page.grid.tablemodel.index(1, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Tuesday, 00:00 to 07:59: not free"
    page.grid.paint_cell(index, True)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith(": free")


def test_free_times_beside_the_parts_stay(qtbot: QtBot, furnished: Services, jobs: Jobs) -> None:
    """What was entered for times that are in no part is not lost by painting."""
    page = AvailabilityView(Context(furnished, jobs))
    qtbot.addWidget(page)
    page.viewmodel.bands = (Band(480, 720), Band(720, 960))
    night = FreeTime(0, 0, 480)
    now = furnished.availability.of(ANNE)
    page.viewmodel.availability = replace(now, free=(night,))
    cells = [False] * 14
    cells[0] = True
    page.viewmodel.set_cells(cells)
    assert set(furnished.availability.of(ANNE).free) == {night, FreeTime(0, 480, 720)}


def test_days_away_and_wishes_are_added_and_taken_away(
    page: AvailabilityView, furnished: Services
) -> None:
    page.away.first.set_text("5/5/2025")
    page.away.last.set_text("9/5/2025")
    page.away.add_button.click()
    away = Period(date(2025, 5, 5), date(2025, 5, 9))
    assert furnished.availability.of(ANNE).away == (away,)
    page.wishes.first.set_text("2/6/2025")
    page.wishes.add_button.click()
    wish = Period(date(2025, 6, 2), date(2025, 6, 2))
    assert furnished.availability.of(ANNE).wishes == (wish,)
    page.away.removed.emit(away)
    assert furnished.availability.of(ANNE).away == ()
    page.away.add_button.click()
    assert "first day" in page.away.reason.text()
    page.away.first.set_text("5/5/2025")
    page.away.last.set_text("4/5/2025")
    page.away.add_button.click()
    assert "earlier than the first" in page.away.reason.text()


def test_least_above_most_is_said_and_not_kept(page: AvailabilityView, furnished: Services) -> None:
    page.most.step(-12)
    assert furnished.availability.of(ANNE).most == 1
    page.least.step(1)
    page.least.step(1)
    assert furnished.availability.of(ANNE).least == 1
    assert any("lowest number of visits" in banner.sentence for banner in page.banners())
    page.most.step(4)
    assert furnished.availability.of(ANNE).most == 5
    assert not page.banners()


def test_the_manager_speaks_for_anybody(page: AvailabilityView, furnished: Services) -> None:
    page.person.chosen.emit(BEN)
    assert page.viewmodel.person.name == "Ben Sample"
    page.buddy.click()
    assert not furnished.availability.of(BEN).may_buddy
    page.viewmodel.set_distance(SUITE, 2)
    assert furnished.availability.of(BEN).travel == {SUITE: 2}
    page.viewmodel.set_distance(SUITE, NOT_THERE)
    kept = furnished.availability.of(BEN)
    assert (kept.travel, kept.not_at) == ({}, frozenset({SUITE}))
    page.open_target(ANNE)
    assert page.place() == ANNE


def test_a_visitor_sees_only_themselves(qtbot: QtBot, furnished: Services, jobs: Jobs) -> None:
    furnished.access = replace(furnished.access, actor=Actor("Ben Sample", Role.VISITOR))
    page = AvailabilityView(Context(furnished, jobs))
    qtbot.addWidget(page)
    page.show()
    assert page.title == "My availability"
    assert page.viewmodel.person.id == BEN
    assert not page.person.isVisible()
    assert not page.buddy.isVisible()
    page.close()


def test_the_page_says_that_somebody_is_not_planned_because_of_their_status(
    page: AvailabilityView, furnished: Services
) -> None:
    assert not page.status_words.isVisibleTo(page)
    anne = next(person for person in furnished.people.people() if person.id == ANNE)
    trained = tuple(replace(m, status="TRAINING") for m in anne.memberships)
    page.context.tell(furnished.people.save(replace(anne, memberships=trained)))
    assert page.status_words.isVisibleTo(page)
    assert page.status_words.text().startswith("In training for custody")
    new = replace(
        anne, version=anne.version + 1, clearance=Clearance(probation_until=date(2030, 1, 1))
    )
    page.context.tell(furnished.people.save(new))
    assert page.status_words.text() == "On probation, so not planned for kennels yet."


def test_what_was_entered_in_the_other_copy_is_said_on_the_page(copies, jobs, qtbot):
    anne = copies.join("anne", ANNE)
    mine = AvailabilityView(Context(anne, jobs))
    qtbot.addWidget(mine)
    mine.show()
    assert not mine.entered.isVisible()
    cells = mine.viewmodel.cells()
    mine.viewmodel.set_cells([True, *cells[1:]])
    assert not mine.entered.isVisible()
    copies.exchange("anne", "office")
    office = AvailabilityView(Context(copies.office, jobs))
    qtbot.addWidget(office)
    office.show()
    office.open_target(ANNE)
    assert office.entered.text().startswith("Anne Example entered this on their own copy on ")
    assert office.viewmodel.cells()[0]


def test_a_day_a_time_or_the_whole_week_is_changed_at_once(
    page: AvailabilityView, furnished: Services
) -> None:
    QTest.keyClick(page.grid, Key.Key_Space, SHIFT)
    assert {weekday for weekday, _ in free(furnished)} == {0}
    assert len(free(furnished)) == 5
    QTest.keyClick(page.grid, Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert len(free(furnished)) == 11
    QTest.keyClick(page.grid, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(free(furnished)) == 35
    QTest.keyClick(page.all_button, Key.Key_Space)
    assert free(furnished) == set()
    head = page.grid.verticalHeader()
    at = QPoint(10, head.sectionViewportPosition(2) + 5)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert {weekday for weekday, _ in free(furnished)} == {2}
    page.undo_stack.undo()
    assert free(furnished) == set()


def test_the_week_of_somebody_is_copied(page: AvailabilityView, furnished: Services) -> None:
    week = (FreeTime(3, 720, 960), FreeTime(5, 0, 480))
    furnished.availability.save(replace(furnished.availability.of(BEN), free=week))
    line = page.copy_from.lineEdit()
    line.selectAll()
    QTest.keyClicks(line, "ben")
    QTest.keyClick(line, Key.Key_Return)
    assert free(furnished) == {(3, 720), (5, 0)}
    assert page.copy_from.key() is None, "ready for another"
