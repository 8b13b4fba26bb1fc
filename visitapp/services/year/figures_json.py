"""Figures for other programs: the keys of `figures --json`, in a fixed order.

Unknown numbers are `null`; percentages are as printed.
"""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any
from uuid import UUID

from visitapp.domain.office.record_review import ReviewsOfPeriod
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.period import Period
from visitapp.domain.year.animal_figures import AnimalFigures, SpeciesFigures
from visitapp.domain.year.attempts import Attempts, Target
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.custody_answers import CustodyAnswers
from visitapp.domain.year.findings import QuestionFigures, for_publication
from visitapp.domain.year.listed_issue import IssueList
from visitapp.domain.year.people_figures import PeopleFigures
from visitapp.domain.year.register import Volunteers
from visitapp.domain.year.site_findings import SiteFindings, published_by_site
from visitapp.domain.year.summary import (
    AccessFigures,
    AnnualSummary,
    CountedFigures,
    GroupFigures,
    IssueFigures,
    SchemeFigures,
)
from visitapp.services.year.custody_json import (
    line_key,
    of_custody,
    of_requests,
    requests_of_groups,
    requests_of_site,
)
from visitapp.services.year.issues_json import of_issues, of_listed

_PARTS_IN_WORDS = {
    "asleep": "Asleep",
    "not_available": "Not available",
    "not_offered": "Not offered",
    "other": "Not seen",
}
_PARTS = ("offered", "seen", "refused", "not_offered", "not_available", "asleep", "other")


def of_summary(summary: AnnualSummary, kept_at_office: int = 0) -> str:
    """All figures of a period, always with both kinds of scheme. A visitor's copy that no longer
    holds some reports says how many, since its figures lack them. Figures of some sites alone say
    which, under `only`."""
    return _text(
        {
            "period": _period(summary.period),
            **({} if summary.chosen is None else {"only": summary.chosen.name}),
            **_kept(kept_at_office),
            "schemes": {
                **{kind.value: _of_kind(summary, kind) for kind in Kind},
                **_others(summary),
            },
            **_reviews(summary.reviews),
        }
    )


def _of_kind(summary: AnnualSummary, kind: Kind) -> dict[str, Any]:
    figures = summary.schemes.get(kind) or _nothing(kind, summary.period)
    at_sites = {
        site_id: findings
        for site_id, findings in summary.findings_by_site.items()
        if site_id in figures.by_site
    }
    return {
        **_scheme(
            figures,
            summary.custody if kind is Kind.CUSTODY else None,
            published_by_site(summary.findings.get(kind, ()), at_sites),
        ),
        "findings": _findings(for_publication(summary.findings.get(kind, ()))),
        "volunteers": _volunteers(summary.volunteers.get(kind)),
        "volunteers_by_panel": _by_panel(summary.volunteers.get(kind)),
        "issues_to_answer": of_listed(summary.issues.get(kind, IssueList())),
    }


def _others(summary: AnnualSummary) -> dict[str, Any]:
    """Further schemes of a kind: `animal_welfare_2` and so on, with their names."""
    return {
        f"{kind.value}_{number}": {"name": figures.scheme.name, **_of_kind(other, kind)}
        for number, other in enumerate(summary.others, 2)
        for kind, figures in other.schemes.items()
    }


def _reviews(reviews: ReviewsOfPeriod | None) -> dict[str, Any]:
    """Nothing without reviews of custody records."""
    if reviews is None:
        return {}
    numbers = {"reviews": len(reviews.reviews), "records": reviews.records}
    advice = {"recommendations": len(reviews.recommendations)}
    return {"record_reviews": {**numbers, "by_kind": dict(reviews.by_kind), **advice}}


def of_coverage(period: Period, coverage: Sequence[SiteCoverage], kept_at_office: int = 0) -> str:
    """The coverage of some sites by their names; `kept_at_office` as in `of_summary`."""
    return _text(
        {
            "period": _period(period),
            **_kept(kept_at_office),
            "coverage": _coverage(coverage),
        }
    )


def _kept(number: int) -> dict[str, int]:
    return {"kept_at_office": number} if number else {}


def _text(content: Mapping[str, Any]) -> str:
    return f"{_written(content)}\n"


