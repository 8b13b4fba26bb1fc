"""The page Bring your past visits over a real file of records, and spreadsheets for it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.spreadsheets import visit_row, write_csv
from tests.ui.conftest import Settle
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.imports.view import ImportsView

BAD = [
    visit_row(),
    visit_row(visit_ref="V2", date="31/4/2024"),
    visit_row(visit_ref="V3", date="7/3/2025", visitor_2="Nobody Known", admitted="14:31"),
    visit_row(visit_ref="V4", date="8/3/2025", admitted="14:31"),
]


def shown(context: Context, qtbot: QtBot) -> ImportsView:
    view = ImportsView(context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    return view


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> ImportsView:
    return shown(furnished_context, qtbot)


@pytest.fixture
def look(page: ImportsView, settle: Settle, tmp_path: Path) -> Callable[..., Path]:
    """Choose a file of these rows on the page and wait for what is said of it."""

    def choose(rows: Sequence[dict[str, object]], name: str = "past.csv") -> Path:
        path = write_csv(tmp_path / name, rows)
        page.viewmodel.choose("visits", path)
        settle(page.context)
        return path

    return choose


def words(widget: QWidget) -> str:
    return "\n".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def findings_shown(page: ImportsView) -> list[tuple[str, str, str]]:
    tablemodel = page.findings.tablemodel
    return [
        tuple(tablemodel.index(row, column).data() for column in range(3))  # type: ignore[misc]
        for row in range(tablemodel.rowCount())
    ]


def visits(page: ImportsView) -> int:
    return page.context.services.visits.page(VisitQuery()).total
