"""The access register: who read or changed what kind of record, and when."""

import json
from contextlib import suppress

from visitapp.domain.errors import StorageError
from visitapp.domain.moment import stored_text
from visitapp.domain.records.access_entry import AccessPage, AccessQuery
from visitapp.persistence import access_register as stored
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, reads

_ALL = 1_000_000_000


class AccessRegisterService:
    """Transactions and `@reads` write it; here it is only read. Its own reading makes no line."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER)
    def page(self, query: AccessQuery) -> AccessPage:
        """Some lines, newest first, with what was read up to now. Raises StorageError."""
        with suppress(StorageError):  # it stays noted
            self._access.database.write_readings()
        with self._access.database.reading() as connection:
            return stored.page(connection, query)

    @reads(MANAGER)
    def as_json(self, query: AccessQuery) -> str:
        """The lines that match, newest first, as JSON: `at` in UTC, `deed` is `read` or
        `changed`."""
        with self._access.database.reading() as connection:
            page = stored.page(connection, AccessQuery(query.period, query.kind, limit=_ALL))
        lines = [
            {
                "at": stored_text(entry.at),
                "by": entry.by,
                "role": entry.role.value,
                "kind": entry.kind.value,
                "deed": entry.deed.value,
                "number": entry.number,
            }
            for entry in page.entries
        ]
        return json.dumps({"entries": lines}, ensure_ascii=False, indent=2) + "\n"
