"""What stands in a draft, read as the types it should have.

Content is JSON as it was typed; `report_form`, `answers` and `issue_rows` name its keys. Nothing
here raises, whatever stands there.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from visitapp.domain.moment import from_stored_text
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords
from visitapp.domain.report.visit import Confirmation, OutcomeCount

Content = Mapping[str, Any]

LARGEST_NUMBER = 99_999
"""A longer count of people, animals or minutes is a slip of the pen."""
FIRST_FORM = 1
"""The form of drafts that don't say which they were begun with."""


def text_of(content: Content, key: str) -> str:
    """A text of the content; empty where there is none."""
    found = content.get(key)
    return found if isinstance(found, str) else ""


def mapping_of(content: Content, key: str) -> Content:
    """The mapping under a key; empty where there is none."""
    found = content.get(key)
    return found if isinstance(found, dict) else {}


def list_of(content: Content, key: str) -> list[Any]:
    """The list under a key; empty where there is none."""
    found = content.get(key)
    return found if isinstance(found, list) else []


def rows_of(content: Content, key: str) -> list[dict[str, Any]]:
    """The rows of a list in the content, e.g. of `issues`."""
    return [row for row in list_of(content, key) if isinstance(row, dict)]


def number_of(content: Content, key: str) -> int | None:
    """A whole number of at most `LARGEST_NUMBER`."""
    value = content.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= LARGEST_NUMBER else None


def id_of(content: Content, key: str) -> UUID | None:
    """An id."""
    return as_id(content.get(key))


def ids_of(content: Content, key: str) -> tuple[UUID, ...]:
    """The people chosen under `key`, places left empty apart."""
    return tuple(found for one in list_of(content, key) if (found := as_id(one)) is not None)


LONGEST_GUEST = 80
"""Characters of the name of a guest."""


def guests_of(content: Content) -> list[str]:
    """Names of observers who are in no register, as they were typed."""
    typed = [one for one in list_of(content, "observers") if isinstance(one, str)]
    names = [" ".join(one.split())[:LONGEST_GUEST] for one in typed if not is_id(one)]
    return [name for name in names if name]


def date_of(content: Content, key: str) -> date | None:
    """A day written as ISO 8601 by the program itself."""
    try:
        return date.fromisoformat(text_of(content, key))
    except ValueError:
        return None


def form_number_of(content: Content) -> int:
    """The number of the form that a draft is written with."""
    return number_of(content, "form") or FIRST_FORM


def counts_of(content: Content) -> tuple[OutcomeCount, ...]:
    """The numbers typed for each outcome."""
    found = []
    for row in rows_of(content, "counts"):
        number = number_of(row, "number")
        if number is not None and text_of(row, "outcome"):
            reason, gender, age_group, ethnicity = (
                text_of(row, key) or None for key in ("reason", "gender", "age_group", "ethnicity")
            )
            found.append(
                OutcomeCount(text_of(row, "outcome"), number, reason, gender, age_group, ethnicity)
            )
    return tuple(found)


def confirmations_of(content: Content) -> tuple[Confirmation, ...]:
    """The names typed so far."""
    found = []
    for row in rows_of(content, "confirmations"):
        person_id, at = id_of(row, "person_id"), _moment_in_utc(row, "confirmed_at")
        if person_id is not None and at is not None:
            found.append(Confirmation(person_id, text_of(row, "typed_name"), at))
    return tuple(found)


def kept_words_of(content: Content) -> tuple[KeptWords, ...]:
    """Words that the writers kept by decision although they look like a name or a date."""
    found = []
    for row in rows_of(content, "kept_words"):
        at = _moment_in_utc(row, "kept_at")
        if at is not None and text_of(row, "words"):
            question, words, kind, reason, by = (
                text_of(row, key) for key in ("question", "words", "kind", "reason", "kept_by")
            )
            found.append(KeptWords(Place.of_decision(question), words, kind, reason, by, at))
    return tuple(found)


def is_id(value: Any) -> bool:
    """Whether a value is an id."""
    return as_id(value) is not None


def as_id(value: Any) -> UUID | None:
    """The value as an id."""
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _moment_in_utc(content: Content, key: str) -> datetime | None:
    try:
        return from_stored_text(text_of(content, key))
    except ValueError:
        return None
