"""The year's figures as Home shows them."""

from visitapp.domain.dataclass import dataclass
from visitapp.domain.figures import Share, single_share
from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.wording import capitalised, count_text, number_of, out_of
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.summary import SchemeFigures, spans_clause
from visitapp.domain.year.target_words import target_clause


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its total, and a line about what it is made of."""

    number: str
    words: str
    share: Share
    note: str


@dataclass(frozen=True, slots=True)
class ShareBars:
    """Counts by label, and what an equal share would be."""

    title: str
    rows: tuple[tuple[str, int], ...]
    note: str


def year_figures(figures: SchemeFigures) -> tuple[Figure, ...]:
    """Four figures for custody, or those of a kennels scheme; a figure without a total is left
    out."""
    figures = figures.judged()
    all_figures = [_visits(figures)]
    if figures.scheme.kind is Kind.CUSTODY:
        all_figures += [_access(figures), _cells(figures), _people(figures)]
    else:
        all_figures += [_cells(figures)]
    return tuple(figure for figure in all_figures if figure.share.whole)


def times_of_day(figures: SchemeFigures) -> ShareBars | None:
    """Visits by time band, if all sites have the same bands."""
    shown = _in_use(figures)
    bands = {tuple(band.label for band in site.grid.bands) for site in shown}
    if len(bands) != 1:
        return None
    labels = bands.pop()
    totals = [sum(column) for column in zip(*(s.column_totals for s in shown), strict=True)]
    whole = sum(totals)
    if not whole:
        return None
    least = min(range(len(totals)), key=lambda at: totals[at])
    share = single_share(totals[least], whole)
    note = (
        f"{out_of(totals[least], whole)} at {labels[least]} ({share.text}); "
        f"an equal share would be {round(whole / len(totals))}."
    )
    visits = number_of(whole, "visit")
    rows = tuple(zip(labels, totals, strict=True))
    return ShareBars(f"{visits} by time of day", rows, note)


def _visits(figures: SchemeFigures) -> Figure:
    target, whole = figures.target, figures.whole
    due = [site.target.due for site in figures.sites if site.target.due]
    is_custody = figures.scheme.kind is Kind.CUSTODY
    each = "Each open suite" if is_custody else capitalised(figures.animals.each_place)
    per = capitalised(target_clause(figures))
    if len({target.asks_for for target in figures.targets}) == 1:
        per = f"{each} {target_clause(figures)}"
    sites = "suites" if is_custody else figures.animals.places
    if len(due) == 1:
        note = f"{per}: {number_of(due[0], figures.unit)}"
    elif len(set(due)) == 1:
        note = f"{per}: {number_of(due[0], figures.unit)} \u00d7 {len(due)} {sites}"
    else:
        note = f"{per}: {number_of(sum(due), figures.unit)} due"
    if whole is None:
        words = f"of {count_text(target.expected)} visits"
    else:
        words = f"of {number_of(target.expected, 'visit')} due so far"
        note += f" so far; {number_of(whole.expected, 'visit')} in the whole year"
    if target.strays and (spans := spans_clause(figures)):
        note += f". {spans}."
    return Figure(count_text(target.done), words, target.visits, note)


def _access(figures: SchemeFigures) -> Figure:
    access = figures.access
    share = access.immediate_share
    low, high = access.immediate_limit, access.delay_limit
    parts = [f"{access.delay} waited {low + 1} to {high} minutes", f"{access.long} longer"]
    if access.not_admitted:
        parts.append(f"{access.not_admitted} not let in")
    if access.unknown:
        parts.append(f"of {access.unknown} the wait is not known")
    if access.unknown and not access.face_to_face:
        return Figure("\u2013", "waits are known", share, capitalised(parts[-1]))
    return Figure(
        count_text(access.immediate),
        f"of {count_text(access.face_to_face)} let in within {low} minutes",
        share,
        ", ".join(parts),
    )


def _in_use(figures: SchemeFigures) -> list[SiteCoverage]:
    open_ids = {site.site_id for site in figures.sites if site.was_open}
    return [site for site in figures.coverage if site.site_id in open_ids or site.total]


def _cells(figures: SchemeFigures) -> Figure:
    shown = _in_use(figures)
    visited, cells = sum(s.cells_visited for s in shown), sum(s.cells_due for s in shown)
    note = ", ".join(_slots_of(site) for site in shown)
    return Figure(
        count_text(visited),
        f"of {count_text(cells)} timeslots visited",
        single_share(visited, cells),
        note,
    )


def _slots_of(site: SiteCoverage) -> str:
    if site.is_due:
        return f"{site.site_name} {out_of(site.cells_visited, site.cells)}"
    visited = f"{site.cells_visited}, " if site.cells_visited else ""
    return f"{site.site_name} {visited}not in use"


def _people(figures: SchemeFigures) -> Figure:
    people = figures.people
    return Figure(
        count_text(people.seen),
        f"of {count_text(people.offered)} detainees agreed to talk",
        people.accepted_share,
        f"{count_text(people.refused)} refused; {out_of(people.offered, people.present)} in cells "
        "were offered",
    )
