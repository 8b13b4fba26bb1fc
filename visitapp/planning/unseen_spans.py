"""What a watcher expects in weeks whose visits nobody in the office can place: the law's exact
chances, over everything that the pair may have drawn."""

from collections.abc import Iterator

from visitapp.planning.law import KnownNumberLaw, SpanLaw
from visitapp.planning.scores import Expected


def expected_days(
    law: SpanLaw, number: int
) -> Iterator[tuple[list[Expected], list[Expected], list[Expected]]]:
    """For each day of a span that gets `number` visits: its entries for a watcher who doesn't know
    the number, for one who does, and those of its timeslots for the first."""
    number = min(number, sum(share > 0 for share in law.day_shares))
    known = KnownNumberLaw(law, number)
    likely = [0.0] * number + [1.0]
    """How likely so many visits are still to come."""
    for day in range(len(law.options)):
        days: list[Expected] = []
        leaked: list[Expected] = []
        shifts: list[Expected] = []
        after = [0.0] * (number + 1)
        for left, weight in enumerate(likely):
            if not weight:
                continue
            foreseen, chance = law.hazard(day, number - left), known.hazard(day, left)
            days.append(Expected(foreseen, weight * chance, weight))
            leaked.append(Expected(chance, weight * chance, weight))
            shifts += _shifts(law, day, foreseen, chance, weight)
            after[left] += weight * (1 - chance)
            if left:
                after[left - 1] += weight * chance
        likely = after
        yield days, leaked, shifts


def _shifts(
    law: SpanLaw, day: int, foreseen: float, chance: float, weight: float
) -> Iterator[Expected]:
    """The timeslots of a day in turn; after a visit there is no other that day."""
    before = 0.0
    for _, part in law.options[day]:
        share = part / law.day_shares[day] if law.day_shares[day] else 0.0
        not_yet = 1 - foreseen * before
        expected = min(1.0, foreseen * share / not_yet) if not_yet > 0 else 0.0
        yield Expected(expected, weight * chance * share, weight * (1 - chance * before))
        if before:
            yield Expected(0.0, 0.0, weight * chance * before)
        before += share
