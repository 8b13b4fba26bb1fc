"""Where people are in the register, and who may visit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.people import LEAVE, Membership, Person, vetting_words
from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.wording import joined, long_date


class RegisterPart(StrEnum):
    """The parts of the register; each person is in exactly one."""

    ACTIVE = "active"
    CHECKS = "awaiting checks"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class MayVisit:
    """Whether somebody may visit on a day. `reason` says why not, or what to bear in mind if they
    may; `is_away` that they are on leave and will be back."""

    may: bool
    reason: str = ""
    is_away: bool = False


def current_memberships(person: Person, day: date) -> tuple[Membership, ...]:
    """The latest membership of each scheme, without those that ended before a day."""
    return tuple(m for m in person.latest_memberships() if not m.has_ended_by(day))


def part_of(person: Person, day: date) -> RegisterPart:
    """The part of the register a person is in on a day."""
    current = current_memberships(person, day)
    if not current:
        return RegisterPart.LEFT
    if all(m.is_applicant_on(day) for m in current):
        return RegisterPart.CHECKS
    return RegisterPart.ACTIVE


def may_visit(
    person: Person, day: date, kinds: Mapping[UUID, Kind], books: Mapping[UUID, CodeBook]
) -> MayVisit:
    """Whether a person may visit for any scheme on a day. `kinds` and `books` hold all the office's
    schemes by id."""
    current = current_memberships(person, day)
    may, reason = _answer(person, current, day, kinds, books)
    return MayVisit(may, reason, not may and any(m.status_on(day) == LEAVE for m in current))


def _answer(
    person: Person,
    current: tuple[Membership, ...],
    day: date,
    kinds: Mapping[UUID, Kind],
    books: Mapping[UUID, CodeBook],
) -> tuple[bool, str]:
    if not person.memberships:
        return False, "in no scheme"
    if not current:
        return False, "left"
    vetted_until = person.clearance.vetted_until
    if vetted_until is not None and not person.clearance.is_vetted_on(day):
        return False, vetting_words(vetted_until, day)
    reasons = {m.scheme_id: _why_not(m, day, books) for m in current}
    refused = {scheme_id: why for scheme_id, why in reasons.items() if why}
    if len(refused) == len(current):
        return False, "; ".join(dict.fromkeys(refused.values()))
    if refused:
        able = [kinds[m.scheme_id].label for m in current if m.scheme_id not in refused]
        return True, f"for {joined(able).lower()} only"
    last_days = [m.left_on for m in current if m.left_on is not None]
    if len(last_days) == len(current):
        return True, f"until {long_date(max(last_days))}"
    if vetted_until is not None and person.clearance.vetting_days_left(day) is not None:
        return True, vetting_words(vetted_until, day)
    return True, ""


def _why_not(membership: Membership, day: date, books: Mapping[UUID, CodeBook]) -> str:
    book = books.get(membership.scheme_id, CodeBook())
    return membership.why_not_on(day, book.label("volunteer_status", membership.status_on(day)))
