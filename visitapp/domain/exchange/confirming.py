"""A report that one visitor wrote, on the other visitor's own copy: to be read and confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from visitapp.domain.exchange.handing_over import HandedReport
from visitapp.domain.exchange.messages import ALTERED, MessageError
from visitapp.domain.following.ledger import content_digest, digest_of
from visitapp.domain.office.people import Person
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State

MOST_ANSWERS = 100
"""To all editions of one report by one visitor."""
MOST_WORDS = 2000
"""Characters that say what is wrong with an edition."""


@dataclass(frozen=True, slots=True)
class PartnerAnswer:
    """What the other visitor says of one edition: `words` say what is wrong with it; without
    words it is confirmed. `digest` is of the edition as it was read, so that nothing else is
    ever confirmed by it. `number` counts the answers of one visitor about one report from 1, since
    clocks may be wrong."""

    id: UUID
    report_id: UUID
    scheme_id: UUID
    edition_id: UUID
    person_id: UUID
    digest: str
    number: int
    at: datetime
    words: str = ""

    @property
    def confirms(self) -> bool:
        """Whether it says that the edition is right."""
        return not self.words


@dataclass(frozen=True, slots=True)
class PartnerAnswers:
    """Everything that a visitor has answered about a report that another one wrote."""

    answers: tuple[PartnerAnswer, ...]

    def __post_init__(self) -> None:
        if not 0 < len(self.answers) <= MOST_ANSWERS:
            raise MessageError(ALTERED)
        for answer in self.answers:
            if len(answer.words) > MOST_WORDS or answer.number < 1 or len(answer.digest) > 64:
                raise MessageError(ALTERED)


@dataclass(frozen=True, slots=True)
class PartnerReport:
    """A report as the office passes it on to the other visitor. `person_id` wrote it; `report` is
    None where a later edition no longer names that visitor. `accepted_at` is empty until the
    office has accepted this very state. `answers` are those that the office has from them, which
    another laptop of theirs needs; `people` are the names of all in it.
    """

    report_id: UUID
    scheme_id: UUID
    person_id: UUID
    revision: int
    report: HandedReport | None
    accepted_at: datetime | None = None
    answers: tuple[PartnerAnswer, ...] = ()
    people: tuple[Person, ...] = ()

    def __post_init__(self) -> None:
        report = self.report
        if report is not None and (
            (report.id, report.revision) != (self.report_id, self.revision)
            or report.last.scheme_id != self.scheme_id
        ):
            raise MessageError(ALTERED)
        if any(answer.report_id != self.report_id for answer in self.answers):
            raise MessageError(ALTERED)


@dataclass(frozen=True, slots=True)
class KeptPartnerReport:
    """A report of another visitor as a copy keeps it; `number` is that of the message that brought
    it."""

    content: PartnerReport
    number: int = field(default=0)
    version: int = 1

    def with_answers(self, answers: tuple[PartnerAnswer, ...], version: int) -> "KeptPartnerReport":
        """The same report with these answers."""
        return KeptPartnerReport(replace(self.content, answers=answers), self.number, version)

    def is_overtaken_by(self, content: PartnerReport, number: int) -> bool:
        """Whether a message tells a later state than this one, in whatever order they came."""
        return _state(self.content, self.number) < _state(content, number)


def _state(content: PartnerReport, number: int) -> tuple[int, bool, int]:
    return content.revision, content.accepted_at is not None, number


def together(first: Iterable[PartnerAnswer], second: Iterable[PartnerAnswer]) -> tuple[
    PartnerAnswer, ...
]:  # fmt: skip
    """All answers of two lists, each once, the first one first."""
    by_id = {answer.id: answer for answer in (*second, *first)}
    return tuple(sorted(by_id.values(), key=_order))


def _order(answer: PartnerAnswer) -> tuple[int, datetime, UUID]:
    return answer.number, answer.at, answer.id


def standing(answers: Iterable[PartnerAnswer], edition: Visit) -> dict[UUID, PartnerAnswer]:
    """The last answer of each other visitor to exactly this edition."""
    digest = content_digest(edition)
    return {
        answer.person_id: answer
        for answer in sorted(answers, key=_order)
        if answer.edition_id == edition.id
        and answer.digest == digest
        and answer.person_id in edition.visitors
    }


def answer_digest(answer: PartnerAnswer) -> str:
    """The digest of an answer in the ledger."""
    return digest_of({name: getattr(answer, name) for name in PartnerAnswer.__dataclass_fields__})


class Standing(StrEnum):
    """What a report of another visitor waits for."""

    TO_CONFIRM = "to_confirm"
    TO_CONFIRM_AGAIN = "to_confirm_again"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


STANDING_WORDS = {
    Standing.TO_CONFIRM: "For you to confirm",
    Standing.TO_CONFIRM_AGAIN: "Changed, to confirm again",
    Standing.CONFIRMED: "Confirmed by you",
    Standing.DISPUTED: "You said what is wrong",
    Standing.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class PartnerReading:
    """A report of another visitor to be read: the edition that stands, the last earlier one that
    was answered (None where there is none), and the answer to the one that stands."""

    report_id: UUID
    person_id: UUID
    edition: Visit
    before: Visit | None
    answer: PartnerAnswer | None
    standing: Standing

    @property
    def waits(self) -> bool:
        """Whether the visitor has not answered about the edition that stands."""
        return self.standing in (Standing.TO_CONFIRM, Standing.TO_CONFIRM_AGAIN)


def reading_of(content: PartnerReport, person_id: UUID) -> PartnerReading | None:
    """The report as `person_id` finds it in their copy; None where it no longer names them."""
    report = content.report
    if report is None:
        return None
    own = [answer for answer in content.answers if answer.person_id == person_id]
    answered = {edition.id: standing(own, edition).get(person_id) for edition in report.editions}
    earlier = [edition for edition in report.editions[:-1] if answered[edition.id] is not None]
    answer = answered[report.last.id]
    if report.last.state is State.WITHDRAWN:
        stands = Standing.WITHDRAWN
    elif answer is not None:
        stands = Standing.CONFIRMED if answer.confirms else Standing.DISPUTED
    else:
        stands = Standing.TO_CONFIRM_AGAIN if earlier else Standing.TO_CONFIRM
    return PartnerReading(
        content.report_id,
        content.person_id,
        report.last,
        earlier[-1] if earlier else None,
        answer,
        stands,
    )


def passed_on(report: HandedReport) -> HandedReport:
    """A report as the other visitor gets it: without what its writer answered to the office."""
    return replace(report, answer="")
