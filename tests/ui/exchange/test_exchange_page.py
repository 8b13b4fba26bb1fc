"""The page Exchange over real copies: the inbox decided on, a question answered, by keys too."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN
from tests.copies import DAY, Copies, amended, written
from tests.e2e.window import close, open_window
from tests.planners import QUARTER, START, furnish_planning, planned, planner
from visitapp.domain.report.issue import Issue
from visitapp.domain.text.wording import joined, with_initial
from visitapp.ui import exchanging, window_dialogs
from visitapp.ui.context import Context
from visitapp.ui.exchange.tablemodel import ExchangeTableModel
from visitapp.ui.exchange.view import ExchangeView
from visitapp.ui.exchanging import AutomaticExchange
from visitapp.ui.frame import main_window
from visitapp.ui.home.view import HomeView
from visitapp.ui.jobs import Jobs
from visitapp.ui.reducing import DailyReduction
from visitapp.ui.visits.view import VisitsView
from visitapp.ui.widgets.dialogs import ReasonDialog, SureDialog


@pytest.fixture
def anne(copies: Copies):
    return copies.join("anne", ANNE)


def shown(services, jobs: Jobs, qtbot: QtBot) -> ExchangeView:
    view = ExchangeView(Context(services, jobs))
    qtbot.addWidget(view)
    view.resize(1150, 720)
    view.show()
    return view


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def rows(view: ExchangeView) -> list[list[str]]:
    tablemodel = view.tablemodel
    return [
        [tablemodel.index(row, column).data() for column in range(tablemodel.columnCount())]
        for row in range(tablemodel.rowCount())
    ]


def test_the_model_behaves(copies, anne, jobs, qtbot, qtmodeltester: ModelTester):
    written(anne)
    view = shown(anne, jobs, qtbot)
    tablemodel = ExchangeTableModel(("a", "b", "c"))
    tablemodel.show(view.viewmodel.rows())
    qtmodeltester.check(tablemodel)


def test_a_copy_that_exchanges_nothing_says_how_to_begin(copies, jobs, qtbot):
    view = shown(copies.office, jobs, qtbot)
    assert "Invite somebody on the page People to begin." in words(view)
    assert not view.table.isVisible()


def test_the_inbox_shows_allegations_first_and_what_is_accepted_counts(copies, anne, jobs, qtbot):
    first = written(anne)
    issues = tuple(Issue(uuid4(), "FOOD", severity, description="Cold.") for severity in (4, 2, 1))
    grave = written(anne, DAY.replace(day=9), issues=issues)
    copies.exchange("anne", "office")
    view = shown(copies.office, jobs, qtbot)
    who = "A Example and B Sample"
    assert rows(view) == [
        [
            grave.ref,
            f"Northgate, 9 April\n{who}",
            "3 of 6",
            "1 allegation\n2 others",
            "Allegation. New",
        ],
        [first.ref, f"Northgate, 8 April\n{who}", "3 of 6", "None", "New"],
    ]
    assert view.viewmodel.chosen == grave.id
    assert "Cold." in words(view.detail)
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert view.viewmodel.chosen == first.id
    view.accept_button.setFocus()
    qtbot.keyClick(view.accept_button, Qt.Key.Key_Space)
    assert [row[0] for row in rows(view)] == [grave.ref]
    assert copies.office.visits.get(first.id).ref == first.ref


def test_what_has_no_warning_is_accepted_at_once(copies, anne, jobs, qtbot, monkeypatch):
    for day in (5, 6, 7):
        written(anne, DAY.replace(day=day))
    grave = written(anne, issues=(Issue(uuid4(), "FOOD", 4, description="Struck."),))
    copies.exchange("anne", "office")
    view = shown(copies.office, jobs, qtbot)
    asked = []

    def ask(_parent, title, _sentence, _action, then):
        asked.append(title)
        then()

    monkeypatch.setattr(SureDialog, "ask_before", ask)
    view.accept_all_button.click()
    assert asked == ["Accept 3 reports?"]
    assert [row[0] for row in rows(view)] == [grave.ref]
    assert not view.accept_all_button.isVisible()


def test_a_question_goes_to_the_visitor_and_the_answer_comes_back(
    copies, anne, jobs, qtbot, monkeypatch
):
    visit = written(anne)
    copies.exchange("anne", "office")
    office = shown(copies.office, jobs, qtbot)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_: "Which cells did you see?")
    office.ask_button.click()
    assert rows(office)[0][-1] == "Question asked"
    copies.exchange("office", "anne")
    visitor = shown(anne, jobs, qtbot)
    assert rows(visitor) == [[visit.ref, "Northgate, 8 April", "Question asked"]]
    assert "Which cells did you see?" in words(visitor.detail)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_: "All of them.")
    visitor.answer_button.click()
    assert rows(visitor)[0][-1] == "Locked here"
    copies.exchange("anne", "office")
    office.viewmodel.note_change()
    assert rows(office)[0][-1] == "Answered"
    assert "All of them." in words(office.detail)


@pytest.mark.parametrize("takes_theirs", [True, False])
def test_where_both_amended_the_manager_chooses(
    copies, anne, jobs, qtbot, monkeypatch, takes_theirs
):
    visit = written(anne)
    copies.exchange("anne", "office")
    copies.office.inbox.accept([visit.id])
    ours = amended(copies.office, copies.office.visits.get(visit.id), summary="Ours.")
    theirs = amended(anne, visit, summary="Theirs.")
    copies.exchange("anne", "office")
    view = shown(copies.office, jobs, qtbot)
    assert rows(view)[0][-1] == "Amended by both"
    assert not view.accept_button.isVisible()
    monkeypatch.setattr(SureDialog, "ask_before", lambda *args: args[-1]())
    (view.theirs_button if takes_theirs else view.ours_button).click()
    assert rows(view) == []
    stands = theirs if takes_theirs else ours
    assert copies.office.visits.get(stands.id).state.value == "locked"


def wait_for(exchange: AutomaticExchange, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not exchange.is_busy, timeout=20_000)


def test_the_folder_is_chosen_and_looked_after(copies, anne, jobs, qtbot, monkeypatch):
    context = Context(anne, jobs)
    exchange = AutomaticExchange(context)
    view = ExchangeView(context)
    qtbot.addWidget(view)
    view.show()
    visit = written(anne)
    assert "No folder is chosen. Choose one, or save the message" in words(view)
    monkeypatch.setattr(window_dialogs, "ask_exchange_folder", lambda *_: copies.folder)
    view.folder_button.click()
    assert f"Folder: {copies.folder}" in words(view)
    view.now_button.click()
    wait_for(exchange, qtbot)
    assert len(list(copies.folder.iterdir())) == 1
    assert "0 messages taken in, 1 message put out." in words(view)
    assert rows(view)[0][-1] == "Handed over (10 Apr 13:00, in the folder)"
    copies.exchange("office")
    view.now_button.click()
    wait_for(exchange, qtbot)
    assert rows(view)[0] == [visit.ref, "Northgate, 8 April", "Received by the office"]
    exchange.end()


def test_a_folder_that_is_gone_is_said_once(copies, anne, jobs, qtbot, tmp_path: Path):
    context = Context(anne, jobs)
    said: list[str] = []
    context.message.connect(said.append)
    exchange = AutomaticExchange(context)
    context.preferences.change(exchange_folder=str(tmp_path / "gone"))
    for _ in range(3):
        exchange._begin()
        wait_for(exchange, qtbot)
    assert len(said) == 1
    assert "can't be read: No such file or directory." in said[0]
    exchange.end()


@pytest.mark.parametrize("at", [1, 2])
def test_what_arrives_during_an_exchange_is_taken_in_soon(
    copies, anne, jobs, qtbot, monkeypatch, at
):
    monkeypatch.setattr(exchanging, "SOON_MS", 0)
    monkeypatch.setattr(exchanging, "LOOK_MS", 50)
    office, calls = copies.office, []
    steps_once = office.folder.steps

    def steps(folder: Path):
        result = yield from steps_once(folder)
        calls.append(folder)
        if len(calls) == at:
            copies.exchange("anne")
        return result

    monkeypatch.setattr(office.folder, "steps", steps)
    visit = written(anne)
    context = Context(office, jobs)
    context.preferences.change(exchange_folder=str(copies.folder))
    automatic = AutomaticExchange(context)
    qtbot.waitUntil(lambda: len(office.inbox.lines()) == 1, timeout=10_000)
    assert office.inbox.lines()[0].report_id == visit.id
    automatic.end()


def test_the_window_exchanges_by_itself(copies, anne, qapp, qtbot, monkeypatch):
    written(anne)
    path = copies.open_files[1].path
    copies.close()
    monkeypatch.setattr(main_window, "_EXCHANGE_MS", 0)
    monkeypatch.setattr(exchanging, "SOON_MS", 0)
    window = open_window(qapp, path, bytes(range(1, 33)))
    try:
        window.preferences.change(exchange_folder=str(copies.folder))
        qtbot.waitUntil(lambda: len(list(copies.folder.iterdir())) == 1, timeout=10_000)
        exchange = window.findChild(AutomaticExchange)
        assert exchange is not None
        wait_for(exchange, qtbot)
    finally:
        close(window)
    copies.open_files.clear()


def test_an_assigned_week_without_a_report_is_listed_until_one_comes(copies, jobs, qtbot):
    """The builders' office has joined nobody: what is expected is shown there too."""
    office = copies.office
    furnish_planning(office, kennels=False)
    plan = planner(office)
    plan.make(START)
    plan.use(QUARTER)
    copies.clock.now = copies.clock.now.replace(day=22)
    late = office.inbox.late()
    who = joined([with_initial(name) for name in late[0].names])
    view = shown(office, jobs, qtbot)
    assert rows(view)[0] == [
        "No report yet", f"Northgate, 14–20 Apr\n{who}", "", "", "Late since 21 April",
    ]  # fmt: skip
    assert len(rows(view)) == len(late)
    said = words(view.detail)
    assert all(word in said for word in (*late[0].names, "14–20 Apr 2025", "21 April 2025"))
    assert not view.accept_button.isVisible()
    assert not view.ask_button.isVisible()
    view.open_target(late[-1].visit_id)
    assert view.viewmodel.late_visit == late[-1]
    pair = next(visit.pair for visit in planned(office) if visit.id == late[0].visit_id)
    written(office, date(2025, 4, 15), visitors=pair)
    view.viewmodel.renew()
    assert len(rows(view)) == len(late) - 1
    qtbot.keyClick(view.table, Qt.Key.Key_Home)
    assert view.viewmodel.late_visit is not None


