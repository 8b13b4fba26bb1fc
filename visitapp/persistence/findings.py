"""What a look at the records finds, so that it can be said, and known again later."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from visitapp.domain.errors import BadInputError
from visitapp.domain.following.ledger import digest_of

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, BadInputError)
"""What reading rows raises where another program left a value that is none of its kind."""

_NAMES = UUID("c5a0d0b4-0f0e-4f54-8a37-5c55a4c4d9a6")
"""The name space of the ids that findings have in the ledger; never to be changed."""


@dataclass(frozen=True, slots=True)
class IntegrityFinding:
    """Something that does not fit.

    `about` says of what and in which way, `state` what is there now: together they tell a
    finding that is known from a new one. `tables` are those whose lost rows could explain it.
    Findings with the same `many` ("{} reports are missing") are counted together.
    """

    sentence: str
    about: str = ""
    state: str = ""
    tables: frozenset[str] = frozenset()
    many: str = ""

    @property
    def id(self) -> UUID:
        """What an entry about it in the ledger is about."""
        return uuid5(_NAMES, self.about or self.sentence)

    @property
    def digest(self) -> str:
        """The same for the same finding in the same state."""
        return digest_of({"about": self.about or self.sentence, "state": self.state})


def sentences(findings: Iterable[IntegrityFinding]) -> Iterator[str]:
    """What to say of them, each thing once, in their order."""
    counted: dict[str, list[str]] = {}
    said: list[tuple[str, str]] = []
    for finding in findings:
        group = finding.many or finding.sentence
        if group not in counted:
            said.append((group, finding.many))
        counted.setdefault(group, []).append(finding.sentence)
    for group, many in said:
        number = len(counted[group])
        yield many.format(f"{number:,}") if many and number > 1 else counted[group][0]
