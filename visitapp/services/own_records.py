"""What a visitor's copy shows: that visitor's own reports and drafts, and nobody else's."""

from uuid import UUID

from visitapp.domain.draft.draft import Draft
from visitapp.domain.errors import BadInputError, NotAllowedError
from visitapp.domain.office.people import Myself
from visitapp.domain.office.scheme import Role
from visitapp.domain.text.folding import folded
from visitapp.domain.year.overview import SameVisit
from visitapp.domain.year.visit_list import VisitRow
from visitapp.persistence import same_visit, schemes
from visitapp.persistence.database import Connection
from visitapp.services.access import Access


def myself(connection: Connection, access: Access) -> Myself | None:
    """The visitor whose copy this is; None for others, who see everybody's reports."""
    if access.actor.role is not Role.VISITOR:
        return None
    from visitapp.persistence import own_records

    return own_records.myself(connection, access.actor.name)


def must_be_own(connection: Connection, access: Access, *visit_ids: UUID) -> None:
    """Raises NotAllowedError for a report of others in a visitor's copy."""
    me = myself(connection, access)
    if me is None:
        return
    from visitapp.persistence import own_records

    if not all(own_records.owns(connection, me, visit_id) for visit_id in visit_ids):
        raise NotAllowedError("Your copy shows only your own reports.")


def same_visit_questions(
    connection: Connection, access: Access
) -> tuple[tuple[VisitRow, VisitRow], ...]:
    """The reports themselves, to decide about each pair."""
    pairs = same_visit_pairs(connection, access)
    if not pairs:
        return ()
    from visitapp.persistence import visit_list  # Home doesn't show the reports themselves

    by_scheme = schemes.codes_of_group(connection, "outcome", "seen").values()
    seen = sorted({code for codes in by_scheme for code in codes})
    ids = [visit_id for pair in pairs for visit_id in (pair.first_id, pair.second_id)]
    rows = visit_list.rows_of(connection, ids, seen)
    return tuple((rows[pair.first_id], rows[pair.second_id]) for pair in pairs)


def same_visit_pairs(connection: Connection, access: Access) -> tuple[SameVisit, ...]:
    """Pairs of reports that may be about the same visit, without a decision so far; in a visitor's
    copy, those of which both are their own."""
    pairs = same_visit.undecided_pairs(connection)
    me = myself(connection, access) if pairs else None
    if me is None:
        return tuple(pairs)
    from visitapp.persistence import own_records

    return tuple(
        pair
        for pair in pairs
        if own_records.owns(connection, me, pair.first_id)
        and own_records.owns(connection, me, pair.second_id)
    )


def rename(connection: Connection, access: Access, name: str) -> None:
    """Before a visitor gets another name: their drafts follow it. Raises BadInputError if the copy
    would show other reports then."""
    me = myself(connection, access)
    if me is None or name == me.name:
        return
    from visitapp.persistence import drafts, own_records

    after = own_records.myself(connection, name)
    if own_records.own_ids(connection, me) != own_records.own_ids(connection, after):
        raise BadInputError(
            f"This copy shows the reports of {me.name}. Under another name it would show others."
        )
    drafts.rename_author(connection, me.name, name)


def is_own_draft(access: Access, draft: Draft) -> bool:
    """Whether this copy shows a draft: a visitor's copy only has those they began."""
    if access.actor.role is not Role.VISITOR:
        return True
    return folded(draft.author) in ("", folded(access.actor.name))


def must_be_own_draft(access: Access, draft: Draft) -> None:
    """Raises NotAllowedError for a draft of others in a visitor's copy."""
    if not is_own_draft(access, draft):
        raise NotAllowedError("Your copy shows only your own drafts.")
