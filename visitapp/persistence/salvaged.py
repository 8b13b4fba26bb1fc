"""The ledger's entries about a salvage: what was saved from a damaged file, and what was lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, select

from visitapp.domain.following.ledger import Event, LedgerEntry, digest_of
from visitapp.domain.moment import uk_time
from visitapp.domain.text.wording import joined, number_of, short_date
from visitapp.persistence import report_tables as rt
from visitapp.persistence.findings import IntegrityFinding
from visitapp.persistence.stored_json import from_json, to_json


@dataclass(frozen=True, slots=True)
class Losses:
    """The numbers of one salvage: reports kept, reports lost, reports of which a part was lost,
    other rows lost, and ledger entries lost."""

    reports_kept: int
    reports_lost: int
    reports_in_part: int
    other_rows: int
    entries: int

    def sentence(self, at: datetime) -> str:
        """The losses in words, for readers years later; empty where nothing was lost."""
        parts = [
            number_of(number, single, several)
            for number, single, several in (
                (self.reports_lost, "report was lost", "reports were lost"),
                (self.reports_in_part, "report is incomplete", "reports are incomplete"),
                (self.other_rows, "other entry was lost", "other entries were lost"),
            )
            if number
        ]
        if not parts:
            return ""
        listed = joined(parts)
        day = short_date(uk_time(at).date())
        return f"{listed} when this file was saved from a damaged one on {day}."


def entry_of(rows: Sequence[Row[Any]], losses: Losses, by: str, at: datetime) -> LedgerEntry:
    """An entry from which the chain continues; `rows` are all entries that could be read."""
    numbers = to_json(losses)
    return LedgerEntry(Event.SALVAGED, uuid4(), None, at, by, numbers, digest_of_entries(rows))


def known(findings: Iterable[IntegrityFinding], by: str, at: datetime) -> Iterator[LedgerEntry]:
    """Entries for findings that lost rows explain."""
    for finding in findings:
        yield LedgerEntry(Event.KNOWN, finding.id, None, at, by, "", finding.digest)


def digest_of_entries(rows: Iterable[Row[Any]]) -> str:
    """One digest of entries in order, whether or not their chain is unbroken."""
    return digest_of(
        {
            "entries": [
                [
                    row.position, row.event, row.visit_id, row.scheme_id, row.at, row.by_whom,
                    row.reason, row.content_digest, row.digest,
                ]
                for row in rows
            ]
        }
    )  # fmt: skip


def entries_lost(row: Row[Any]) -> int:
    """How many ledger entries a salvage's entry says were lost; 0 for other entries."""
    return _losses(row).entries if row.event == Event.SALVAGED.value else 0


def _losses(row: Row[Any]) -> Losses:
    try:
        return from_json(row.reason, Losses)
    except ValueError:  # changed by another program: the chain is broken there
        return Losses(0, 0, 0, 0, 0)


def notes(connection: Connection) -> list[str]:
    """What earlier salvages could not save, in sentences."""
    rows = connection.execute(
        select(rt.ledger).where(rt.ledger.c.event == Event.SALVAGED.value)
        .order_by(rt.ledger.c.position)
    )  # fmt: skip
    return [sentence for row in rows if (sentence := _losses(row).sentence(row.at))]
