"""The part of the program's table of contents that is about figures and documents of a period."""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visitapp.services.access import Access
    from visitapp.services.year.chosen_sites import ChosenSitesService
    from visitapp.services.year.documents import DocumentService
    from visitapp.services.year.figures import FigureService
    from visitapp.services.year.home import HomeService
    from visitapp.services.year.hours import HourService
    from visitapp.services.year.indicators import IndicatorService
    from visitapp.services.year.meetings import MeetingService
    from visitapp.services.year.missing import MissingService
    from visitapp.services.year.reports import ReportService
    from visitapp.services.year.same_people import SamePeopleService
    from visitapp.services.year.same_sites import SameSitesService
    from visitapp.services.year.updates import UpdateService
    from visitapp.services.year.year_texts import YearTextService


class YearServices:
    """Figures, and what is published of them."""

    def __init__(self, access: "Access") -> None:
        self.access = access

    @cached_property
    def figures(self) -> "FigureService":
        """Every figure of a period."""
        from visitapp.services.year.figures import FigureService

        return FigureService(self.access)

    @cached_property
    def home(self) -> "HomeService":
        """What the first page shows."""
        from visitapp.services.year.home import HomeService

        return HomeService(self.access)

    @cached_property
    def chosen_sites(self) -> "ChosenSitesService":
        """Sites and groups that figures and reports can be limited to."""
        from visitapp.services.year.chosen_sites import ChosenSitesService

        return ChosenSitesService(self.access)

    @cached_property
    def indicators(self) -> "IndicatorService":
        """Figures beside those of other bodies."""
        from visitapp.services.year.indicators import IndicatorService

        return IndicatorService(self.access)

    @cached_property
    def same_people(self) -> "SamePeopleService":
        """Entries of the register that are of the same person, and what that does to figures."""
        from visitapp.services.year.same_people import SamePeopleService

        return SamePeopleService(self.access)

    @cached_property
    def same_sites(self) -> "SameSitesService":
        """Sites that are the same place, and what that does to figures."""
        from visitapp.services.year.same_sites import SameSitesService

        return SameSitesService(self.access)

    @cached_property
    def missing(self) -> "MissingService":
        """What is missing before a period is published."""
        from visitapp.services.year.missing import MissingService

        return MissingService(self.access)

    @cached_property
    def hours(self) -> "HourService":
        """The hours that volunteers gave, and what they claim."""
        from visitapp.services.year.hours import HourService

        return HourService(self.access)

    @cached_property
    def meetings(self) -> "MeetingService":
        """Meetings, and the papers for them."""
        from visitapp.services.year.meetings import MeetingService

        return MeetingService(self.access)

    @cached_property
    def documents(self) -> "DocumentService":
        """Documents on a period besides its report."""
        from visitapp.services.year.documents import DocumentService

        return DocumentService(self.access)

    @cached_property
    def updates(self) -> "UpdateService":
        """Quarterly updates."""
        from visitapp.services.year.updates import UpdateService

        return UpdateService(self.access)

    @cached_property
    def year_texts(self) -> "YearTextService":
        """Sections that the office adds to the report of a year."""
        from visitapp.services.year.year_texts import YearTextService

        return YearTextService(self.access)

    @cached_property
    def reports(self) -> "ReportService":
        """Documents, pictures and the texts of a year."""
        from visitapp.services.year.reports import ReportService

        return ReportService(self.access)
