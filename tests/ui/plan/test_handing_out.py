"""Pages and calendar files handed to pairs from the page Plan, without a trace on the desktop."""

import os
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.planners import QUARTER, planned
from tests.ui import looking
from tests.ui.conftest import Settle
from tests.ui.plan.looks import rows
from visitapp.domain.period import Period
from visitapp.domain.plan.notice import NoticeLine, NoticeStanding
from visitapp.services import Services
from visitapp.ui.plan import handing_out
from visitapp.ui.plan.given_out import GivenOutDialog
from visitapp.ui.plan.handing_out import CalendarDialog
from visitapp.ui.plan.sealing import PassphrasesDialog
from visitapp.ui.plan.view import PlanView

Key = Qt.Key


@pytest.fixture
def in_use(plan: PlanView, settle: Settle) -> PlanView:
    plan.use_button.click()
    settle(plan.context)
    return plan


def answer(monkeypatch: pytest.MonkeyPatch, name: str, *, site: bool, partner: bool) -> None:
    """What somebody types and ticks in the dialog of the calendar file."""

    def shown(made: CalendarDialog) -> int:
        made.show()
        assert looking.cut_at_rest(made) == []
        assert looking.nameless(made) == []
        line = made.person.lineEdit()
        line.selectAll()
        QTest.keyClicks(line, name)
        QTest.keyClick(line, Key.Key_Return)
        for box, wanted in ((made.site, site), (made.partner, partner)):
            if wanted:
                QTest.keyClick(box, Key.Key_Space)
        made.go.click()
        if made.result() != CalendarDialog.DialogCode.Accepted:
            assert made._row.error()
            made.reject()
        return made.result()

    monkeypatch.setattr(CalendarDialog, "exec", shown)


def test_a_draft_is_handed_to_nobody(plan: PlanView) -> None:
    assert not plan.sheets_button.isVisible()
    assert not plan.calendar_button.isVisible()
    menu = plan.menu_of(rows(plan)[0])
    assert not any("Pages" in action.text() for action in menu.actions())
    menu.deleteLater()


