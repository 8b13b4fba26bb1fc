"""The page Plan in a scheme that leaves days and times to its pairs: who knows them, and why."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.copies import Copies
from tests.pairs import of_pairs, pairs_of_office
from tests.planners import planned
from tests.ui.plan.looks import words
from visitapp.domain.plan.planned import ONLY_THE_PAIR, Mode, WhyOffice
from visitapp.ui.context import Context
from visitapp.ui.jobs import Jobs
from visitapp.ui.plan.tablemodel import OF_PAIR
from visitapp.ui.plan.view import PlanView


@pytest.fixture
def page(copies: Copies, jobs: Jobs, qtbot: QtBot) -> PlanView:
    """A plan with visits of pairs, and others because two people have no copy."""
    pairs_of_office(copies, joined=(0, 1, 2))
    view = PlanView(Context(copies.office, jobs))
    qtbot.addWidget(view)
    view.resize(1150, 720)
    view.show()
    return view


def test_each_visit_says_who_knows_and_why(page: PlanView) -> None:
    rows = page.viewmodel.sheet.rows
    of_pair = [row for row in rows if row.mode is Mode.PAIR_HELD]
    of_office = [row for row in rows if row.why_office is WhyOffice.NO_COPY]
    assert of_pair
    assert of_office
    assert page.of_pairs.isVisible()
    assert OF_PAIR in words(page)
    for row, sentence in (
        (of_pair[0], "; only the pair knows the day and time"),
        (
            of_office[0],
            "; the office knows the day and time. Somebody in the pair has no copy of visitapp.",
        ),
    ):
        index = page.table.tablemodel.index_of(row.visit_id)
        assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)).endswith(sentence)
    notes = [note.sentence for note in page.viewmodel.sheet.notes]
    number = len(of_office)
    visits = "1 visit" if number == 1 else f"{number} visits"
    assert (
        f"The office knows the day and time of {visits}. "
        "Somebody in the pair has no copy of visitapp." in notes
    )
    assert any(note.startswith("Only their pairs know the day and time of ") for note in notes)


def test_keys_and_menu_show_no_moment_of_a_pair(
    page: PlanView, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(page.context, "say", said.append)
    row = next(row for row in page.viewmodel.sheet.rows if row.mode is Mode.PAIR_HELD)
    page.show_visit(row.visit_id)
    for key in (Qt.Key.Key_D, Qt.Key.Key_C, Qt.Key.Key_R):
        QTest.keyClick(page.table, key)
    assert said == [ONLY_THE_PAIR] * 3
    assert page.viewmodel.moments == {}
    entries = [action.text().partition("\t")[0] for action in page.menu_of(row).actions()]
    assert entries[0] == "Only the pair knows the day and time"
    assert not any("how day" in entry or "Copy" in entry for entry in entries)


def test_a_pair_without_a_copy_any_more_is_said(page: PlanView, copies: Copies) -> None:
    visit = of_pairs(planned(copies.office))[0]
    copy = next(c for c in copies.office.exchange.copies() if c.person_id == visit.pair[0])
    copies.office.exchange.revoke(copy.id)
    page.viewmodel.renew()
    notes = [note.sentence for note in page.viewmodel.sheet.notes]
    assert any(
        "has no copy of visitapp now. If that doesn’t change, the office" in n for n in notes
    )
