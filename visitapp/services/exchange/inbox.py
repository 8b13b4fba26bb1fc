"""The office's inbox: reports that came from visitors' copies, accepted or sent back."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.exchange.confirming import PartnerAnswer, standing
from visitapp.domain.exchange.handing_over import InboxReport, InboxState, inbox_order
from visitapp.domain.plan.late_visit import LateVisit
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import AT_ONCE, State
from visitapp.persistence import confirming, exchange, people, schemes
from visitapp.persistence import inbox as stored
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.exchange import accepting
from visitapp.services.exchange.confirming import disputed
from visitapp.services.plan.late_visits import late_visits
from visitapp.services.reports.privacy import PrivacyService
from visitapp.services.reports.visits import VisitService
from visitapp.services.roles import MANAGER, changes, reads


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """What another visitor of a report did about the edition that stands: `answer` is what they
    said on their own copy, None where they did not yet. `is_asked`: they have a copy in use;
    `earlier`: they confirmed an earlier edition."""

    name: str
    is_asked: bool
    answer: PartnerAnswer | None
    earlier: bool


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A report in the inbox in words and numbers. `issues` are numbers by severity, the gravest
    first; `warnings` are what the rules say of it; `is_grave`: it makes an allegation;
    `is_disputed`: another visitor says that something is wrong, and nobody has seen to it."""

    report_id: UUID
    ref: str
    site_name: str
    day: date
    visitor_names: tuple[str, ...]
    seen: int
    held: int | None
    issues: tuple[tuple[int, int], ...]
    warnings: tuple[str, ...]
    state: InboxState
    question: str
    answer: str
    edition: int
    is_withdrawn: bool
    is_grave: bool
    is_amended_here: bool
    partners: tuple[PartnerLine, ...]
    is_disputed: bool


class InboxService:
    """Read and decided on by the volunteer manager alone."""

    def __init__(self, access: Access, visits: VisitService, privacy: PrivacyService) -> None:
        self._access, self._visits, self._privacy = access, visits, privacy

    @reads(MANAGER)
    def waiting(self) -> int:
        """How many reports wait for the office."""
        with self._access.database.reading() as connection:
            undecided = stored.undecided(connection)
        return sum(report.state is InboxState.WAITING for report in undecided)

    @reads(MANAGER, noted=RecordKind.INBOX)
    def lines(self, *, also_decided: bool = False) -> tuple[InboxLine, ...]:
        """The reports that wait for the office or for an answer, or with which another visitor
        found something wrong, allegations first; or all."""
        with self._access.database.reading() as connection:
            partners = _Partners(connection)
            reports = [
                report
                for report in stored.reports(connection)
                if also_decided
                or report.state in (InboxState.WAITING, InboxState.ASKED)
                or report.id in partners.disputed
            ]
            sites = schemes.site_names(connection)
            names = {person.id: person.name for person in people.people(connection)}
            seen = schemes.codes_of_group(connection, "outcome", "seen")
            ours = {
                report.id
                for report in reports
                if accepting.amended_here(connection, report.report) is not None
            }
        grave = [report.id for report in reports if _is_grave(report.report.last)]
        to_come = _to_come(reports)
        return tuple(
            self._line(
                report,
                sites,
                names,
                seen[report.report.last.scheme_id],
                ours,
                partners,
                to_come[report.report.last.site_id],
            )
            for report in inbox_order(reports, grave)
        )

    @reads(MANAGER)
    def late(self) -> tuple[LateVisit, ...]:
        """Assigned weeks that are over without a report, the longest overdue first."""
        with self._access.database.reading() as connection:
            return late_visits(connection, self._access.today())

    @reads(MANAGER, noted=RecordKind.INBOX)
    def report(self, report_id: UUID) -> Visit:
        """The edition that stands of a report in the inbox, to read it."""
        with self._access.database.reading() as connection:
            return _there(connection, report_id).report.last

    @changes(MANAGER)
    def accept(self, report_ids: Sequence[UUID], *, instead: bool = False) -> Changes:
        """Count these reports from now on, all of them or none. `instead`: also in the place of
        an edition that the office wrote itself.

        Raises ConflictError for one that was decided on, BadInputError as `accepting.accept`.
        """
        with self._access.database.transaction() as connection:
            names = {person.id: person.name for person in people.people(connection)}
            for report_id in report_ids:
                item = _undecided(connection, report_id)
                by = names[item.person_id]
                accepting.accept(connection, self._access, item.report, by, instead=instead)
                self._decide(
                    connection,
                    replace(
                        item,
                        state=InboxState.ACCEPTED,
                        accepted_revision=item.report.revision,
                        question="",
                    ),
                )
        return Changes.VISITS | Changes.ISSUES | Changes.INBOX

    @changes(MANAGER)
    def ask(self, report_id: UUID, question: str) -> Changes:
        """Send a report back with a question; the visitor amends it or answers.

        Raises BadInputError for no question, or one whose words lead to a person.
        """
        if not question.strip():
            raise BadInputError("Write what you want to know.")
        self._privacy.must_lead_to_nobody(question)
        with self._access.database.transaction() as connection:
            item = _undecided(connection, report_id)
            self._decide(
                connection, replace(item, state=InboxState.ASKED, question=question.strip())
            )
        return Changes.INBOX

    @changes(MANAGER)
    def keep_ours(self, report_id: UUID) -> Changes:
        """Leave the office's own edition of a report as it is; the visitor's stays readable in
        the inbox and counts nowhere."""
        with self._access.database.transaction() as connection:
            item = _undecided(connection, report_id)
            if accepting.amended_here(connection, item.report) is None:
                raise BadInputError("The office has not amended this report.")
            self._decide(connection, replace(item, state=InboxState.DECLINED, question=""))
        return Changes.INBOX

    @changes(MANAGER)
    def note(self, report_id: UUID) -> Changes:
        """What another visitor found wrong with an accepted report was seen to."""
        with self._access.database.transaction() as connection:
            confirming.look_at(connection, [_there(connection, report_id).id], self._access.now())
        return Changes.INBOX

    def _decide(self, connection: Connection, item: InboxReport) -> None:
        now, by = self._access.now(), self._access.actor.name
        stored.save(connection, replace(item, decided_at=now, decided_by=by))
        confirming.look_at(connection, [item.id], now)

    def _line(
        self,
        item: InboxReport,
        sites: dict[UUID, str],
        names: dict[UUID, str],
        seen: Sequence[str],
        ours: set[UUID],
        partners: "_Partners",
        to_come: Sequence[Visit],
    ) -> InboxLine:
        visit = item.report.last
        severities = Counter(issue.severity for issue in visit.issues)
        return InboxLine(
            report_id=item.id,
            ref=visit.ref,
            site_name=sites.get(visit.site_id, ""),
            day=visit.arrived.day,
            visitor_names=tuple(names[person_id] for person_id in visit.visitors),
            seen=sum(visit.count_of(outcome) for outcome in seen),
            held=visit.present,
            issues=tuple(sorted(severities.items(), reverse=True)),
            warnings=tuple(finding.sentence for finding in self._visits.findings(visit, to_come)),
            state=item.state,
            question=item.question,
            answer=item.report.answer,
            edition=1 if visit.report is None else visit.report.edition,
            is_withdrawn=visit.state is State.WITHDRAWN,
            is_grave=_is_grave(visit),
            is_amended_here=item.id in ours,
            partners=partners.lines(item, names),
            is_disputed=item.id in partners.disputed,
        )


