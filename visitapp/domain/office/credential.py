"""What a volunteer holds or has declared, with its days: term, identity card, training, awards."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.text.folding import folded

_MOST_MINUTES = 200 * 60


class CredentialKind(StrEnum):
    """Files keep the values: never to be changed."""

    TERM = "term"
    CARD = "card"
    COURSE = "course"
    E_LEARNING = "e_learning"
    UNDERTAKING = "undertaking"
    INTERESTS = "interests"
    AWARD = "award"

    @property
    def label(self) -> str:
        """`Identity card`."""
        return _LABELS[self]


TRAINING = (CredentialKind.COURSE, CredentialKind.E_LEARNING)
_LABELS = {
    CredentialKind.TERM: "Term",
    CredentialKind.CARD: "Identity card",
    CredentialKind.COURSE: "Course",
    CredentialKind.E_LEARNING: "E-learning",
    CredentialKind.UNDERTAKING: "Undertaking signed",
    CredentialKind.INTERESTS: "Conflicts of interest declared",
    CredentialKind.AWARD: "Long-service award",
}


@dataclass(frozen=True, slots=True)
class Credential:
    """One of them, from a day until its last day; None where that isn't known or it doesn't end.
    `name` says which: the course, the number of the card, what was declared. A renewal is another
    one, so that the days of before stay. `minutes`: how long training took, None if not known."""

    kind: CredentialKind
    name: str = ""
    from_on: date | None = None
    until_on: date | None = None
    minutes: int | None = None

    def __post_init__(self) -> None:
        if self.minutes is not None and not self.is_training:
            raise BadInputError("Only a course or e-learning takes hours.")
        if self.minutes is not None and not 0 < self.minutes <= _MOST_MINUTES:
            raise BadInputError("Enter how long it took in hours, up to 200.")
        if self.from_on and self.until_on and self.until_on < self.from_on:
            raise BadInputError("The last day is earlier than the first day.")

    @property
    def title(self) -> str:
        """`Course: First aid`."""
        return f"{self.kind.label}: {self.name}" if self.name else self.kind.label

    @property
    def is_training(self) -> bool:
        """Whether it is a course or an e-learning module."""
        return self.kind in TRAINING

    @property
    def subject(self) -> tuple[str, str]:
        """What a newer one takes the place of."""
        return self.kind, folded(self.name) if self.is_training else ""

    @property
    def lasts(self) -> tuple[date, date]:
        """Which of two of a subject holds longer."""
        return self.until_on or date.max, self.from_on or date.min


def newest(credentials: Iterable[Credential]) -> Iterator[Credential]:
    """Of each kind, and of each course, the one that holds longest."""
    held: dict[tuple[str, str], Credential] = {}
    for item in credentials:
        before = held.get(item.subject)
        if before is None or before.lasts <= item.lasts:
            held[item.subject] = item
    yield from held.values()
