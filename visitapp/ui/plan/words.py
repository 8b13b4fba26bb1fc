"""Sentences of the page Plan about what was done."""

from collections.abc import Sequence

from visitapp.domain.moment import uk_time
from visitapp.domain.office.grid import clock
from visitapp.domain.plan.planned import (
    Gravity,
    Mode,
    PlannedMoment,
    PlannedRow,
    PlanSheet,
    PlanState,
)
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.domain.text.wording import number_of, short_date, weekday_and_day

_MOST_REASONS = 4
_ABOVE = "The figures above are for a visit in each calendar week."


NOTHING_PLANNED = "Nothing is planned for these weeks yet"


def facts_words(sheet: PlanSheet) -> str:
    """How many visits at each site, and the state of the plan."""
    numbers = {site.name: len(sheet.of(site.id)) for site in sheet.sites}
    counts = ", ".join(f"{number} at {name}" for name, number in numbers.items() if number)
    what = "Draft" if sheet.state is PlanState.DRAFT else "In use"
    when = f", made {short_date(uk_time(sheet.made_at).date())}" if sheet.made_at else ""
    return f"{sum(numbers.values())} {sheet.counts}: {counts}. {what}{when}"


def why_nothing(sheet: PlanSheet) -> str:
    """Why a new plan has no visits, in sentences."""
    reasons = [note.sentence for note in sheet.notes if note.gravity is not Gravity.GOOD]
    return " ".join(["Nothing could be planned.", *reasons[:_MOST_REASONS]])


def planned_words(sheet: PlanSheet, done: str) -> str:
    """That the plan is made, and how much is missing."""
    lacking = sum(1 for note in sheet.notes if note.gravity is Gravity.MISSING)
    if not lacking:
        return f"{done}."
    what = number_of(lacking, "problem")
    return f"{done}, with {what}. See \u201cWhat the plan says\u201d."


def rules_words(rules: Sequence[WeekRule]) -> str:
    """By which rules the suites are planned, and what that means for the figures above."""
    if set(rules) <= {WeekRule.EACH}:
        return f"{WeekRule.EACH.words}."
    if len(set(rules)) > 1:
        return f"Suites differ in their weeks without a visit. {_ABOVE}"
    missed = "by a target of once a week, a week without a visit counts as missed"
    return f"{rules[0].words}: {missed}. {_ABOVE}"


def moment_words(moment: PlannedMoment | None) -> str:
    """`Tue 6 May, 14:30`, or that the pair is not needed."""
    if moment is None:
        return "not needed"
    return f"{weekday_and_day(moment.day)}, {clock(moment.minute)}"


def who_knows_words(row: PlannedRow) -> str:
    """`; only the pair knows the day and time`, after what else is to be said of a visit; empty in
    a scheme that leaves nothing to pairs."""
    if row.mode is Mode.PAIR_HELD:
        return "; only the pair knows the day and time"
    if row.why_office is None:
        return ""
    return f"; the office knows the day and time. {row.why_office.words}"


def problem_words(breaks: Sequence[str]) -> str:
    """The problems caused by a change that was made."""
    return " ".join(["Done, but it causes a problem:", *breaks])
