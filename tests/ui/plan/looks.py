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
    model = page.table.plan
    return " ".join(
        f"{model.cell(model.index(row, column)).words} {model.cell(model.index(row, column)).note} "
        f"{model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)}"
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )
