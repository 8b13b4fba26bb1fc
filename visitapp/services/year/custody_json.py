"""Requests, gaps in records and offers for other programs, as they may be published: `null` for
what may not, and for what isn't known."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from visitapp.domain.figures import Share
from visitapp.domain.office.group import GroupKind
from visitapp.domain.year.custody_answers import (
    CustodyAnswers,
    GapFigures,
    OffersCompared,
    RecordFigures,
    RequestFigures,
    RequestPart,
    published_parts,
)
from visitapp.domain.year.summary import GroupFigures, SchemeFigures

_DECIMALS = 4


def of_custody(answers: CustodyAnswers | None) -> dict[str, Any]:
    """The keys `requests`, `records` and `offers` of a custody scheme. Where no report has a
    request, it isn't known how many there were: earlier reports and imported ones say nothing of
    them. None for a copy to read, which has no answers."""
    shown = CustodyAnswers() if answers is None else answers.published()
    requests = of_requests(shown.requests if shown.requests.raised else None)
    return {
        "requests": {**requests, "by_kind": _by_kind(shown.requests)},
        "records": _records(shown.records),
        "offers": _offers(shown.offers),
    }


def of_requests(figures: RequestFigures | RequestPart | None) -> dict[str, Any]:
    """Requests raised and resolved; None if they aren't known."""
    if figures is None:
        return {"raised": None, "resolved": None, "percent": None}
    return {
        "raised": figures.raised,
        "resolved": figures.resolved,
        "percent": _percent(figures.share),
    }


def requests_of_site(custody: CustodyAnswers | None, site_id: UUID) -> dict[str, Any]:
    """Those of one site, as they may be published."""
    if custody is None or not custody.requests.raised:
        return of_requests(None)
    return of_requests(custody.published().by_site.get(site_id, RequestPart()))


LineKey = tuple[GroupKind, UUID | None]


def line_key(line: GroupFigures) -> LineKey:
    """The kind of group and the group; None for those of no group of this kind."""
    return line.kind, None if line.group is None else line.group.id


def requests_of_groups(
    figures: SchemeFigures, custody: CustodyAnswers | None
) -> dict[LineKey, RequestPart]:
    """The requests of each group: of none where those of a site can't be published, since sites and
    groups together could give them away."""
    known: dict[LineKey, RequestPart] = {}
    if custody is None or not custody.requests.raised:
        return known
    if any(site.share is None for site in custody.published().by_site.values()):
        return known
    for kind in {line.kind for line in figures.by_group}:
        lines = [line for line in figures.by_group if line.kind is kind and line.requests]
        parts = [RequestPart(r.raised, r.resolved) for line in lines if (r := line.requests)]
        known |= zip(map(line_key, lines), published_parts(parts), strict=True)
    return known


def _by_kind(figures: RequestFigures) -> dict[str, Any]:
    return _by_label((kind.label, of_requests(kind)) for kind in figures.by_kind)


def _records(figures: RecordFigures) -> dict[str, Any]:
    whole = _gap(figures.any_gap)
    return {
        "checked": figures.checked,
        "with_gap": whole.pop("number"),
        **whole,
        "by_kind": _by_label((gap.label, _gap(gap)) for gap in figures.by_kind),
    }


def _gap(gap: GapFigures) -> dict[str, Any]:
    interval = gap.interval
    return {
        "number": gap.number,
        "percent": _percent(gap.share),
        "interval_95": None if interval is None else {"low": interval.low, "high": interval.high},
    }


def _offers(compared: OffersCompared) -> dict[str, Any]:
    likelihood = compared.likelihood
    return {
        "by_maker": _by_label(
            (
                maker.label,
                {
                    "offers": maker.offers,
                    "accepted": maker.accepted,
                    "percent": _percent(maker.share),
                },
            )
            for maker in compared.by_maker
        ),
        "mid_p": None if likelihood is None else round(float(likelihood), _DECIMALS),
        "may_be_chance": compared.is_chance,
    }


def _percent(share: Share | None) -> Any:
    return None if share is None else share.percent


def _by_label(entries: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """By label; with a number if a label is taken, as a scheme may word two answers alike."""
    content: dict[str, Any] = {}
    for label, value in entries:
        name, number = label, 1
        while name in content:
            number += 1
            name = f"{label} ({number})"
        content[name] = value
    return content