@pytest.fixture
def ben(copies: Copies):
    return copies.join("ben", BEN)


def test_the_other_visitor_confirms_by_keys_and_the_office_sees_it(copies, anne, ben, jobs, qtbot):
    visit = written(anne, summary="All was calm.")
    copies.exchange("anne", "office", "ben")
    own = written(ben, DAY.replace(day=9), visitors=(BEN, ANNE))
    view = shown(ben, jobs, qtbot)
    assert rows(view) == [
        [visit.ref, "Northgate, 8 April", "For you to confirm"],
        [own.ref, "Northgate, 9 April", "Locked here"],
    ]
    assert view.viewmodel.chosen == visit.id
    assert "All was calm." in words(view.detail)
    assert ("Written by", "Anne Example") in view.viewmodel.facts()
    view.activateWindow()
    view.table.setFocus()
    for _ in range(12):
        if view.confirm_button.hasFocus():
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert view.confirm_button.hasFocus()
    qtbot.keyClick(view.confirm_button, Qt.Key.Key_Space)
    assert rows(view)[-1] == [visit.ref, "Northgate, 8 April", "Confirmed by you"]
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert not view.confirm_button.isEnabled()
    copies.exchange("ben", "office", "anne")
    office = shown(copies.office, jobs, qtbot)
    confirmed = "Confirmed on their own copy, Thu 10 Apr 2025, 13:00"
    assert ("Ben Sample", confirmed) in office.viewmodel.facts()
    office.viewmodel.choose(own.id)
    assert ("Anne Example", "Typed name. Asked to confirm on their own copy.") in (
        office.viewmodel.facts()
    )
    writer = shown(anne, jobs, qtbot)
    writer.viewmodel.choose(visit.id)
    assert ("Ben Sample", confirmed) in writer.viewmodel.facts()


