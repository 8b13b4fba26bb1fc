"""Which changes of status follow from what a manager entered, and what holds without one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.people import Membership
from visitapp.domain.office.status_change import ENDED, StatusChange


def changes_between(
    before: Sequence[Membership],
    after: Sequence[Membership],
    dated: Sequence[StatusChange],
    today: date,
) -> Iterator[StatusChange]:
    """The changes that lead from memberships to others: those that the manager `dated`, and for
    what they said nothing of, one of today."""
    for membership in after:
        old = _same(membership, before)
        own = [change for change in dated if change.scheme_id == membership.scheme_id]
        known = {change.status for change in own}
        new = [c for c in _changes_of(membership, old, today) if c.status not in known]
        if old is not None and not old.changes and old.status not in ENDED and (own or new):
            yield _change(old, None)  # what came before would be gone
        yield from new
    yield from dated


def changes_of_removed(
    before: Sequence[Membership], after: Sequence[Membership]
) -> Iterator[StatusChange]:
    """The changes of memberships that were taken out of the record."""
    kept = [_same(membership, before) for membership in after]
    for membership in before:
        if not any(membership is other for other in kept):
            yield from membership.changes


def _same(membership: Membership, others: Sequence[Membership]) -> Membership | None:
    """The membership as it was; its first day may have been corrected."""
    own = [other for other in others if other.scheme_id == membership.scheme_id]
    alike = [other for other in own if other.joined_on == membership.joined_on]
    still = [other for other in own if other.left_on is None and membership.left_on is None]
    return next(iter(alike or still), None)


def _changes_of(
    membership: Membership, old: Membership | None, today: date
) -> Iterator[StatusChange]:
    has_ended = membership.left_on is not None
    if old is None:
        first = None if membership.joined_unknown else membership.joined_on
        if membership.status not in ENDED:
            yield _change(membership, first)
    elif membership.status != old.status and not has_ended:
        yield _change(membership, today)
    new_end = old is None or (membership.left_on, membership.leaving_reason) != (
        old.left_on, old.leaving_reason
    )  # fmt: skip
    if has_ended and (new_end or (old is not None and membership.status != old.status)):
        change = _change(membership, membership.left_on)
        yield replace(change, reason=membership.leaving_reason)


def _change(membership: Membership, from_on: date | None) -> StatusChange:
    return StatusChange(uuid4(), membership.scheme_id, membership.status, from_on)


def without_change(
    memberships: Sequence[Membership], change_id: UUID, today: date
) -> tuple[Membership, ...]:
    """The memberships as they are without a change. Raises BadInputError if nothing came before
    it."""
    return tuple(_without(membership, change_id, today) for membership in memberships)


def _without(membership: Membership, change_id: UUID, today: date) -> Membership:
    left = [change for change in membership.changes if change.id != change_id]
    if len(left) == len(membership.changes):
        return membership
    if not left:
        raise BadInputError("Nothing was entered before this. Edit the person instead.")
    ends = [change for change in left if change.has_ended]
    if ends:
        last = ends[-1]
        return replace(
            membership, status=last.status, left_on=last.from_on, leaving_reason=last.reason
        )
    goes_on = replace(membership, left_on=None, leaving_reason=None, changes=tuple(left))
    return replace(goes_on, status=goes_on.status_on(today))
