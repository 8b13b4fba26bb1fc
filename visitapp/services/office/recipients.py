"""Who receives copies of a scheme's reports."""

from dataclasses import replace
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.report.copies import Audience, Recipient
from visitapp.domain.text.folding import folded
from visitapp.persistence import copies as stored
from visitapp.persistence import schemes
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.office.reference import reference_recipients
from visitapp.services.roles import MANAGER, VISITOR, changes, reads

LONGEST_NAME = 200


class RecipientService:
    """Everyone can read them; only the manager can change them. A scheme has default recipients,
    which are saved as soon as one of them is changed or receives a copy."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR)
    def recipients(self, scheme_id: UUID) -> tuple[Recipient, ...]:
        """All recipients in their order; inactive ones receive no more copies."""
        with self._access.database.reading() as connection:
            return recipients_of(connection, scheme_id)

    @changes(MANAGER)
    def add(self, item: Recipient) -> Changes:
        """Add a recipient after the others."""
        with self._access.database.reading() as connection:
            last = max((r.position for r in recipients_of(connection, item.scheme_id)), default=0)
        return self._save(replace(item, position=last + 1, version=0))

    @changes(MANAGER)
    def change(self, item: Recipient) -> Changes:
        """Rename a recipient, or change what their copies contain from now on."""
        return self._save(item)

    @changes(MANAGER)
    def close(self, recipient_id: UUID, scheme_id: UUID) -> Changes:
        """Send no more copies; the log of earlier ones stays.

        Raises BadInputError for the last recipient of complete copies, since there must be one.
        """
        with self._access.database.reading() as connection:
            known = recipients_of(connection, scheme_id)
        recipient = next((candidate for candidate in known if candidate.id == recipient_id), None)
        if recipient is None:
            raise BadInputError("This recipient is no longer in the list.")
        return self._save(replace(recipient, is_active=False))

    def _save(self, item: Recipient) -> Changes:
        item = replace(item, name=" ".join(item.name.split()))
        if not item.name or len(item.name) > LONGEST_NAME:
            raise BadInputError(
                "Say in a few words who gets the copy. Use a job title, not a name."
            )
        with self._access.database.transaction() as connection:
            keep_defaults(connection, item.scheme_id)
            known = recipients_of(connection, item.scheme_id)
            _must_fit(item, [other for other in known if other.id != item.id])
            before = next((other for other in known if other.id == item.id), None)
            if item.version == 0 and before is not None:
                item = replace(item, version=before.version)
            stored.save_recipient(connection, item)
        return Changes.SETTINGS


def recipients_of(connection: Connection, scheme_id: UUID) -> tuple[Recipient, ...]:
    """A scheme's recipients, or the default ones while none are saved."""
    listed = stored.recipients(connection, scheme_id)
    if listed:
        return tuple(listed)
    return reference_recipients(schemes.scheme(connection, scheme_id).kind, scheme_id)


def keep_defaults(connection: Connection, scheme_id: UUID) -> None:
    """Save the default recipients of a scheme that has none."""
    if not stored.recipients(connection, scheme_id):
        kind = schemes.scheme(connection, scheme_id).kind
        for recipient in reference_recipients(kind, scheme_id):
            stored.save_recipient(connection, recipient)


def _must_fit(item: Recipient, others: list[Recipient]) -> None:
    for other in others:
        if folded(other.name) == folded(item.name):
            raise BadInputError(f"“{other.name}” is already in the list.")
    everything = [item, *others]
    if not any(
        recipient.is_active and recipient.audience is Audience.MANAGER and not recipient.tact_only
        for recipient in everything
    ):
        raise BadInputError("Someone must get everything, so you cannot remove the manager’s copy.")
