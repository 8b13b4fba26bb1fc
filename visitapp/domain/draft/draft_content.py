"""A draft's content: the JSON in which a typed report is stored. Only this module reads and writes
it.

The keys are the names of the fields. A value of the wrong type is read as empty, but is not lost:
only fields that were changed since are written, and the rest of the JSON stays as it was. So saving
loses nothing of drafts that another version wrote.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from visitapp.domain.draft.typed_report import (
    Chosen,
    TypedIssue,
    TypedReport,
    TypedRow,
    changed_fields,
)
from visitapp.domain.draft.typed_times import TIMES
from visitapp.domain.json_values import (
    as_day,
    as_id,
    as_list,
    as_mapping,
    as_mappings,
    as_number,
    as_text,
    as_utc,
)
from visitapp.domain.moment import stored_text
from visitapp.domain.report.answers import Counting
from visitapp.domain.report.kept_words import read_decisions, write_decision
from visitapp.domain.report.place import Place
from visitapp.domain.report.visit import Confirmation, OutcomeCount

Content = Mapping[str, Any]


def typed_report(content: Content) -> TypedReport:
    """The report in a draft. Never raises, whatever the JSON is."""
    return _read(TypedReport, _REPORT, content)


def content_of(report: TypedReport) -> dict[str, Any]:
    """The JSON that `typed_report` reads as this report: what it was read from, with the fields
    that were changed since."""
    return _written(report, typed_report(report.source), _REPORT)


def as_chosen(value: Any) -> Chosen:
    """An id, or the words typed in its place."""
    return as_id(value) or as_text(value)


class _Codec(NamedTuple):
    """How a field is read from a JSON value (None if the key is missing) and written as one."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any] = lambda value: value


Codecs = Mapping[str, _Codec]
Value = TypeVar("Value", TypedReport, TypedRow, TypedIssue)


def _read(kind: type[Value], codecs: Codecs, content: Content) -> Value:
    values = {key: codec.read(content.get(key)) for key, codec in codecs.items()}
    return kind(**values, source=content)


def _written(value: Value, before: Value, codecs: Codecs) -> dict[str, Any]:
    changed = changed_fields(before, value)
    return {**value.source} | {key: codecs[key].write(getattr(value, key)) for key in changed}


def _people(value: Any) -> tuple[Chosen, ...]:
    return tuple(as_chosen(item) for item in as_list(value) if isinstance(item, str))


_DETAILS = ("reason", "gender", "age_group", "ethnicity")


def _counts(value: Any) -> tuple[OutcomeCount, ...]:
    counts = []
    for row in as_mappings(value):
        outcome, number = as_text(row.get("outcome")), as_number(row.get("number"))
        if outcome and number is not None:
            reason, gender, age_group, ethnicity = (
                as_text(row.get(key)) or None for key in _DETAILS
            )
            counts.append(OutcomeCount(outcome, number, reason, gender, age_group, ethnicity))
    return tuple(counts)


def _count_json(count: OutcomeCount) -> dict[str, Any]:
    return {
        "outcome": count.outcome,
        "number": count.number,
        "reason": count.reason,
        "gender": count.gender,
        "age_group": count.age_group,
        "ethnicity": count.ethnicity,
    }


def _counting(value: Any) -> Counting:
    """How the report is counted; by numbers only if the draft names no other way."""
    try:
        return Counting(as_text(value))
    except ValueError:
        return Counting.COUNTS


def _confirmations(value: Any) -> tuple[Confirmation, ...]:
    confirmations = []
    for row in as_mappings(value):
        person_id, at = as_id(row.get("person_id")), as_utc(row.get("confirmed_at"))
        if person_id is not None and at is not None:
            confirmations.append(Confirmation(person_id, as_text(row.get("typed_name")), at))
    return tuple(confirmations)


def _confirmation_json(confirmation: Confirmation) -> dict[str, Any]:
    return {
        "person_id": str(confirmation.person_id),
        "typed_name": confirmation.typed_name,
        "confirmed_at": stored_text(confirmation.confirmed_at),
    }


def _severity(value: Any) -> int | str | None:
    return value if isinstance(value, str) else as_number(value)


def _list_of(
    read: Callable[[dict[str, Any]], Any], write: Callable[[Any], dict[str, Any]]
) -> _Codec:
    """A list of mappings, each of which is a value."""
    return _Codec(
        lambda value: tuple(map(read, as_mappings(value))),
        lambda values: list(map(write, values)),
    )


_TEXT = _Codec(as_text)
_NUMBER = _Codec(as_number)
_MAPPING = _Codec(as_mapping, dict)
_PEOPLE = _Codec(_people, lambda chosen: list(map(str, chosen)))
_YES_OR_NO = _Codec(lambda value: value is True)

_ROW: Codecs = {
    **dict.fromkeys(
        ("id", "outcome", "reason", "gender", "age_group", "ethnicity", "cell", "custody_number"),
        _TEXT,
    ),
    "animal_id": _Codec(as_id, lambda animal_id: "" if animal_id is None else str(animal_id)),
    "answers": _MAPPING,
}
_ISSUE: Codecs = {
    **dict.fromkeys(
        ("id", "category", "origin", "status", "description", "raised_with", "raised_at", "place"),
        _TEXT,
    ),
    "severity": _Codec(_severity),
    "resolved_during_visit": _YES_OR_NO,
    "raised_minute": _NUMBER,
    "closed_on": _Codec(as_day, lambda day: day and day.isoformat()),
    "question": _Codec(lambda value: Place.parse(as_text(value)), str),
    "version": _Codec(lambda value: as_number(value) or 1),
}
_REPORT: Codecs = {
    **dict.fromkeys(
        ("date", "type", "mode", "status", *TIMES, "delay_reason", "delay_explanation",
         "extra_minutes", "summary"),
        _TEXT,
    ),
    "site_id": _Codec(as_chosen, str),
    "visitors": _PEOPLE,
    "observers": _PEOPLE,
    "second_time": _Codec(
        lambda value: tuple(name for name in TIMES if name in as_list(value)), list
    ),
    "present": _NUMBER,
    "counts": _Codec(_counts, lambda counts: list(map(_count_json, counts))),
    "rows": _list_of(
        lambda row: _read(TypedRow, _ROW, row),
        lambda row: _written(row, _read(TypedRow, _ROW, row.source), _ROW),
    ),
    "counting": _Codec(_counting, str),
    "issues": _list_of(
        lambda issue: _read(TypedIssue, _ISSUE, issue),
        lambda issue: _written(issue, _read(TypedIssue, _ISSUE, issue.source), _ISSUE),
    ),
    "nothing_raised": _YES_OR_NO,
    "confirmations": _Codec(_confirmations, lambda names: list(map(_confirmation_json, names))),
    "form": _NUMBER,
    "answers": _MAPPING,
    "kept_words": _Codec(read_decisions, lambda decisions: list(map(write_decision, decisions))),
}  # fmt: skip
