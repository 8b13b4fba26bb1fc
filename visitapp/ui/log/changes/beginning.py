"""What a report begins with."""

from dataclasses import replace
from datetime import date
from typing import Protocol

from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Kind, Role
from visitapp.domain.report.answers import Counting
from visitapp.domain.text.folding import folded
from visitapp.ui.context import Context
from visitapp.ui.log.changes.register import Register


class Begun(Protocol):
    """A new, empty report."""

    @property
    def kind(self) -> Kind:
        """Custody or animal welfare."""

    @property
    def register(self) -> Register:
        """What the report can refer to."""

    def offered_people(self) -> list[Person]:
        """Who may have visited."""

    def today(self) -> date:
        """Today’s date."""


def first_answers(report: Begun, context: Context) -> TypedReport:
    """What is known before anything is typed: the form, the site if there is only one, and
    the visitor whose copy this is."""
    typed = TypedReport(form=report.register.form.number)
    open_now = [site for site in report.register.sites if site.is_open_on(report.today())]
    if len(open_now) == 1:
        typed = replace(typed, site_id=open_now[0].id)
    actor = context.services.setup.account()
    own = [p for p in report.offered_people() if folded(p.name) == folded(actor.name)]
    if actor.role is Role.VISITOR and own:
        typed = replace(typed, visitors=(own[0].id, ""))
    if report.kind is Kind.ANIMAL_WELFARE:
        typed = replace(typed, counting=Counting.ROWS)  # every animal is checked for the five needs
    return typed