def test_a_calendar_file_holds_what_was_ticked(
    in_use: PlanView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine.ics"
    monkeypatch.setattr("visitapp.ui.plan.actions.ask_calendar", lambda _: target)
    heard: list[str] = []
    in_use.context.message.connect(heard.append)
    answer(monkeypatch, "ada", site=True, partner=False)
    in_use.calendar_button.click()
    assert "LOCATION:Northgate" in target.read_text()
    assert "SUMMARY:Visit\n" in target.read_text()
    assert "mine.ics" in heard[-1]
    answer(monkeypatch, "ada", site=False, partner=True)
    in_use.calendar_button.click()
    assert "LOCATION" not in target.read_text()
    assert "SUMMARY:Visit with " in target.read_text()
    target.unlink()
    answer(monkeypatch, "nobody of that name", site=False, partner=True)
    in_use.calendar_button.click()
    assert not target.exists()


def test_the_pages_of_one_pair_are_written_from_the_menu_of_its_visit(
    in_use: PlanView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    monkeypatch.setattr("visitapp.ui.plan.actions.ask_folder", lambda _: tmp_path / "pages")
    (tmp_path / "pages").mkdir()
    row = rows(in_use)[0]
    menu = in_use.menu_of(row)
    next(action for action in menu.actions() if "Pages" in action.text()).trigger()
    menu.deleteLater()
    settle(in_use.context)
    assert len(list((tmp_path / "pages").iterdir())) == 2
    in_use.hand_out(row)
    settle(in_use.context)
    assert any("already exists" in banner.sentence for banner in in_use.banners())


def test_sealed_sheets_show_each_visitors_passphrase_once_and_copy_none(
    in_use: PlanView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    monkeypatch.setattr("visitapp.ui.plan.actions.ask_folder", lambda _: tmp_path)
    QTest.keyClick(in_use.sealed_button, Key.Key_Space)
    settle(in_use.context)
    (dialog,) = in_use.findChildren(PassphrasesDialog)
    assert looking.cut_at_rest(dialog) == []
    assert looking.nameless(dialog) == []
    people = in_use.context.services.assignments.people(QUARTER)
    model = dialog.tablemodel
    shown = [[model.index(row, at).data() for at in (0, 1)] for row in range(model.rowCount())]
    assert [name for name, _ in shown] == [name for _, name in people]
    for name, passphrase in shown:
        path = tmp_path / f"{name}, sealed.pdf"
        pikepdf.open(path, password=passphrase).close()
        assert passphrase.encode() not in path.read_bytes()
    QApplication.clipboard().setText("before")
    QTest.keyClick(dialog.table, Key.Key_Down)
    QTest.keyClick(dialog.table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "before"
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_list_says_who_was_given_what_and_what_changed_since(
    in_use: PlanView, drafted: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[tuple[str, ...]]] = []
    intro: list[str] = []

    def shown(dialog: GivenOutDialog) -> int:
        dialog.show()
        assert looking.nameless(dialog) == []
        assert dialog.table.horizontalScrollBar().maximum() == 0
        measure = dialog.table.fontMetrics()
        for at, words in enumerate(dialog.tablemodel.index(0, at).data() for at in range(6)):
            cell = dialog.table.visualRect(dialog.tablemodel.index(0, at))
            lines = cell.height() // measure.lineSpacing()
            assert measure.horizontalAdvance(words) <= lines * cell.width(), words
        QTest.keyClick(dialog.copy, Key.Key_Space)
        lines = QApplication.clipboard().text().split("\n")
        intro.append(dialog._words())
        seen.append([tuple(line.split("\t")) for line in lines[1:]])
        return 0

    monkeypatch.setattr(GivenOutDialog, "exec", shown)
    QTest.keyClick(in_use.given_button, Key.Key_Space)
    assert {row[5] for row in seen[0]} == {"Not given yet"}
    row = rows(in_use)[0]
    menu = in_use.menu_of(row)
    next(action for action in menu.actions() if "knows its week" in action.text()).trigger()
    menu.deleteLater()
    in_use.show_given_out()
    given = [one for one in seen[1] if one[5] == "Given"]
    assert [one[6] for one in given] == ["Thu 10 Apr 2025, in person or by telephone"] * 2
    other = next(p for p in drafted.people.people() if p.id not in row.pair)
    drafted.reports.save_rota(QUARTER, tmp_path / "rota.pdf")
    in_use.viewmodel.put(row, other.id, row.pair[0])
    in_use.show_given_out()
    states = [(one[0] == "Everybody", one[5]) for one in seen[2] if one[5] != "Not given yet"]
    assert intro[2].endswith("A rota that was handed out no longer shows the plan.")
    assert sorted(states) == [
        (False, "Changed since: let them know"),
        (False, "No longer theirs: let them know"),
        (True, "Changed since: hand out a new rota"),
    ]


def test_no_name_in_the_copied_list_is_a_formula(qtbot: QtBot) -> None:
    span = Period(date(2025, 4, 14), date(2025, 4, 20))
    line = NoticeLine("=1+1", "Northgate", span, "Ben", NoticeStanding.MISSING, ())
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = GivenOutDialog(parent, [line])
    dialog.copy.click()
    assert QApplication.clipboard().text().split("\n")[1].startswith("'=1+1\t")


def test_a_plan_in_use_is_planned_again_only_after_asking(
    in_use: PlanView, drafted: Services, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    before = planned(drafted)
    said: list[str] = []

    def ask(_parent: object, _title: str, sentence: str, _action: str) -> bool:
        said.append(sentence)
        return len(said) > 1

    monkeypatch.setattr("visitapp.ui.plan.view.SureDialog.ask", ask)
    in_use.again_button.click()
    settle(in_use.context)
    assert "needs a new one" in said[0]
    assert planned(drafted) == before
    in_use.again_button.click()
    settle(in_use.context)
    assert planned(drafted) != before


def test_the_dialogs_are_the_programs_own_and_leave_nothing_on_the_list_of_recent_files(
    in_use: PlanView,
    drafted: Services,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settle: Settle,
) -> None:
    """Qt's own dialog is worked with keys; the system's would be out of our hands."""
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    home = Path(os.environ["HOME"])

    def save(path: Path) -> None:
        def typed() -> None:
            (made,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog)]
            assert made.testOption(QFileDialog.Option.DontUseNativeDialog)
            line = made.findChild(QLineEdit, "fileNameEdit")
            line.setText(str(path))
            QTest.keyClick(line, Key.Key_Return)

        QTimer.singleShot(0, in_use, typed)

    save(tmp_path / "mine")
    assert handing_out.ask_calendar(in_use) == tmp_path / "mine.ics"
    pages = tmp_path / "pages"
    pages.mkdir()
    save(pages)
    in_use.hand_out()
    settle(in_use.context)
    assert len(list(pages.iterdir())) == len(drafted.assignments.people(QUARTER))
    save(tmp_path / "rota")
    in_use.rota_button.click()
    settle(in_use.context)
    assert (tmp_path / "rota.pdf").exists()
    written = [path for where in (data, home) for path in where.rglob("*") if path.is_file()]
    assert not [path for path in written if "recently-used" in path.name]
    for path in written:
        content = path.read_text(errors="replace")
        assert "mine.ics" not in content
        assert not [one.stem for one in pages.iterdir() if one.name in content]
