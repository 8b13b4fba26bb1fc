"""References of visits: which mean the same visit, and what visits of other people's sheets are
called."""

from dataclasses import replace

from visitapp.domain.importing import ImportProblem
from visitapp.exchange.cells import Cell, as_text, short
from visitapp.exchange.sheets import ImportSheet, SheetRow

OWN_REF = "visit_ref"


def ref_key(ref: str) -> str:
    """A key that is the same for references to the same visit, since spreadsheets turn 0007 into
    7."""
    return ref.lstrip("0") or "0" if ref.isdecimal() else ref.casefold()


class Renaming:
    """Which references the visits of a file have instead of the written ones."""

    def __init__(self) -> None:
        self._refs: dict[str, str] = {}
        self._ambiguous: set[str] = set()

    def add(self, written: str, ref: str) -> None:
        """A visit has `ref` instead of what is written."""
        key = ref_key(written)
        if self._refs.setdefault(key, ref) != ref:
            self._ambiguous.add(key)

    def applied(self, sheet: ImportSheet) -> ImportSheet:
        """A sheet of what belongs to visits, with their references. A row that may belong to
        several has a problem."""
        problems: list[ImportProblem] = []
        rows = tuple(self._row(sheet.name, row, problems) for row in sheet.rows)
        return replace(sheet, rows=rows, problems=(*sheet.problems, *problems))

    def _row(self, sheet: str, row: SheetRow, problems: list[ImportProblem]) -> SheetRow:
        written = as_text(row.cells.get(OWN_REF, ""))
        key = ref_key(written)
        if key in self._ambiguous:
            sentence = (
                f"More than one visit has the reference {short(written)}, so it is not clear which "
                "one is meant."
            )
            problems.append(ImportProblem(sheet, row.number, OWN_REF, sentence, title=row.title))
            return replace(row, bad=row.bad | {OWN_REF})
        if key not in self._refs:
            return row
        cells: dict[str, Cell] = {**row.cells, OWN_REF: self._refs[key]}
        return replace(row, cells=cells)
