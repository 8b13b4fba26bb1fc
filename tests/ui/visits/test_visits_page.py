"""The page Visits on a real file: found, read, withdrawn, replaced, decided."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.builders import (
    ANIMALS,
    ANNE,
    CARA,
    CUSTODY,
    KENNELS,
    SUITE,
    at,
    make_kennel_visit,
    make_visit,
    sign,
)
from tests.ui import looking
from tests.ui.keyboard import focus
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.period import Period
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import CellQuery, CountedVisits, VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.visits import view as visits_view
from visitapp.ui.visits.tablemodel import COLUMNS
from visitapp.ui.visits.view import VisitsView
from visitapp.ui.visits.viewmodel import EVERY, WITHDRAWN

DAY = date(2025, 3, 5)


@pytest.fixture
def signed(furnished_context: Context) -> list[Visit]:
    """Three custody visits and a kennel visit, the oldest first."""
    services = furnished_context.services
    issue = Issue(uuid4(), "FOOD", 2, description="No vegetarian meal was left.")
    return [
        sign(services, make_visit(DAY - timedelta(60), summary="Calm.")),
        sign(services, make_kennel_visit(DAY - timedelta(30), visitors=(ANNE, CARA))),
        sign(services, make_visit(DAY - timedelta(7), issues=(issue,), type="FOLLOWUP")),
        sign(services, make_visit(DAY, mode="VIDEO")),
    ]


@pytest.fixture
def page(furnished_context: Context, signed: list[Visit], qtbot: QtBot) -> VisitsView:
    made = VisitsView(furnished_context)
    qtbot.addWidget(made)
    made.resize(1170, 712)
    with qtbot.waitExposed(made):
        made.show()
    return made


def column(page: VisitsView, title: str) -> list[str]:
    at_column = next(i for i, one in enumerate(COLUMNS) if one.title == title)
    tablemodel = page.viewmodel.tablemodel
    return [str(tablemodel.index(r, at_column).data()) for r in range(tablemodel.rowCount())]


def words(page: VisitsView) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible() and one.text()]


def asked(monkeypatch: pytest.MonkeyPatch, reason: str | None) -> list[str]:
    titles: list[str] = []

    def ask(_parent: object, title: str, *_: object) -> str | None:
        titles.append(title)
        return reason

    monkeypatch.setattr(visits_view.ReasonDialog, "ask", ask)
    return titles


def test_the_newest_visit_stands_first_and_each_is_told_in_words(
    page: VisitsView, signed: list[Visit]
) -> None:
    tablemodel = page.viewmodel.tablemodel
    assert column(page, "Reference") == [visit.ref for visit in reversed(signed)]
    first = [str(tablemodel.index(0, c).data()) for c in range(tablemodel.columnCount())]
    assert first == [
        "Wed 5 Mar 2025\n14:00", "Northgate", signed[3].ref, "Routine, video",
        "Anne Example and Ben Sample", "6", "3", "3 min", "", "Locked",
    ]  # fmt: skip
    spoken = tablemodel.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Date: Wed 5 Mar 2025, 14:00"
    assert page.title == "Visits"
    assert "4 visits" in words(page)


def test_a_click_on_a_head_sorts_and_a_second_turns_the_order(page: VisitsView) -> None:
    table, head = page.list.table, page.list.table.horizontalHeader()
    assert head.sortIndicatorSection() == 0
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert column(page, "Site") == ["Hillside kennels", "Northgate", "Northgate", "Northgate"]
    table.sortByColumn(8, Qt.SortOrder.DescendingOrder)
    assert column(page, "Issues")[0] == "1"
    # A column that can't be sorted by leaves everything as it is.
    table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    assert head.sortIndicatorSection() == 8
    assert column(page, "Issues")[0] == "1"


def test_typing_finds_words_people_sites_and_references(
    page: VisitsView, signed: list[Visit], qtbot: QtBot
) -> None:
    for text, found in (
        ("veget", [signed[2]]),
        ("cara", [signed[1]]),
        ("hillside", [signed[1]]),
        (signed[0].ref.lower(), [signed[0]]),
        ("northgate calm", [signed[0]]),
    ):
        page.list.search.clear()
        with qtbot.waitSignal(page.viewmodel.listed, timeout=20_000):
            qtbot.keyClicks(page.list.search, text)
            assert page.viewmodel.query.text != text  # not at each key, but once the typing pauses
        qtbot.waitUntil(lambda text=text: page.viewmodel.query.text == text)
        assert column(page, "Reference") == [visit.ref for visit in found]
    page.list.search.clear()
    qtbot.keyClicks(page.list.search, "nothing such")
    qtbot.waitUntil(lambda: page.viewmodel.tablemodel.total == 0)
    assert "No visits match." in words(page)


def test_filters_narrow_the_list_by_scheme_site_and_days(
    page: VisitsView, signed: list[Visit]
) -> None:
    page.list.scheme.chosen.emit(ANIMALS)
    assert column(page, "Reference") == [signed[1].ref]
    assert [name for _, name in page.viewmodel.offered_sites()] == ["Hillside kennels"]
    page.list.scheme.chosen.emit(None)
    page.list.sites.chosen.emit((SUITE,))
    assert page.viewmodel.tablemodel.total == 3
    page.list.period.chosen.emit(Period(DAY - timedelta(8), DAY - timedelta(1)))
    assert column(page, "Reference") == [signed[2].ref]
    assert page.viewmodel.is_narrowed
    page.viewmodel.show_all()
    assert page.viewmodel.tablemodel.total == 4
    assert not page.viewmodel.is_narrowed


def test_choosing_another_scheme_lets_go_of_the_sites_of_the_first(page: VisitsView) -> None:
    page.viewmodel.choose_sites((KENNELS,))
    page.viewmodel.choose_scheme(CUSTODY)
    assert page.viewmodel.query.site_ids == ()
    assert page.viewmodel.tablemodel.total == 3


def test_a_query_from_another_page_is_listed_and_told(
    page: VisitsView, signed: list[Visit], furnished_context: Context
) -> None:
    [grid] = furnished_context.services.setup.grids(CUSTODY)
    wednesday_afternoon = CellQuery(SUITE, grid, 2, 2)
    page.open_target(
        VisitQuery(scheme_id=CUSTODY, cell=wednesday_afternoon, counted=CountedVisits.ATTEMPTED)
    )
    assert page.viewmodel.tablemodel.total == 2
    assert "Only Northgate, Wednesday, 12:00–15:59; without training" in words(page)
    page.open_target(VisitQuery(cell=replace(wednesday_afternoon, column=None)))
    assert "Only Northgate, Wednesday" in words(page)
    page.open_target(VisitQuery(cell=CellQuery(SUITE, grid, outside=True)))
    assert "Only Northgate, in no timeslot" in words(page)
    page.open_target(VisitQuery(scheme_id=CUSTODY, delay_reasons=("BUSY",)))
    assert "Only reason for the wait: suite very busy" in words(page)
    assert page.list.search.hasFocus()  # there is no row to take the cursor to


def test_enter_reads_a_visit_and_escape_goes_back_to_its_row(
    page: VisitsView, signed: list[Visit], qtbot: QtBot
) -> None:
    table = page.list.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    shown = words(page)
    assert page.title == f"{signed[2].ref}: Northgate, Wednesday 26 February 2025"
    for said in (
        "Custody visit by Anne Example and Ben Sample",
        "Follow-up, face to face",
        "14:03, after 3 minutes",
        "6 = 3 seen + 1 refused + 1 not available + 1 asleep",
        "1: 1 in interview",
        "Food and drink: needs action. “No vegetarian meal was left.” Raised.",
        "typed their name, Thu 10 Apr 2025, 13:00",
        "Locked",
    ):
        assert said in shown
    assert page.place() == signed[2].id
    assert focus().accessibleName() == "Suite: Northgate"
    qtbot.keyClick(page.back, Qt.Key.Key_Escape)
    assert page.title == "Visits"
    assert table.hasFocus()
    assert table.currentIndex().row() == 1
    assert page.place() is None


def test_a_visit_is_withdrawn_for_a_reason_and_stays_readable(
    page: VisitsView, signed: list[Visit], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page.open_target(signed[3].id)
    titles = asked(monkeypatch, None)
    page.withdraw_button.click()
    assert page.viewmodel.tablemodel.total == 4
    asked(monkeypatch, "It was of another suite.")
    with qtbot.waitSignal(page.context.message):
        page.withdraw_button.click()
    assert titles == [f"Withdraw {signed[3].ref}?"]
    said = "Withdrawn on Thu 10 Apr 2025, 13:00 and not counted: It was of another suite."
    assert said in words(page)
    assert not page.withdraw_button.isVisible()
    assert not page.amend_button.isVisible()
    page.show_list()
    assert page.viewmodel.tablemodel.total == 3
    page.list.state.chosen.emit(WITHDRAWN)
    assert column(page, "State") == ["Withdrawn"]
    page.list.state.chosen.emit(EVERY)
    assert page.viewmodel.tablemodel.total == 4


def test_amending_begins_a_draft_and_goes_to_it(
    page: VisitsView, signed: list[Visit], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page.open_target(signed[0].id)
    asked(monkeypatch, "A count was wrong.")
    with qtbot.waitSignal(page.context.asked_for) as went:
        page.amend_button.click()
    [draft] = page.context.services.drafts.drafts()
    assert went.args == ["log", draft.id]
    assert draft.replaces_id == signed[0].id
    assert page.context.services.visits.get(signed[0].id).state is State.LOCKED


def test_an_amended_report_and_its_successor_lead_to_each_other(
    page: VisitsView, signed: list[Visit], furnished_context: Context, qtbot: QtBot
) -> None:
    services = furnished_context.services
    draft, _ = services.drafts.replace(signed[0].id, "A count was wrong.")
    new, changes = services.visits.sign(replace(signed[0], id=draft.id, ref=""), draft)
    furnished_context.tell(changes)
    page.open_target(signed[0].id)
    said = "Amended on Thu 10 Apr 2025, 13:00 and not counted: A count was wrong."
    assert said in words(page)
    link = next(b for b in page.detail.findChildren(QPushButton) if b.property("link"))
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert page.place() == new.id
    assert "Amends" in words(page)
    assert "Amended 2" in words(page)


def test_two_versions_stand_side_by_side_with_what_was_changed(
    page: VisitsView, signed: list[Visit], furnished_context: Context, qtbot: QtBot
) -> None:
    services = furnished_context.services
    draft, _ = services.drafts.replace(signed[0].id, "A count was wrong.")
    changed = replace(signed[0], id=draft.id, ref="", summary="Calm, and cold.", present=6)
    new, changes = services.visits.sign(changed, draft)
    furnished_context.tell(changes)
    for opened in (new, signed[0]):
        page.open_target(opened.id)
        page.compare_button.click()
        shown = words(page.compare)
        assert any(text.endswith("13:00: A count was wrong.") for text in shown)
        assert "Calm, and cold." in shown
        assert shown.count("Changed") == 1
        assert "Anne Example and Ben Sample" not in shown
        page.compare.which.segments()[1].click()
        assert "Anne Example and Ben Sample" in words(page.compare)
        page.compare.which.segments()[0].click()
        page.back.click()
        assert page.place() == opened.id
        page.back.click()
    assert page.place() is None


def overlapping(context: Context) -> tuple[Visit, Visit]:
    services = context.services
    first = sign(services, make_visit(date(2025, 2, 2)))
    second = sign(services, make_visit(date(2025, 2, 2), arrived=at(date(2025, 2, 2), 14, 30),
                                       admitted=at(date(2025, 2, 2), 14, 31)))  # fmt: skip
    return first, second


@pytest.mark.parametrize("keep", [0, 1, None])
def test_two_reports_of_one_visit_are_joined_or_kept_by_decision(
    page: VisitsView, furnished_context: Context, keep: int | None, qtbot: QtBot
) -> None:
    from visitapp.domain.changes import Changes

    pair = overlapping(furnished_context)
    furnished_context.tell(Changes.VISITS)
    [banner] = page.banners()
    assert banner.sentence == f"{pair[0].ref} and {pair[1].ref} may be reports of the same visit."
    banner.findChild(QPushButton).click()
    assert page.title == "The same visit?"
    if keep is None:
        page.both.click()
    else:
        name = f"Keep {pair[keep].ref}"
        next(b for b in page.same.findChildren(QPushButton) if b.text() == name).click()
    states = [furnished_context.services.visits.get(visit.id).state for visit in pair]
    assert states.count(State.WITHDRAWN) == (0 if keep is None else 1)
    if keep is not None:
        assert states[keep] is State.LOCKED
    assert page.title == "Visits"
    assert page.banners() == ()
    assert furnished_context.services.visits.same_visit_questions() == ()


def test_a_report_of_a_question_can_be_read_before_deciding(
    page: VisitsView, furnished_context: Context
) -> None:
    from visitapp.domain.changes import Changes

    pair = overlapping(furnished_context)
    furnished_context.tell(Changes.VISITS)
    page.banners()[0].findChild(QPushButton).click()
    read = [b for b in page.same.findChildren(QPushButton) if b.text() == "Read all of it"]
    read[1].click()
    assert page.title.startswith(pair[1].ref)
    assert page.back.text() == "Back to the question"
    page.back.click()
    assert page.title == "The same visit?"


def test_drafts_are_listed_and_gone_to(
    page: VisitsView, furnished_context: Context, qtbot: QtBot
) -> None:
    draft, changes = furnished_context.services.drafts.begin(CUSTODY)
    saved = furnished_context.services.drafts.save(
        replace(draft, report=typed_report({"site_id": str(SUITE), "date": "9/4/2025"}))
    )
    furnished_context.tell(changes)
    assert page.list.state.menu_of_choices().actions()[-1].text() == "Drafts (1)"
    page.list.state.chosen.emit("drafts")
    assert "1 draft" in words(page)
    table = page.list.draft_table
    assert table.model().index(0, 0).data() == "Northgate, Wednesday 9 April 2025"
    assert table.model().index(0, 3).data() == "Thu 10 Apr 2025, 13:00"
    table.setCurrentIndex(table.model().index(0, 0))
    with qtbot.waitSignal(furnished_context.asked_for) as went:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert went.args == ["log", saved.id]


def test_a_hidden_page_waits_with_what_changed_until_somebody_looks(
    page: VisitsView, furnished_context: Context, signed: list[Visit]
) -> None:
    page.hide()
    furnished_context.tell(furnished_context.services.visits.withdraw(signed[0].id, "Not ours."))
    assert page.viewmodel.tablemodel.total == 4
    page.show()
    assert page.viewmodel.tablemodel.total == 3


def test_an_empty_file_says_what_will_be_here(context: Context, qtbot: QtBot) -> None:
    made = VisitsView(context)
    qtbot.addWidget(made)
    made.show()
    assert "This page lists signed and imported visits. There are none yet." in words(made)
    with qtbot.waitSignal(context.asked_for) as went:
        made.log_button.click()
    assert went.args == ["log", None]


def test_a_visit_that_is_not_there_is_told_in_a_banner(page: VisitsView) -> None:
    page.open_target(UUID(int=5))
    assert [banner.sentence for banner in page.banners()] == ["This visit is not in the file."]
    assert page.title == "Visits"


@pytest.mark.parametrize(("theme", "percent"), [("light", 100), ("dark", 150), ("light", 200)])
def test_an_amended_report_and_its_versions_are_read_whole_at_every_size(
    page: VisitsView, signed: list[Visit], appearance: Appearance, theme: str, percent: int
) -> None:
    services = page.context.services
    draft, _ = services.drafts.replace(signed[1].id, "A count was wrong.")
    new, changes = services.visits.sign(replace(signed[1], id=draft.id, ref=""), draft)
    page.context.tell(changes)
    appearance.choose(theme, percent)
    page.resize(1366 - (196 if percent == 100 else 300), 640)
    page.open_target(new.id)
    for look in (lambda: None, page.compare_button.click):
        look()
        assert looking.cut_at_rest(page) == []
        [title] = [one for one in page.findChildren(QLabel) if one.text() == page.title]
        assert title.width() >= page.width() // 3
