"""What the classes that change a report need from it."""

from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Protocol

from visitapp.domain.draft.report_form import Reading
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import Site
from visitapp.domain.report.adding_up import Sum
from visitapp.ui.log.changes.register import Register


class Writing(Protocol):
    """The report being written, for rows, issues, numbers and animals."""

    reading: Reading

    @property
    def report(self) -> TypedReport:
        """The answers as they were typed."""

    @property
    def kind(self) -> Kind:
        """Custody or animal welfare."""

    @property
    def site(self) -> Site | None:
        """The site chosen."""

    @property
    def register(self) -> Register:
        """What the report can refer to."""

    def answer(self, key: str, value: Any) -> None:
        """Change a field of `report`."""

    def together(self, words: str = "") -> AbstractContextManager[None]:
        """All answers changed inside this context are one step for Undo."""

    def sum(self) -> Sum:
        """The total and its parts."""

    def today(self) -> date:
        """Today’s date."""


class UndoableReport(Protocol):
    """The report being written, for Undo."""

    @property
    def report(self) -> TypedReport:
        """The answers as they were typed."""

    @property
    def register(self) -> Register:
        """What the report can refer to."""

    def bring_back(self, report: TypedReport) -> None:
        """Restore earlier answers."""
