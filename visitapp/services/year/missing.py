"""One list of what is missing before a period is published, each with the place to put it right."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from visitapp.domain.following.issue_query import IssueQuery
from visitapp.domain.following.issue_steps import is_answered
from visitapp.domain.office.people import Membership, Person
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.domain.period import Period
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.text.wording import joined, short_date
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.domain.year.missing import Missing, MissingKind, in_order, missing_text
from visitapp.domain.year.summary import AnnualSummary
from visitapp.domain.year.visit_list import CellQuery, CountedVisits, VisitQuery
from visitapp.persistence import (
    inbox,
    issues,
    office_issues,
    people,
    visit_list,
    volunteer_files,
)
from visitapp.persistence.bodies import reporting_years
from visitapp.persistence.database import Connection
from visitapp.persistence.missing import lacking_visits
from visitapp.services.access import Access
from visitapp.services.reports.police_issues import steps_of
from visitapp.services.roles import MANAGER, reads
from visitapp.services.year.figures import FigureService, bases, refused_in
from visitapp.services.year.record_reviews import reviews_in
from visitapp.services.year.scheme_figures import FiguresBasis

_MOST = 20_000
"""Visits outside every timeslot of one site: more than any scheme makes."""


class MissingService:
    """Nothing that is missing stops a document; this list says what its reader won't find."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._figures = FigureService(access)

    @reads(MANAGER, noted=RecordKind.PERSON)
    def missing(
        self,
        period: Period,
        chosen: ChosenSites | None = None,
        counted: AnnualSummary | None = None,
    ) -> tuple[Missing, ...]:
        """What is missing of a period, on all sites or those `chosen`; `counted` are its figures
        if they are known already. Texts and people belong to the report on all sites."""
        items: list[Missing] = []
        if chosen is None:
            items += _texts(counted or self._figures.summary(period))
        with self._access.database.reading() as connection:
            known, today = bases(connection, chosen, in_full=False), self._access.today()
            for basis in known:
                items += _visits(connection, basis, period)
                items += answers_due(connection, basis, period, today)
                items += _sites(basis, period)
            items += _received(connection, known, period)
            if chosen is None:
                items += _late(connection, period, today)
                items += _replies(connection, period, today)
                register = people.people(connection)
                items += _people(register, period, today)
                items += _twice(register, volunteer_files.files(connection, register), period)
        return in_order(items)

    @reads(MANAGER, noted=RecordKind.PERSON)
    def missing_json(self, period: Period) -> str:
        """The same for other programs."""
        return (
            json.dumps(
                {
                    "from": period.start.isoformat(),
                    "to": period.end.isoformat(),
                    "missing": [
                        {
                            "of": item.kind.part.value,
                            "kind": item.kind.value,
                            "about": item.about,
                            "sentence": item.sentence,
                            "ref": item.ref or None,
                            "on": item.on and item.on.isoformat(),
                        }
                        for item in self.missing(period)
                    ],
                },
                ensure_ascii=False,
                indent=2,
            )
            + "\n"
        )


def _texts(summary: AnnualSummary) -> Iterator[Missing]:
    from visitapp.reporting.annual.checks import printed_fields

    last_year = summary.office.years.label(summary.period.year_before())
    for field in printed_fields(summary):
        if field.key in summary.unread:
            yield missing_text(field, last_year)
        elif field.is_missing(summary.texts):
            yield missing_text(field)


def _visits(connection: Connection, basis: FiguresBasis, period: Period) -> Iterator[Missing]:
    """Times and numbers that reports leave open, refusals, and visits in no timeslot."""
    scope = basis.scope(period)
    for visit in lacking_visits(connection, scope):
        about = _visit_words(visit.site_name, visit.on)
        lacks = {"when visitors were let in": visit.admitted, "when they left": visit.left}
        if unknown := [words for words, is_lacking in lacks.items() if is_lacking]:
            sentence = f"The report does not say {joined(unknown)}."
            yield Missing(MissingKind.TIME, about, sentence, visit.id, visit.on, visit.ref)
        if visit.counted:
            sentence = "Nobody counted who was there."
            yield Missing(MissingKind.COUNT, about, sentence, visit.id, visit.on, visit.ref)
    for refusal in refused_in(connection, scope, basis.book):
        if refusal.answer is None:
            about = _visit_words(refusal.site_name, refusal.day)
            sentence = "Entry was refused. Nothing recorded about what was done."
            target = refusal.visit_id
            yield Missing(MissingKind.REFUSAL, about, sentence, target, refusal.day)
    for site in basis.sites:
        query = VisitQuery(
            period=period,
            cell=CellQuery(site.id, basis.grids[site.grid_id], outside=True),
            counted=CountedVisits.AT_SITE,
            limit=_MOST,
        )
        codes = {basis.scheme.id: basis.book.counting}
        for row in visit_list.lines(connection, query, (), codes):
            yield Missing(
                MissingKind.OUTSIDE,
                _visit_words(row.site_name, row.arrived.day),
                "It falls in no timeslot.",
                row.id,
                row.arrived.day,
                row.ref,
            )


