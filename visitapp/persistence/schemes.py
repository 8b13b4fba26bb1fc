"""The office, its schemes and everything that affects their figures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, insert, select, text

from visitapp.domain.errors import BadInputError
from visitapp.domain.office import same_site as same_sites
from visitapp.domain.office.codes import Code, CodeBook
from visitapp.domain.office.grid import Band, DayGroup, Grid
from visitapp.domain.office.minimum import Minimum
from visitapp.domain.office.scheme import (
    ISSUE_DAYS,
    EarlierTotal,
    Kind,
    Office,
    Rate,
    Scheme,
    Throughput,
    award_years,
)
from visitapp.domain.office.site import OpenPeriod, Site, SiteKind
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period
from visitapp.persistence import bodies, same_site, volunteer_settings
from visitapp.persistence import tables as t
from visitapp.persistence.days_off import days_off_by_scheme, save_days_off
from visitapp.persistence.groups import memberships_by_site, save_memberships
from visitapp.persistence.handovers import handovers_by_scheme, save_handovers
from visitapp.persistence.rows import remove_row, save_parts, save_row
from visitapp.persistence.targets import save_targets, targets_by_site


def office(connection: Connection) -> Office | None:
    """The office of this file; None if the file is still empty."""
    row = connection.execute(select(t.office)).first()
    if row is None:
        return None
    return Office(
        row.id,
        row.name,
        row.area,
        row.made_up_note,
        row.today,
        row.crest or b"",
        row.version,
        bodies.bodies(connection),
        award_years(row.award_years) or (),
        row.word_template or b"",
        bool(row.numbers_paragraphs),
        volunteer_settings.mileage_rates(connection),
    )


def save_office(connection: Connection, item: Office) -> None:
    """Write the office."""
    values = {
        "id": item.id,
        "name": item.name,
        "area": item.area,
        "made_up_note": item.made_up_note,
        "today": item.today,
        "crest": item.crest or None,
        "award_years": ",".join(map(str, item.award_years)),
        "word_template": item.word_template or None,
        "numbers_paragraphs": item.numbers_paragraphs or None,
    }
    version = save_row(connection, t.office, values, item.version)
    bodies.save(connection, item.id, item.bodies, version)
    volunteer_settings.save_mileage_rates(connection, item.id, item.mileage_rates, version)


def schemes(connection: Connection) -> list[Scheme]:
    """The office's schemes, custody first; those of a kind in the order in which they began."""
    handovers = handovers_by_scheme(connection)
    days_off = days_off_by_scheme(connection)
    minimums = volunteer_settings.minimums_by_scheme(connection)
    in_order = t.scheme.c.kind.desc(), text("scheme.rowid")
    rows = connection.execute(select(t.scheme).order_by(*in_order)).all()
    return [
        Scheme(
            id=r.id,
            kind=Kind(r.kind),
            name=r.name,
            immediate_limit=r.immediate_limit,
            delay_limit=r.delay_limit,
            version=r.version,
            issue_days=ISSUE_DAYS if r.issue_days is None else r.issue_days,
            handovers=handovers[r.id],
            moments_to_pairs=r.moments_to_pairs,
            remote_counts=r.remote_counts is not False,
            law=None if r.law is None else VisitLaw(r.law),
            visitors_keep_days=r.visitors_keep_days,
            two_pairs=bool(r.two_pairs),
            days_off=days_off[r.id],
            is_one_of_several=sum(other.kind == r.kind for other in rows) > 1,
            minimum=minimums.get(r.id, Minimum()),
        )
        for r in rows
    ]


def scheme(connection: Connection, scheme_id: UUID) -> Scheme:
    """One scheme. Raises BadInputError if the office doesn't run it."""
    for item in schemes(connection):
        if item.id == scheme_id:
            return item
    raise BadInputError("This office doesn't run that scheme.")


def save_scheme(connection: Connection, item: Scheme, office_id: UUID) -> None:
    """Write a scheme of the office."""
    values = {
        "id": item.id,
        "scheme_id": item.id,
        "office_id": office_id,
        "kind": item.kind.value,
        "name": item.name,
        "immediate_limit": item.immediate_limit,
        "delay_limit": item.delay_limit,
        "issue_days": item.issue_days,
        "moments_to_pairs": item.moments_to_pairs,
        "remote_counts": None if item.remote_counts else False,
        "law": None if item.law is None else item.law.value,
        "visitors_keep_days": item.visitors_keep_days,
        "two_pairs": item.two_pairs or None,
    }
    version = save_row(connection, t.scheme, values, item.version)
    save_handovers(connection, item.id, version, item.handovers)
    save_days_off(connection, item.id, version, item.days_off)
    volunteer_settings.save_minimum(connection, item.id, version, item.minimum)


