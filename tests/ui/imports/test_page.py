"""Files looked at, brought in and taken back, on the page over a real file of records."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.builders import make_site
from tests.spreadsheets import kennel_row, visit_row, write_csv
from tests.ui.conftest import Settle
from tests.ui.imports.conftest import BAD, findings_shown, shown, visits, words
from visitapp import bootstrap
from visitapp.domain.changes import Changes
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.office.site import SiteKind
from visitapp.domain.report.visit_codes import State
from visitapp.ui.context import Context
from visitapp.ui.imports import dialogs
from visitapp.ui.imports.tablemodel import batches_tablemodel, findings_tablemodel
from visitapp.ui.imports.view import ImportsView
from visitapp.ui.widgets.dialogs import ReasonDialog


def test_the_models_behave(page: ImportsView, look, settle, qtmodeltester: ModelTester) -> None:
    look(BAD)
    findings = findings_tablemodel()
    findings.show(page.viewmodel.plan.problems)
    qtmodeltester.check(findings)
    look([visit_row()])
    page.viewmodel.bring_in()
    settle(page.context)
    batches = batches_tablemodel()
    batches.show(page.viewmodel.batches)
    qtmodeltester.check(batches)


def test_an_empty_page_says_how_to_begin(page: ImportsView) -> None:
    assert "Choose the file of visits to begin" in words(page)
    assert not page.bring_button.isVisibleTo(page)
    assert not page.findings.isVisibleTo(page)
    assert not page.batches.isVisibleTo(page)
    assert page.files.choose_buttons["visits"].property("primary")


def test_a_file_is_looked_at_and_brought_in_by_keyboard_alone(
    page: ImportsView, qtbot: QtBot, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(tmp_path / "past.csv", [visit_row(), kennel_row()])
    monkeypatch.setattr(dialogs, "ask_spreadsheet", lambda *_: path)
    gone: list[tuple[str, object]] = []
    page.context.asked_for.connect(lambda *to: gone.append(to))
    changed: list[Changes] = []
    page.context.changed.connect(changed.append)
    choose = page.files.choose_buttons["visits"]
    choose.setFocus()
    qtbot.keyClick(choose, Qt.Key.Key_Space)
    settle(page.context)
    assert visits(page) == 0
    assert page.bring_button.text() == "Import 2 visits"
    assert "past.csv" in words(page.files)
    page.bring_button.setFocus()
    qtbot.keyClick(page.bring_button, Qt.Key.Key_Space)
    settle(page.context)
    assert visits(page) == 2
    assert changed == [Changes.VISITS]
    (banner,) = page.banners()
    assert (banner.kind, banner.sentence) == ("good", "Imported 2 visits.")
    assert choose.hasFocus()
    (show,) = [b for b in banner.findChildren(QPushButton) if b.text() == "Show them"]
    show.click()
    ((place, query),) = gone
    assert (place, query.batch_id) == ("visits", page.viewmodel.batches[0].id)
    assert page.context.services.visits.page(query).total == 2


def test_tab_reaches_everything_in_reading_order(page: ImportsView, look, qtbot: QtBot) -> None:
    look(BAD)
    page.files.choose_buttons["visits"].setFocus()
    reached = []
    for _ in range(16):
        reached.append(page.focusWidget())
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    expected = [
        page.files.choose_buttons["visits"],
        page.files.remove_buttons["visits"],
        page.files.choose_buttons["detainees"],
        page.files.choose_buttons["issues"],
        page.files.create_missing,
        page.files.skip_bad,
        page.findings.table,
        page.findings.copy_button,
        page.findings.save_button,
    ]
    assert [widget for widget in reached if widget in expected][: len(expected)] == expected


def test_leaving_out_bad_rows_lets_the_rest_in(
    page: ImportsView, look, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:  # fmt: skip
    look(BAD)
    page.files.skip_bad.setFocus()
    qtbot.keyClick(page.files.skip_bad, Qt.Key.Key_Space)
    assert page.bring_button.text() == "Import 2 visits"
    qtbot.waitUntil(lambda: "Skipped" in words(page.outcome))
    assert "Skipped\n2 rows" in words(page.outcome)
    page.bring_button.click()
    settle(page.context)
    assert visits(page) == 2
    assert not page.files.skip_bad.isChecked()
    assert "2 rows were skipped" in page.banners()[0].sentence
    target = tmp_path / "left-out.xlsx"
    monkeypatch.setattr(dialogs, "ask_xlsx", lambda *_: target)
    assert page.batches.rejects_button.isVisibleTo(page)
    page.batches.rejects_button.click()
    settle(page.context)
    rows = list(openpyxl.load_workbook(target)["visits"].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["visit_ref", "V2", "V3"]
    assert "no such day" in rows[1][-1]


def test_making_what_is_missing_looks_again(
    page: ImportsView, look, settle: Settle, qtbot: QtBot
) -> None:
    look([visit_row(site="Southgate", visitor_1="Dora Sample")])
    assert "Sites not known\n1: Southgate" in words(page.outcome)
    page.files.create_missing.setFocus()
    qtbot.keyClick(page.files.create_missing, Qt.Key.Key_Space)
    settle(page.context)
    assert "Sites to add\n1: Southgate" in words(page.outcome)
    assert (
        "When it opened is not known: it counts as open from 1 April 2024, and visits are due from "
        "its first visit on. Enter the days under Settings, Sites."
    ) in words(page.outcome)
    assert "People to add\n1: Dora Sample" in words(page.outcome)
    page.bring_button.click()
    settle(page.context)
    assert "Southgate" in [site.name for site in page.context.services.setup.sites()]
    assert page.banners()[0].sentence == "Imported 1 visit, 1 site and 1 person."


def test_a_site_made_elsewhere_is_seen_at_once(page: ImportsView, look, settle: Settle) -> None:
    look([visit_row(site="Southgate")])
    assert page.viewmodel.refusal
    site = make_site(id=make_site().grid_id, name="Southgate", kind=SiteKind.SUITE)
    page.context.tell(page.context.services.setup.save_site(site))
    settle(page.context)
    assert page.bring_button.text() == "Import 1 visit"


def test_the_same_file_again_says_so(page: ImportsView, look, settle: Settle) -> None:
    path = look([visit_row()])
    page.bring_button.click()
    settle(page.context)
    page.viewmodel.choose("visits", path)
    settle(page.context)
    assert not page.bring_button.isVisibleTo(page)
    assert page.standing.text() == "The visit is already in the file."


def test_an_import_is_withdrawn_with_a_reason(
    page: ImportsView, look, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    look([visit_row(), kennel_row()])
    page.bring_button.click()
    settle(page.context)
    asked = []

    def ask(_parent: QWidget, *said: str) -> str:
        asked.append(said)
        return "The wrong year"

    monkeypatch.setattr(ReasonDialog, "ask", ask)
    page.batches.withdraw_button.click()
    settle(page.context)
    assert "2 visits imported from past.csv" in asked[0][1]
    assert visits(page) == 0
    (batch,) = page.viewmodel.batches
    assert page.batches.tablemodel.index(0, 5).data() == "Withdrawn: The wrong year"
    assert not page.batches.withdraw_button.isVisibleTo(page)
    query = page.viewmodel.visits_of(batch)
    assert set(query.states) == {State.LOCKED, State.WITHDRAWN}
    page.batches.put_back_button.click()
    settle(page.context)
    assert asked[1][0] == "Put this import back?"
    assert visits(page) == 2
    assert page.batches.withdraw_button.isVisibleTo(page)
    assert not page.batches.put_back_button.isVisibleTo(page)


def test_thinking_better_of_a_withdrawal_changes_nothing(
    page: ImportsView, look, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    look([visit_row()])
    page.bring_button.click()
    settle(page.context)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_: None)
    page.batches.withdraw()
    settle(page.context)
    assert visits(page) == 1


def test_a_file_that_is_no_spreadsheet_is_told_in_a_banner(
    page: ImportsView, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100))
    page.viewmodel.choose("visits", path)
    settle(page.context)
    (banner,) = page.banners()
    assert banner.kind == "bad"
    assert "older Excel file" in banner.sentence
    assert not page.bring_button.isVisibleTo(page)


def test_a_look_can_be_cancelled_and_nothing_is_left_of_it(
    page: ImportsView, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    rows = [visit_row(visit_ref=f"V{n}", date="5/3/2025") for n in range(4000)]
    page.viewmodel.choose("visits", write_csv(tmp_path / "many.csv", rows))
    qtbot.waitUntil(page.files.progress.isVisible, timeout=5000)
    page.files.progress.cancel()
    settle(page.context)
    assert page.viewmodel.plan is None
    assert not page.files.progress.isVisible()
    assert page.banners() == ()
    assert "Nothing is saved yet" in page.standing.text()


def test_another_file_takes_the_place_of_one_still_looked_at(
    page: ImportsView, settle: Settle, tmp_path: Path
) -> None:
    rows = [visit_row(visit_ref=f"V{n}", date="5/3/2025") for n in range(2000)]
    page.viewmodel.choose("visits", write_csv(tmp_path / "many.csv", rows))
    page.viewmodel.choose("visits", write_csv(tmp_path / "one.csv", [visit_row()]))
    settle(page.context)
    assert len(page.viewmodel.plan.visits) == 1
    assert page.viewmodel.plan.source == "one.csv"


def test_files_of_detainees_and_issues_are_looked_at_too(
    page: ImportsView, look, settle: Settle, tmp_path: Path
) -> None:
    look([visit_row()])
    page.viewmodel.choose(
        "issues", write_csv(tmp_path / "issues.csv", [{"visit_ref": "V9", "category": "FOOD"}])
    )
    settle(page.context)
    assert findings_shown(page) == [("issues", "2", "visit_ref")]
    page.files.remove_buttons["issues"].click()
    settle(page.context)
    assert page.bring_button.text() == "Import 1 visit"


def test_a_spreadsheet_dropped_on_the_page_is_looked_at(
    page: ImportsView, settle: Settle, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write_csv(tmp_path / "past.csv", [visit_row()])))])
    event = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    page.dropEvent(event)
    settle(page.context)
    assert page.bring_button.text() == "Import 1 visit"


def test_the_empty_workbook_is_saved(
    page: ImportsView, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "empty.xlsx"
    monkeypatch.setattr(dialogs, "ask_xlsx", lambda *_: target)
    page.template_button.click()
    settle(page.context)
    assert openpyxl.load_workbook(target).sheetnames == ["visits", "detainees", "issues", "guide"]


def test_a_visitors_copy_brings_nothing_in(
    records: Path, key: bytes, jobs, qtbot: QtBot, tmp_path: Path
) -> None:
    with bootstrap.open_with_key(records, key) as opened:
        opened.services.setup.set_account(Actor("Vera Visitor", Role.VISITOR))
    with bootstrap.open_with_key(records, key) as opened:
        view = shown(Context(opened.services, jobs), qtbot)
        assert not view.files.isEnabled()
        assert "Only the volunteer manager" in view.standing.text()
        view.open_target(write_csv(tmp_path / "past.csv", [visit_row()]))
        assert view.viewmodel.files == {}
        jobs.shut_down()
