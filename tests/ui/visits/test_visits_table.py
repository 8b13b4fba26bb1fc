"""The tables of visits and drafts: fetched by page, told in words."""

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from tests.builders import CUSTODY, make_visit, sign
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import visits as stored_visits
from visitapp.ui.context import Context
from visitapp.ui.visits.tablemodel import COLUMNS, DraftTableModel, VisitTableModel, columns_in


@pytest.fixture
def tablemodel(furnished_context: Context) -> VisitTableModel:
    """Three visits of a year."""
    for days in (0, 100, 300):
        sign(furnished_context.services, make_visit(date(2024, 4, 2) + timedelta(days)))
    tablemodel = VisitTableModel(furnished_context.services.visits.page, furnished_context)
    tablemodel.show_query(VisitQuery(), {})
    return tablemodel


def test_both_tables_keep_the_rules_of_models(
    tablemodel: VisitTableModel, furnished_context: Context, qtmodeltester: ModelTester
) -> None:
    furnished_context.services.drafts.begin(CUSTODY)
    draft_tablemodel = DraftTableModel(furnished_context)
    qtmodeltester.check(draft_tablemodel)
    draft_tablemodel.show_drafts(furnished_context.services.drafts.lines())
    qtmodeltester.check(tablemodel)
    qtmodeltester.check(draft_tablemodel)
    assert (tablemodel.rowCount(), draft_tablemodel.rowCount()) == (3, 1)


def test_only_the_pages_in_sight_are_fetched_of_ten_thousand_visits(
    furnished_context: Context,
) -> None:
    with furnished_context.services.access.database.transaction() as connection:
        made = (
            make_visit(date(2000, 1, 1) + timedelta(days=i % 9000), ref=f"NOR-{i:05}")
            for i in range(10_000)
        )
        stored_visits.insert_visits(connection, made)
    fetched: list[int] = []
    fetch = furnished_context.services.visits.page

    def counting(query: VisitQuery) -> Any:
        fetched.append(query.offset)
        return fetch(query)

    tablemodel = VisitTableModel(counting)
    tablemodel.show_query(VisitQuery(), {})
    assert tablemodel.rowCount() == 10_000
    for row in (0, 1, 99, 5_050, 5_051, 9_999):
        assert tablemodel.index(row, 2).data()
    assert fetched == [0, 5_000, 9_900]
    refs = {tablemodel.index(row, 2).data() for row in range(10_000)}
    assert len(refs) == 10_000
    assert len(fetched) == 100


@pytest.mark.parametrize("width", [300, 500, 700, 900, 1100, 1500])
def test_where_there_is_no_room_the_least_telling_columns_go(width: int) -> None:
    shown = columns_in(width)
    assert {0, 1, 4} <= set(shown)  # date, site and visitors stay
    assert (len(shown) == len(COLUMNS)) == (width >= 1100)
    assert shown == sorted(shown)


def test_nothing_of_a_model_answers_for_what_is_not_there(tablemodel: VisitTableModel) -> None:
    model = tablemodel
    assert model.data(QModelIndex()) is None
    assert model.headerData(99, Qt.Orientation.Horizontal) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.visit_at(3) is None
