"""How many visits a site has had, and in which timeslots, as the draw of its next ones counts."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from visitapp.domain.period import Period
from visitapp.domain.plan.planned import Drawn, PastVisit, PlannedVisit
from visitapp.planning.draw import HANDOVERS_A_YEAR
from visitapp.planning.reach import Ground


class Tally:
    """Counts the visits of one site by their days: past ones, and planned ones still to come whose
    moments the office knows."""

    def __init__(
        self, ground: Ground, past_visits: Sequence[PastVisit], planned: Sequence[PlannedVisit]
    ) -> None:
        self._ground = ground
        self._entries: list[tuple[date, int | None, int]] = []
        self._towards_target: Counter[date] = Counter()
        self._planned: Counter[date] = Counter()
        for visit in past_visits:
            if visit.site_id == ground.site.id:
                if visit.at_site:
                    cell = ground.cell(visit.day, visit.minute)
                    self._entries.append((visit.day, cell, visit.minute))
                if visit.meets_target:
                    self._towards_target[ground.calendar.span_of(visit.day).start] += 1
        for plan in planned:
            is_visit = not plan.is_of_pair and not plan.is_stood_down
            if plan.site_id == ground.site.id and is_visit:
                self.add(plan.drawn)

    @property
    def visited_spans(self) -> set[date]:
        """The first days of spans that have had all visits that the target asks for; of parts of
        longer ones nothing is asked."""
        if self._ground.is_in_parts:
            return set()
        least = self._ground.policy.least
        return {start for start, number in self._towards_target.items() if number >= least}

    def visits_of(self, span: Period) -> int:
        """How many visits that count towards the target a span has had."""
        return self._towards_target[span.start]

    def visits_of_target(self, span: Period) -> int:
        """How many visits the parts of a span, or one of them, have had or are to get."""
        numbers = self._towards_target + self._planned
        return sum(number for start, number in numbers.items() if start in span)

    def visits_beside(self, span: Period, until: date = date.max) -> int:
        """How many visits the target's span has had or is to get in its other parts, or in those
        that begin by a day; 0 if it has no other."""
        whole = self._ground.target_span(span.start)
        numbers = self._towards_target + self._planned
        return sum(
            number
            for start, number in numbers.items()
            if start != span.start and start in whole and start <= until
        )

    def add(self, drawn: Drawn) -> None:
        """Count another visit."""
        self._entries.append((drawn.day, drawn.cell, drawn.minute))
        self._planned[self._ground.calendar.span_of(drawn.day).start] += 1

    def forget_from(self, span: Period, drawn: Sequence[Drawn]) -> None:
        """Uncount what was drawn for a span and those after it."""
        for visit in drawn:
            if visit.day >= span.start:
                self._entries.remove((visit.day, visit.cell, visit.minute))
                self._planned[self._ground.calendar.span_of(visit.day).start] -= 1

    def counts(self, span: Period) -> list[int]:
        """The counts by which a span is drawn."""
        return self._ground.calendar.counts(span, self.visited())

    def visited(self, until: date = date.max) -> list[tuple[date, int | None]]:
        """The days and timeslots of all visits up to a day; the timeslot is None for a visit
        outside the grid."""
        return [(day, cell) for day, cell, _ in self._entries if day <= until]

    def last_before(self, day: date) -> date | None:
        """The day of the last visit before a day, made or planned."""
        return max((entry[0] for entry in self._entries if entry[0] < day), default=None)

    def handovers_left(self, day: date, before: date = date.max) -> int:
        """How many more visits of a day's reporting year may fall in a shift change, beside those
        before another day."""
        year = self._ground.years.year_of(day)
        inside = sum(
            day in year and day < before and self._ground.in_handover(minute)
            for day, _, minute in self._entries
        )
        return max(0, HANDOVERS_A_YEAR - inside)