class _Partners:
    """What visitors said on their own copies of the reports that others wrote."""

    def __init__(self, connection: Connection) -> None:
        self._answers = confirming.answers(connection)
        self.disputed = disputed(connection)
        self._joined = {
            copy.person_id for copy in exchange.other_copies(connection) if not copy.revoked_at
        }

    def lines(self, item: InboxReport, names: dict[UUID, str]) -> tuple[PartnerLine, ...]:
        """What each visitor but the writer did about the edition that stands."""
        stands = self._standing(item)
        earlier = {answer.person_id for answer in self._answers.get(item.id, ()) if answer.confirms}
        return tuple(
            PartnerLine(
                names[person_id], person_id in self._joined, stands.get(person_id),
                person_id in earlier,
            )
            for person_id in item.report.last.visitors
            if person_id != item.person_id
        )  # fmt: skip

    def _standing(self, item: InboxReport) -> dict[UUID, PartnerAnswer]:
        answers = self._answers.get(item.id)
        return standing(answers, item.report.last) if answers else {}


def _to_come(reports: Sequence[InboxReport]) -> defaultdict[UUID, list[Visit]]:
    """What may count soon, by site: two visitors may both have written a report of one visit."""
    by_site: defaultdict[UUID, list[Visit]] = defaultdict(list)
    for report in reports:
        is_open = report.state in (InboxState.WAITING, InboxState.ASKED)
        if is_open and report.report.last.state is State.LOCKED:
            by_site[report.report.last.site_id].append(report.report.last)
    return by_site


def _is_grave(visit: Visit) -> bool:
    return any(issue.severity >= AT_ONCE for issue in visit.issues)


def _there(connection: Connection, report_id: UUID) -> InboxReport:
    item = stored.report(connection, report_id)
    if item is None:
        raise BadInputError("This report is not in the inbox.")
    return item


def _undecided(connection: Connection, report_id: UUID) -> InboxReport:
    item = _there(connection, report_id)
    if item.state not in (InboxState.WAITING, InboxState.ASKED):
        raise ConflictError("This report was decided on already. Look at the inbox again.")
    return item
