"""What only the office keeps of a volunteer: names, addresses, term, card and training."""

import re
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.credential import Credential

_PARTICLES = frozenset(
    ("al", "bin", "da", "de", "del", "della", "den", "der", "di", "du", "el", "la", "le", "van",
     "von")
)  # fmt: skip
"""Words with which surnames of several words begin: `Anna van Dijk`."""
_TITLES = frozenset(
    ("dr", "lady", "lord", "miss", "mr", "mrs", "ms", "mx", "prof", "rev", "revd", "sir")
)
_INITIAL = re.compile(r"\w\.?")
_NAME = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*\.?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_TELEPHONE = re.compile(r"\+?[\d ()\-]+(?:ext\.? ?\d+)?")


@dataclass(frozen=True, slots=True)
class VolunteerFile:
    """The names, addresses and home area of the person with this id. Where a name can't be divided,
    all of it is the given name. `buddy_id` is who goes with them on probation. Empty: not known."""

    person_id: UUID
    given_name: str = ""
    surname: str = ""
    telephone: str = ""
    email: str = ""
    home_area: str = ""
    buddy_id: UUID | None = None
    credentials: tuple[Credential, ...] = ()
    version: int = 0

    def __post_init__(self) -> None:
        if self.email and not _EMAIL.fullmatch(self.email):
            raise BadInputError("Check the e-mail address. It should be like name@example.org.")
        if self.telephone and not _TELEPHONE.fullmatch(self.telephone):
            raise BadInputError("Check the telephone number. Use digits and spaces only.")

    @property
    def name(self) -> str:
        """The name under which everybody knows the person."""
        return " ".join(filter(None, (self.given_name, self.surname)))

    @property
    def contact(self) -> str:
        """`07700 900123, anne@example.org`, as far as known."""
        return ", ".join(filter(None, (self.telephone, self.email)))


def new_file(person_id: UUID, name: str) -> VolunteerFile:
    """The file of somebody of whom only the name is known."""
    return VolunteerFile(person_id, *divided_name(name))


def divided_name(name: str) -> tuple[str, str]:
    """The given name and the surname of `Anna van Dijk` or `John A. Smith`.

    A name in which they can't be told apart (`Li Na Zhou`, `Smith, J.`, `Mrs Smith`) stays whole,
    as a given name without a surname.
    """
    words = name.split()
    whole = " ".join(words), ""
    if len(words) < 2 or not all(map(_NAME.fullmatch, words)):
        return whole
    if words[0].rstrip(".").casefold() in _TITLES | _PARTICLES:
        return whole
    firsts = 1
    while firsts < len(words) - 1 and _INITIAL.fullmatch(words[firsts]):
        firsts += 1
    of_surname = words[firsts:-1]
    if any(word.casefold() not in _PARTICLES for word in of_surname):
        return whole
    return " ".join(words[:firsts]), " ".join(words[firsts:])
