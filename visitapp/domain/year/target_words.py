"""Targets, and how far they were met, in words that pages and documents share."""

from collections import defaultdict

from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import SiteKind, usual_target
from visitapp.domain.office.target import begins
from visitapp.domain.text.wording import (
    count_text,
    joined,
    long_date,
    none_or,
    number,
    number_of,
    out_of,
    plural,
    were,
)
from visitapp.domain.year.attempts import SiteFigures
from visitapp.domain.year.summary import SchemeFigures

_NAMED = 4
"""The most sites whose names stand in a sentence; more are counted."""


def is_usual(figures: SchemeFigures) -> bool:
    """Whether what was due was due by the target that is usual for the kind of scheme."""
    kind = SiteKind.SUITE if figures.scheme.kind is Kind.CUSTODY else SiteKind.KENNELS
    usual = usual_target(kind).asks_for
    return all(target.asks_for == usual for target in figures.targets)


def asks_one_each(figures: SchemeFigures) -> bool:
    """Whether no target asks for more than one visit in a week, or in what it counts by."""
    return all(target.number == 1 for target in figures.targets)


def target_clause(figures: SchemeFigures) -> str:
    """`once a week`, or which sites how often: `once a week (Keyham Lane and Euston Street) and
    twice a month when in use (Southgate)`."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for site in figures.sites:
        for words in dict.fromkeys(target.words for target in sorted(site.targets, key=begins)):
            names[words].append(site.name)
    if len(names) < 2:
        return next(iter(names), figures.targets[0].words)
    return joined([f"{words} ({_listed(sites)})" for words, sites in names.items()])


def _listed(names: list[str]) -> str:
    return joined(names) if len(names) <= _NAMED else number_of(len(names), "site")


def met_words(figures: SchemeFigures) -> str:
    """`99 of 104 weeks due had a visit`, for at least one week due."""
    met, due, unit = figures.target.met, figures.target.due, figures.unit
    visits = "a visit" if asks_one_each(figures) else "the visits due"
    if met == due:
        return f"every {unit} due had {visits}"
    if met == 0:
        return f"no {unit} due had {visits}"
    return f"{out_of(met, due, unit)} due had {visits}"


def of_those_due(figures: SchemeFigures) -> str:
    """To follow the number of visits made, where some were due: `, 97.1% of the 104 due`, `, 8 more
    than the 52 due (115.4%)`, `; 40 of them count towards the 52 due (76.9%)`."""
    target, by_then = figures.target, figures.by_then
    due = f"{count_text(target.expected)} due{by_then}"
    if target.done != figures.visits:
        count = plural(target.done, "counts", "count")
        those = f"{none_or(target.done)} of them {count}"
        return f"; {those} towards the {due} ({target.visits.text})"
    if target.done > target.expected > 1:
        return (
            f", {number(target.done - target.expected)} more than the {due} ({target.visits.text})"
        )
    if target.expected == 1:
        return f", and one {were(1)} due{by_then}"
    return f", {target.visits.text} of the {due}"


def opened_words(figures: SchemeFigures) -> str:
    """From when visits are counted as due at sites of which nobody said when they opened; empty if
    there are none."""
    first = {site.name: site.opened_unknown for site in figures.sites if site.opened_unknown}
    if not first:
        return ""
    days = joined(list(dict.fromkeys(map(long_date, first.values()))))
    visits = plural(len(first), "its first visit", "their first visits")
    return (
        f"When {joined(list(first))} opened is not known, so visits due there are counted from "
        f"{visits}, on {days}."
    )


def site_target_words(site: SiteFigures) -> str:
    """How often something was due at a site: `once a week`, `once a week, then twice a month`."""
    if not site.targets:
        return "no target"
    return ", then ".join(dict.fromkeys(target.words for target in site.targets))
