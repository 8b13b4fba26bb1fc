"""The page Issues over a real file: found, followed, recorded by keys, kept apart from praise."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.builders import KENNELS, SUITE, make_kennel_visit, make_visit, sign
from visitapp.domain.following.issue_query import IssueQuery
from visitapp.domain.following.issue_steps import (
    CLOSED,
    NO_ACTION,
    REFERRED,
    RESPONSE,
    VERIFIED,
    WITHOUT,
    NewStep,
)
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.issue import Issue
from visitapp.ui.context import Context
from visitapp.ui.go_to.viewmodel import GoToViewModel
from visitapp.ui.issues import delegate, outcomes
from visitapp.ui.issues.tablemodel import DAYS, ISSUE, RAISED, STATE, IssueTableModel
from visitapp.ui.issues.view import IssuesView
from visitapp.ui.look.theme import theme

TODAY = date(2025, 4, 10)


def issue(category: str, words: str, severity: int = 2, **changed) -> Issue:
    given = {"category": category, "severity": severity, "description": words}
    return Issue(**{"id": uuid4(), **given, **changed})


RAISED_WITH = {"raised_with": "Custody sergeant", "raised_minute": 1180}
FOOD = issue("FOOD", "No halal meals in date; one had eaten crisps only.", **RAISED_WITH)
BELL = issue("EQUIP", "Call bell faint", 3, place="Cell M6")
PRAISE = issue("GOODSTAFF", "A sergeant lent glasses", 1, status="NFA")
TYRE = issue("VEHICLE", "A tyre was worn", 1)


@pytest.fixture
def raised(furnished_context: Context) -> Context:
    services = furnished_context.services
    sign(services, make_visit(date(2025, 3, 12), issues=(FOOD,)))
    sign(services, make_visit(date(2025, 4, 1), issues=(BELL, PRAISE)))
    sign(services, make_kennel_visit(date(2025, 4, 3), issues=(TYRE,)))
    return furnished_context


@pytest.fixture
def page(raised: Context, qtbot: QtBot) -> IssuesView:
    return shown(raised, qtbot)


def shown(context: Context, qtbot: QtBot) -> IssuesView:
    view = IssuesView(context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    return view


def words(widget: QWidget) -> str:
    QApplication.processEvents()  # what was just made is shown by then
    said = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return "\n".join(one.text() for one in said if one.isVisibleTo(widget))


def titles(view: IssuesView) -> list[str]:
    return [view.tablemodel.index(row, ISSUE).data() for row in range(view.tablemodel.rowCount())]


def steps(context: Context, one: Issue) -> list[str]:
    return [step.status for step in context.services.issues.get(one.id).steps]


def choose(view: IssuesView, outcome: str) -> None:
    view.form.outcome.set_key(outcome)
    view.form.outcome.chosen.emit(outcome)


def test_the_model_behaves(page: IssuesView, qtmodeltester: ModelTester):
    tablemodel = IssueTableModel()
    tablemodel.show(page.viewmodel.page.lines, ("a", "b", "c", "d"))
    qtmodeltester.check(tablemodel)


def test_open_issues_stand_oldest_first_with_their_days_and_the_limit(page):
    assert titles(page) == ["No halal meals in date", "Call bell faint", "A tyre was worn"]
    cells = [page.tablemodel.index(0, column).data() for column in (RAISED, DAYS, STATE)]
    assert cells == ["Wed 12 Mar", "29 days, 15 over", "Raised"]
    assert "3 open, 1 of them past the 14-day limit; 0 closed in the last 60 days" in words(page)
    heads = [page.tablemodel.headerData(at, Qt.Orientation.Horizontal) for at in range(4)]
    assert heads == ["Open, oldest first", "Raised", "Days open, limit 14", "State"]
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert page.tablemodel.index(0, ISSUE).data(spoken) == (
        "No halal meals in date, Northgate, food and drink"
    )
    assert page.tablemodel.index(0, DAYS).data(spoken) == "Open for 29 days, 15 over, of 14 days"


def test_limits_that_differ_are_not_told_as_one(raised: Context, qtbot: QtBot):
    custody = raised.services.setup.scheme(Kind.CUSTODY)
    raised.services.setup.save_scheme(replace(custody, issue_days=7))
    view = shown(raised, qtbot)
    assert view.tablemodel.headerData(DAYS, Qt.Orientation.Horizontal) == "Days open"
    assert "2 of them past their limit" in words(view)


def test_segments_count_and_good_findings_stand_apart(page, qtbot: QtBot):
    said = [segment.text() for segment in page.standing.segments()]
    assert said == ["Open 3", "Closed 0", "All 3", "Good findings 1"]
    qtbot.mouseClick(page.standing.segments()[3], Qt.MouseButton.LeftButton)
    assert titles(page) == ["A sergeant lent glasses"]
    assert page.table.isColumnHidden(DAYS)
    assert page.form.isHidden()
    assert not page.record_button.isVisible()
    qtbot.mouseClick(page.standing.segments()[1], Qt.MouseButton.LeftButton)
    assert "No closed issues match." in words(page)
    assert not page.detail.isVisible()


def test_search_site_category_and_severity_narrow_the_list(page, qtbot: QtBot):
    page.start_search()
    qtbot.keyClicks(page.search, "halal")
    assert titles(page) == ["No halal meals in date"]
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert page.table.hasFocus()
    page.site.chosen.emit(KENNELS)
    assert titles(page) == ["A tyre was worn"]
    page.site.chosen.emit(None)
    page.category.chosen.emit("EQUIP")
    assert titles(page) == ["Call bell faint"]
    page.category.chosen.emit(None)
    page.severity.chosen.emit(3)
    assert titles(page) == ["Call bell faint"]
    page.severity.chosen.emit(None)
    assert len(titles(page)) == 3


def test_filters_offer_the_sites_and_words_of_the_file(page):
    assert [page.site.itemText(at) for at in range(page.site.count())] == [
        "Hillside kennels", "Northgate",
    ]  # fmt: skip
    labels = [page.severity.itemText(at) for at in range(page.severity.count())]
    assert labels == ["Needs action", "Serious", "Allegation of ill-treatment, or safeguarding"]
    assert page.category.count() > 30


def test_an_empty_page_says_what_will_be_here(furnished_context: Context, qtbot: QtBot):
    view = shown(furnished_context, qtbot)
    assert "This page will show issues raised at visits" in words(view)
    assert not view.table.isVisible()
    assert not view.record_button.isVisible()
    assert not view.outcomes_button.isVisible()


# -- one issue -----------------------------------------------------------------------------


def test_the_cursor_stands_in_the_response_of_the_oldest(page, qtbot: QtBot):
    qtbot.waitUntil(page.form.words.area.hasFocus)
    said = words(page.detail)
    assert "15 days over the limit" in said
    assert "Needs action" in said
    assert "One had eaten crisps only." in said
    assert "Raised, Wed 12 Mar 2025, 19:40" in said
    assert "Anne Example and Ben Sample; raised with: Custody sergeant" in said


def test_arrows_move_enter_writes_and_escape_comes_back(page, qtbot: QtBot):
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert "Call bell faint" in words(page.detail)
    assert "Northgate, CCTV, call bell and equipment; Cell M6" in words(page.detail)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.form.words.area.hasFocus()
    qtbot.keyClick(page.form.words.area, Qt.Key.Key_Escape)
    assert page.table.hasFocus()


def test_a_response_is_recorded_by_keys_alone(page, raised: Context, qtbot: QtBot):
    told: list[str] = []
    raised.message.connect(told.append)
    qtbot.waitUntil(page.form.words.area.hasFocus)
    qtbot.keyClicks(page.form.words.area, "Meals were ordered.")
    qtbot.keyClick(page.form.words.area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert steps(raised, FOOD) == [RESPONSE]
    assert page.tablemodel.index(0, STATE).data() == "Response in"
    assert "The force replied, Thu 10 Apr 2025" in words(page.detail)
    assert "Meals were ordered" in words(page.detail)
    assert page.form.words.text() == ""
    assert told == ["No halal meals in date: response in."]
    assert raised.services.maintenance.check() == []


def test_closing_with_the_response_records_both_and_goes_on_to_the_next(page, raised: Context):
    page.form.words.set_text("A new stock.")
    choose(page, CLOSED)
    page.record()
    assert steps(raised, FOOD) == [RESPONSE, CLOSED]
    assert titles(page) == ["Call bell faint", "A tyre was worn"]
    assert "Call bell faint" in words(page.detail)
    assert "No halal meals in date" in words(page.recently_closed)
    page.recently_closed.findChildren(QPushButton)[0].click()
    said = words(page.detail)
    assert "You said" in said
    assert "A new stock." in said
    assert [key for key, _ in page.viewmodel.choices()] == [REFERRED, CLOSED]


def test_nothing_is_closed_without_a_response_or_a_reason(page, raised: Context):
    choose(page, CLOSED)
    page.record()
    assert "Record the force’s response" in page.form.reason.text()
    choose(page, WITHOUT)
    assert page.form.reason.text() == ""
    assert page.form.words.area.accessibleName().startswith("Why")
    page.form.words.set_text("The kitchen was closed for good.")
    page.record()
    assert steps(raised, FOOD) == [CLOSED]


def test_each_outcome_asks_for_its_own_words(page, raised: Context):
    asked = {}
    for key, _ in page.viewmodel.choices():
        choose(page, key)
        asked[key] = page.form.words.area.accessibleName()
    assert asked == {
        RESPONSE: "The force\u2019s response",
        VERIFIED: "The force\u2019s response",
        CLOSED: "The force\u2019s response",
        WITHOUT: "Why (the visitors who raised it will read this)",
        NO_ACTION: "Why (the visitors who raised it will read this)",
        REFERRED: "What you wrote to them",
    }
    assert page.record_button.text() == "Record it"
    choose(page, RESPONSE)
    assert page.record_button.text() == "Record the response"


def test_a_second_referral_is_a_reminder_and_a_closed_one_is_taken_up_again(page, raised):
    assert dict(page.viewmodel.choices())[REFERRED] == "Referred"
    choose(page, REFERRED)
    page.form.said_by.setText("Custody inspector")
    page.record()
    assert dict(page.viewmodel.choices())[REFERRED] == "Reminder sent"
    choose(page, REFERRED)
    page.record()
    assert "Reminder, Thu 10 Apr 2025" in words(page.detail)
    assert "To: Custody inspector" in words(page.detail)
    choose(page, NO_ACTION)
    page.form.words.set_text("A mistake.")
    page.record()
    assert steps(raised, FOOD) == [REFERRED, REFERRED, NO_ACTION]


def test_what_is_typed_stays_with_its_issue(page, qtbot: QtBot):
    page.form.words.set_text("Half an answ")
    page.form.said_by.setText("Inspector")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.form.words.text() == ""
    page.form.words.set_text("Of the bell")
    qtbot.keyClick(page.table, Qt.Key.Key_Up)
    assert (page.form.words.text(), page.form.said_by.text()) == ("Half an answ", "Inspector")
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.form.words.text() == "Of the bell"


def test_a_day_that_can_not_be_is_said(page, raised: Context):
    page.form.words.set_text("Ordered.")
    page.form.day.set_day(date(2025, 3, 1))
    page.record()
    assert "earlier than the day the issue was raised" in page.form.reason.text()
    page.form.day.set_day(None)
    page.record()
    assert page.form.reason.text() == "Enter the day it happened."
    assert page.form.words.text() == "Ordered."
    assert steps(raised, FOOD) == []


def test_words_that_lead_to_a_person_wait_for_a_decision(page, raised: Context, monkeypatch):
    page.form.words.set_text("Sergeant John Tremellick ordered meals.")
    page.record()
    assert "underlined" in page.form.reason.text()
    assert steps(raised, FOOD) == []
    page.form.words.write_suggestion()
    while page.form.words.undecided():
        page.form.words.write_suggestion()
    page.record()
    assert steps(raised, FOOD) == [RESPONSE]
    (step,) = raised.services.issues.get(FOOD.id).steps
    assert "Tremellick" not in step.words


def test_a_step_recorded_elsewhere_is_not_written_over(page, raised: Context):
    version = page.viewmodel.file.line.issue.version
    raised.services.issues.record(FOOD.id, version, NewStep(REFERRED, TODAY))
    page.form.words.set_text("Ordered.")
    page.record()
    assert "Look at it again first" in page.form.reason.text()
    assert page.form.words.text() == "Ordered."


def test_the_list_follows_changes_also_those_made_while_it_was_out_of_sight(page, raised, qtbot):
    page.hide()
    raised.tell(
        raised.services.issues.record(TYRE.id, 1, NewStep(NO_ACTION, TODAY, "A new van came."))
    )
    assert len(titles(page)) == 3
    page.show()
    assert titles(page) == ["No halal meals in date", "Call bell faint"]


# -- elsewhere -----------------------------------------------------------------------------


def test_you_said_we_did_is_read_and_copied(page, raised: Context, qtbot: QtBot, monkeypatch):
    page.form.words.set_text("A new stock.")
    choose(page, CLOSED)
    page.record()
    asked: list[object] = []
    monkeypatch.setattr(
        outcomes.OutcomesDialog, "ask", classmethod(lambda _, __, given: asked.append(given))
    )
    page.outcomes_button.click()
    dialog = outcomes.OutcomesDialog(page, asked[0])
    qtbot.addWidget(dialog)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == (
        "Northgate, 12 March 2025\n"
        "You said: No halal meals in date; one had eaten crisps only.\n"
        "We did: A new stock."
    )
    assert outcomes.outcomes_text(()) == outcomes.NOTHING


def test_a_link_leads_to_the_visit_and_ctrl_k_to_the_issue(page, raised: Context):
    went: list[tuple[str, object]] = []
    raised.asked_for.connect(lambda name, target: went.append((name, target)))
    links = [b for b in page.detail.findChildren(QPushButton) if "visit" in b.text()]
    links[0].click()
    assert went == [("visits", page.viewmodel.file.line.visit_id)]
    found = GoToViewModel(raised, lambda name: name == "issues").find("bell")
    assert [(f.kind, f.title, f.page, f.target) for f in found] == [
        ("Issue", "Call bell faint", "issues", BELL.id)
    ]
    page.open_target(found[0].target)
    assert "Call bell faint" in words(page.detail)
    assert page.place() == BELL.id


def test_an_issue_that_the_filters_hide_is_shown_all_the_same(page):
    page.search.setText("tyre")
    page.open_target(FOOD.id)
    assert "No halal meals in date" in words(page.detail)
    page.open_target(UUID(int=1))
    assert not page.detail.isVisible()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_bar_has_its_limit_and_what_is_beyond_in_another_colour(page, appearance, look):
    appearance.choose(look, 100)
    lines = page.viewmodel.page.lines
    track = QRect(10, 10, delegate.BAR_WIDTH, delegate.BAR_HEIGHT)
    limit = track.left() + round(track.width() * 0.45)
    colours = []
    for line in lines[:2]:
        image = QImage(160, 30, QImage.Format.Format_RGB32)
        image.fill(theme().colour("panel"))
        painter = QPainter(image)
        delegate.paint_bar(painter, track, line)
        painter.end()
        middle = track.center().y()
        colours.append([image.pixelColor(QPoint(x, middle)).name()
                        for x in (track.left() + 4, limit, limit + 20)])  # fmt: skip
    primary, bad, text, panel = (
        theme().colour(token).name() for token in ("primary", "bad", "text", "panel")
    )
    assert colours == [[primary, text, bad], [primary, text, panel]]


def test_many_issues_are_told_with_how_many_are_shown(page):
    page.viewmodel.query = IssueQuery(limit=2)
    page.viewmodel.reload()
    head = page.tablemodel.headerData(ISSUE, Qt.Orientation.Horizontal)
    assert head == "Open, oldest first: 2 of 3"
    assert SUITE in {line.site_id for line in page.viewmodel.page.lines}
