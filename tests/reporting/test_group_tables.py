"""The section of the annual report on groups of sites: there where groups are. The totals of all
tables are added up in `test_annual_figures.py`, with the demonstration's panels."""

from dataclasses import replace
from uuid import UUID

from tests.reporting.published_year import custody, kennels, published_year
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.scheme import Kind
from visitapp.domain.year.register import PanelVolunteers
from visitapp.domain.year.summary import GroupFigures
from visitapp.reporting.annual import annual_report
from visitapp.reporting.annual.checks import checks
from visitapp.reporting.blocks import Heading, Table


def of_sites(figures, kind, names):
    """A line for each site; the last is of no group."""
    lines = []
    for site, name in zip(figures.sites, names, strict=False):
        group = name and SiteGroup(UUID(int=len(name)), figures.scheme.id, kind, name)
        lines.append(GroupFigures(kind, group or None, figures.by_site[site.site_id], site.target))
    return tuple(lines)


def with_groups():
    suites, dogs = custody(), kennels()
    panels = of_sites(suites, GroupKind.PANEL, ["West", ""])
    operators = of_sites(suites, GroupKind.OPERATOR, ["Force", "Company"])
    regions = of_sites(dogs, GroupKind.REGION, ["North"])
    year = published_year()
    return replace(
        year,
        schemes={
            Kind.CUSTODY: replace(suites, by_group=panels + operators),
            Kind.ANIMAL_WELFARE: replace(dogs, by_group=regions),
        },
    )


def section_of(summary):
    sections = annual_report(summary).sections
    return next((section for section in sections if section.key == "groups"), None)


def test_there_is_no_section_without_groups():
    assert section_of(published_year()) is None


def test_each_kind_of_group_has_its_tables():
    section = section_of(with_groups())
    assert section.title == "Panels, regions and operators"
    headings = [block.text for block in section.blocks if isinstance(block, Heading)]
    assert headings == ["Each panel", "Each operator", "Each region of kennels"]
    captions = [block.caption for block in section.blocks if isinstance(block, Table)]
    assert captions[:6] == [
        "Visits due and made, by panel",
        "What was counted, by panel",
        "Visits by time from arrival to admittance, by panel",
        "People in the cells at the time of a visit, by panel",
        "Reasons for not being offered or seen, by panel",
        "Issues raised, by panel",
    ]
    assert captions[-3:] == [
        "Visits due and made, by region", "What was counted, by region", "Issues raised, by region",
    ]  # fmt: skip


def test_sites_of_no_panel_have_a_line_of_their_own():
    tables = annual_report(with_groups()).tables()
    table = next(t for t in tables if t.caption == "Visits due and made, by panel")
    assert [row[0] for row in (*table.rows, table.total)] == ["West", "In no panel", "All"]
    assert [row[2] for row in (*table.rows, table.total)] == ["51", "50", "101"]


def test_volunteers_are_counted_by_panel():
    year = published_year()
    west = SiteGroup(UUID(int=7), UUID(int=10), GroupKind.PANEL, "West")
    register = year.volunteers[Kind.CUSTODY]
    lines = (PanelVolunteers(west, 10, 0, 1, 2, 11), PanelVolunteers(None, 8, 0, 1, -2, 5))
    changed = {**year.volunteers, Kind.CUSTODY: replace(register, by_panel=lines)}
    tables = annual_report(replace(year, volunteers=changed)).tables()
    table = next(t for t in tables if t.caption == "Visitors by panel")
    assert table.rows == (
        ("West", "10", "0", "1", "+2", "11"), ("In no panel", "8", "0", "1", "\u22122", "5"),
    )  # fmt: skip
    assert table.total == ("All", "18", "0", "2", "0", "16")


def test_groups_that_do_not_add_up_are_named_before_the_report_is_published():
    year = with_groups()
    figures = year.schemes[Kind.CUSTODY]
    changed = replace(figures, by_group=figures.by_group[:1])
    (totals, *_) = checks(replace(year, schemes={Kind.CUSTODY: changed}), ())
    assert not totals.good
    assert "visits by panel" in totals.sentence
    (totals, *_) = checks(year, ())
    assert "visits by panel" not in totals.sentence
