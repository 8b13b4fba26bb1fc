"""Changes of a draft's rows, one detainee or animal each.

Each function gives the new value of the key `rows`. A row has an `id` of its own, the keys of
`DETAILS`, and `answers` to the form's questions about a row.
"""

from collections.abc import Collection, Mapping
from typing import Any

from visitapp.domain.draft.draft_content import Content, mapping_of, rows_of, text_of

DETAILS = (
    "custody_number",
    "cell",
    "outcome",
    "reason",
    "gender",
    "age_group",
    "ethnicity",
    "animal_id",
)
COPIED = ("outcome", "reason", "gender", "age_group", "ethnicity")
"""What a row takes over from the one above it; a custody number and a cell are its own."""

Rows = list[dict[str, Any]]


def row_of(content: Content, row_id: str) -> dict[str, Any] | None:
    """A row by its id."""
    return next((row for row in rows_of(content, "rows") if text_of(row, "id") == row_id), None)


def is_blank(row: Content) -> bool:
    """Whether nothing was entered into a row."""
    return not any(text_of(row, key) for key in DETAILS) and not mapping_of(row, "answers")


def with_row(content: Content, row: Mapping[str, Any], after: str = "") -> Rows:
    """One more row, behind the one named or at the end."""
    rows = rows_of(content, "rows")
    ids = [text_of(one, "id") for one in rows]
    at = ids.index(after) + 1 if after in ids else len(rows)
    return [*rows[:at], dict(row), *rows[at:]]


def without_row(content: Content, row_id: str) -> Rows:
    """The rows without one. Issues that it opened stay, and belong to no question then."""
    return [row for row in rows_of(content, "rows") if text_of(row, "id") != row_id]


def with_details(content: Content, row_id: str, values: Mapping[str, str]) -> Rows:
    """The rows with some of the `DETAILS` of one changed."""
    return [
        {**row, **values} if text_of(row, "id") == row_id else row
        for row in rows_of(content, "rows")
    ]


def with_answers(content: Content, row_id: str, answers: Mapping[str, Any]) -> Rows:
    """The rows with answers of one changed; an empty answer takes it away."""
    return [
        {**row, "answers": _changed(mapping_of(row, "answers"), answers)}
        if text_of(row, "id") == row_id
        else row
        for row in rows_of(content, "rows")
    ]


def _changed(before: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in {**before, **answers}.items() if v not in (None, "", [])}


def copied_from_above(content: Content, row_id: str, keys: Collection[str]) -> Rows:
    """The rows with `keys` of one as in the row above it: `DETAILS`, or keys of answers."""
    rows = rows_of(content, "rows")
    ids = [text_of(row, "id") for row in rows]
    if row_id not in ids[1:]:
        return rows
    at = ids.index(row_id)
    above, row = rows[at - 1], rows[at]
    details = {key: above[key] for key in keys if key in DETAILS and key in above}
    given = mapping_of(above, "answers")
    answers = {key: given[key] for key in keys if key in given}
    kept = mapping_of(row, "answers")
    rows[at] = {**row, **details, "answers": _changed(kept, answers)}
    return rows
