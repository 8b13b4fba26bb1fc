"""How many people or animals there were and what happened, from columns and rows.

If a file has both count columns and rows of detainees, they are about the same people: the rows
give the details. Without count columns, the rows are the count.
"""

from collections.abc import Sequence

from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.rules import is_reason_of
from visitapp.domain.report.visit import OutcomeCount
from visitapp.domain.text.wording import number_of
from visitapp.exchange.columns import PARTS
from visitapp.exchange.lines import ImportLine

_ANIMALS = {"animals_seen": "seen"}
_CUSTODY_COLUMNS = ("in_custody", *PARTS)
_DETAILS = ("reason", "gender", "age_group", "ethnicity")
_UNRECORDED = "OTHER"


def counts_of(
    line: ImportLine, details: Sequence[ImportLine], kind: Kind, book: CodeBook
) -> tuple[int | None, tuple[OutcomeCount, ...]]:
    """How many were there (None: nobody counted) and the parts, without zeros.

    Notes problems if columns and rows disagree; whether they add up is left to the rules.
    """
    custody = kind is Kind.CUSTODY
    _not_of_this_scheme(line, custody)
    _reasons_must_belong(details, book)
    columns = PARTS if custody else _ANIMALS
    rows = _merged(details)
    counts: list[OutcomeCount] = []
    for column, group in columns.items():
        listed = [count for count in rows if book.group("outcome", count.outcome) == group]
        in_column: int | None = line.values.get(column)
        if listed and in_column is not None:
            _must_agree(line, column, in_column, listed)
        if listed:
            counts += listed
        elif in_column:
            counts.append(OutcomeCount(_usual_outcome(book, group), in_column))
    counts += [c for c in rows if book.group("outcome", c.outcome) not in columns.values()]
    return _present(line, counts, custody), tuple(counts)


def _not_of_this_scheme(line: ImportLine, custody: bool) -> None:
    for column in _ANIMALS if custody else _CUSTODY_COLUMNS:
        if line.values.pop(column, 0):
            other = "animal welfare" if custody else "custody"
            line.problem(column, f"This is only counted at {other} visits. Leave it empty.")


def _reasons_must_belong(details: Sequence[ImportLine], book: CodeBook) -> None:
    for detail in details:
        outcome, reason = detail.values.get("outcome"), detail.values.get("reason")
        if outcome and reason and not is_reason_of(outcome, reason, book):
            label = book.label("outcome", outcome)
            detail.problem("reason", f"This reason doesn't belong to \u201c{label}\u201d.")


def _must_agree(
    line: ImportLine, column: str, in_column: int, listed: Sequence[OutcomeCount]
) -> None:
    total = sum(count.number for count in listed)
    if total != in_column:
        listed_words = number_of(total, "detainee")
        line.problem(
            column, f"This says {in_column}, but the rows of detainees say {listed_words}."
        )


def _merged(details: Sequence[ImportLine]) -> list[OutcomeCount]:
    """Rows that are the same in everything, merged into one count."""
    numbers: dict[tuple[str | None, ...], int] = {}
    for detail in details:
        if "outcome" not in detail.failed:
            same = (detail.values["outcome"], *(detail.values.get(name) for name in _DETAILS))
            numbers[same] = numbers.get(same, 0) + int(detail.values.get("count", 1))
    return [
        OutcomeCount(outcome or "", number, reason, gender, age_group, ethnicity)
        for (outcome, reason, gender, age_group, ethnicity), number in numbers.items()
        if number
    ]


def _usual_outcome(book: CodeBook, group: str) -> str:
    """The outcome of a part without details: "not recorded" if there is one, otherwise the
    first."""
    codes = [code.code for code in book["outcome"] if code.group == group]
    return _UNRECORDED if _UNRECORDED in codes else codes[0]


def _present(line: ImportLine, counts: Sequence[OutcomeCount], custody: bool) -> int | None:
    if not custody:
        return None
    present: int | None = line.values.get("in_custody")
    columns_given = any(column in line.values for column in _CUSTODY_COLUMNS)
    if present is None and counts and not columns_given:
        present = sum(count.number for count in counts)
        line.warn(
            "in_custody",
            f"This is empty. We have used the number of rows: {number_of(present, 'detainee')}.",
        )
    return present