def answers_due(
    connection: Connection, basis: FiguresBasis, period: Period, today: date
) -> Iterator[Missing]:
    """Issues raised in the period that are open without an answer of the force."""
    query = IssueQuery(
        scheme_id=basis.scheme.id,
        site_ids=tuple(sorted(site.id for site in basis.sites)),
        limit=_MOST,
    )
    lines = [
        line
        for listed in (issues.lines, office_issues.lines)
        for line in listed(connection, query, [basis.scheme], today)
        if line.raised_on in period
    ]
    steps = steps_of(connection, lines)
    for line in lines:
        if not is_answered(steps.get(line.issue.id, ())):
            yield Missing(
                MissingKind.ANSWER,
                _visit_words(line.site_name, line.raised_on),
                f"The force has not answered \u201c{line.title}\u201d ({line.days_text}).",
                line.issue.id,
                line.raised_on,
                line.ref,
            )


def _replies(connection: Connection, period: Period, today: date) -> Iterator[Missing]:
    """Recommendations of reviews of custody records that nobody has replied to."""
    if reviews := reviews_in(connection, period):
        years = reporting_years(connection)
        for review in reviews.reviews:
            about = f"{review.panel or 'Record review'}, {years.label(review.period)}"
            for item in review.unanswered(today):
                sentence = f"No reply to \u201c{item.what}\u201d."
                yield Missing(MissingKind.REPLY, about, sentence, "reviews")


def _received(
    connection: Connection, known: Sequence[FiguresBasis], period: Period
) -> Iterator[Missing]:
    """Reports that came from visitors and count nowhere yet."""
    sites = {site.id: site.name for basis in known for site in basis.sites}
    for item in inbox.undecided(connection):
        visit = item.report.last
        if visit.arrived.day in period and visit.site_id in sites:
            about = _visit_words(sites[visit.site_id], visit.arrived.day)
            sentence = "The report came and is not accepted yet."
            yield Missing(MissingKind.DECISION, about, sentence, item.id, visit.arrived.day)


def _late(connection: Connection, period: Period, today: date) -> Iterator[Missing]:
    """Planned visits whose week is over and of which no report came."""
    from visitapp.services.plan.late_visits import late_visits

    for visit in late_visits(connection, today):
        if visit.span.start <= period.end and period.start <= visit.span.end:
            sentence = f"No report has come from {joined(visit.names)}."
            about, span = visit.where, visit.span
            yield Missing(MissingKind.REPORT, about, sentence, span, span.start)


def _people(register: Sequence[Person], period: Period, today: date) -> Iterator[Missing]:
    """Volunteers of the period without a date of vetting, or without a known day of joining."""
    for person in register:
        of_period = _of_period(person, period)
        if any(m.joined_unknown for m in of_period):
            sentence = "The day they joined is not known."
            yield Missing(MissingKind.JOINING, person.name, sentence, person.id)
        visits = any(not m.is_applicant_on(today) and not m.has_ended_by(today) for m in of_period)
        if visits and person.clearance.vetted_until is None:
            sentence = "No date is entered for their vetting."
            yield Missing(MissingKind.VETTING, person.name, sentence, person.id)


def _sites(basis: FiguresBasis, period: Period) -> Iterator[Missing]:
    """Sites of the period that came with an import, so that nobody said when they opened: until it
    is entered, also whether they look like another one."""
    from visitapp.exchange.alike_sites import like_site

    for site in basis.sites:
        if by := site.opened_unknown(period):
            if other := like_site(site, basis.sites):
                sentence = f"May be the same site as {other}, and counts as another one."
                yield Missing(MissingKind.SITE_TWICE, site.name, sentence, site.id)
            sentence = f"The day it opened is not known. Its first visit was on {short_date(by)}."
            yield Missing(MissingKind.OPENING, site.name, sentence, site.id)


def _twice(
    register: Sequence[Person], files: Mapping[UUID, VolunteerFile], period: Period
) -> Iterator[Missing]:
    """Volunteers of the period whom an import added, who look like somebody else of the register:
    until they are counted together, or the day they joined is entered."""
    from visitapp.exchange.alike_people import Lookalikes

    counted = [person for person in register if person.same_as is None]
    added = [person for person in counted if any(m.joined_unknown for m in person.memberships)]
    lookalikes = Lookalikes(files[person.id] for person in counted if person not in added)
    for person in added:
        if (other := lookalikes.like(files[person.id])) and _of_period(person, period):
            sentence = f"May be the same person as {other}, and counts as another one."
            yield Missing(MissingKind.TWICE, person.name, sentence, person.id)


def _of_period(person: Person, period: Period) -> list[Membership]:
    return [
        m
        for m in person.memberships
        if not m.has_ended_by(period.start) and m.joined_on <= period.end
    ]


def _visit_words(site_name: str, on: date) -> str:
    return f"{site_name}, {short_date(on)}"
