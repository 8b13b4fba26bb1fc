"""Changes of the numbers, and of how the report is counted: by numbers, by rows, or both."""

from visitapp.domain.report.adding_up import UNEXPLAINED, Choice, Part, with_choice, with_part
from visitapp.domain.report.answers import Counting, numbers_of
from visitapp.ui.log.changes.writing import Writing


class CountEdits:
    """Changes of the sum."""

    def __init__(self, viewmodel: Writing) -> None:
        self._viewmodel = viewmodel

    def set_part(self, part: Part, number: int) -> None:
        """Set the number of a part."""
        counts = with_part(self._viewmodel.reading.typed_counts, part, number)
        self._viewmodel.answer("counts", tuple(counts))

    def set_counting(self, counting: Counting) -> None:
        """Count by numbers, by rows, or by both. If there are no numbers yet, they are taken from
        the rows."""
        reading = self._viewmodel.reading
        rows = [count for count in reading.answered.counts if count.row is not None]
        with self._viewmodel.together("change how you count"):
            if counting is not Counting.ROWS and rows and not reading.typed_counts:
                self._viewmodel.answer("counts", tuple(numbers_of(rows)))
            self._viewmodel.answer("counting", counting)

    def count_rest(self) -> None:
        """Count everybody not accounted for yet as not seen, with no reason recorded."""
        with self._viewmodel.together("count the others as not seen"):
            if self._viewmodel.reading.answered.counting is Counting.ROWS:
                self.set_counting(Counting.BOTH)
            of = self._viewmodel.sum()
            part = next(part for part in of.parts if part.first in UNEXPLAINED)
            self.set_part(part, part.number + of.remainder)

    def set_choice(self, part: Part, choice: Choice, number: int) -> None:
        """Set the number for a reason of a part."""
        counts = with_choice(self._viewmodel.reading.typed_counts, part, choice, number)
        self._viewmodel.answer("counts", tuple(counts))
