"""What can be done: one method is one thing a person does, in one transaction.

`Services` is the contents page of the program. It exists only while a file is unlocked.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visitapp.services.access import Access
    from visitapp.services.drafts import DraftService
    from visitapp.services.figures import FigureService
    from visitapp.services.imports import ImportService
    from visitapp.services.maintenance import MaintenanceService
    from visitapp.services.people import PeopleService
    from visitapp.services.reports import ReportService
    from visitapp.services.setup import SetupService
    from visitapp.services.visits import VisitService


@dataclass(frozen=True, slots=True)
class Services:
    """Every verb, built for one person and role over one open file."""

    access: "Access"
    setup: "SetupService"
    people: "PeopleService"
    visits: "VisitService"
    drafts: "DraftService"
    figures: "FigureService"
    reports: "ReportService"
    imports: "ImportService"
    maintenance: "MaintenanceService"
