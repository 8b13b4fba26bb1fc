"""A message that was opened, and what it is looked up in."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from visitapp.domain.exchange.copies import OtherCopy, OwnCopy
from visitapp.domain.exchange.messages import STRANGER, Message, MessageError, MessageKind
from visitapp.persistence import exchange as stored
from visitapp.persistence import forms, outbox, people, schemes
from visitapp.persistence.database import Connection
from visitapp.services.access import Access


class Known:
    """What messages are looked up in, read once for all that are taken in together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._copies: dict[UUID, OtherCopy] = {}
        self._names: dict[UUID, str] = {}
        self._newest_forms: dict[UUID, int] = {}
        self._numbers: dict[tuple[UUID, MessageKind], int] = {}

    def copy(self, copy_id: UUID) -> OtherCopy | None:
        """Another copy, even one that joined by an earlier message."""
        copy = self._copies.get(copy_id) or stored.other_copy(self._connection, copy_id)
        if copy is not None:
            self._copies[copy_id] = copy
        return copy

    def names(self, ids: set[UUID]) -> dict[UUID, str]:
        """The names of some people; who is not in the register is left out."""
        if missing := ids - self._names.keys():
            self._names |= people.names(self._connection, missing)
        return {person_id: self._names[person_id] for person_id in ids & self._names.keys()}

    @cached_property
    def scheme_of_site(self) -> dict[UUID, UUID]:
        """The scheme of each site."""
        return {site.id: site.scheme_id for site in schemes.entered_sites(self._connection)}

    def newest_form(self, scheme_id: UUID) -> int:
        """The number of a scheme's last form."""
        if scheme_id not in self._newest_forms:
            self._newest_forms[scheme_id] = forms.newest(self._connection, scheme_id) or 1
        return self._newest_forms[scheme_id]

    def last_number(self, message: Message) -> int:
        """The highest number of the messages of a kind that came from a copy; 0 for none."""
        key = message.sender, message.kind
        if key not in self._numbers:
            self._numbers[key] = outbox.last_number(self._connection, *key)
        return self._numbers[key]

    def note(self, message: Message) -> None:
        """A message was taken in."""
        key = message.sender, message.kind
        if key in self._numbers:
            self._numbers[key] = max(self._numbers[key], message.number)


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message whose signature was checked, in the copy it is for."""

    connection: Connection
    access: Access
    own: OwnCopy
    message: Message
    known: Known

    def sender(self) -> OtherCopy:
        """Whose message it is. Raises MessageError for a reply of somebody new."""
        sender = self.known.copy(self.message.sender)
        if sender is None:
            raise MessageError(STRANGER)
        return sender

    def visitor(self) -> UUID:
        """The visitor who sent it to the office. Raises MessageError for anything else."""
        person_id = self.sender().person_id
        if self.own.person_id is not None or person_id is None:
            raise MessageError(STRANGER)
        return person_id

    def receiver(self) -> UUID:
        """The visitor to whom the office sent it. Raises MessageError for anything else."""
        if self.own.person_id is None or self.sender().person_id is not None:
            raise MessageError(STRANGER)
        return self.own.person_id

    def is_overtaken(self) -> bool:
        """Whether a later message of the same kind came before it."""
        return self.message.number < self.known.last_number(self.message)
