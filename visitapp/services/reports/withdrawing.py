"""Takes reports out of the counts and puts them back, always with a reason.

Visits are made, and reports are signed, in pairs. So in a visitor's copy, a report that visitors
confirmed is withdrawn or put back by all of them, with their names typed as for signing; one of
them alone can't do it. The volunteer manager, who is responsible for the records, only needs a
reason.
"""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from visitapp.domain.errors import BadInputError, ConflictError, NotAllowedError
from visitapp.domain.following.ledger import LedgerEntry
from visitapp.domain.office.scheme import Role
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State
from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import joined
from visitapp.persistence import batches, ledger
from visitapp.persistence import people as stored_people
from visitapp.persistence import visits as stored
from visitapp.persistence.database import Connection
from visitapp.services.access import Access


def names_needed(connection: Connection, access: Access, visit: Visit) -> list[str]:
    """Whose names must be typed before this report is withdrawn or put back; none in the manager's
    copy. Raises NotAllowedError if only the manager may do it."""
    if access.actor.role is Role.MANAGER:
        return []
    if not visit.confirmations:
        raise NotAllowedError(
            "No visitor confirmed this report. Only the volunteer manager can withdraw it or put "
            "it back."
        )
    register = {person.id: person.name for person in stored_people.people(connection)}
    return [
        register.get(confirmation.person_id, confirmation.typed_name)
        for confirmation in visit.confirmations
    ]


def withdraw(
    connection: Connection, access: Access, visit_id: UUID, reason: str, names: Sequence[str]
) -> None:
    """Take a visit out of every count; it can still be read."""
    stored_visit = stored.visit(connection, visit_id)
    by = access.actor.name if stored_visit is None else _by(connection, access, stored_visit, names)
    write_withdrawal(connection, access, visit_id, reason, by)


def write_withdrawal(
    connection: Connection, access: Access, visit_id: UUID, reason: str, by: str
) -> None:
    """The same, once permission has been checked. Raises ConflictError if the visit is withdrawn
    already."""
    now = access.now()
    stored.withdraw(connection, [visit_id], reason, now)
    if stored_visit := stored.visit(connection, visit_id):
        ledger.append(connection, [ledger.withdrawn(stored_visit, by, reason, now)])


def put_back(
    connection: Connection, access: Access, visit_id: UUID, reason: str, names: Sequence[str]
) -> None:
    """Count a withdrawn visit again.

    Raises BadInputError if it was amended, or withdrawn with its import.
    """
    visit = stored.visit(connection, visit_id)
    if visit is None or visit.state is not State.WITHDRAWN:
        raise ConflictError("This visit is no longer withdrawn. Look at it again.")
    if why := why_not_back(connection, visit):
        raise BadInputError(why)
    by = _by(connection, access, visit, names)
    stored.put_back(connection, visit_id)
    ledger.append(connection, [ledger.put_back(visit, by, reason, access.now())])


def why_not_back(connection: Connection, visit: Visit) -> str:
    """Why a withdrawn visit can't be put back individually; empty if it can."""
    if stored.replacement(connection, visit.id) is not None:
        return (
            "This report was amended. Only the newest version can be put back, so that the "
            "visit is not counted twice."
        )
    if visit.batch_id is not None and batches.is_withdrawn(connection, visit.batch_id):
        return "This visit was withdrawn with its whole import. Put the import back instead."
    return ""


def history(connection: Connection, visit: Visit) -> list[LedgerEntry]:
    """Each time the visit was withdrawn or put back, individually or with its import."""
    subjects = [visit.id] if visit.batch_id is None else [visit.id, visit.batch_id]
    return ledger.withdrawals(connection, subjects)


def _by(connection: Connection, access: Access, visit: Visit, names: Sequence[str]) -> str:
    """Who does it, for the ledger. Raises BadInputError if a name is missing."""
    needed = names_needed(connection, access, visit)
    if not needed:
        return access.actor.name
    left = Counter(folded(name) for name in needed) - Counter(folded(name) for name in names)
    missing = [name for name in needed if folded(name) in left]
    if missing:
        raise BadInputError(
            f"This report was signed by {joined(needed)}. Each of them must type their "
            f"full name. Still missing: {joined(missing)}."
        )
    return joined(needed)
