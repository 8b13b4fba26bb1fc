"""Where what came by the exchange, or what a visitor's copy kept of it, differs from the ledger."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Connection

from visitapp.domain.exchange.confirming import answer_digest
from visitapp.persistence import confirming, reducing
from visitapp.persistence.findings import IntegrityFinding, Mismatch

_ANSWER_TABLES = frozenset({"partner_answer", "ledger"})
_REDUCED_TABLES = frozenset({"reduced_report", "ledger"})


def answers_changed(connection: Connection, digests: dict[UUID, str]) -> Iterator[IntegrityFinding]:
    """Where what other visitors answered to reports is not what the program wrote."""
    wrong, missing = confirming.changed_answers(connection, digests)
    for answer in wrong:
        yield IntegrityFinding(
            "1 visitor\u2019s answer to a report was changed by another program.",
            mismatch=Mismatch.ANSWER,
            subject=answer.id,
            state=answer_digest(answer),
            tables=_ANSWER_TABLES,
            many="{} visitors\u2019 answers to reports were changed by another program.",
        )
    for answer_id in missing:
        yield IntegrityFinding(
            "1 visitor\u2019s answer to a report is missing from the file.",
            mismatch=Mismatch.ANSWER_MISSING,
            subject=answer_id,
            tables=_ANSWER_TABLES,
            many="{} visitors\u2019 answers to reports are missing from the file.",
        )


def reduced_changed(connection: Connection, digests: dict[UUID, str]) -> Iterator[IntegrityFinding]:
    """Where what is left of reports in a visitor's copy is not what the program wrote."""
    wrong, missing = reducing.changed(connection, digests)
    for left in wrong:
        yield IntegrityFinding(
            f"Visit {left.ref}: what is left of it here was changed by another program.",
            mismatch=Mismatch.REDUCED,
            subject=left.id,
            state=left.digest,
            tables=_REDUCED_TABLES,
        )
    for report_id in missing:
        yield IntegrityFinding(
            "1 report that the office keeps is no longer listed in the file.",
            mismatch=Mismatch.REDUCED_MISSING,
            subject=report_id,
            tables=_REDUCED_TABLES,
            many="{} reports that the office keeps are no longer listed in the file.",
        )
