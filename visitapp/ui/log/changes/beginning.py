"""What a report begins with."""

from datetime import date
from typing import Any, Protocol

from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Kind, Role
from visitapp.domain.report.answers import Counting
from visitapp.domain.text.folding import folded
from visitapp.ui.context import Context
from visitapp.ui.log.changes.register import Register


class Begun(Protocol):
    """A report with nothing in it yet."""

    @property
    def kind(self) -> Kind:
        """Custody or animal welfare."""

    @property
    def register(self) -> Register:
        """What the report can refer to."""

    def offered_people(self) -> list[Person]:
        """Who may have visited."""

    def today(self) -> date:
        """The day it is."""


def first_answers(report: Begun, context: Context) -> dict[str, Any]:
    """What can be known: the only site, and the visitor whose copy this is."""
    content: dict[str, Any] = {}
    open_now = [site for site in report.register.sites if site.is_open_on(report.today())]
    if len(open_now) == 1:
        content["site_id"] = str(open_now[0].id)
    actor = context.services.setup.account()
    own = [p for p in report.offered_people() if folded(p.name) == folded(actor.name)]
    if actor.role is Role.VISITOR and own:
        content["visitors"] = [str(own[0].id), ""]
    if report.kind is Kind.ANIMAL_WELFARE:
        content["counting"] = Counting.ROWS.value  # each animal has its five needs
    return content
