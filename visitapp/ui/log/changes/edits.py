"""What a writer does with rows and issues, as changes of the draft's content."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import uuid4

from visitapp.domain.draft import issue_rows, row_edits
from visitapp.domain.draft.draft_content import mapping_of, rows_of, text_of
from visitapp.domain.draft.row_edits import row_of
from visitapp.domain.report.form import Question
from visitapp.domain.report.place import ROWS, Place
from visitapp.ui.log.changes.writing import Writing


class RowEdits:
    """Detainees or animals, one row each."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._removed: tuple[dict[str, Any], str] | None = None

    def ids(self) -> list[str]:
        """The rows' ids, in order."""
        return [text_of(row, "id") for row in self.all()]

    def all(self) -> list[dict[str, Any]]:
        """The rows as they were typed."""
        return rows_of(self._writing.content, "rows")

    def get(self, row_id: str) -> dict[str, Any]:
        """One row; empty where it is gone."""
        return row_of(self._writing.content, row_id) or {}

    def add(self, values: Mapping[str, Any] | None = None, after: str = "") -> str:
        """One more row; says its id."""
        row_id = str(uuid4())
        row = {"id": row_id, **(values or {})}
        self._put(row_edits.with_row(self._writing.content, row, after))
        return row_id

    def remove(self, row_id: str) -> None:
        """Take a row out; `bring_back` undoes it until another one goes."""
        ids = self.ids()
        if row_id in ids:
            at = ids.index(row_id)
            self._removed = (self.get(row_id), ids[at - 1] if at else "")
            self._put(row_edits.without_row(self._writing.content, row_id))

    @property
    def can_bring_back(self) -> bool:
        """Whether a row that was taken out can come back."""
        return self._removed is not None

    def bring_back(self) -> str:
        """Put the row taken out last back in its place; says its id."""
        if self._removed is None:
            return ""
        (row, after), self._removed = self._removed, None
        rows = row_edits.with_row(self._writing.content, row, after)
        self._put(rows if after else [rows[-1], *rows[:-1]])
        return text_of(row, "id")

    def forget_removed(self) -> None:
        """Another report is open."""
        self._removed = None

    def set_details(self, row_id: str, values: Mapping[str, str]) -> None:
        """Change what happened to one, or where …."""
        self._put(row_edits.with_details(self._writing.content, row_id, values))

    def answer(self, row_id: str, answers: Mapping[str, Any]) -> None:
        """Answer questions about one."""
        self._put(row_edits.with_answers(self._writing.content, row_id, answers))

    def answer_of(self, row_id: str, key: str) -> Any:
        """What was answered about one."""
        return mapping_of(self.get(row_id), "answers").get(key)

    def copy_from_above(self, row_id: str, keys: Collection[str]) -> None:
        """Take over what stands in the row above."""
        self._put(row_edits.copied_from_above(self._writing.content, row_id, keys))

    def _put(self, rows: list[dict[str, Any]]) -> None:
        self._writing.answer("rows", rows)


class IssueEdits:
    """The issues of the report, whichever section they were opened in."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    def all(self) -> list[dict[str, Any]]:
        """The issues as they were typed."""
        return rows_of(self._writing.content, "issues")

    def get(self, issue_id: str) -> dict[str, Any]:
        """One issue; empty where it is gone."""
        return next((row for row in self.all() if text_of(row, "id") == issue_id), {})

    def index(self, issue_id: str) -> int:
        """Which of the issues it is; -1 where it is gone."""
        ids = [text_of(row, "id") for row in self.all()]
        return ids.index(issue_id) if issue_id in ids else -1

    def add(self, values: Mapping[str, Any] | None = None) -> str:
        """One more issue; says its id. Whoever adds one had something to raise."""
        issue_id = str(uuid4())
        with self._writing.together("add the issue"):
            self._writing.answer("nothing_raised", False)
            self.put(issue_id, values or {})
        return issue_id

    def put(self, issue_id: str, values: Mapping[str, Any]) -> None:
        """Change an issue."""
        self._writing.answer(
            "issues", issue_rows.with_issue(self._writing.content, issue_id, values)
        )

    def remove(self, issue_id: str) -> None:
        """Take an issue out."""
        self._writing.answer("issues", issue_rows.without_issue(self._writing.content, issue_id))

    def opened_by(self, place: Place) -> str:
        """The id of the issue that an answer opened; empty where there is none."""
        found = issue_rows.opened_by(self._writing.content, place)
        return "" if found is None else text_of(found, "id")

    def open(self, question: Question, where: Place, found_at: str) -> str:
        """Open the issue that an answer asks for, filled in as far as it is known; says its
        id. One that was opened earlier stays."""
        known = self.opened_by(where)
        if known:
            return known
        form = self._writing.register.form
        if same := issue_rows.same_matter(self._writing.content, question, where, form):
            return self._take_over(same, where, found_at)
        values: dict[str, Any] = {"question": str(where), "place": found_at}
        if question.raises_category:
            values |= {
                "category": question.raises_category,
                "severity": question.raises_severity,
            }
        elif question.category:
            values["category"] = question.category
        return self.add(values)

    def _take_over(self, row: Mapping[str, Any], where: Place, found_at: str) -> str:
        """An allegation is one issue: one told of the whole visit belongs to the detainee's
        answer, once that is given."""
        issue_id = text_of(row, "id")
        if where.part == ROWS:
            values = {"question": str(where)} | ({"place": found_at} if found_at else {})
            self.put(issue_id, values)
        return issue_id

    def same_matter(self, question: Question, where: Place) -> int:
        """The number of the issue that an answer about the whole visit means, where another
        answer opened it; 0 for none."""
        form = self._writing.register.form
        found = issue_rows.same_matter(self._writing.content, question, where, form)
        return 0 if found is None else self.index(text_of(found, "id")) + 1

    def drop_untouched(self, where: Place) -> None:
        """The answer no longer asks for an issue: one that nobody wrote into goes."""
        found = issue_rows.opened_by(self._writing.content, where)
        if found is not None and issue_rows.is_untouched(found):
            self.remove(text_of(found, "id"))