def _written(value: Any, indent: str = "") -> str:
    """Objects with a line for each key, lists on one line; decimals keep their digits."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if not isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    inner = f"{indent}  "
    entries = (
        f"{inner}{json.dumps(key, ensure_ascii=False)}: {_written(entry, inner)}"
        for key, entry in value.items()
    )
    joined = ",\n".join(entries)
    return f"{{\n{joined}\n{indent}}}" if value else "{}"


def _period(period: Period) -> dict[str, str]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _nothing(kind: Kind, period: Period) -> SchemeFigures:
    """The figures of a scheme that this office doesn't run."""
    return SchemeFigures(
        scheme=Scheme(UUID(int=0), kind, kind.label),
        period=period,
        attempts=Attempts(),
        sites=(),
        target=Target(0, 0, 0, 0),
        minutes=0,
        hours=Decimal("0.00"),
        value=None,
        rates=(),
        unknown_length=0,
        coverage=(),
        access=AccessFigures(0, 0, 0, 0, 0),
        people=PeopleFigures(0, 0, 0, 0, 0, 0, 0),
        animals=AnimalFigures(0),
        issues=IssueFigures(),
        by_month=(),
        by_quarter=(),
    )


def _scheme(
    figures: SchemeFigures, custody: CustodyAnswers | None, findings: SiteFindings
) -> dict[str, Any]:
    counted = {site.site_id for site in figures.sites if site.is_counted}
    return {
        "visits": {
            **_visits(figures.attempts),
            "by_site": dict(figures.visits_in_sites),
        },
        "target": _target(figures.target),
        "hours": figures.hours,
        "value_gbp": figures.value,
        "coverage": _coverage([c for c in figures.coverage if c.site_id in counted]),
        "access": _access(figures.access),
        "detainees": _detainees(figures.people),
        "issues": of_issues(figures.issues),
        "observed_or_spoken": figures.people.observed_or_spoken,
        "not_visited": _not_visited(figures.people),
        "animals": _animals(figures.animals),
        **of_custody(custody),
        "by_site": _by_site(figures, custody, findings),
        "by_group": _by_group(figures, custody),
    }


def _volunteers(register: Volunteers | None) -> dict[str, int | None]:
    """The scheme's register; `null` for what an import could not know."""
    known = Volunteers(0, 0, 0, 0) if register is None else register.judged()
    of_start = known.is_start_known
    return {
        "at_start": known.at_start if of_start else None,
        "joined": known.joined if of_start else None,
        "left": known.left if known.is_end_known else None,
        "at_end": known.at_end if known.is_end_known else None,
        "over_five_years": known.long_serving if known.is_service_known else None,
    }


def _by_panel(register: Volunteers | None) -> dict[str, Any]:
    """The register of each panel; `moved` came from another panel, less those who went to one."""
    content: dict[str, Any] = {}
    if register is not None and register.judged().is_start_known:
        for line in register.judged().by_panel:
            content[_new_name(line.name, content)] = {
                "at_start": line.at_start,
                "joined": line.joined,
                "left": line.left,
                "moved": line.moved,
                "at_end": line.at_end,
            }
    return content


def _findings(findings: Iterable[QuestionFigures]) -> dict[str, Any]:
    """Answers by question, as they may be published; `null` for what may not."""
    content: dict[str, Any] = {}
    for figures in findings:
        numbers: dict[str, int | None] = {}
        percent: dict[str, Decimal | None] = {}
        for answer in figures.answers:
            label = _new_name(answer.label, numbers)
            numbers[label] = answer.number
            percent[label] = None if answer.share is None else answer.share.percent
        content[figures.key] = {
            "asked": figures.asked,
            "answered": figures.shown_answered,
            "not_checked": figures.not_checked,
            "answers": numbers,
            "percent": percent,
            **({} if figures.numbers is None else asdict(figures.numbers)),
        }
    return content


def _by_site(
    figures: SchemeFigures, custody: CustodyAnswers | None, findings: SiteFindings
) -> dict[str, Any]:
    """What was counted at each site in use or visited: the sums are the scheme's figures.
    `in_use_by`: nobody said when it opened, so visits are due from its first visit on that day."""
    content: dict[str, Any] = {}
    for site in figures.sites:
        if site.is_counted:
            content[_new_name(site.name, content)] = {
                **_counted(figures.by_site[site.site_id]),
                "in_use_by": site.opened_unknown and site.opened_unknown.isoformat(),
                "requests": requests_of_site(custody, site.site_id),
                "findings": _findings(findings.get(site.site_id, ())),
            }
    return content


