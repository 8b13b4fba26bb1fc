"""Changes of a draft's rows, one for each detainee or animal. Each function returns all rows."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from visitapp.domain.draft.typed_report import TypedRow

COPIED = ("outcome", "reason", "gender", "age_group", "ethnicity")
"""What a row takes over from the one above it; a custody number and a cell are its own."""
DETAILS = ("custody_number", "cell", *COPIED)
"""The texts of a row that answer no question of the form."""

Rows = tuple[TypedRow, ...]


def row_of(rows: Rows, row_id: str) -> TypedRow | None:
    """A row by its id."""
    return next((row for row in rows if row.id == row_id), None)


def with_row(rows: Rows, row: TypedRow, after: str = "") -> Rows:
    """One more row, behind the one named or at the end."""
    ids = [other.id for other in rows]
    at = ids.index(after) + 1 if after in ids else len(rows)
    return (*rows[:at], row, *rows[at:])


def without_row(rows: Rows, row_id: str) -> Rows:
    """The rows without one. Issues that it opened stay, and belong to no question then."""
    return tuple(row for row in rows if row.id != row_id)


def with_details(rows: Rows, row_id: str, values: Mapping[str, Any]) -> Rows:
    """The rows with some of the `DETAILS` of one changed."""
    return tuple(replace(row, **values) if row.id == row_id else row for row in rows)


def with_answers(rows: Rows, row_id: str, answers: Mapping[str, Any]) -> Rows:
    """The rows with answers of one changed; an empty answer takes it away."""
    return tuple(
        replace(row, answers=changed_answers(row.answers, answers)) if row.id == row_id else row
        for row in rows
    )


def changed_answers(before: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers by question with some changed; an empty answer takes it away."""
    return {k: v for k, v in {**before, **answers}.items() if v not in (None, "", [])}


def copied_from_above(rows: Rows, row_id: str, keys: Collection[str]) -> Rows:
    """The rows with `keys` of one as in the row above it: `DETAILS`, or keys of answers."""
    for above, row in pairwise(rows):
        if row.id == row_id:
            details = {key: getattr(above, key) for key in keys if key in DETAILS}
            answers = {key: above.answers[key] for key in keys if key in above.answers}
            return with_answers(with_details(rows, row_id, details), row_id, answers)
    return rows
