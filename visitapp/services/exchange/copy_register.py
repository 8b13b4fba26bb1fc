"""Who has joined with a copy of their own, and the words by which two people compare keys."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.copies import OtherCopy, office_of
from visitapp.domain.exchange.register import (
    Fingerprints,
    JoinedCopy,
    PersonCopies,
    open_invitation,
)
from visitapp.domain.moment import uk_time
from visitapp.domain.records.record_kind import RecordKind
from visitapp.persistence import exchange as stored
from visitapp.security import copy_keys, recovery
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, VISITOR, reads


class CopyRegisterService:
    """The copies of the register's people, and this copy's own keys."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR)
    def people(self) -> Mapping[UUID, PersonCopies]:
        """The copies and open invitations of everybody who ever had one, by person."""
        now = self._access.now()
        with self._access.database.reading() as connection:
            invitations = stored.invitations(connection)
            copies = stored.other_copies(connection)
        joined: defaultdict[UUID, list[JoinedCopy]] = defaultdict(list)
        for copy in copies:
            if copy.person_id is not None:
                joined[copy.person_id].append(_joined(copy))
        ids = {*joined, *(invitation.person_id for invitation in invitations)}
        return {
            person_id: PersonCopies(
                tuple(joined[person_id]), open_invitation(invitations, person_id, now)
            )
            for person_id in ids
        }

    @reads(MANAGER, noted=RecordKind.EXCHANGE)
    def code(self, person_id: UUID) -> str:
        """The joining code of a person's open invitation, for the manager to tell them again.

        Raises NotAllowedError for anybody but the manager, BadInputError where there is none.
        """
        with self._access.database.reading() as connection:
            invitations = stored.invitations(connection)
        invitation = open_invitation(invitations, person_id, self._access.now())
        if invitation is None:
            raise BadInputError("The joining code no longer works. Invite the person again.")
        return recovery.as_code(invitation.secret)

    @reads(MANAGER, VISITOR)
    def fingerprints(self) -> Fingerprints | None:
        """The words for the keys of this copy and of its office; None before it has keys."""
        with self._access.database.reading() as connection:
            own = stored.own_copy(connection)
            copies = stored.other_copies(connection)
        if own is None:
            return None
        office = office_of(copies) if own.person_id else None
        return Fingerprints(
            copy_keys.fingerprint(copy_keys.public_keys(own)),
            "" if office is None else copy_keys.fingerprint(office.keys),
        )


def _joined(copy: OtherCopy) -> JoinedCopy:
    revoked = copy.revoked_at
    return JoinedCopy(
        copy.id,
        uk_time(copy.joined_at).date(),
        copy_keys.fingerprint(copy.keys),
        None if revoked is None else uk_time(revoked).date(),
    )
