"""How targets are explained, and the tables of visits due and made at each site."""

from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.target import TargetRule, TargetUnit
from visitapp.domain.text.wording import capitalised, joined, or_none, out_of
from visitapp.domain.year.attempts import SiteFigures, Target
from visitapp.domain.year.figure_place import Origin
from visitapp.domain.year.summary import SchemeFigures, spans_clause
from visitapp.domain.year.target_words import (
    asks_one_each,
    is_usual,
    opened_words,
    site_target_words,
    target_clause,
)
from visitapp.reporting.blocks import Column

_WHEN_SHORT = {
    TargetUnit.WEEK: "A week runs from Monday to Sunday and belongs to the period that contains "
    "its Thursday.",
    TargetUnit.FORTNIGHT: "A fortnight is two such weeks, counted from when the target began, and "
    "belongs to the period that contains its second Monday.",
}


def met_heading(figures: SchemeFigures) -> str:
    """`Weeks met of weeks due`."""
    return f"{capitalised(figures.unit)}s met of {figures.unit}s due"


def when_met(figures: SchemeFigures) -> str:
    """When a week counts as met, as a sentence."""
    enough = "at least one visit" if asks_one_each(figures) else "all visits due"
    return f"A {figures.unit} counts as met if it had {enough}."


def target_columns(figures: SchemeFigures) -> tuple[Column, ...]:
    """What a table of sites shows of their targets. The first column is there only if a target is
    not the usual one for the kind of scheme."""
    return (
        *(() if is_usual(figures) else (Column("Target", "left", 1.6),)),
        Column(f"Visits due{figures.by_then}"),
        Column("Visits made", origin=Origin(counts_visits=not figures.target.strays)),
        Column("Share of target"),
        Column(met_heading(figures), "right", 1.5),
    )


def target_cells(figures: SchemeFigures, site: SiteFigures) -> tuple[str, ...]:
    """A site's cells in `target_columns`. Visits where there is no target are shown too."""
    words = () if is_usual(figures) else (site_target_words(site),)
    return (*words, *_cells(site.target, made_at(site)))


def made_at(site: SiteFigures) -> int:
    """The visits made at a site as the table of sites shows them: where a target was in force for a
    part of the period, those of that part."""
    target = site.target
    return target.done if target.expected or target.done else site.attempts.completed


def total_cells(figures: SchemeFigures) -> tuple[str, ...]:
    """The sums of `target_columns`."""
    words = () if is_usual(figures) else ("",)
    return (*words, *_cells(figures.target, made_in_table(figures)))


def made_in_table(figures: SchemeFigures) -> int:
    """The visits made as the table of sites adds them up."""
    return sum(map(made_at, figures.sites))


def spans_note(figures: SchemeFigures) -> str:
    """Which weeks were counted, if they hold other visits than the days of the period, and from
    when at sites of which nobody said when they opened; otherwise empty."""
    opened = f" {words}" if (words := opened_words(figures)) else ""
    if not figures.target.strays or not (spans := spans_clause(figures)):
        return opened
    thursday = " A week belongs to the period that contains its Thursday."
    return f"{thursday if figures.unit == 'week' else ''} {spans}.{opened}"


def without_target(figures: SchemeFigures) -> str:
    """A note if visits were made where there is no target; otherwise empty."""
    if made_in_table(figures) == figures.target.done:
        return ""
    return " Visits made where there was no target are not part of the share."


def _cells(target: Target, visits: int) -> tuple[str, ...]:
    return (
        or_none(target.expected),
        or_none(visits),
        target.visits.text if target.expected else "no target",
        out_of(target.met, target.due) if target.due else "none due",
    )


def due_terms(figures: SchemeFigures) -> list[tuple[str, str]]:
    """What is due and when it is met, for the words that a report explains."""
    custody = figures.scheme.kind is Kind.CUSTODY
    place = "suite" if custody else figures.animals.places
    if is_usual(figures) and custody:
        return [
            (
                "Visit due",
                "One for each Monday-to-Sunday week in which a suite was in use every day. A week "
                "belongs to the period that contains its Thursday. A closed suite has no target.",
            ),
            ("Week met", "A week that was due and had at least one visit to the suite."),
        ]
    if is_usual(figures):
        return [
            (
                "Monthly visit due",
                f"One for each calendar month in which the {place} were in use on every day.",
            )
        ]
    units = [unit for unit in TargetUnit if unit in {target.unit for target in figures.targets}]
    kinds = [_WHEN_SHORT[unit] for unit in units if unit in _WHEN_SHORT]
    if longer := [f"{unit}s" for unit in units if unit not in _WHEN_SHORT]:
        kinds.append(f"Of {joined(longer)} those count that lie in the period as a whole.")
    rules = {target.rule for target in figures.targets}
    if TargetRule.OPEN in rules:
        was = "was" if custody else "were"
        kinds.append(f"Visits are due if the {place} {was} in use on every day of it.")
    if TargetRule.IN_USE in rules:
        kinds.append("Where the target is “when in use”, they are due if it was in use on any day.")
    name = "Visits due" if custody else f"Visits due to {place}"
    words = f"By the target of each site: {target_clause(figures)}. {' '.join(kinds)}"
    met = f"A {figures.unit} that was due and had all the visits due in it."
    met_name = f"{capitalised(figures.unit)} met{'' if custody else f' at {place}'}"
    return [(name, words), (met_name, met)]
