"""What a visit report has besides its numbers: rows, answers, words kept by decision."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from visitapp.domain.report.place import Place

GUESTS = "guest_observers"
"""The key of an answer: a list of the names of observers who aren't in the register."""
OVERALL = "overall"
"""The key of an answer: whether the visit was satisfactory, all in all."""
SATISFACTORY, UNSATISFACTORY = "SATISFACTORY", "UNSATISFACTORY"
SHOWN_OF_CUSTODY_NUMBER = 4
"""How many of the last characters of a custody number are shown."""


def shortened(custody_number: str) -> str:
    """The end of a custody number, as it is shown: `…0412`; never more than half of it."""
    length = len(custody_number)
    end = custody_number[length - min(SHOWN_OF_CUSTODY_NUMBER, length // 2) :]
    return f"\u2026{end}" if end else ""


def shown_ends(custody_numbers: Iterable[str]) -> dict[str, str]:
    """How each custody number of a report is shown: its end, with more characters if that would
    look like another one's, but never all of it. Numbers that differ only in their first character
    are told apart by a count, `…0412 (2)`."""
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
        """The end of the custody number if it is shown on its own: `…0412`. Among others, use
        `shown_ends`."""
        return shortened(self.custody_number)


@dataclass(frozen=True, slots=True)
class KeptWords:
    """Words that look like a name, a date of birth and so on, which the writer kept, with the
    reason.

    `question` is the place they are in.
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

    `edition` counts the versions of one reference from 1; later ones say why and by whom the report
    was amended.
    """

    form_number: int
    answers: Mapping[str, Any] = field(default_factory=dict, hash=False)
    edition: int = 1
    amended_reason: str = ""
    amended_by: str = ""
    kept_words: tuple[KeptWords, ...] = ()
