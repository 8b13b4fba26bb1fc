"""Rules for the weeks of a suite that is visited about once a week."""

from enum import StrEnum

from visitapp.domain.dataclass import dataclass
from visitapp.domain.text.wording import lowered


class WeekRule(StrEnum):
    """Which weeks have a visit. The fewer the rule leaves empty, the better can somebody foresee
    the last days of a week that has had none. `APART_10` follows the days between visits alone; a
    week can then have none."""

    EACH = "each"
    EMPTY_1 = "empty-1"
    EMPTY_2 = "empty-2"
    EMPTY_4 = "empty-4"
    APART_10 = "apart-10"

    @property
    def words(self) -> str:
        """As it is chosen and shown."""
        return {
            "each": "A visit in each calendar week",
            "empty-1": "About 1 week a year empty",
            "empty-2": "About 2 weeks a year empty",
            "empty-4": "About 4 weeks a year empty",
            "apart-10": "At most 10 days apart",
        }[self.value]

    @property
    def in_sentence(self) -> str:
        """The same within a sentence."""
        return lowered(self.words)

    @property
    def empty_weeks(self) -> int:
        """How many weeks a year are drawn without a visit on average, where that is drawn."""
        return {"empty-1": 1, "empty-2": 2, "empty-4": 4}.get(self.value, 0)

    @property
    def most_apart(self) -> int:
        """The most days from one visit to the next, whatever the calendar week; 0 for no limit."""
        return 10 if self is WeekRule.APART_10 else 0


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """What a rule buys and costs at one site, in simulated years. `caught`: the share of visits
    that somebody foresees who is on the alert one day a week and has seen every visit. `timeslots`:
    how many of `cells` a year has visited. `longest_gap`: the most days from one visit to the next,
    in half of the years. `empty_weeks` of a year."""

    rule: WeekRule
    caught: float
    timeslots: float
    cells: int
    longest_gap: float
    empty_weeks: float
