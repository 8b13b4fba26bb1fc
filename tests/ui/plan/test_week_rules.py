"""The rules for weeks on the page Plan: figures of each, and a choice by the keyboard alone."""

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.builders import SUITE, make_site
from tests.ui.plan.conftest import Settle
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.planning import rule_figures
from visitapp.services import Services
from visitapp.ui.plan.view import PlanView
from visitapp.ui.plan.week_rules import WeekRulesDialog


@pytest.fixture(autouse=True)
def _few_years(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_figures, "YEARS", 1)


def _dialog() -> WeekRulesDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, WeekRulesDialog)
    return dialog


def test_a_rule_is_chosen_beside_its_figures_by_keyboard(
    page: PlanView, office: Services, settle: Settle
) -> None:
    cells: list[list[str]] = []

    def choose() -> None:
        dialog = _dialog()
        assert dialog.table.currentIndex().row() == 0
        assert dialog._row.isHidden(), "there is only one suite"
        settle(page.context)
        tablemodel = dialog.tablemodel
        cells.extend(
            [tablemodel.index(row, at).data() for at in range(tablemodel.columnCount())]
            for row in range(tablemodel.rowCount())
        )
        QTest.keyClick(dialog.table, Qt.Key.Key_Down)
        QTest.keyClick(dialog.table, Qt.Key.Key_Down)
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)

    assert page.spare.rule.text() == "A visit in each calendar week."
    QTimer.singleShot(0, choose)
    page.spare.rules_button.setFocus()
    QTest.keyClick(page.spare.rules_button, Qt.Key.Key_Space)
    assert office.planning.policy(SUITE).rule is WeekRule.EMPTY_2
    assert [row[0] for row in cells] == [rule.words for rule in WeekRule]
    assert all(
        20 < int(row[1].removesuffix(" of 100")) < 60 and row[2].endswith("/35") for row in cells
    )
    assert all(row[3].endswith(" days") for row in cells)
    assert cells[0][4] == "0.0 a year"
    assert page.spare.rule.text().startswith("About 2 weeks a year empty: by a target")


def test_each_of_several_suites_has_its_rule(
    page: PlanView, office: Services, settle: Settle
) -> None:
    other = make_site(id=uuid4(), name="Westgate")
    page.context.tell(office.setup.save_site(other))

    def choose() -> None:
        dialog = _dialog()
        assert dialog._row.isVisible()
        dialog.site.set_key(other.id)
        dialog.site.chosen.emit(other.id)
        settle(page.context)
        assert dialog.tablemodel.index(3, 1).data()
        dialog.table.setCurrentIndex(dialog.tablemodel.index(3, 0))
        dialog.go.click()

    QTimer.singleShot(0, choose)
    page.spare.rules_button.click()
    assert office.planning.policy(other.id).rule is WeekRule.EMPTY_4
    assert office.planning.policy(SUITE).rule is WeekRule.EACH
    assert page.spare.rule.text().startswith("Suites differ")


def test_nothing_changes_without_a_choice(page: PlanView, office: Services) -> None:
    QTimer.singleShot(0, lambda: QTest.keyClick(_dialog().table, Qt.Key.Key_Escape))
    page.spare.rules_button.click()
    assert office.planning.policy(SUITE).rule is WeekRule.EACH
