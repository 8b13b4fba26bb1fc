"""What volunteers say of themselves for equality monitoring, and the people of the area.

Both are optional. An answer is kept apart from all else that is known of a person, and unlike other
records it is overwritten and erased: nothing is kept that the scheme doesn't need (article 5(1)(c)
of the UK GDPR, data minimisation; these are special category data of its article 9).
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError

_CHOICES = {
    "gender": (("FEMALE", "Female"), ("MALE", "Male"), ("OTHER", "Non-binary or other")),
    "age": (
        *(("18", "18\u201319"), ("20", "20\u201329"), ("30", "30\u201339"), ("40", "40\u201349")),
        *(("50", "50\u201359"), ("60", "60\u201369"), ("70", "70\u201379"), ("80", "80 and over")),
    ),
    "ethnicity": (
        *(("WHITE", "White"), ("MIXED", "Mixed or multiple"), ("ASIAN", "Asian")),
        *(("BLACK", "Black"), ("OTHER", "Other ethnic group")),
    ),
    "disability": (("YES", "Disabled"), ("NO", "Not disabled")),
}


class Characteristic(StrEnum):
    """What volunteers are asked. The choices are groups of the Census 2021 of England and Wales,
    so that the area's own numbers can stand beside them; ages from 18, as nobody younger may visit,
    with 18 and 19 apart (the scheme's published report of 2023/24)."""

    GENDER = "gender"
    AGE = "age"
    ETHNICITY = "ethnicity"
    DISABILITY = "disability"

    @property
    def label(self) -> str:
        """In words."""
        return self.value.capitalize()

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Code and label of each answer, in order."""
        return _CHOICES[self.value]

    def must_have(self, codes: Mapping[str, object]) -> None:
        """Raises BadInputError for a code that is no choice."""
        if not codes.keys() <= {code for code, _ in self.choices}:
            raise BadInputError(f"{self.label}: choose from the list.")


@dataclass(frozen=True, slots=True)
class MonitoringAnswers:
    """What one volunteer answered on a day; what they left open is missing."""

    person_id: UUID
    answers: Mapping[Characteristic, str] = field(
        default_factory=lambda: MappingProxyType({}), hash=False
    )
    answered_on: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        for characteristic, code in self.answers.items():
            characteristic.must_have({code: None})


@dataclass(frozen=True, slots=True)
class AreaPopulation:
    """How many people of the area are in each group of a characteristic, by code, and who says
    so."""

    characteristic: Characteristic
    numbers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    source: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        self.characteristic.must_have(self.numbers)
        if any(number < 0 for number in self.numbers.values()):
            raise BadInputError("A number of people can\u2019t be negative.")
        if self.numbers and not self.source.strip():
            raise BadInputError("Source: say where the numbers are from, such as Census 2021.")
