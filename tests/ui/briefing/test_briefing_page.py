"""The page of a briefing over a real file: one site at a time, and a PDF to take along."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import ANIMALS, CUSTODY, KENNELS, SUITE, make_site, make_visit, sign
from tests.reporting.tagged_pdf import TaggedPdf
from tests.ui.conftest import Settle
from visitapp.domain.following.issue_steps import CLOSED, RESPONSE, NewStep
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import Report
from visitapp.ui.briefing.view import BriefingView
from visitapp.ui.context import Context
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.go_to.viewmodel import GoToViewModel
from visitapp.ui.pages import places_for

TODAY = date(2025, 4, 10)
FOOD = Issue(uuid4(), "FOOD", 2, description="No halal meals in date")
SHOVE = Issue(
    uuid4(), "CONDUCT", 4, description="A shove in the van", question=Place.parse("answers:opcat")
)


def words(widget: QWidget) -> str:
    QApplication.processEvents()  # what was just made is shown by then
    said = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return "\n".join(one.text() for one in said if one.isVisibleTo(widget))


def shown(context: Context, qtbot: QtBot) -> BriefingView:
    view = BriefingView(context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    return view


@pytest.fixture
def visited(furnished_context: Context) -> Context:
    answers = {"overall": "SATISFACTORY", "kitchen": "CONCERN", "opcat": "YES", "yard": "OK"}
    report = Report(1, answers)
    sign(
        furnished_context.services,
        make_visit(date(2025, 3, 12), issues=(FOOD, SHOVE), report=report),
    )
    return furnished_context


@pytest.fixture
def page(visited: Context, qtbot: QtBot) -> BriefingView:
    view = shown(visited, qtbot)
    view.open_target(SUITE)
    return view


def test_it_tells_what_to_look_at_and_no_allegation(page: BriefingView):
    said = words(page)
    for told in (
        "Custody, as of Thu 10 Apr 2025",
        "No halal meals in date",
        "Food and drink; raised 12 March 2025, raised",
        "No answer yet.",
        "Kitchen: clean, food in date, a choice",
        "Shifts change from 06:30 to 07:15",
        "Never",
        "Fire exits",
    ):
        assert told in said
    assert "shove" not in said
    assert "Exercise yard" not in said


def test_another_site_is_chosen_by_keys(page: BriefingView, visited: Context, qtbot: QtBot):
    visited.services.animals.add(Animal(uuid4(), ANIMALS, KENNELS, "Rex"))
    page.start_search()
    assert page.site.hasFocus()
    page.site.lineEdit().selectAll()
    qtbot.keyClicks(page.site.lineEdit(), "hillside")
    qtbot.keyClick(page.site.lineEdit(), Qt.Key.Key_Return)
    said = words(page)
    assert "Animal welfare, as of Thu 10 Apr 2025" in said
    assert "No issue is open." in said
    assert "0 of the unit’s 1 animal were seen in the last six months (0%)." in said
    assert "Rex, never seen" in said
    assert "No reports yet" in said
    assert "When shifts change" not in said
    assert page.place() == KENNELS


def test_what_the_force_answered_is_to_be_looked_at(page: BriefingView, visited: Context):
    steps = NewStep(RESPONSE, TODAY, "Meals were ordered."), NewStep(CLOSED, TODAY)
    visited.tell(visited.services.issues.record(FOOD.id, 1, *steps))
    said = words(page)
    assert "The force says these are fixed. Check they still are." in said
    assert "The force said: Meals were ordered." in said


def test_the_first_open_site_stands_there_and_a_file_without_sites_says_so(
    context: Context, qtbot: QtBot
):
    view = shown(context, qtbot)
    assert "When you have added a site" in words(view)
    assert not view.save_button.isVisible()
    closed = make_site(id=uuid4(), name="Abbey", open_periods=())
    context.tell(context.services.setup.save_site(closed))
    assert view.place() == closed.id
    context.tell(context.services.setup.save_site(make_site(position=1)))
    assert view.place() == closed.id
    assert shown(context, qtbot).place() == SUITE


def test_it_is_saved_as_one_page(
    page: BriefingView, tmp_path: Path, monkeypatch, settle: Settle, visited: Context
):
    asked: list[str] = []

    def choose(_, title, name, __):
        asked.append(Path(name).name)
        return str(tmp_path / "along"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.save_button.click()
    settle(visited)
    assert asked == ["briefing-northgate-2025-04-10.pdf"]
    file = TaggedPdf((tmp_path / "along.pdf").read_bytes())
    assert len(file.pages) == 1
    assert "No halal meals in date" in file.outline()
    (banner,) = page.banners()
    assert "Briefing saved as along.pdf" in banner.sentence
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.save_button.click()
    assert not visited.jobs.is_busy


def test_a_place_that_can_not_be_written_to_is_told(
    page: BriefingView, tmp_path: Path, settle: Settle, visited: Context
):
    page.viewmodel.save(tmp_path / "no folder" / "briefing.pdf")
    settle(visited)
    (banner,) = page.banners()
    assert "can't be written" in banner.sentence


def test_it_follows_changes_when_it_comes_back_in_sight(page: BriefingView, visited: Context):
    page.hide()
    visited.tell(visited.services.visits.withdraw(
        visited.services.issues.get(FOOD.id).line.visit_id, "The wrong suite"
    ))  # fmt: skip
    assert "No halal meals in date" in words(page)
    page.show()
    assert "No halal meals in date" not in words(page)


def test_ctrl_k_finds_the_page_and_the_briefing_of_a_site(visited: Context):
    found = GoToViewModel(visited, lambda name: name == "briefing").find("northg")
    assert [(f.title, f.note, f.page, f.target) for f in found] == [
        ("Northgate", "Briefing for a visit", "briefing", SUITE)
    ]
    pages = GoToViewModel(visited, lambda _: True).find("briefing")
    assert [(f.kind, f.page) for f in pages if f.kind == "Page"] == [("Page", "briefing")]


def test_everybody_who_visits_has_the_page_and_only_managers_have_issues():
    from visitapp.domain.office.scheme import Role

    names = {role: {place.name for place in places_for(role)} for role in Role}
    assert {role for role in Role if "briefing" in names[role]} == {Role.MANAGER, Role.VISITOR}
    assert "issues" in names[Role.MANAGER]
    assert "issues" not in names[Role.VISITOR]


def test_menus_lead_to_the_briefing_and_to_forms_on_paper(
    qtbot: QtBot, appearance, opened, tmp_path: Path, monkeypatch
):
    from visitapp.settings import Settings
    from visitapp.ui import window_dialogs
    from visitapp.ui.look.preferences import Preferences
    from visitapp.ui.session import Session

    window = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    window.session.adopt(opened)
    visit = next(a.menu() for a in window.menuBar().actions() if a.text() == "&Visit")
    acts = {act.text().replace("&", ""): act for act in visit.actions() if act.text()}
    assert list(acts) == [
        "Log a visit", "Briefing for a visit", "Print a blank form: custody\u2026",
        "Print a blank form: animal welfare\u2026",
    ]  # fmt: skip
    acts["Briefing for a visit"].trigger()
    assert window.shell is not None
    assert window.shell.page_name == "briefing"
    out = tmp_path / "form.pdf"
    monkeypatch.setattr(window_dialogs, "ask_pdf", lambda *_: out)
    acts["Print a blank form: custody\u2026"].trigger()
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=20_000)
    assert "Report of a custody visit" in TaggedPdf(out.read_bytes()).outline()
    monkeypatch.setattr(window_dialogs, "ask_pdf", lambda *_: None)
    window.save_paper(window._context.services.setup.scheme(Kind.ANIMAL_WELFARE))
    assert not window.session.jobs.is_busy
    assert opened.services.setup.scheme(Kind.CUSTODY).id == CUSTODY
    window.close()
    window.session.end()
    window.deleteLater()
