"""What a visit report holds beyond its counted parts: rows, answers, words kept by decision."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from visitapp.domain.report.place import Place

GUESTS = "guest_observers"
"""Among the answers of a report: the names of observers who are in no register, a list."""
SHOWN_OF_CUSTODY_NUMBER = 4
"""How many of the last characters of a custody number are shown."""


def shortened(custody_number: str) -> str:
    """The end of a custody number, as it is shown: `…0412`; never more than half."""
    length = len(custody_number)
    end = custody_number[length - min(SHOWN_OF_CUSTODY_NUMBER, length // 2) :]
    return f"\u2026{end}" if end else ""


def shown_ends(custody_numbers: Iterable[str]) -> dict[str, str]:
    """How each of the custody numbers of a report is shown: its end, longer where it would look
    like another one's. Never all of it: numbers that differ in their first character alone are
    told apart by a count, `…0412 (2)`."""
    numbers = list(dict.fromkeys(filter(None, custody_numbers)))
    endings = Counter(
        number[at:]
        for number in {known.casefold() for known in numbers}
        for at in range(len(number))
    )
    shown = {number: _end_like_no_other(number, endings) for number in numbers}
    taken: dict[str, str] = {}
    for number, end in shown.items():
        count, label = 1, end
        while taken.setdefault(label, number.casefold()) != number.casefold():
            count += 1
            label = f"{end} ({count})"
        shown[number] = label
    return shown


def _end_like_no_other(number: str, endings: Mapping[str, int]) -> str:
    least = len(shortened(number)) - 1
    for length in range(max(1, least), len(number)):
        end = number[len(number) - length :]
        if endings.get(end.casefold()) == 1:
            return f"\u2026{end}"
    return shortened(number)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One detainee or animal. A detainee has no name; `custody_number` never leaves the file
    in anything published. `answers` are JSON values by the keys of the form's questions."""

    cell: str = ""
    custody_number: str = ""
    animal_id: UUID | None = None
    answers: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def shown_number(self) -> str:
        """The end of the custody number, as it is shown by itself: `…0412`. Beside others, see
        `shown_ends`."""
        return shortened(self.custody_number)


@dataclass(frozen=True, slots=True)
class KeptWords:
    """Words that look like a name, a date of birth … and stay, with the reason.

    `question` is the place where they stand.
    """

    question: Place
    words: str
    kind: str
    reason: str
    kept_by: str
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """The form a visit was written with, and the answers to that form's own questions.

    `edition` counts the amended versions of one reference from 1; a later edition says why
    and by whom it was amended.
    """

    form_number: int
    answers: Mapping[str, Any] = field(default_factory=dict, hash=False)
    edition: int = 1
    amended_reason: str = ""
    amended_by: str = ""
    kept_words: tuple[KeptWords, ...] = ()
