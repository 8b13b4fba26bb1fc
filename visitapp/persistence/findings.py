"""What an integrity check finds: a sentence, and digests to recognise it later."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

from visitapp.domain.errors import BadInputError
from visitapp.domain.following.ledger import digest_of

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, BadInputError)
"""What reading a row raises if another program stored a value of the wrong kind."""

_NAMES = UUID("c5a0d0b4-0f0e-4f54-8a37-5c55a4c4d9a6")
"""The namespace of the findings' ids in the ledger; never to be changed."""


class Mismatch(StrEnum):
    """How the file differs from the ledger. The ledger contains it for known findings; never to be
    changed."""

    MISSING = "missing"
    STRANGER = "stranger"
    WITHDRAWAL = "withdrawal"
    ALTERED = "altered"
    ISSUE = "issue"
    COPY_MISSING = "copy missing"
    COPY = "copy"
    ANSWER_MISSING = "answer missing"
    ANSWER = "answer"
    REDUCED_MISSING = "reduced missing"
    REDUCED = "reduced"
    SETTING = "setting"
    ACCESS = "access"
    ACCESS_END = "access end"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class IntegrityFinding:
    """Something that doesn't fit.

    `mismatch` says how, `subject` what doesn't fit (the id of a row, or the key of a kind of
    setting), and `state` what is there now: together they distinguish a known finding from a new
    one. A finding without a mismatch is recognised by its sentence. `tables` are those whose lost
    rows could explain it. Findings with the same `many` ("{} reports are missing") are counted
    together.
    """

    sentence: str
    mismatch: Mismatch | None = None
    subject: object = ""
    state: str = ""
    tables: frozenset[str] = frozenset()
    many: str = ""

    @property
    def _about(self) -> str:
        return f"{self.mismatch} {self.subject}" if self.mismatch else self.sentence

    @property
    def id(self) -> UUID:
        """The subject of the ledger's entry about it."""
        return uuid5(_NAMES, self._about)

    @property
    def digest(self) -> str:
        """The same whenever the finding is the same and in the same state."""
        return digest_of({"about": self._about, "state": self.state})


def sentences(findings: Iterable[IntegrityFinding]) -> Iterator[str]:
    """Their sentences in order; those with the same `many` are counted together."""
    counted: dict[str, list[str]] = {}
    groups: list[tuple[str, str]] = []
    for finding in findings:
        group = finding.many or finding.sentence
        if group not in counted:
            groups.append((group, finding.many))
        counted.setdefault(group, []).append(finding.sentence)
    for group, many in groups:
        number = len(counted[group])
        yield many.format(f"{number:,}") if many and number > 1 else counted[group][0]
