"""The report being written, as far as changes of it need to know it."""

from datetime import date
from typing import Any, Protocol

from visitapp.domain.adding_up import Sum
from visitapp.domain.draft_content import Content
from visitapp.domain.report_form import Reading
from visitapp.domain.scheme import Kind
from visitapp.domain.site import Site


class Writing(Protocol):
    """What rows, issues, numbers and animals are changes of."""

    reading: Reading

    @property
    def content(self) -> Content:
        """The answers as they were typed."""

    @property
    def kind(self) -> Kind:
        """Custody or animal welfare."""

    @property
    def site(self) -> Site | None:
        """The site chosen."""

    def answer(self, key: str, value: Any) -> None:
        """Take an answer."""

    def sum(self) -> Sum:
        """The whole and its parts."""

    def today(self) -> date:
        """The day it is."""
