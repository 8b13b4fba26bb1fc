"""What is different between two states of a draft, in words: for Undo and Redo.

The place of a change is named as findings name it, in the later of the two states.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from visitapp.domain.draft.draft_content import Content, list_of, mapping_of, rows_of, text_of
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
    """`words` go on after "Undo:"; `is_typing` where it can be one keystroke of several."""

    place: Place
    words: str
    is_typing: bool = False


def change_between(before: Content, after: Content, form: Form) -> DraftChange:
    """What a change did to a draft."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    told = [key for key in keys if key not in _NOT_ANSWERS] or keys or [""]
    key = next((one for one in _ORDER if one in told), told[0])
    asks = {question.key: question.ask for question in form.questions()}
    row_asks = {question.key: question.ask for question in form.row_questions()}
    if key == "issues":
        return _of_issues(rows_of(before, key), rows_of(after, key))
    if key == "rows":
        return _of_rows(rows_of(before, key), rows_of(after, key), row_asks, form)
    if key == "answers":
        return _of_answers(mapping_of(before, key), mapping_of(after, key), asks)
    words = _WORDS.get(key) or f"change \u201c{asks.get(key, 'an answer')}\u201d"
    typing = key in ("counts", "present") or is_keystroke(before.get(key), after.get(key))
    if key == "counts":
        return DraftChange(of_count(_changed_part(before, after)), words, typing)
    return DraftChange(Place(key), words, typing)


def is_keystroke(before: Any, after: Any) -> bool:
    """Whether one text becomes another by one letter typed or taken away."""
    old, new = ("" if one is None else one for one in (before, after))
    if not isinstance(old, str) or not isinstance(new, str) or abs(len(old) - len(new)) != 1:
        return False
    short, long = sorted((old, new), key=len)
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    return short[at:] == long[at + 1 :]


def _changed_part(before: Content, after: Content) -> str:
    """The outcome whose number is another."""

    def numbers(content: Content) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for row in rows_of(content, "counts"):
            found.setdefault(text_of(row, "outcome"), []).append(
                (row.get("reason"), row.get("number"))
            )
        return found

    old, new = numbers(before), numbers(after)
    return next((one for one in {**new, **old} if old.get(one) != new.get(one)), "")


def _of_answers(
    before: Mapping[str, Any], after: Mapping[str, Any], asks: Mapping[str, str]
) -> DraftChange:
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
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


def _ids(rows: list[dict[str, Any]]) -> list[str]:
    return [text_of(row, "id") for row in rows]


def _other(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> int:
    """Where the first row stands, in the later state, that was added, changed or taken out."""
    at = next(
        (i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new),
        min(len(before), len(after)),
    )
    return max(0, min(at, len(after) - 1))


def _of_issues(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> DraftChange:
    at = _other(before, after)
    if len(after) > len(before):
        return DraftChange(of_issue(at), "add the issue")
    if len(after) < len(before):
        return DraftChange(of_issue(at), "remove the issue")
    old, new = (before[at], after[at]) if before and after else ({}, {})
    key = next((one for one in {**new, **old} if old.get(one) != new.get(one)), "")
    return DraftChange(
        of_issue(at, key), f"change issue {at + 1}", is_keystroke(old.get(key), new.get(key))
    )


def _of_rows(
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
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
    given, now = mapping_of(old, "answers"), mapping_of(new, "answers")
    about = [key for key in {**given, **now} if given.get(key) != now.get(key)]
    if len(about) > 1:
        return DraftChange(
            of_row(at + 1, about[0]),
            _of_answers(given, now, asks).words + f" of {noun} {at + 1}",
        )
    if about:
        typing = is_keystroke(given.get(about[0]), now.get(about[0]))
        ask = asks.get(about[0], "an answer")
        words = f"change \u201c{ask}\u201d of {noun} {at + 1}"
        return DraftChange(of_row(at + 1, about[0]), words, typing)
    key = next((one for one in {**new, **old} if old.get(one) != new.get(one)), "")
    return DraftChange(of_row(at + 1, key), f"change {noun} {at + 1}")


def only_kept_words(before: Content, after: Content) -> bool:
    """Whether decisions went because their words did, and nothing else changed."""
    keys = {key for key in {**before, **after} if before.get(key) != after.get(key)}
    keys.discard("confirmations")
    return keys == {"kept_words"} and len(list_of(after, "kept_words")) < len(
        list_of(before, "kept_words")
    )
