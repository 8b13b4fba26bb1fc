"""What a page of a plan shows."""

from PySide6.QtCore import Qt

from tests.builders import SUITE
from visitapp.domain.plan.planned import PlannedRow
from visitapp.ui.plan.view import PlanView


def rows(page: PlanView) -> list[PlannedRow]:
    """The visits to the suite."""
    return list(page.viewmodel.sheet.of(SUITE))


def words(page: PlanView) -> str:
    """All that the table shows or tells."""
    tablemodel = page.table.tablemodel
    return " ".join(
        f"{tablemodel.cell(index).words} {tablemodel.cell(index).note} "
        f"{index.data(Qt.ItemDataRole.ToolTipRole)}"
        for row in range(tablemodel.rowCount())
        for index in (tablemodel.index(row, at) for at in range(tablemodel.columnCount()))
    )