def codes(connection: Connection, scheme_id: UUID) -> CodeBook:
    """All coded values of a scheme."""
    rows = connection.execute(select(t.code).where(t.code.c.scheme_id == scheme_id))
    return CodeBook.of(
        Code(
            r.id, r.scheme_id, r.list_name, r.code, r.label, r.position, r.group_name,
            r.active_from, r.active_to, r.version,
        )
        for r in rows
    )  # fmt: skip


def codes_of_group(
    connection: Connection, list_name: str, group: str
) -> defaultdict[UUID, tuple[str, ...]]:
    """The codes of one group of a list, by scheme."""
    by_scheme: defaultdict[UUID, tuple[str, ...]] = defaultdict(tuple)
    query = select(t.code.c.scheme_id, t.code.c.code).where(
        t.code.c.list_name == list_name, t.code.c.group_name == group
    )
    for scheme_id, code in connection.execute(query):
        by_scheme[scheme_id] = (*by_scheme[scheme_id], code)
    return by_scheme


def _code_values(item: Code) -> dict[str, Any]:
    return {
        "id": item.id,
        "scheme_id": item.scheme_id,
        "list_name": item.list_name,
        "code": item.code,
        "label": item.label,
        "position": item.position,
        "group_name": item.group,
        "active_from": item.active_from,
        "active_to": item.active_to,
    }


def insert_codes(connection: Connection, items: Iterable[Code]) -> None:
    """Write the codes of a new scheme."""
    rows = [_code_values(item) for item in items]
    if rows:
        connection.execute(insert(t.code), rows)


def save_code(connection: Connection, item: Code) -> None:
    """Write one coded value."""
    save_row(connection, t.code, _code_values(item), item.version)


def grids(connection: Connection) -> list[Grid]:
    """All grids, by name."""
    days: dict[UUID, list[DayGroup]] = defaultdict(list)
    bands: dict[UUID, list[Band]] = defaultdict(list)
    for row in connection.execute(select(t.grid_day).order_by(t.grid_day.c.position)):
        days[row.grid_id].append(DayGroup(row.label, tuple(int(day) for day in row.weekdays)))
    for row in connection.execute(select(t.grid_band).order_by(t.grid_band.c.position)):
        bands[row.grid_id].append(Band(row.start_minute, row.end_minute, row.label))
    return [
        Grid(r.id, r.scheme_id, r.name, tuple(days[r.id]), tuple(bands[r.id]), r.version)
        for r in connection.execute(select(t.grid).order_by(t.grid.c.name))
    ]


def save_grid(connection: Connection, item: Grid) -> None:
    """Write a grid with its rows and bands."""
    values = {"id": item.id, "scheme_id": item.scheme_id, "name": item.name}
    version = save_row(connection, t.grid, values, item.version)
    days: Iterator[dict[str, Any]] = (
        {"label": group.label, "weekdays": "".join(str(day) for day in group.weekdays)}
        for group in item.days
    )
    bands: Iterator[dict[str, Any]] = (
        {"label": band.label, "start_minute": band.start, "end_minute": band.end}
        for band in item.bands
    )
    for table, parts in ((t.grid_day, days), (t.grid_band, bands)):
        numbered = (
            (str(position), part | {"position": position, "scheme_id": item.scheme_id})
            for position, part in enumerate(parts)
        )
        save_parts(connection, table, {"grid_id": item.id}, version, numbered)


def sites(connection: Connection) -> list[Site]:
    """All sites in their order, with their open periods, targets and groups; without those that
    count under another site."""
    return same_sites.united(entered_sites(connection), same_site.kept_of(connection))


def site_names(connection: Connection) -> dict[UUID, str]:
    """The names of all sites by id; of one that counts under another the name of that."""
    kept = same_site.kept_of(connection)
    names = {row.id: row.name for row in connection.execute(select(t.site.c.id, t.site.c.name))}
    return {site_id: names[kept.get(site_id, site_id)] for site_id in names}


def entered_sites(connection: Connection) -> list[Site]:
    """The same as they were entered, each with its own days."""
    targets = targets_by_site(connection)
    groups = memberships_by_site(connection)
    open_periods: dict[UUID, list[OpenPeriod]] = defaultdict(list)
    for row in connection.execute(select(t.site_open).order_by(t.site_open.c.start_on)):
        open_periods[row.site_id].append(OpenPeriod(row.start_on, row.end_on, row.in_use_by))
    return [
        Site(
            r.id, r.scheme_id, SiteKind(r.kind), r.name, r.grid_id, r.cells,
            tuple(open_periods[r.id]), r.position, r.version,
            targets[r.id], groups[r.id],
        )
        for r in connection.execute(select(t.site).order_by(t.site.c.position, t.site.c.name))
    ]  # fmt: skip


