"""Names the difference between two states of a draft, for Undo and Redo.

The place of a change is one of the later state, with rows and issues by number as in findings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from visitapp.domain.draft.issue_rows import Issues
from visitapp.domain.draft.row_edits import Rows
from visitapp.domain.draft.typed_report import TypedReport, changed_fields
from visitapp.domain.report.form import Form
from visitapp.domain.report.kinds import NOT_CHECKED
from visitapp.domain.report.place import ANSWERS, Place, answer_place, of_count, of_issue, of_row
from visitapp.domain.text.wording import plural

_ORDER = ("issues", "rows", "counts", "counting", "answers")
"""Where several keys differ, the first of these tells most."""
_NOT_ANSWERS = ("confirmations", "form", "kept_words", "nothing_raised")
_WORDS = {
    "counts": "change a number",
    "counting": "change how you count",
    "present": "change a number",
    "nothing_raised": "change \u201cThere was nothing to raise\u201d",
    "kept_words": "change the words you keep",
    "second_time": "change a time",
    "visitors": "change the visitors",
    "observers": "change the observers",
}


@dataclass(frozen=True, slots=True)
class DraftChange:
    """`words` follow "Undo:"; `is_typing` if it can be one keystroke of several."""

    place: Place
    words: str
    is_typing: bool = False


def change_between(before: TypedReport, after: TypedReport, form: Form) -> DraftChange:
    """What a change did to a draft."""
    fields = changed_fields(before, after)
    telling = [key for key in fields if key not in _NOT_ANSWERS] or fields or [""]
    key = next((key for key in _ORDER if key in telling), telling[0])
    asks = {question.key: question.ask for question in form.questions()}
    row_asks = {question.key: question.ask for question in form.row_questions()}
    if key == "issues":
        return _of_issues(before.issues, after.issues)
    if key == "rows":
        return _of_rows(before.rows, after.rows, row_asks, form)
    if key == "answers":
        return _of_answers(before.answers, after.answers, asks)
    words = _WORDS.get(key) or f"change \u201c{asks.get(key, 'an answer')}\u201d"
    if key == "counts":
        return DraftChange(of_count(_changed_part(before, after)), words, True)
    typing = key == "present" or is_keystroke(getattr(before, key, None), getattr(after, key, None))
    return DraftChange(Place(key), words, typing)


def is_keystroke(before: Any, after: Any) -> bool:
    """Whether two texts differ by one letter, typed or deleted."""
    old, new = ("" if value is None else value for value in (before, after))
    if not isinstance(old, str) or not isinstance(new, str) or abs(len(old) - len(new)) != 1:
        return False
    short, long = sorted((old, new), key=len)
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    return short[at:] == long[at + 1 :]


def _changed_part(before: TypedReport, after: TypedReport) -> str:
    """The first outcome whose numbers differ."""

    def numbers(report: TypedReport) -> dict[str, list[tuple[str | None, int]]]:
        by_outcome: dict[str, list[tuple[str | None, int]]] = {}
        for count in report.counts:
            by_outcome.setdefault(count.outcome, []).append((count.reason, count.number))
        return by_outcome

    return next(iter(_changed_keys(numbers(after), numbers(before))), "")


def _changed_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [key for key in {**before, **after} if before.get(key) != after.get(key)]


def _of_answers(
    before: Mapping[str, Any], after: Mapping[str, Any], asks: Mapping[str, str]
) -> DraftChange:
    keys = _changed_keys(before, after)
    if not keys:
        return DraftChange(Place(ANSWERS), "change an answer")
    if len(keys) > 1:
        marked = all(
            after.get(key) == NOT_CHECKED or before.get(key) == NOT_CHECKED for key in keys
        )
        what = f"mark {len(keys)} as not checked" if marked else f"change {len(keys)} answers"
        return DraftChange(answer_place(keys[0]), what)
    key = keys[0]
    words = f"change \u201c{asks.get(key, 'an answer')}\u201d"
    return DraftChange(answer_place(key), words, is_keystroke(before.get(key), after.get(key)))


def _other(before: Rows | Issues, after: Rows | Issues) -> int:
    """The index, in the later state, of the first row that was added, changed or removed."""
    at = next(
        (i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new),
        min(len(before), len(after)),
    )
    return max(0, min(at, len(after) - 1))


def _of_issues(before: Issues, after: Issues) -> DraftChange:
    at = _other(before, after)
    if len(after) > len(before):
        return DraftChange(of_issue(at), "add the issue")
    if len(after) < len(before):
        return DraftChange(of_issue(at), "remove the issue")
    old, new = before[at], after[at]
    key = changed_fields(old, new)[0]
    typing = is_keystroke(getattr(old, key), getattr(new, key))
    return DraftChange(of_issue(at, key), f"change issue {at + 1}", typing)


def _of_rows(
    before: Rows,
    after: Rows,
    asks: Mapping[str, str],
    form: Form,
) -> DraftChange:
    at = _other(before, after)
    more = len(after) - len(before)
    noun = "animal" if form.row_of == "animal" else "row"
    if more:
        what = plural(abs(more), f"the {noun}", f"{abs(more)} rows")
        verb = "add" if more > 0 else "remove"
        return DraftChange(of_row(at + 1, "outcome"), f"{verb} {what}")
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    if len(changed) != 1:
        return DraftChange(of_row(at + 1, "outcome"), f"change {len(changed)} rows")
    old, new = before[at], after[at]
    if old.answers != new.answers:
        change = _of_answers(old.answers, new.answers, asks)
        words = f"{change.words} of {noun} {at + 1}"
        return DraftChange(of_row(at + 1, change.place.key), words, change.is_typing)
    return DraftChange(of_row(at + 1, changed_fields(old, new)[0]), f"change {noun} {at + 1}")


def only_kept_words(before: TypedReport, after: TypedReport) -> bool:
    """Whether nothing changed but that decisions about words were dropped, because the words
    were."""
    changed = set(changed_fields(before, after)) - {"confirmations"}
    return changed == {"kept_words"} and len(after.kept_words) < len(before.kept_words)
