"""Saves what is typed about an issue until it is recorded."""

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
class TypedResponse:
    """What was typed about an issue and isn't recorded yet."""

    outcome: str
    words: str
    said_by: str
    on: date | None
    kept: tuple[KeptWords, ...] = ()
    wrong_outcome: str = ""
    wrong_day: str = ""
    """The text as typed, if it is no outcome in the list or no day."""


class ResponseKeeper(PartsKeeper):
    """`responses` are those typed and not recorded yet, by issue, including from before a lock."""

    def __init__(
        self,
        issues: IssueService,
        kept: UnsavedWorkService | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`kept` stores what can't be saved in the file because it was moved."""
        super().__init__(kept, parent)
        self._issues = issues
        self.responses = {
            issue_id: _response(content) for issue_id, content in issues.typed().items()
        }
        self._waiting: set[UUID] = set()

    def put(self, issue_id: UUID, response: TypedResponse | None) -> None:
        """Keep what was typed about an issue; None once it is recorded or discarded."""
        if response == self.responses.get(issue_id):
            return
        if response is None:
            del self.responses[issue_id]
        else:
            self.responses[issue_id] = response
        self._waiting.add(issue_id)
        self.touch()

    def waiting(self) -> Iterable[UUID]:
        """The issues with typing that isn't saved as it is now."""
        return self._waiting

    def save(self, place: UUID) -> None:
        """Save what was typed about an issue. Raises VisitAppError."""
        self._issues.keep_typed(place, self._response_content(place))
        self._waiting.discard(place)

    def piece(self, place: UUID) -> TypedWords:
        """What was typed about an issue; empty once it is recorded or discarded."""
        return self._issues.typed_row(place, self._response_content(place))

    def _response_content(self, issue_id: UUID) -> dict[str, Any] | None:
        response = self.responses.get(issue_id)
        return None if response is None else _content(response)


def _content(response: TypedResponse) -> dict[str, Any]:
    return {
        "outcome": response.outcome,
        "words": response.words,
        "said_by": response.said_by,
        "on": "" if response.on is None else response.on.isoformat(),
        "kept_words": [*map(write_decision, response.kept)],
        "wrong_outcome": response.wrong_outcome,
        "wrong_day": response.wrong_day,
    }


def _response(content: Mapping[str, Any]) -> TypedResponse:
    outcome, words, said_by = (as_text(content.get(key)) for key in ("outcome", "words", "said_by"))
    wrong = (as_text(content.get(key)) for key in ("wrong_outcome", "wrong_day"))
    return TypedResponse(
        outcome,
        words,
        said_by,
        as_day(content.get("on")),
        read_decisions(content.get("kept_words")),
        *wrong,
    )