def save_site(connection: Connection, item: Site) -> None:
    """Write a site with its open periods, targets and groups. Raises BadInputError for changed days
    of a site that counts under it."""
    own = _own_periods(connection, item)
    values = {
        "id": item.id,
        "scheme_id": item.scheme_id,
        "kind": item.kind.value,
        "name": item.name,
        "cells": item.cells,
        "grid_id": item.grid_id,
        "position": item.position,
    }
    version = save_row(connection, t.site, values, item.version)
    periods = (
        (
            str(number),
            {
                "scheme_id": item.scheme_id,
                "start_on": period.start,
                "end_on": period.end,
                "in_use_by": period.in_use_by,
            },
        )
        for number, period in enumerate(sorted(own, key=lambda p: p.start))
    )
    save_parts(connection, t.site_open, {"site_id": item.id}, version, periods)
    save_targets(connection, item.scheme_id, item.id, version, item.targets)
    save_memberships(connection, item.scheme_id, item.id, version, item.groups)


def _own_periods(connection: Connection, item: Site) -> tuple[OpenPeriod, ...]:
    kept = same_site.kept_of(connection)
    if item.id not in kept.values():
        return item.open_periods
    entered = {site.id: site for site in entered_sites(connection)}
    others = [entered[site_id] for site_id, by in kept.items() if by == item.id]
    own = same_sites.own_periods(item.open_periods, entered[item.id].open_periods, others)
    if own is None:
        raise BadInputError(
            "These days come from a site that counts together with this one. Undo that first."
        )
    return own


def rates(connection: Connection, scheme_id: UUID) -> list[Rate]:
    """A scheme's rates, oldest first."""
    rows = connection.execute(
        select(t.rate).where(t.rate.c.scheme_id == scheme_id).order_by(t.rate.c.from_on)
    )
    return [
        Rate(r.id, r.scheme_id, r.from_on, Decimal(r.pound_ten_thousandths) / 10000, r.version)
        for r in rows
    ]


def save_rate(connection: Connection, item: Rate) -> None:
    """Write a rate."""
    values = {
        "id": item.id,
        "scheme_id": item.scheme_id,
        "from_on": item.from_on,
        "pound_ten_thousandths": int(item.gbp_per_hour * 10000),
    }
    save_row(connection, t.rate, values, item.version)


def throughputs(connection: Connection, scheme_id: UUID) -> list[Throughput]:
    """The force's counts of a scheme's sites, oldest first."""
    rows = connection.execute(
        select(t.throughput)
        .where(t.throughput.c.scheme_id == scheme_id)
        .order_by(t.throughput.c.start_on, t.throughput.c.site_id)
    )
    return [
        Throughput(r.id, r.scheme_id, r.site_id, Period(r.start_on, r.end_on), r.number, r.version)
        for r in rows
    ]


def save_throughput(connection: Connection, item: Throughput) -> None:
    """Write one of the force's counts."""
    values = {
        "id": item.id,
        "scheme_id": item.scheme_id,
        "site_id": item.site_id,
        "start_on": item.period.start,
        "end_on": item.period.end,
        "number": item.number,
    }
    save_row(connection, t.throughput, values, item.version)


def earlier_totals(connection: Connection, scheme_id: UUID) -> list[EarlierTotal]:
    """Figures of years known only as totals, oldest first."""
    rows = connection.execute(
        select(t.earlier_total)
        .where(t.earlier_total.c.scheme_id == scheme_id)
        .order_by(t.earlier_total.c.start_on, t.earlier_total.c.figure)
    )
    return [
        EarlierTotal(r.id, r.scheme_id, Period(r.start_on, r.end_on), r.figure, r.number, r.version)
        for r in rows
    ]


def save_earlier_total(connection: Connection, item: EarlierTotal) -> None:
    """Write a total of an earlier year."""
    values = {
        "id": item.id,
        "scheme_id": item.scheme_id,
        "start_on": item.period.start,
        "end_on": item.period.end,
        "figure": item.figure,
        "number": item.number,
    }
    save_row(connection, t.earlier_total, values, item.version)


_REMOVABLE: dict[type, Table] = {
    Rate: t.rate,
    Throughput: t.throughput,
    EarlierTotal: t.earlier_total,
}


def remove(connection: Connection, item: Rate | Throughput | EarlierTotal) -> None:
    """Delete an entry that was made by hand."""
    remove_row(connection, _REMOVABLE[type(item)], item.id, item.version)
