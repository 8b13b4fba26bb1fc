"""Reports passed on to the other visitor of the same visit, and the answers that come back."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from visitapp.domain.exchange.confirming import (
    KeptPartnerReport,
    PartnerAnswer,
    PartnerAnswers,
    PartnerReport,
    passed_on,
    standing,
    together,
)
from visitapp.domain.exchange.handing_over import ConfirmedEdition, HandedReport, InboxReport
from visitapp.domain.exchange.messages import (
    ALTERED,
    NOT_YET,
    UNKNOWN,
    MessageError,
    MessageKind,
)
from visitapp.domain.exchange.retention import is_past_retention
from visitapp.domain.office.people import Person
from visitapp.exchange.message_content import encoded
from visitapp.persistence import confirming as stored
from visitapp.persistence import forms, inbox, people, reducing, schemes
from visitapp.persistence.database import Connection


@dataclass(frozen=True, slots=True)
class DueMessage:
    """A message to be written where the last one about the same subject has another digest."""

    kind: MessageKind
    subject_id: UUID
    digest: str
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class DroppedMessage:
    """A message that is no longer to be sent, if it has not come yet."""

    kind: MessageKind
    subject_id: UUID


def keep_days(connection: Connection) -> dict[UUID, int]:
    """For how many days after its acceptance visitors' copies hold a report, by scheme."""
    return {scheme.id: scheme.visitors_keep_days for scheme in schemes.schemes(connection)}


class PassedOn:
    """In the office: the reports that each visitor is to read, read once for all copies."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection, self._now = connection, now
        self._days = keep_days(connection)
        self._answers = stored.answers(connection)
        self._by_partner: defaultdict[UUID, list[InboxReport]] = defaultdict(list)
        for item in inbox.reports(connection):
            named = {who for edition in item.report.editions for who in edition.visitors}
            for person_id in named - {item.person_id}:
                self._by_partner[person_id].append(item)

    def is_past(self, item: InboxReport) -> bool:
        """Whether visitors' copies no longer hold a report."""
        days = self._days[item.report.last.scheme_id]
        return is_past_retention(item.accepted_at, days, self._now)

    def due(self, person_id: UUID) -> Iterator[DueMessage | DroppedMessage]:
        """What a visitor's copy is to be told of the reports that others wrote of their visits."""
        for item in self._by_partner[person_id]:
            if self.is_past(item):
                yield DroppedMessage(MessageKind.TO_CONFIRM, item.id)
                continue
            accepted = item.accepted_at
            digest = (
                f"{item.report.revision} {item.received_at.timestamp():.0f} "
                f"{accepted.timestamp() if accepted else 0:.0f}"
            )
            content = partial(self._content, item, person_id)
            yield DueMessage(MessageKind.TO_CONFIRM, item.id, digest, content)

    def _content(self, item: InboxReport, person_id: UUID) -> bytes:
        answers = self._answers.get(item.id, ())
        is_named = person_id in item.report.last.visitors
        names = names_in(self._connection, item.report)
        return encoded(
            PartnerReport(
                item.id,
                item.report.last.scheme_id,
                item.person_id,
                item.report.revision,
                passed_on(item.report) if is_named else None,
                item.accepted_at,
                tuple(answer for answer in answers if answer.person_id == person_id),
                tuple(person for person in names if is_named or person.id == item.person_id),
            )
        )


def answers_due(connection: Connection) -> Iterator[DueMessage]:
    """In a visitor's copy: everything answered about each report of others."""
    for item in stored.reports(connection):
        if item.content.answers:
            content = encoded(PartnerAnswers(item.content.answers))
            digest = hashlib.sha256(content).hexdigest()
            yield DueMessage(
                MessageKind.CONFIRMATION, item.content.report_id, digest, partial(bytes, content)
            )


def take_passed_on(
    connection: Connection, content: PartnerReport, number: int, person_id: UUID
) -> bool:
    """In a visitor's copy: keep a report of another visitor; whether anything changed.

    Answers are never lost, neither those given here nor those that an earlier laptop gave.
    Raises MessageError for a report that does not name `person_id`, or names nobody known.
    """
    report = content.report
    if content.person_id == person_id or (
        report is not None and person_id not in report.last.visitors
    ):
        raise MessageError(ALTERED)
    _must_be_readable(connection, content)
    left = reducing.report(connection, content.report_id)
    if left is not None and left.revision >= content.revision:
        return False  # this copy has held it for as long as it may
    before = stored.report(connection, content.report_id)
    own = tuple(answer for answer in content.answers if answer.person_id == person_id)
    kept = () if before is None else before.content.answers
    answers = together(kept, own)
    if before is None:
        latest, version = KeptPartnerReport(content, number), 1
    elif before.is_overtaken_by(content, number):
        latest, version = KeptPartnerReport(content, number), before.version
    else:
        latest, version = before, before.version
    now = latest.with_answers(answers, version)
    if before is not None and now == before:
        return False
    stored.save_report(connection, now)
    return True


def take_answers(connection: Connection, content: PartnerAnswers, person_id: UUID) -> bool:
    """In the office: keep what a visitor answered; whether anything was new. An answer to an
    edition that is not here yet waits until it is.

    Raises MessageError for answers in another name or to a scheme that the office doesn't run.
    """
    known = {scheme.id for scheme in schemes.schemes(connection)}
    for answer in content.answers:
        if answer.person_id != person_id:
            raise MessageError(ALTERED)
        if answer.scheme_id not in known:
            raise MessageError(UNKNOWN)
    name = people.names(connection, [person_id])[person_id]
    return stored.add_answers(connection, content.answers, name)


def confirmed_editions(
    answers: Mapping[UUID, tuple[PartnerAnswer, ...]], item: InboxReport
) -> tuple[ConfirmedEdition, ...]:
    """Who confirmed the last edition of a report on their own copy, for its writer."""
    stands = standing(answers.get(item.id, ()), item.report.last) if item.id in answers else {}
    return tuple(
        ConfirmedEdition(answer.edition_id, answer.person_id, answer.at)
        for answer in stands.values()
        if answer.confirms
    )


def names_in(connection: Connection, report: HandedReport) -> tuple[Person, ...]:
    """The names of everybody in a report: who has left since is in no settings of a copy."""
    names = people.names(connection, report.people_ids())
    return tuple(Person(person_id, name) for person_id, name in sorted(names.items()))


def add_names(connection: Connection, named: Iterable[Person]) -> None:
    """Keep the names of those who are not in the register of this copy."""
    listed = list(named)
    known = people.names(connection, [person.id for person in listed])
    for person in listed:
        if person.id not in known:
            people.save_person(connection, Person(person.id, person.name))


def _must_be_readable(connection: Connection, content: PartnerReport) -> None:
    """Add the names that this copy lacks. Raises MessageError for a report that can't be shown:
    the office's settings may still be on their way."""
    sites = {site.id: site.scheme_id for site in schemes.sites(connection)}
    newest = forms.newest(connection, content.scheme_id) or 1
    for edition in () if content.report is None else content.report.editions:
        assert edition.report is not None
        if sites.get(edition.site_id) != content.scheme_id or edition.report.form_number > newest:
            raise MessageError(NOT_YET)
    add_names(connection, content.people)
