"""The register as a table whose columns are as wide as what is in them."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent

from visitapp.ui.people.tablemodel import (
    COLUMNS,
    COPY,
    JOINED,
    LEFT,
    MINIMUM,
    RUNS_OUT,
    SCHEMES,
    STATUS,
    PeopleTableModel,
)
from visitapp.ui.widgets.table import TableWidget


class PeopleTable(TableWidget):
    """The day somebody joined, and then status and schemes, which the panel has too, give way
    where there is no room for all columns."""

    def __init__(self, tablemodel: PeopleTableModel) -> None:
        self._unwanted: set[int] = set()
        super().__init__("People", tablemodel)

    def show_columns(self, *, copies: bool, left: bool, runs_out: bool, minimum: bool) -> None:
        """Whether anybody has a copy of visitapp or is invited, whether people who left are listed,
        whether anything runs out soon, and whether a minimum a year is asked of anybody."""
        columns = ((COPY, copies), (LEFT, left), (RUNS_OUT, runs_out), (MINIMUM, minimum))
        self._unwanted = {at for at, wanted in columns if not wanted}
        self._fit()

    def _fit(self) -> None:
        wanted = [at for at in range(len(COLUMNS)) if at not in self._unwanted]
        head = self.horizontalHeader()
        widths = (max(self.sizeHintForColumn(at), head.sectionSizeHint(at)) for at in wanted)
        hidden_too = self._without_room(wanted, dict(zip(wanted, widths, strict=True)))
        for at in range(len(COLUMNS)):
            hidden = at not in wanted or at in hidden_too
            if self.isColumnHidden(at) != hidden:
                self.setColumnHidden(at, hidden)
        head.setStretchLastSection(False)  # else another column would be the stretched one
        self.resizeColumnsToContents()
        head.setStretchLastSection(True)

    def _without_room(self, wanted: list[int], widths: dict[int, int]) -> set[int]:
        """The columns that give way: the panel has them too."""
        givers = [JOINED] if {COPY, RUNS_OUT, MINIMUM} & {*wanted} else []
        if {RUNS_OUT, MINIMUM} & {*wanted}:
            givers += [STATUS, SCHEMES]
        room, hidden = self.viewport().width(), set[int]()
        for at in givers:
            if sum(width for other, width in widths.items() if other not in hidden) > room:
                hidden.add(at)
        return hidden

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self.model() is not None:
            self._fit()