def _by_group(figures: SchemeFigures, custody: CustodyAnswers | None) -> dict[str, Any]:
    """What was counted in each group of sites: for each kind, the sums are the scheme's figures."""
    content: dict[str, Any] = {}
    requests = requests_of_groups(figures, custody)
    own = {item.group.id: item.target for item in figures.group_targets}
    for line in figures.by_group:
        content[_new_name(line.name, content)] = {
            "kind": line.kind.value,
            **_counted(line.counted),
            "target": _of_group(line, own),
            "requests": of_requests(requests.get(line_key(line))),
            "findings": _findings(line.findings),
        }
    return content


def _counted(counted: CountedFigures) -> dict[str, Any]:
    return {
        "visits": _visits(counted.attempts),
        "access": _access(counted.access),
        "detainees": _detainees(counted.people),
        "not_visited": _not_visited(counted.people),
        "issues": of_issues(counted.issues),
        "hours": counted.hours,
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "expected": target.expected,
        "done": target.done,
        "percent": target.visits.percent,
        "weeks_due": target.due,
        "weeks_met": target.met,
    }


def _of_group(line: GroupFigures, own: Mapping[UUID, Target]) -> dict[str, Any]:
    """The target of a group as a whole, if it has one; otherwise those of its sites added up."""
    if line.group is None or line.group.id not in own:
        return _target(line.target)
    return {**_target(own[line.group.id]), "own": True}


def _new_name(name: str, names: Container[str]) -> str:
    """A name; with a number if it is taken, as sites of two schemes may have the same."""
    new, number = name, 1
    while new in names:
        number += 1
        new = f"{name} ({number})"
    return new


def _visits(attempts: Attempts) -> dict[str, Any]:
    return {
        "total": attempts.completed,
        "attempted": attempts.attempted,
        "abandoned": attempts.abandoned,
        "refused_entry": attempts.refused_entry,
        "site_closed": attempts.site_closed,
        "by_mode": dict(attempts.by_mode),
    }


def _coverage(coverage: Sequence[SiteCoverage]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for site in coverage:
        content[_new_name(site.site_name, content)] = {
            "days": [day.label for day in site.grid.days],
            "bands": [band.label for band in site.grid.bands],
            "counts": [list(row) for row in site.counts],
            "row_totals": list(site.row_totals),
            "column_totals": list(site.column_totals),
            "total": site.total,
            "outside_grid": site.outside,
            "cells": site.cells_due,
            "cells_visited": site.cells_visited,
        }
    return content


def _access(access: AccessFigures) -> dict[str, Any]:
    return {
        "immediate": access.immediate,
        "delay_6_15": access.delay,
        "delay_over_15": access.long,
        "not_admitted": access.not_admitted,
        "not_applicable": access.not_applicable,
        "percent_immediate": access.immediate_share.percent,
        **({"not_known": access.unknown} if access.unknown else {}),
    }


def _detainees(people: PeopleFigures) -> dict[str, Any]:
    shares = people.shares
    return {
        "throughput": people.throughput,
        "in_custody": people.present,
        **{part: getattr(people, part) for part in _PARTS},
        "percent": {part: shares[part].percent for part in _PARTS},
    }


def _not_visited(people: PeopleFigures) -> dict[str, Any]:
    """Why people were neither seen nor refused, as shares of all of them."""
    rows = people.why_not_visited
    numbers: dict[str, int] = {}
    percent: dict[str, Decimal | None] = {}
    for row in rows:
        part = _PARTS_IN_WORDS[row.part]
        words = part if row.part == "asleep" else row.reason or f"{part}, reason not recorded"
        name = _new_name(words, numbers)
        numbers[name], percent[name] = row.number, row.share.percent
    return {"total": people.not_visited, "by_reason": numbers, "percent": percent}


def _animals(animals: AnimalFigures) -> dict[str, Any]:
    by_species: dict[str, Any] = {}
    for species in animals.by_species:
        by_species[_new_name(species.label, by_species)] = _those(species)
    return {**_those(animals), "by_species": by_species}


def _those(animals: AnimalFigures | SpeciesFigures) -> dict[str, Any]:
    strength, injuries = animals.strength, animals.injuries
    return {
        "seen": animals.seen,
        "on_strength_start": strength.at_start,
        "joined": strength.joined,
        "retired": strength.retired,
        "on_strength_end": strength.at_end,
        "seen_in_six_months": strength.seen_recently,
        "percent_seen_in_six_months": strength.seen_share.percent,
        "visits_per_animal": animals.visits_per_animal,
        "injuries": {
            "checked": injuries.checked,
            "number": injuries.number,
            "recovered": injuries.recovered,
            "by_kind": dict(injuries.by_kind),
        },
    }
