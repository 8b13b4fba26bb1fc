"""The issue log and letters from the page Issues, by keys, and what is recorded after sending."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.builders import ANIMALS, CUSTODY, SUITE, make_visit, sign
from tests.ui import looking
from visitapp.domain.following.issue_steps import CLOSED, REFERRED, RESPONSE, NewStep
from visitapp.domain.following.office_issue import OfficeIssue
from visitapp.domain.report.issue import Issue
from visitapp.ui.context import REMINDER, Context
from visitapp.ui.export_place import ExportPlace
from visitapp.ui.issues.letter_dialog import LetterDialog
from visitapp.ui.issues.opening_dialog import OpeningDialog
from visitapp.ui.issues.view import IssuesView

Key = Qt.Key
BELL = Issue(id=uuid4(), category="EQUIP", severity=3, description="Call bell faint")


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> IssuesView:
    sign(furnished_context.services, make_visit(date(2025, 4, 1), issues=(BELL,)))
    view = IssuesView(furnished_context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    return view


def test_a_letter_is_saved_and_then_recorded_as_referred(
    page: IssuesView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "letter.eml"
    suggested: list[str] = []

    def ask(_parent: object, name: str, *_: object, **__: object) -> ExportPlace:
        suggested.append(name)
        return ExportPlace(target, may_replace=False)

    def shown(dialog: LetterDialog) -> int:
        dialog.show()
        assert looking.cut_at_rest(dialog) == []
        assert looking.nameless(dialog) == []
        line = dialog.about.lineEdit()
        line.selectAll()
        QTest.keyClicks(line, "issues of april 2025, ind")
        QTest.keyClick(line, Key.Key_Return)
        QTest.keyClick(dialog.go, Key.Key_Space)
        return dialog.result()

    monkeypatch.setattr(LetterDialog, "exec", shown)
    monkeypatch.setattr("visitapp.ui.issues.documents.ask_for_place", ask)
    page.letter_button.setFocus()
    QTest.keyClick(page.letter_button, Key.Key_Space)
    assert suggested == ["Letter, 10 April 2025.eml"]
    assert b"Call bell faint" in target.read_bytes()
    (banner,) = page.banners()
    assert "letter.eml" in banner.sentence
    (record,) = [b for b in banner.findChildren(type(page.letter_button)) if "Record" in b.text()]
    QTest.keyClick(record, Key.Key_Space)
    (step,) = page.context.services.issues.get(BELL.id).steps
    assert (step.status, step.said_by, step.words) == (REFERRED, "Custody inspector", "By letter")
    assert not page.banners()


def test_home_leads_to_a_reminder_ready_to_be_saved(
    page: IssuesView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Issue(id=uuid4(), category="FOOD", severity=2, description="Cold meals")
    sign(page.context.services, make_visit(date(2025, 3, 4), issues=(late,)))
    target = tmp_path / "reminder.eml"

    def shown(dialog: LetterDialog) -> int:
        dialog.show()
        QTest.keyClick(dialog.go, Key.Key_Space)
        return dialog.result()

    monkeypatch.setattr(LetterDialog, "exec", shown)
    place = ExportPlace(target, may_replace=False)
    monkeypatch.setattr("visitapp.ui.issues.documents.ask_for_place", lambda *_, **__: place)
    page.open_target(REMINDER)
    written = target.read_bytes()
    assert b"Cold meals" in written
    assert b"Call bell faint" not in written  # in time


def test_an_issue_is_opened_without_a_visit_by_keys(
    page: IssuesView, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed(dialog: OpeningDialog) -> int:
        dialog.show()
        assert looking.cut_at_rest(dialog) == []
        assert looking.nameless(dialog) == []
        dialog.go.click()
        assert "Choose the site" in dialog.reason.text()
        for field, words in (
            (dialog.site, "northgate"), (dialog.category, "equipment"), (dialog.severity, "needs"),
        ):  # fmt: skip
            field.lineEdit().selectAll()
            QTest.keyClicks(field.lineEdit(), words)
            QTest.keyClick(field.lineEdit(), Key.Key_Return)
        QTest.keyClick(dialog.go, Key.Key_Space)
        assert "what the issue is about" in dialog.reason.text()
        QTest.keyClicks(dialog.words.area, "The lift is out of order")
        for field in (dialog.place, dialog.source):
            QTest.keyClicks(field.area, "Mr John Smith said")
            QTest.keyClick(dialog.go, Key.Key_Space)
            assert "underlined words" in dialog.reason.text()
            assert field.undecided()
            field.set_text("")
        QTest.keyClicks(dialog.source.area, "The force")
        QTest.keyClick(dialog.go, Key.Key_Space)
        return dialog.result()

    monkeypatch.setattr(OpeningDialog, "exec", typed)
    QTest.keyClick(page.open_button, Key.Key_Space)
    assert page.viewmodel.file is not None
    line = page.viewmodel.file.line
    assert (line.title, line.issue.raised_with) == ("The lift is out of order", "The force")
    (event,) = page.viewmodel.history()
    assert event.words == "Mary Manager; known from: The force"
    links = [one.text() for one in page.detail.findChildren(QPushButton) if one.isVisible()]
    assert not any("The visit of" in words for words in links)
    assert all(about.ref == "" for about, _ in page.viewmodel.letters())


def test_what_no_visitor_said_is_not_shown_as_said_and_a_letter_fails_whole(
    page: IssuesView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, today = page.context.services.issues, page.viewmodel.today
    lift = OfficeIssue(uuid4(), CUSTODY, SUITE, today, "EQUIP", 2, "The lift is out of order")
    page.viewmodel.open_issue(lift)
    month = next(
        a for a, w in page.viewmodel.letters() if w.startswith("Issues of April 2025, Ind")
    )
    monkeypatch.setattr(LetterDialog, "ask", lambda *_: month)
    place = ExportPlace(tmp_path / "l.eml", may_replace=False)
    monkeypatch.setattr("visitapp.ui.issues.documents.ask_for_place", lambda *_, **__: place)
    page.letter_button.click()
    service.record(lift.id, 1, NewStep(RESPONSE, today, "It was mended"), NewStep(CLOSED, today))
    (banner,) = page.banners()
    (record,) = [b for b in banner.findChildren(QPushButton) if "Record" in b.text()]
    record.click()
    assert any("l.eml" in banner.sentence for banner in page.banners()), "nothing was recorded"
    assert service.get(BELL.id).steps == ()
    page.viewmodel.show(lift.id)
    words = [each.text() for each in page.detail.findChildren(QLabel)]
    assert "What was done" in words
    assert "You said" not in words


def test_the_log_is_saved_and_a_reminder_of_nothing_says_so(
    page: IssuesView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = ExportPlace(tmp_path / "log.xlsx", may_replace=False)
    suggested: list[str] = []
    pickers = (page.site, page.category, page.severity)
    assert len({picker.y() for picker in pickers}) == 1, "they stand in one row"

    def ask(_parent: object, name: str, *_: object, **__: object) -> ExportPlace:
        suggested.append(name)
        return place

    monkeypatch.setattr("visitapp.ui.issues.documents.ask_for_place", ask)
    page.log_button.click()
    assert place.path.exists()
    assert "Northgate" not in suggested[0]
    page.viewmodel.choose_site(SUITE)
    place.path.unlink()
    page.log_button.click()
    assert suggested[1] == "Issue log, Northgate, 10 April 2025.pdf"
    page.viewmodel.show(None)
    choices = page.viewmodel.letters()
    reminders = [(about.scheme_id, words) for about, words in choices if about.is_reminder]
    assert {scheme_id for scheme_id, _ in reminders} == {CUSTODY, ANIMALS}
    assert all(", " in words for _, words in reminders), "each names its scheme"
    reminder = page.viewmodel.letters()[-1][0]
    monkeypatch.setattr(LetterDialog, "ask", lambda *_: reminder)
    page.letter_button.click()
    assert any("nothing to remind" in banner.sentence for banner in page.banners())
