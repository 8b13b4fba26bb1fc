"""What can be done: each method is one thing a person does, in one transaction.

`Services` is the program's table of contents. It exists only while a file is unlocked.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from visitapp.services.year.contents import YearServices

if TYPE_CHECKING:
    from random import Random

    from visitapp.services.access import Access
    from visitapp.services.exchange.bringing import BringingService
    from visitapp.services.exchange.by_hand import ByHandService
    from visitapp.services.exchange.confirming import ConfirmingService
    from visitapp.services.exchange.copy_register import CopyRegisterService
    from visitapp.services.exchange.exchange import ExchangeService
    from visitapp.services.exchange.folder import FolderExchange
    from visitapp.services.exchange.handing_over import HandingOverService
    from visitapp.services.exchange.inbox import InboxService
    from visitapp.services.exchange.own_visits import OwnVisitService
    from visitapp.services.exchange.retention import RetentionService
    from visitapp.services.exchange.succession import SuccessionService
    from visitapp.services.office.animals import AnimalService
    from visitapp.services.office.groups import GroupService
    from visitapp.services.office.monitoring import MonitoringService
    from visitapp.services.office.people import PeopleService
    from visitapp.services.office.recipients import RecipientService
    from visitapp.services.office.setup import SetupService
    from visitapp.services.plan.assignments import AssignmentService
    from visitapp.services.plan.availability import AvailabilityService
    from visitapp.services.plan.foresight import ForesightService
    from visitapp.services.plan.planning import PlanningService
    from visitapp.services.plan.week_rules import WeekRuleService
    from visitapp.services.records.access_register import AccessRegisterService
    from visitapp.services.records.backups import BackupService
    from visitapp.services.records.exports import ExportService
    from visitapp.services.records.maintenance import MaintenanceService
    from visitapp.services.records.moved_file import MovedFileService
    from visitapp.services.records.readers_copy import ReadersCopyService
    from visitapp.services.records.typed import TypedService
    from visitapp.services.records.unsaved_work import UnsavedWorkService
    from visitapp.services.reports.briefing import BriefingService
    from visitapp.services.reports.copies import CopyService
    from visitapp.services.reports.drafts import DraftService
    from visitapp.services.reports.forms import FormService
    from visitapp.services.reports.imports import ImportService
    from visitapp.services.reports.issues import IssueService
    from visitapp.services.reports.paper import PaperService
    from visitapp.services.reports.privacy import PrivacyService
    from visitapp.services.reports.refusals import RefusalService
    from visitapp.services.reports.register_imports import RegisterImportService
    from visitapp.services.reports.visits import VisitService
    from visitapp.services.reports.written_reports import WrittenReportService
    from visitapp.services.year.record_reviews import RecordReviewService


class Services(YearServices):
    """Every service, for one person and role and one open file.

    Each is loaded when it is first used, so that the window needn't wait for documents and imports.
    """

    def __init__(self, access: "Access", data_key: bytes, random: "Random") -> None:
        """`random` draws plans. It is the operating system's generator, which has no seed."""
        super().__init__(access)
        self._data_key = data_key
        self._random = random

    @cached_property
    def setup(self) -> "SetupService":
        """Office, schemes, sites, timeslots, coded values, rates."""
        from visitapp.services.office.setup import SetupService

        return SetupService(self.access)

    @cached_property
    def groups(self) -> "GroupService":
        """Groups of sites."""
        from visitapp.services.office.groups import GroupService

        return GroupService(self.access)

    @cached_property
    def people(self) -> "PeopleService":
        """The register of volunteers."""
        from visitapp.services.office.people import PeopleService

        return PeopleService(self.access)

    @cached_property
    def record_reviews(self) -> "RecordReviewService":
        """Reviews of custody records."""
        from visitapp.services.year.record_reviews import RecordReviewService

        return RecordReviewService(self.access, self.privacy)

    @cached_property
    def visits(self) -> "VisitService":
        """Visit reports."""
        from visitapp.services.reports.visits import VisitService

        return VisitService(self.access, self.privacy)

    @cached_property
    def written_reports(self) -> "WrittenReportService":
        """Reports as files."""
        from visitapp.services.reports.written_reports import WrittenReportService

        return WrittenReportService(self.access, self.visits, self.privacy)

    @cached_property
    def drafts(self) -> "DraftService":
        """Drafts of reports."""
        from visitapp.services.reports.drafts import DraftService

        return DraftService(self.access, self.privacy)

    @cached_property
    def foresight(self) -> "ForesightService":
        """How predictable past and planned visits are."""
        from visitapp.services.plan.foresight import ForesightService

        return ForesightService(self.access, self._random)

    @cached_property
    def week_rules(self) -> "WeekRuleService":
        """Which weeks of a site have a visit."""
        from visitapp.services.plan.week_rules import WeekRuleService

        return WeekRuleService(self.access, self._random)

    @cached_property
    def availability(self) -> "AvailabilityService":
        """When people can visit."""
        from visitapp.services.plan.availability import AvailabilityService

        return AvailabilityService(self.access)

    @cached_property
    def planning(self) -> "PlanningService":
        """The plan of visits, which nobody can predict."""
        from visitapp.services.plan.planning import PlanningService

        return PlanningService(self.access, self._random)

    @cached_property
    def assignments(self) -> "AssignmentService":
        """What a pair may know about its own visits: weeks and sites."""
        from visitapp.services.plan.assignments import AssignmentService

        return AssignmentService(self.access)

    @cached_property
    def forms(self) -> "FormService":
        """The schemes' report forms, version by version."""
        from visitapp.services.reports.forms import FormService

        return FormService(self.access)

    @cached_property
    def monitoring(self) -> "MonitoringService":
        """What volunteers answered for equality monitoring, and the people of the area."""
        from visitapp.services.office.monitoring import MonitoringService

        return MonitoringService(self.access)

    @cached_property
    def animals(self) -> "AnimalService":
        """The animals at the kennels, and when each was last seen."""
        from visitapp.services.office.animals import AnimalService

        return AnimalService(self.access)

    @cached_property
    def issues(self) -> "IssueService":
        """What visitors raised, and what happened next."""
        from visitapp.services.reports.issues import IssueService

        return IssueService(self.access)

    @cached_property
    def recipients(self) -> "RecipientService":
        """Who receives copies of reports."""
        from visitapp.services.office.recipients import RecipientService

        return RecipientService(self.access)

    @cached_property
    def copies(self) -> "CopyService":
        """Copies of reports, and the log of copies."""
        from visitapp.services.reports.copies import CopyService

        return CopyService(self.access)

    @cached_property
    def privacy(self) -> "PrivacyService":
        """Words in free text that may identify a person."""
        from visitapp.services.reports.privacy import PrivacyService

        return PrivacyService(self.access)

    @cached_property
    def briefing(self) -> "BriefingService":
        """What to look at during the next visit to a site."""
        from visitapp.services.reports.briefing import BriefingService

        return BriefingService(self.access)

    @cached_property
    def paper(self) -> "PaperService":
        """Printed forms."""
        from visitapp.services.reports.paper import PaperService

        return PaperService(self.access)

    @cached_property
    def typed(self) -> "TypedService":
        """What is being typed in forms and dialogs and isn't saved yet."""
        from visitapp.services.records.typed import TypedService

        return TypedService(self.access)

    @cached_property
    def exchange(self) -> "ExchangeService":
        """Messages between the office's copy and its visitors' copies."""
        from visitapp.services.exchange.exchange import ExchangeService

        return ExchangeService(self.access)

    @cached_property
    def own_visits(self) -> "OwnVisitService":
        """In a visitor's copy: the visits to make, and when."""
        from visitapp.services.exchange.own_visits import OwnVisitService

        return OwnVisitService(self.access)

    @cached_property
    def copy_register(self) -> "CopyRegisterService":
        """Who has joined with a copy of their own."""
        from visitapp.services.exchange.copy_register import CopyRegisterService

        return CopyRegisterService(self.access)

    @cached_property
    def folder(self) -> "FolderExchange":
        """The exchange through a folder."""
        from visitapp.services.exchange.folder import FolderExchange

        return FolderExchange(self.access, self._random)

    @cached_property
    def inbox(self) -> "InboxService":
        """Reports that came from visitors' copies."""
        from visitapp.services.exchange.inbox import InboxService

        return InboxService(self.access, self.visits, self.privacy)

    @cached_property
    def refusals(self) -> "RefusalService":
        """What was done about visits that were refused entry."""
        from visitapp.services.reports.refusals import RefusalService

        return RefusalService(self.access, self.privacy)

    @cached_property
    def by_hand(self) -> "ByHandService":
        """Messages saved as files."""
        from visitapp.services.exchange.by_hand import ByHandService

        return ByHandService(self.access, self._random)

    @cached_property
    def handing_over(self) -> "HandingOverService":
        """How far the reports of a visitor's copy have come."""
        from visitapp.services.exchange.handing_over import HandingOverService

        return HandingOverService(self.access, self.privacy)

    @cached_property
    def retention(self) -> "RetentionService":
        """How long a visitor's copy holds reports."""
        from visitapp.services.exchange.retention import RetentionService

        return RetentionService(self.access)

    @cached_property
    def confirming(self) -> "ConfirmingService":
        """Reports read and confirmed by the other visitor on their own copy."""
        from visitapp.services.exchange.confirming import ConfirmingService

        return ConfirmingService(self.access, self.privacy)

    @cached_property
    def succession(self) -> "SuccessionService":
        """The office handed over to the next manager."""
        from visitapp.services.exchange.succession import SuccessionService

        return SuccessionService(self.access, self._data_key)

    @cached_property
    def bringing(self) -> "BringingService":
        """Reports of a file that was begun without an invitation."""
        from visitapp.services.exchange.bringing import BringingService

        return BringingService(self.access, self.visits, self.drafts, self.written_reports)

    @cached_property
    def imports(self) -> "ImportService":
        """Importing past visits from spreadsheets."""
        from visitapp.services.reports.imports import ImportService

        return ImportService(self.access)

    @cached_property
    def register_imports(self) -> "RegisterImportService":
        """People and availability from spreadsheets."""
        from visitapp.services.reports.register_imports import RegisterImportService

        return RegisterImportService(self.access, self.people, self.availability)

    @cached_property
    def backups(self) -> "BackupService":
        """Automatic backups."""
        from visitapp.services.records.backups import BackupService

        return BackupService(self.access, self._data_key)

    @cached_property
    def maintenance(self) -> "MaintenanceService":
        """Backups, checks and the passphrase."""
        from visitapp.services.records.maintenance import MaintenanceService

        return MaintenanceService(self.access, self._data_key)

    @cached_property
    def access_register(self) -> "AccessRegisterService":
        """Who read or changed what kind of record."""
        from visitapp.services.records.access_register import AccessRegisterService

        return AccessRegisterService(self.access)

    @cached_property
    def exports(self) -> "ExportService":
        """The lists of the records as a workbook."""
        from visitapp.services.records.exports import ExportService

        return ExportService(self.access)

    @cached_property
    def readers_copy(self) -> "ReadersCopyService":
        """A copy to read: everything counted, nothing personal."""
        from visitapp.services.records.readers_copy import ReadersCopyService

        return ReadersCopyService(self.access, self._random)

    @cached_property
    def unsaved_work(self) -> "UnsavedWorkService":
        """Reports that couldn't be saved in the file, until they can."""
        from visitapp.services.records.unsaved_work import UnsavedWorkService

        return UnsavedWorkService(self.access, self._data_key)

    @cached_property
    def moved_file(self) -> "MovedFileService":
        """Saves everything to another place if the file was moved or deleted."""
        from visitapp.services.records.moved_file import MovedFileService

        return MovedFileService(self.access, self._data_key)
