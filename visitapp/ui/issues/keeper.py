"""Keeps what is typed about an issue on the disk until it is recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from visitapp.domain.json_values import as_day, as_text
from visitapp.domain.records.typed import TypedWords
from visitapp.domain.report.kept_words import read_decisions, write_decision
from visitapp.domain.report.report import KeptWords
from visitapp.services.records.unsaved_work import UnsavedWorkService
from visitapp.services.reports.issues import IssueService
from visitapp.ui.keeper import PartsKeeper


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed about an issue and is not recorded yet."""

    outcome: str
    words: str
    said_by: str
    on: date | None
    kept: tuple[KeptWords, ...] = ()
    wrong_outcome: str = ""
    wrong_day: str = ""
    """As they were typed, where they are no outcome of the list, and no day."""


class ResponseKeeper(PartsKeeper):
    """`given` is what was typed and is not recorded yet, by issue; also before a lock."""

    def __init__(
        self,
        issues: IssueService,
        kept: UnsavedWorkService | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`kept` keeps what the file can't take because it was moved."""
        super().__init__(kept, parent)
        self._issues = issues
        self.given = {issue_id: _given(content) for issue_id, content in issues.typed().items()}
        self._waiting: set[UUID] = set()

    def put(self, issue_id: UUID, given: Given | None) -> None:
        """Keep what was typed about an issue; None where it is recorded, or taken back."""
        if given == self.given.get(issue_id):
            return
        if given is None:
            del self.given[issue_id]
        else:
            self.given[issue_id] = given
        self._waiting.add(issue_id)
        self.touch()

    def waiting(self) -> Iterable[UUID]:
        """The issues of which something was typed, recorded or taken back since."""
        return self._waiting

    def save(self, place: UUID) -> None:
        """Save what was typed about an issue. Raises VisitAppError."""
        self._issues.keep_typed(place, self._given_content(place))
        self._waiting.discard(place)

    def piece(self, place: UUID) -> TypedWords:
        """What was typed about an issue; empty where that is over."""
        return self._issues.typed_row(place, self._given_content(place))

    def _given_content(self, issue_id: UUID) -> dict[str, Any] | None:
        given = self.given.get(issue_id)
        return None if given is None else _content(given)


def _content(given: Given) -> dict[str, Any]:
    return {
        "outcome": given.outcome,
        "words": given.words,
        "said_by": given.said_by,
        "on": "" if given.on is None else given.on.isoformat(),
        "kept_words": [*map(write_decision, given.kept)],
        "wrong_outcome": given.wrong_outcome,
        "wrong_day": given.wrong_day,
    }


def _given(content: Mapping[str, Any]) -> Given:
    outcome, words, said_by = (as_text(content.get(key)) for key in ("outcome", "words", "said_by"))
    wrong = (as_text(content.get(key)) for key in ("wrong_outcome", "wrong_day"))
    return Given(
        outcome,
        words,
        said_by,
        as_day(content.get("on")),
        read_decisions(content.get("kept_words")),
        *wrong,
    )
