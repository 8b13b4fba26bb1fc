"""The tables of decisions that two entries are one; rows are added and withdrawn, never changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, insert, select, update

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office import same_entry
from visitapp.domain.office.same_entry import SameEntry


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """The decisions of one table, in whose column `entry` the entry is that counts as another."""

    entry: Column[UUID]

    def decisions(self, connection: Connection) -> list[SameEntry]:
        """All decisions, also those that were withdrawn, oldest first."""
        of = self._table.c
        rows = connection.execute(select(self._table).order_by(of.decided_at, of.id)).mappings()
        return [
            SameEntry(
                row["id"],
                row[self.entry],
                row["kept_id"],
                row["why"],
                row["decided_by"],
                row["decided_at"],
                row["withdrawn_by"],
                row["withdrawn_at"],
            )
            for row in rows
        ]

    def kept_of(self, connection: Connection) -> dict[UUID, UUID]:
        """Under which entry another is counted, by the ids of those that are."""
        return same_entry.kept_of(self.decisions(connection))

    def add(self, connection: Connection, item: SameEntry, scheme_id: UUID | None = None) -> None:
        """Write a decision, of a scheme or of the whole office."""
        connection.execute(
            insert(self._table).values(
                {
                    "id": item.id,
                    "scheme_id": scheme_id,
                    self.entry.name: item.entry_id,
                    "kept_id": item.kept_id,
                    "why": item.why,
                    "decided_by": item.by,
                    "decided_at": item.at,
                }
            )
        )

    def withdraw(self, connection: Connection, decision_id: UUID, by: str, at: datetime) -> bool:
        """Withdraw a decision. Returns whether it stood until now."""
        of = self._table.c
        held = (of.id == decision_id, of.withdrawn_at.is_(None))
        values = {"withdrawn_by": by, "withdrawn_at": at, "version": of.version + 1}
        return bool(connection.execute(update(self._table).where(*held).values(**values)).rowcount)

    @property
    def _table(self) -> Any:
        return self.entry.table
