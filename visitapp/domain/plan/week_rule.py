"""Rules for the weeks of a suite that is visited about once a week."""

from enum import StrEnum


class WeekRule(StrEnum):
    """Which weeks have a visit. The fewer the rule leaves empty, the better can somebody foresee
    the last days of a week that has had none."""

    EACH = "each"
    EMPTY_1 = "empty-1"
    EMPTY_2 = "empty-2"
    EMPTY_4 = "empty-4"

    @property
    def words(self) -> str:
        """As it is chosen and shown."""
        return {
            "each": "One in each calendar week",
            "empty-1": "About 1 week a year empty",
            "empty-2": "About 2 weeks a year empty",
            "empty-4": "About 4 weeks a year empty",
        }[self.value]

    @property
    def empty_weeks(self) -> int:
        """How many weeks a year are drawn without a visit, on average."""
        return {"empty-1": 1, "empty-2": 2, "empty-4": 4}.get(self.value, 0)
