"""Copies of a report from the page Visits: who gets one, what was made, what to look at first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN, make_person, make_visit, sign
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.office.people import Clearance
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import Report
from visitapp.domain.report.visit import Visit
from visitapp.ui.context import Context
from visitapp.ui.visits.copies import CopiesDialog, file_name
from visitapp.ui.visits.view import VisitsView
from visitapp.ui.widgets.dialogs import SureDialog


def words(widget: QWidget) -> str:
    QApplication.processEvents()  # what was just made is shown by then
    said = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return "\n".join(one.text() for one in said if one.isVisibleTo(widget))


@pytest.fixture
def alleged(furnished_context: Context) -> Visit:
    """A report with an allegation."""
    shove = Issue(
        uuid4(), "CONDUCT", 4, description="A shove", question=Place.parse("answers:opcat")
    )
    report = Report(1, {"overall": "SATISFACTORY", "opcat": "YES"})
    visit = make_visit(date(2025, 3, 12), issues=(shove,), report=report)
    return sign(furnished_context.services, visit)


def tact(context: Context) -> Visit:
    people = {person.id: person for person in context.services.people.people()}
    for person_id in (ANNE, BEN):
        known = people[person_id]
        trained = make_person(known.name, id=person_id, clearance=Clearance(tact_trained=True))
        context.services.people.save(replace(trained, version=known.version))
    return sign(context.services, make_visit(date(2025, 3, 5), type="TACT"))


@pytest.fixture
def dialog(furnished_context: Context, alleged: Visit) -> Iterator[CopiesDialog]:
    parent = QWidget()
    made = CopiesDialog(parent, furnished_context, alleged)
    made.show()
    yield made
    made.close()
    parent.deleteLater()


def answer(monkeypatch, out: Path | str, *, sure: bool = True) -> list[str]:
    """Choose a place for every file, and be sure or not; the cautions that were shown."""
    cautions: list[str] = []

    def ask(_, __, ___, sentence, ____):
        cautions.append(sentence)
        return sure

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    monkeypatch.setattr(SureDialog, "ask", classmethod(ask))
    return cautions


def press(dialog: CopiesDialog, recipient: str) -> None:
    name = f"Save the copy for: {recipient}"
    QApplication.processEvents()
    (found,) = [b for b in dialog.findChildren(QPushButton)
                if b.accessibleName() == name and b.isVisibleTo(dialog)]  # fmt: skip
    found.click()


def test_each_recipient_has_a_line_and_what_was_made(
    furnished_context: Context, alleged: Visit, dialog: CopiesDialog, tmp_path: Path, monkeypatch
):
    said = words(dialog)
    for told in ("Scheme manager", "Custody inspector", "Visitors\u2019 own copy", "Everything"):
        assert told in said
    assert said.count("No copy has been made yet.") == 3
    assert "Independent Reviewer" not in said
    cautions = answer(monkeypatch, tmp_path / "manager")
    dialog.how.setText("By hand")
    told: list[str] = []
    furnished_context.message.connect(told.append)
    press(dialog, "Scheme manager")
    assert cautions == []
    assert "Made Thu 10 Apr 2025, 13:00, by Mary Manager: By hand" in words(dialog)
    assert words(dialog).count("No copy has been made yet.") == 2
    assert dialog.how.text() == ""
    assert "manager.pdf" in told[0]
    assert "A shove" in TaggedPdf((tmp_path / "manager.pdf").read_bytes()).outline()


def test_the_police_copy_is_saved_after_a_caution(
    furnished_context: Context, alleged: Visit, dialog: CopiesDialog, tmp_path: Path, monkeypatch
):
    out = tmp_path / "police.pdf"
    cautions = answer(monkeypatch, out, sure=False)
    press(dialog, "Custody inspector")
    assert "leaves out an allegation" in cautions[0]
    assert not out.exists()
    answer(monkeypatch, out)
    press(dialog, "Custody inspector")
    assert "A shove" not in TaggedPdf(out.read_bytes()).outline()
    assert len(furnished_context.services.copies.log(alleged.id)) == 1


def test_what_can_not_be_written_is_said_and_nothing_is_logged(
    furnished_context: Context, alleged: Visit, dialog: CopiesDialog, tmp_path: Path, monkeypatch
):
    answer(monkeypatch, tmp_path / "no folder" / "copy.pdf")
    press(dialog, "Scheme manager")
    assert "can't be written" in words(dialog)
    answer(monkeypatch, "")
    press(dialog, "Scheme manager")
    assert furnished_context.services.copies.log(alleged.id) == ()


def test_a_tact_report_warns_on_its_page_until_the_reviewer_has_a_copy(
    furnished_context: Context, qtbot: QtBot, tmp_path: Path, monkeypatch
):
    visit = tact(furnished_context)
    view = VisitsView(furnished_context)
    qtbot.addWidget(view)
    view.show()
    view.open_target(visit.id)
    (banner,) = view.banners()
    assert "Independent Reviewer of Terrorism Legislation" in banner.sentence
    answer(monkeypatch, tmp_path / "reviewer.pdf")

    def ask(_, parent, context, shown):
        dialog = CopiesDialog(parent, context, shown)
        dialog.show()
        assert "This has not been done yet" in words(dialog)
        press(dialog, "Independent Reviewer of Terrorism Legislation")
        assert "This has not been done yet" not in words(dialog)
        dialog.deleteLater()

    monkeypatch.setattr(CopiesDialog, "ask", classmethod(ask))
    view.copies_button.click()
    assert view.banners() == ()
    view.show_list()
    assert not view.copies_button.isVisible()


def test_a_withdrawn_report_has_no_copies(furnished_context: Context, alleged: Visit, qtbot: QtBot):
    furnished_context.tell(furnished_context.services.visits.withdraw(alleged.id, "A slip"))
    view = VisitsView(furnished_context)
    qtbot.addWidget(view)
    view.show()
    view.open_target(alleged.id)
    assert not view.copies_button.isVisible()


def test_a_copy_is_called_by_its_report_and_reader(furnished_context: Context, alleged: Visit):
    names = [file_name(alleged, due) for due in furnished_context.services.copies.due(alleged.id)]
    assert names == [
        "nor-2024-001-scheme-manager.pdf", "nor-2024-001-custody-inspector.pdf",
        "nor-2024-001-visitors-own-copy.pdf",
    ]  # fmt: skip
