"""What passes between the office's copy and its visitors' copies."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.copies import Invitation, OtherCopy, OwnCopy
from visitapp.domain.exchange.messages import FileOutcome, TakenIn
from visitapp.domain.exchange.pack import FORMAT, InvitationContent
from visitapp.domain.exchange.register import last_day_of
from visitapp.domain.text.wording import long_date
from visitapp.exchange.message_content import encoded
from visitapp.persistence import exchange as stored
from visitapp.persistence import people
from visitapp.persistence.database import Connection
from visitapp.security import copy_keys, joining_code, recovery
from visitapp.services.access import Access
from visitapp.services.exchange import joining, packs, taking_in
from visitapp.services.exchange.shutting_out import shut_out
from visitapp.services.roles import MANAGER, VISITOR, changes, reads


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """The file for a visitor, and the code to tell them by telephone."""

    file: bytes = field(repr=False)
    code: str = field(repr=False)
    last_day_words: str


class ExchangeService:
    """Invitations, the copies that joined, and messages taken in."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @changes(MANAGER)
    def invite(self, person_id: UUID) -> tuple[NewInvitation, Changes]:
        """Invite somebody to join with a copy of their own. Earlier invitations of theirs that
        nobody used no longer work.

        Raises NotAllowedError for anybody but the manager, BadInputError for somebody who is in
        no scheme.
        """
        now, secret = self._access.now(), joining_code.new_secret()
        with self._access.database.transaction() as connection:
            self._must_be_in_a_scheme(connection, person_id)
            for earlier in stored.invitations(connection):
                if earlier.person_id == person_id and earlier.is_open_at(now):
                    stored.save_invitation(connection, replace(earlier, withdrawn_at=now))
            number = stored.next_number(connection)
            invitation = Invitation(uuid4(), person_id, number, secret, now)
            stored.save_invitation(connection, invitation)
            own = self._own(connection)
            content = InvitationContent(
                format=FORMAT,
                id=invitation.id,
                copy_id=own.id,
                keys=copy_keys.public_keys(own),
                person_id=person_id,
                number=number,
                last_day=last_day_of(invitation),
                keys_number=own.number,
                pack=packs.pack_for(connection, person_id, self._access.today()),
            )
        file = joining_code.seal_invitation(encoded(content), secret)
        words = long_date(content.last_day)
        return NewInvitation(file, recovery.as_code(secret), words), Changes.PEOPLE

    @reads(MANAGER, VISITOR)
    def invitations(self) -> tuple[Invitation, ...]:
        """All invitations, the first one first."""
        with self._access.database.reading() as connection:
            return tuple(stored.invitations(connection))

    @reads(MANAGER, VISITOR)
    def copies(self) -> tuple[OtherCopy, ...]:
        """The copies that this one exchanges messages with, and those that were shut out."""
        with self._access.database.reading() as connection:
            return tuple(stored.other_copies(connection))

    @reads(MANAGER, VISITOR)
    def own(self) -> OwnCopy | None:
        """The copy whose file is open; None before it exchanges anything."""
        with self._access.database.reading() as connection:
            return stored.own_copy(connection)

    @changes(MANAGER)
    def revoke(self, copy_id: UUID) -> Changes:
        """Shut a copy out, e.g. of a laptop that was lost: nothing of it is taken in any more."""
        with self._access.database.transaction() as connection:
            other = stored.other_copy(connection, copy_id)
            if other is None or other.revoked_at is not None:
                raise BadInputError("This copy was shut out already. Look at the list again.")
            shut_out(connection, self._access, other)
        return Changes.PEOPLE

    @reads(VISITOR)
    def reply(self) -> bytes:
        """The file by which the office gets to know this copy; the same keys each time."""
        with self._access.database.reading() as connection:
            return joining.reply(connection, self._access)

    @changes(MANAGER, VISITOR)
    def take_in(self, file: bytes) -> tuple[TakenIn, Changes]:
        """Take in a message to this copy; one that was taken in already changes nothing.

        Raises MessageError with a sentence, and then nothing of it was taken in.
        """
        (outcome,) = taking_in.take_in(self._access, [file])
        if outcome.refusal is not None:
            raise outcome.refusal
        assert outcome.taken is not None
        return outcome.taken, outcome.changes

    @changes(MANAGER, VISITOR)
    def take_in_files(self, files: Sequence[bytes]) -> list[FileOutcome]:
        """Take in files of one or more messages; what became of each, in their order.

        Raises MessageError in a copy that exchanges nothing yet.
        """
        return taking_in.take_in_files(self._access, files)

    def _must_be_in_a_scheme(self, connection: Connection, person_id: UUID) -> None:
        person = next((item for item in people.people(connection) if item.id == person_id), None)
        if person is None:
            raise BadInputError("This person is no longer in the register.")
        if not packs.current_schemes(person, self._access.today()):
            raise BadInputError(f"{person.name} is in no scheme. Add them to one first.")

    def _own(self, connection: Connection) -> OwnCopy:
        """The office's own copy, whose keys are made when they are first needed."""
        own = stored.own_copy(connection)
        if own is None:
            own = copy_keys.new_copy()
            stored.save_own_copy(connection, own)
        return own
