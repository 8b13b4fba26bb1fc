"""What a row says of somebody's time in a scheme, and how that is entered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.people import LEAVE, Membership, Person
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.office.status_change import ENDED, LEFT, StatusChange
from visitapp.domain.text.wording import short_date
from visitapp.exchange.filling import Filling

_ACTIVE = "ACTIVE"


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """`status` and `reason` are codes, empty if the file doesn't say; days are None then. `is_no`:
    the file says that the person isn't in the scheme. `column`: what says so."""

    scheme: Scheme
    status: str = ""
    joined: date | None = None
    left: date | None = None
    status_from: date | None = None
    reason: str = ""
    is_no: bool = False
    status_label: Callable[[str], str] = str
    column: str = "scheme"


def filled_memberships(
    filling: Filling, person: Person, rows: Sequence[MembershipRow], today: date
) -> tuple[tuple[Membership, ...], list[StatusChange]]:
    """The memberships with what the file adds, and the changes of status that this dates."""
    memberships, dated = list(person.memberships), list[StatusChange]()
    for row in rows:
        old = person.membership(row.scheme.id)
        try:
            if old is not None:
                at = memberships.index(old)
                memberships[at] = _filled(filling, old, row, dated, today)
            elif not row.is_no:
                memberships.append(_new(filling, row, dated, today))
        except BadInputError as error:
            filling.line.problem("left_on" if row.left else row.column, str(error))
    return tuple(memberships), dated


def _end(row: MembershipRow) -> date | None:
    """The last day in the scheme; None of those who are in it. Raises BadInputError."""
    if row.left is None and row.status in ENDED and row.status_from is None:
        raise BadInputError(
            "The file says that this person has left, and not when. Match a column with the last "
            "day, or skip this row and enter the person in People."
        )
    return row.left or (row.status_from if row.status in ENDED else None)


def _new(
    filling: Filling, row: MembershipRow, dated: list[StatusChange], today: date
) -> Membership:
    """A membership of somebody who had none. Without a day of joining, all that is known is that
    they were in the scheme on the first day that the file speaks of."""
    left = _end(row)
    status = row.status or (LEFT if left else _ACTIVE)
    if left is not None and status not in ENDED:
        status = LEFT
    seen = min(day for day in (today, left, row.status_from) if day)
    membership = Membership(
        row.scheme.id,
        row.joined or seen,
        left,
        status,
        (row.reason or None) if left else None,
        joined_unknown=row.joined is None,
    )
    if left is None:
        if status == LEAVE and row.status_from:
            dated.append(_change(row, _ACTIVE, row.joined))
        dated.append(_change(row, status, row.status_from))
    joined_on = f"joined on {short_date(row.joined)}" if row.joined else "joining day not known"
    filling.filled.append(f"{row.scheme.name}: {joined_on}, {_status_words(row, status, left)}")
    return membership


def _filled(
    filling: Filling,
    old: Membership,
    row: MembershipRow,
    dated: list[StatusChange],
    today: date,
) -> Membership:
    """A membership with what wasn't known of it."""
    name = row.scheme.name
    if row.is_no:
        if not old.has_ended_by(today):
            filling.differs(row.column, name, "in the scheme", "not in it")
        return old
    new = old
    if row.joined and old.joined_unknown:
        new = replace(new, joined_on=row.joined, joined_unknown=False)
        filling.filled.append(f"{name}: joined on {short_date(row.joined)}")
    elif row.joined and row.joined != old.joined_on:
        filling.differs(
            "joined", f"{name}, joined", short_date(old.joined_on), short_date(row.joined)
        )
    left = _end(row)
    status = LEFT if left and row.status not in ENDED else row.status
    if not status or (status == old.status_on(today) and left == old.left_on):
        return _with_day(filling, new, row, dated)
    if _is_assumed(old):
        filling.filled.append(f"{name}: {_status_words(row, status, left)}")
        if left is None:
            dated.append(_change(row, status, row.status_from))
        reason = (row.reason or None) if left else None
        return replace(new, status=status, left_on=left, leaving_reason=reason)
    filling.differs(
        "status",
        f"{name}, status",
        _status_words(replace(row, status_from=None), old.status_on(today), old.left_on),
        _status_words(row, status, left),
    )
    return new


def _with_day(
    filling: Filling, membership: Membership, row: MembershipRow, dated: list[StatusChange]
) -> Membership:
    """The day of the same status, if that wasn't known."""
    own = [change for change in membership.changes if change.status == row.status]
    first = row.status_from
    if first and row.status not in ENDED and not any(change.from_on for change in own):
        dated.append(_change(row, row.status, first))
        filling.filled.append(f"{row.scheme.name}: {_status_words(row, row.status, None)}")
    return membership


def _is_assumed(membership: Membership) -> bool:
    """Whether nobody entered the status: an import of visits takes everybody as active."""
    return (
        membership.joined_unknown
        and membership.status == _ACTIVE
        and not any(change.from_on for change in membership.changes)
    )


def _change(row: MembershipRow, status: str, from_on: date | None) -> StatusChange:
    return StatusChange(uuid4(), row.scheme.id, status, from_on)


def _status_words(row: MembershipRow, status: str, left: date | None) -> str:
    """`Probation from Mon 6 May 2024`, `Left on Fri 31 Jan 2025`, `Active`."""
    label = row.status_label(status)
    if left is not None:
        return f"{label} on {short_date(left)}"
    return f"{label} from {short_date(row.status_from)}" if row.status_from else label
