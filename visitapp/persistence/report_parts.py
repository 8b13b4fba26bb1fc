"""The parts of a report that aren't counted: its form and answers, its rows, kept words."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, Table, select

from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords, Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.persistence import report_tables as rt
from visitapp.persistence.stored_json import from_json, to_json

TABLES = (rt.report, rt.report_row, rt.custody_number, rt.kept_words)
Values = dict[str, Any]


def report_values(visit: Visit) -> list[Values]:
    """The row of `report`, for a visit written with a form."""
    report = visit.report
    if report is None:
        return []
    return [
        {
            "id": uuid4(),
            "scheme_id": visit.scheme_id,
            "visit_id": visit.id,
            "form_number": report.form_number,
            "edition": report.edition,
            "answers": to_json(dict(report.answers)),
            "amended_reason": report.amended_reason,
            "amended_by": report.amended_by,
        }
    ]


def kept_values(visit: Visit) -> list[Values]:
    """The rows of `kept_words`."""
    kept = () if visit.report is None else visit.report.kept_words
    return [
        {
            "id": uuid4(),
            "scheme_id": visit.scheme_id,
            "visit_id": visit.id,
            "field": words.question.as_decision,
            "words": words.words,
            "kind": words.kind,
            "reason": words.reason,
            "kept_by": words.kept_by,
            "kept_at": words.kept_at,
        }
        for words in kept
    ]


def row_values(
    visit: Visit, counts: Sequence[tuple[UUID, OutcomeCount]]
) -> tuple[list[Values], list[Values]]:
    """The rows of `report_row` and `custody_number`. `counts` come with their ids."""
    rows: list[Values] = []
    numbers: list[Values] = []
    for count_id, count in counts:
        if count.row is None:
            continue
        row_id = uuid4()
        rows.append(
            {
                "id": row_id,
                "scheme_id": visit.scheme_id,
                "count_id": count_id,
                "visit_id": visit.id,
                "row_number": len(rows) + 1,
                "animal_id": count.row.animal_id,
                "cell": count.row.cell,
                "answers": to_json(dict(count.row.answers)),
            }
        )
        if count.row.custody_number:
            numbers.append(
                {
                    "id": uuid4(),
                    "scheme_id": visit.scheme_id,
                    "row_id": row_id,
                    "number": count.row.custody_number,
                }
            )
    return rows, numbers


class Parts:
    """The parts of some visits, read in a few queries."""

    def __init__(self, connection: Connection, visit_ids: Sequence[UUID]) -> None:
        self._reports = _by(connection, rt.report, "visit_id", visit_ids)
        self._kept = _by(connection, rt.kept_words, "visit_id", visit_ids)
        rows = _by(connection, rt.report_row, "visit_id", visit_ids)
        self._rows = {row.count_id: row for of_visit in rows.values() for row in of_visit}
        self._numbers = _numbers(connection, [row.id for row in self._rows.values()])

    def report(self, visit_id: UUID) -> Report | None:
        """The form and answers of a visit, if it was written with one."""
        rows = self._reports.get(visit_id)
        if not rows:
            return None
        row = rows[0]
        return Report(
            form_number=row.form_number,
            answers=from_json(row.answers, dict[str, Any]),
            edition=row.edition,
            amended_reason=row.amended_reason,
            amended_by=row.amended_by,
            kept_words=tuple(
                KeptWords(
                    Place.of_decision(k.field), k.words, k.kind, k.reason, k.kept_by, k.kept_at
                )
                for k in sorted(
                    self._kept.get(visit_id, []), key=lambda k: (k.kept_at, k.field, k.words)
                )
            ),
        )

    def row(self, count_id: UUID) -> ReportRow | None:
        """The detainee or animal of a count, if it is about one."""
        row = self._rows.get(count_id)
        if row is None:
            return None
        answers = from_json(row.answers, dict[str, Any])
        return ReportRow(row.cell, self._numbers.get(row.id, ""), row.animal_id, answers)


def _numbers(connection: Connection, row_ids: Sequence[UUID]) -> dict[UUID, str]:
    by_row = _by(connection, rt.custody_number, "row_id", row_ids)
    return {row_id: rows[0].number for row_id, rows in by_row.items()}


def _by(
    connection: Connection, table: Table, column: str, ids: Sequence[UUID]
) -> dict[UUID, list[Row[Any]]]:
    grouped: dict[UUID, list[Row[Any]]] = {}
    if ids:
        for row in connection.execute(select(table).where(table.c[column].in_(ids))):
            grouped.setdefault(getattr(row, column), []).append(row)
    return grouped
