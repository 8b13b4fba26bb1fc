"""The section of the annual report on groups of sites: there where groups are. The totals of all
tables are added up in `test_annual_figures.py`, with the demonstration's panels."""

from dataclasses import replace
from uuid import UUID

from tests.reporting.published_year import custody, kennels, published_year
from tests.reporting.test_annual_figures import check_totals
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.target import VisitTarget
from visitapp.domain.year.attempts import Target
from visitapp.domain.year.group_target import GroupTargetFigures
from visitapp.domain.year.register import PanelVolunteers
from visitapp.domain.year.summary import CategoryFigures, GroupFigures, IssueFigures
from visitapp.reporting.annual import annual_report
from visitapp.reporting.annual.checks import checks
from visitapp.reporting.blocks import BulletList, Heading, Paragraph, Table, Terms, plain


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
    force, company = of_sites(suites, GroupKind.OPERATOR, ["Force", "Company"])
    operators = (replace(force, target=company.target), replace(company, target=force.target))
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


def turned(table):
    """The lines of a table that has a column for each, the whole last."""
    return list(zip(*table.rows, strict=True))


def test_groups_of_one_site_each_are_not_printed_twice():
    suites = custody()
    panels = of_sites(suites, GroupKind.PANEL, ["West", "East"])
    year = published_year()
    summary = replace(year, schemes={Kind.CUSTODY: replace(suites, by_group=panels)})
    assert section_of(summary) is None
    terms = next(block for block in annual_report(summary).blocks() if isinstance(block, Terms))
    assert dict(terms.entries)["Panel"] == (
        "Each panel has one site, and its figures are those of the site: West has Euston Street "
        "and East has Keyham Lane."
    )
    others = replace(panels[0], target=replace(panels[0].target, met=0)), panels[1]
    custody_of = replace(suites, by_group=others)
    assert section_of(replace(year, schemes={Kind.CUSTODY: custody_of})) is not None


def test_tables_of_groups_add_up():
    year = with_groups()
    suites = {Kind.CUSTODY: year.schemes[Kind.CUSTODY]}
    check_totals(annual_report(replace(year, schemes=suites)))


def of_caption(summary, caption):
    tables = annual_report(summary).tables()
    return next((table for table in tables if table.caption == caption), None)


BY_SUITE = (
    "Visits by time from arrival to admittance",
    "What happened, and to how many",
    "Reasons for not being offered or seen",
    "Issues raised, by suite",
)
OF_MANY = "Reasons for not being offered or seen, by suite"


def test_suites_that_were_visited_have_lines_of_their_own():
    waits, people, reasons, issues = (of_caption(published_year(), each) for each in BY_SUITE)
    names = ["Euston Street", "Keyham Lane"]
    for table in (waits, people, reasons):
        assert [column.head for column in table.columns[-2:]] == names
    assert [row[1:2] + row[3:] for row in (*waits.rows, waits.total)] == [
        ("91", "46", "45"), ("1", "1", "0"), ("9", "4", "5"), ("101", "51", "50"),
    ]  # fmt: skip
    spoke = next(row for row in people.rows if row[0].endswith("spoke with visitors"))
    assert (spoke[1], *spoke[4:]) == ("365", "195", "170")
    assert (people.total[1], *people.total[4:]) == ("1,096", "594", "502")
    words = " ".join(plain(b.runs) for b in annual_report(published_year()).blocks()
                     if isinstance(b, Paragraph))  # fmt: skip
    assert "At Euston Street" in words
    assert "detained in the year; at Keyham Lane" not in words
    interview = next(row for row in reasons.rows if row[0] == "In interview")
    assert (*interview[:3], *interview[4:]) == ("In interview", "Not available", "120", "66", "54")
    assert (reasons.total[2], *reasons.total[4:]) == ("689", "377", "312")
    assert turned(issues)[0][3] == "All issues"
    assert [line[3] for line in turned(issues)[1:]] == ["37", "24", "61"]


def test_reasons_at_many_suites_stand_below_one_another():
    figures = custody()
    first, second, _ = figures.sites
    extra = [replace(second, site_id=UUID(int=70 + at), name=f"Suite {at}") for at in range(3)]
    of_second = figures.by_site[second.site_id]
    many = replace(
        figures,
        sites=(first, second, *extra),
        by_site={**figures.by_site, **{site.site_id: of_second for site in extra}},
    )
    table = of_caption(replace(published_year(), schemes={Kind.CUSTODY: many}), OF_MANY)
    assert ("Suite 2", "In interview", "Not available", "54") in table.rows
    assert len(table.rows) == 5 * 7


