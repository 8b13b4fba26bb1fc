"""What a writer does with rows and issues, as changes of the draft."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from visitapp.domain.draft import issue_rows, row_edits
from visitapp.domain.draft.issue_rows import Issues
from visitapp.domain.draft.row_edits import Rows
from visitapp.domain.draft.typed_report import TypedIssue, TypedRow
from visitapp.domain.report.form import Question
from visitapp.domain.report.place import ROWS, Place
from visitapp.ui.log.changes.writing import Writing


class RowEdits:
    """Detainees or animals, one row each."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._removed: tuple[TypedRow, str] | None = None

    def ids(self) -> list[str]:
        """The ids of the rows, in order."""
        return [row.id for row in self.all()]

    def all(self) -> Rows:
        """The rows as they were typed."""
        return self._writing.report.rows

    def get(self, row_id: str) -> TypedRow:
        """A row by its id; if it no longer exists, a blank row without an id."""
        return row_edits.row_of(self.all(), row_id) or TypedRow()

    def add(self, row: TypedRow | None = None, after: str = "") -> str:
        """Add a row, blank or starting as `row`. Returns its id."""
        new = replace(row or TypedRow(), id=str(uuid4()))
        self._put(row_edits.with_row(self.all(), new, after))
        return new.id

    def remove(self, row_id: str) -> None:
        """Remove a row. `bring_back` restores it until another row is removed."""
        ids = self.ids()
        if row_id in ids:
            at = ids.index(row_id)
            self._removed = (self.get(row_id), ids[at - 1] if at else "")
            self._put(row_edits.without_row(self.all(), row_id))

    @property
    def can_bring_back(self) -> bool:
        """Whether a removed row can be restored."""
        return self._removed is not None

    def bring_back(self) -> str:
        """Restore the row that was removed last, in its old place. Returns its id."""
        if self._removed is None:
            return ""
        (row, after), self._removed = self._removed, None
        self._put(row_edits.with_row(self.all(), row, after) if after else (row, *self.all()))
        return row.id

    def forget_removed(self) -> None:
        """Forget the removed row, because another report was opened."""
        self._removed = None

    def set_details(self, row_id: str, values: Mapping[str, str]) -> None:
        """Change details of a row, which are named in `row_edits.DETAILS`."""
        self._put(row_edits.with_details(self.all(), row_id, values))

    def answer(self, row_id: str, answers: Mapping[str, Any]) -> None:
        """Answer questions about a row."""
        self._put(row_edits.with_answers(self.all(), row_id, answers))

    def answer_of(self, row_id: str, key: str) -> Any:
        """The answer to a question about a row; None if there is none."""
        return self.get(row_id).answers.get(key)

    def copy_from_above(self, row_id: str, keys: Collection[str]) -> None:
        """Copy values from the row above."""
        self._put(row_edits.copied_from_above(self.all(), row_id, keys))

    def _put(self, rows: Rows) -> None:
        self._writing.answer("rows", rows)


class IssueEdits:
    """The issues of the report, whichever section they were opened in."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    def all(self) -> Issues:
        """The issues as they were typed."""
        return self._writing.report.issues

    def get(self, issue_id: str) -> TypedIssue:
        """An issue by its id; if it no longer exists, an empty issue without an id."""
        return next((issue for issue in self.all() if issue.id == issue_id), TypedIssue())

    def index(self, issue_id: str) -> int:
        """The position of an issue in the list; -1 if it no longer exists."""
        ids = [issue.id for issue in self.all()]
        return ids.index(issue_id) if issue_id in ids else -1

    def add(self, values: Mapping[str, Any] | None = None) -> str:
        """One more issue, with some fields filled in; its id. The report no longer says that there
        was nothing to raise."""
        issue_id = str(uuid4())
        with self._writing.together("add the issue"):
            self._writing.answer("nothing_raised", False)
            self.put(issue_id, values or {})
        return issue_id

    def put(self, issue_id: str, values: Mapping[str, Any]) -> None:
        """Change some fields of an issue."""
        self._writing.answer("issues", issue_rows.with_issue(self.all(), issue_id, values))

    def remove(self, issue_id: str) -> None:
        """Remove an issue."""
        self._writing.answer("issues", issue_rows.without_issue(self.all(), issue_id))

    def opened_by(self, place: Place) -> str:
        """The id of the issue that was opened from an answer; empty if there is none."""
        issue = issue_rows.opened_by(self.all(), place)
        return "" if issue is None else issue.id

    def open(self, question: Question, where: Place, found_at: str) -> str:
        """Open the issue that an answer asks for, filled in as far as it is known; its id. One
        that was opened earlier stays."""
        known = self.opened_by(where)
        if known:
            return known
        form = self._writing.register.form
        if same := issue_rows.same_matter(self.all(), question, where, form):
            return self._take_over(same, where, found_at)
        values: dict[str, Any] = {"question": where, "place": found_at}
        if question.raises_category:
            values |= {
                "category": question.raises_category,
                "severity": question.raises_severity,
            }
        elif question.category:
            values["category"] = question.category
        return self.add(values)

    def _take_over(self, issue: TypedIssue, where: Place, found_at: str) -> str:
        """An allegation is one issue: one that was raised about the whole visit moves to the
        detainee's answer, once there is such an answer."""
        if where.part == ROWS:
            self.put(issue.id, {"question": where, "place": found_at or issue.place})
        return issue.id

    def same_matter(self, question: Question, where: Place) -> int:
        """The number of the issue that an answer about the whole visit means, where another
        answer opened it; 0 for none."""
        form = self._writing.register.form
        issue = issue_rows.same_matter(self.all(), question, where, form)
        return 0 if issue is None else self.index(issue.id) + 1

    def drop_untouched(self, where: Place) -> None:
        """Remove the issue opened from an answer that no longer needs it, unless somebody has
        written in it."""
        issue = issue_rows.opened_by(self.all(), where)
        if issue is not None and issue.is_untouched:
            self.remove(issue.id)