def test_what_was_changed_since_is_shown_and_what_is_wrong_reaches_the_inbox(
    copies, anne, ben, jobs, qtbot, monkeypatch
):
    visit = written(anne, summary="All was calm.")
    copies.exchange("anne", "office", "ben")
    ben.confirming.confirm(visit.id, visit.id)
    amended(anne, visit, summary="A bulb was broken.")
    copies.exchange("ben", "anne", "office", "ben")
    view = shown(ben, jobs, qtbot)
    assert rows(view)[0][-1] == "Changed, to confirm again"
    changed = dict(view.viewmodel.changed_answers())
    assert "Before: All was calm.\nNow: A bulb was broken." in changed.values()
    assert "Changed since you answered" in words(view.detail)
    assert ("Why it was changed", "A number was wrong.") in view.viewmodel.facts()
    office = shown(copies.office, jobs, qtbot)
    earlier = "Confirmed an earlier version on their own copy. Asked about this one."
    assert ("Ben Sample", earlier) in office.viewmodel.facts()
    copies.office.inbox.accept([visit.id])
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_: "Two bulbs were broken.")
    view.wrong_button.click()
    assert rows(view)[0][-1] == "You said what is wrong"
    copies.exchange("ben", "office")
    office.viewmodel.renew()
    assert rows(office)[0][-1] == "Something is wrong"
    assert office.note_button.isVisible()
    assert not office.accept_button.isVisible()
    assert "Two bulbs were broken." in words(office.detail)
    office.note_button.click()
    assert rows(office) == []