def test_with_one_suite_visited_nothing_stands_twice():
    figures = custody()
    nothing = figures.by_site[figures.sites[2].site_id]
    by_site = {**figures.by_site, figures.sites[1].site_id: nothing}
    alone = replace(published_year(), schemes={Kind.CUSTODY: replace(figures, by_site=by_site)})
    assert of_caption(alone, BY_SUITE[3]) is None
    of_both = [of_caption(alone, each) for each in BY_SUITE[:3]]
    heads = [column.head for table in of_both for column in table.columns]
    assert not {"Euston Street", "Keyham Lane"} & set(heads)


def test_issues_at_several_kennels_are_listed_by_site():
    year, dogs = published_year(), kennels()
    first = dogs.sites[0]
    sites = (first, replace(first, site_id=UUID(int=90), name="Other kennels"))
    counted = custody().by_site[custody().sites[0].site_id]
    several = replace(
        dogs,
        sites=sites,
        by_site={site.site_id: counted for site in sites},
        issues=replace(dogs.issues, by_category=(CategoryFigures("FOOD", "Food", 60, 12, 2),)),
    )
    schemes = {**year.schemes, Kind.ANIMAL_WELFARE: several}
    table = of_caption(replace(year, schemes=schemes), "Issues raised, by site")
    assert [line[3] for line in turned(table)[1:]] == ["37", "37", "74"]


def test_sites_that_do_not_add_up_are_named_before_the_report_is_published():
    year, figures = published_year(), custody()
    first = figures.sites[0].site_id
    counted = figures.by_site[first]
    for changed, words in (
        (replace(counted, access=replace(counted.access, delay=2)), "waits by site"),
        (replace(counted, people=replace(counted.people, asleep=1)), "people by site"),
        (replace(counted, issues=IssueFigures()), "issues by site"),
    ):
        wrong = replace(figures, by_site={**figures.by_site, first: changed})
        (totals, *_) = checks(replace(year, schemes={Kind.CUSTODY: wrong}), ())
        assert words in totals.sentence
    (totals, *_) = checks(year, ())
    assert totals.good


def test_few_people_with_a_reason_at_a_suite_are_named_to_the_manager():
    year, figures = published_year(), custody()
    first = figures.sites[0].site_id
    counted = figures.by_site[first]
    reasons = {"not_offered": (("Aggressive", 37), ("Intoxicated", 3))}
    few = replace(counted, people=replace(counted.people, reasons=reasons))
    by_site = {**figures.by_site, first: few}
    schemes = {Kind.CUSTODY: replace(figures, by_site=by_site)}
    warned = [check.sentence for check in checks(replace(year, schemes=schemes), ())]
    sentence = "One number of fewer than 5 people is printed with a reason and a suite."
    assert any(each.startswith(sentence) for each in warned)
    warned = [check.sentence for check in checks(year, ())]
    assert not any("a reason and a suite" in each for each in warned)


def test_sites_of_no_panel_have_a_line_of_their_own():
    tables = annual_report(with_groups()).tables()
    table = next(t for t in tables if t.caption == "Visits due and made, by panel")
    assert [column.head for column in table.columns[1:]] == ["West", "In no panel", "All"]
    assert [line[1] for line in turned(table)[1:]] == ["51", "50", "101"]


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


def test_a_target_of_a_group_as_a_whole_is_said_below_the_table():
    year, week = with_groups(), VisitTarget()
    suites = year.schemes[Kind.CUSTODY]
    line = suites.by_group[0]
    of_west = (replace(line, target=Target(0, 0, 0, 0)), *suites.by_group[1:])
    for target, sentence in (
        (Target(52, 51, 52, 50), "51 of 52 visits due (98.1%); 50 of 52 weeks due had a visit."),
        (Target(52, 60, 52, 52), "60 visits, 8 more than the 52 due (115.4%); 52 of 52 weeks due "
                                 "had a visit."),
        (Target(1, 0, 1, 0), "none of one visit due (0.0%); none of one week due had a visit."),
        (Target(0, 2, 0, 0), "no visit was due; 2 were made."),
    ):  # fmt: skip
        whole = (GroupTargetFigures(line.group, target, None, (week,)),)
        changed = replace(suites, by_group=of_west, group_targets=whole)
        section = section_of(replace(year, schemes={Kind.CUSTODY: changed}))
        (items,) = (block.items for block in section.blocks if isinstance(block, BulletList))
        words = "".join(run.text for run in items[0].runs)
        assert words == f"West, once a week: {sentence}"
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert table.columns[1].head == "West"
    assert turned(table)[1] == ("none", "none", "as a whole", "as a whole")