def test_a_withdrawn_report_of_another_is_only_read(copies, anne, ben, jobs, qtbot):
    visit = written(anne)
    copies.exchange("anne", "office", "ben")
    anne.visits.withdraw(visit.id, "It was another site.", ["Anne Example", "Ben Sample"])
    copies.exchange("anne", "office", "ben")
    view = shown(ben, jobs, qtbot)
    assert rows(view)[0][-1] == "Withdrawn"
    assert not view.confirm_button.isVisible()
    assert not view.wrong_button.isVisible()


def test_what_is_kept_at_the_office_is_said_on_each_page(copies, anne, ben, jobs, qtbot):
    visit = written(anne, summary="All was calm.")
    copies.exchange("anne", "office")
    copies.office.inbox.accept([visit.id])
    copies.exchange("office", "anne", "ben")
    copies.clock.move(days=100)
    for services in (anne, ben):
        context = Context(services, jobs)
        changed = []
        context.changed.connect(changed.append)
        reduction = DailyReduction(context)
        qtbot.waitUntil(lambda changed=changed: bool(changed))
        reduction.look()
        view = shown(services, jobs, qtbot)
        assert rows(view) == [[visit.ref, "Northgate, 8 Apr 2025", "Accepted, kept at the office"]]
        assert view.detail.accessibleName() == f"Report {visit.ref}, kept at the office"
        assert "This copy no longer holds the report." in words(view.detail)
        assert not view.confirm_button.isVisible()
    visits = VisitsView(Context(anne, jobs))
    qtbot.addWidget(visits)
    visits.show()
    assert "All of yours are kept at the office by now." in words(visits)
    assert "0 visits, and 1 report is kept at the office alone" in words(visits)
    home = HomeView(Context(anne, jobs))
    qtbot.addWidget(home)
    home.show()
    assert "1 report is kept at the office alone." in words(home)
