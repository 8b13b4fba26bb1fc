"""Every figure of a scheme held against a plain loop over its visits."""

from decimal import Decimal

from tests.services.naive_figures import Naive, group_id_on, on_the_wall
from visitapp.domain.year.summary import by_kind

TARGET = ("expected", "due", "met", "done", "in_spans")
ENDINGS = ("completed", "abandoned", "refused_entry", "site_closed")


def assert_counted(figures, world):
    """Every figure of a scheme against the plain loop."""
    period = figures.period
    naive = Naive(world, figures.scheme, period.start, period.end)
    sites = naive.sites()
    assert_attempted(figures, naive)
    for site in figures.sites:
        expected = sites.pop(site.name)
        assert site.was_open == expected["open"]
        target = site.target
        for name in ("expected", "due", "met", "done", "in_spans"):
            assert getattr(target, name) == expected[name]
    assert not any(site["open"] or site["calls"] for site in sites.values())  # those left out
    for name in ("expected", "done", "due", "met", "in_spans"):
        total = getattr(figures.target, name) or 0  # of no site nothing is known
        assert total == sum(getattr(s.target, name) for s in figures.sites)
    assert_coverage(figures, naive)
    assert_hours_and_access(figures, naive)
    assert_people_and_animals(figures, naive)
    assert_by_site(figures, naive)
    assert_by_group(figures, naive)
    assert_issues(figures.issues, naive)
    assert [number for _, number in figures.by_month] == naive.visits_by_month()
    assert [number for _, number in figures.by_quarter] == naive.visits_by_quarter()


def assert_issues(issues, naive):
    def ends(figures):
        return [(each.label, each.at_visit, each.later, each.open) for each in figures]

    assert {
        "by_category": ends(issues.by_category),
        "by_severity": ends(issues.by_severity),
        "by_origin": list(issues.by_origin),
        "by_matter": ends(issues.by_matter),
        "positive": list(issues.positive),
        "by_month": [number for _, number in issues.by_month],
    } == naive.issues()
    allegations = issues.allegations.total
    less = sum(each.total for each in issues.less_serious)
    assert sum(each.total for each in issues.by_matter) == issues.total
    assert less + allegations == sum(n for _, n in issues.by_origin) == issues.total


def assert_by_site(figures, naive):
    """What was counted at each site, and that the parts add up to the scheme's figures."""
    assert list(figures.by_site) == [site.site_id for site in figures.sites]
    for site in figures.sites:
        assert_part(figures.by_site[site.site_id], naive.at(site.site_id))
    assert_parts_add_up(list(figures.by_site.values()), figures)


def assert_by_group(figures, naive):
    """What was counted in each group of each kind, and that each kind adds up to the scheme."""
    kinds = {line.kind.value for line in figures.by_group}
    shown = {site.site_id for site in figures.sites}
    assert kinds_of_groups(naive, shown) <= kinds <= kinds_of_groups(naive)
    for kind, lines in by_kind(figures.by_group).items():
        assert [line.group is None for line in lines].count(True) <= 1
        for line in lines:
            here = naive.in_group(kind, line.group and line.group.id)
            assert_part(line.counted, here)
            endings, modes, at_site = here.attempts()
            attempts = line.counted.attempts
            parts = {ending: getattr(attempts, ending) for ending in ENDINGS}
            assert parts == {ending: endings[ending] for ending in ENDINGS}
            assert (list(attempts.by_mode), attempts.at_site) == (modes, at_site)
            if naive.custody:
                assert line.counted.people.throughput == here.throughput()
            sites = here.sites().values()
            for name in TARGET:
                assert (getattr(line.target, name) or 0) == sum(site[name] for site in sites)
        assert_parts_add_up([line.counted for line in lines], figures)
        throughputs = [line.counted.people.throughput or 0 for line in lines]
        assert sum(throughputs) == (figures.people.throughput or 0)
        for name in TARGET:
            total = getattr(figures.target, name) or 0
            assert sum(getattr(line.target, name) or 0 for line in lines) == total


def kinds_of_groups(naive, site_ids=None):
    """The kinds of group that one of some sites was in on any day."""
    known = {group.id: group.kind.value for group in naive.world.groups}
    groups = {
        group_id_on(site, group.kind, day)
        for site in naive.own_sites()
        if site_ids is None or site.id in site_ids
        for group in naive.world.groups
        for day in [naive.first, *(m.from_on for m in site.groups)]
        if day and naive.first <= day <= naive.last
    }
    return {known[group_id] for group_id in groups if group_id}


def assert_part(counted, here):
    """What was counted at a site or in a group, against the plain loop over its visits."""
    access, reasons = here.access()
    assert {name: getattr(counted.access, name) for name in access} == access
    assert list(counted.access.reasons) == reasons
    assert_issues(counted.issues, here)
    assert counted.minutes == here.minutes()
    if here.custody:
        parts, listed, details = here.people()
        assert {part: getattr(counted.people, part) for part in parts} == parts
        assert {part: list(of) for part, of in counted.people.reasons.items()} == listed
        seen_by = {detail: list(of) for detail, of in counted.people.seen_by.items()}
        assert {detail: seen_by.get(detail, []) for detail in details} == details
        assert counted.people.uncounted_visits == here.uncounted()
    else:
        seen, by_outcome = here.animals()
        animals = counted.animals
        assert (animals.seen, list(animals.by_outcome)) == (seen, by_outcome)
    assert abs(counted.hours * 60 - counted.minutes) <= Decimal("0.6")


def assert_parts_add_up(parts, figures):
    assert sum(counted.hours for counted in parts) == figures.hours
    assert sum(counted.people.present for counted in parts) == figures.people.present
    assert sum(counted.issues.total for counted in parts) == figures.issues.total
    assert sum(counted.access.total for counted in parts) == figures.access.total


def assert_attempted(figures, naive):
    assert figures.visits == figures.attempts.completed == len(naive.completed)
    assert figures.attempts.attempted == len(naive.visits)
    sites = {site.id: site for site in naive.world.sites}
    with_target = [
        visit
        for visit in naive.visits
        if naive.asked(sites[visit.site_id], on_the_wall(visit.arrived)[0])[2] != "none"
    ]
    assert figures.target.done == sum(map(naive.meets, with_target))
    for of, site_id in [(figures, None), *((site, site.site_id) for site in figures.sites)]:
        endings, modes, at_site = naive.attempts(site_id)
        attempts = of.attempts
        parts = {ending: getattr(attempts, ending) for ending in ENDINGS}
        assert parts == {ending: endings[ending] for ending in ENDINGS}
        assert (list(attempts.by_mode), attempts.at_site) == (modes, at_site)
    assert sum(site.attempts.attempted for site in figures.sites) == figures.attempts.attempted


def assert_coverage(figures, naive):
    expected = naive.coverage()
    assert [c.site_id for c in figures.coverage] == [s.site_id for s in figures.sites]
    for coverage in figures.coverage:
        cells, outside = expected[coverage.site_name]
        counts = {(r, b): n for r, row in enumerate(coverage.counts) for b, n in enumerate(row)}
        assert (counts, coverage.outside) == (cells, outside)
    assert sum(c.total + c.outside for c in figures.coverage) == figures.attempts.at_site


def assert_hours_and_access(figures, naive):
    assert figures.minutes == naive.minutes()
    assert figures.unknown_length == sum(1 for v in naive.visits if v.left is None)
    pence = naive.value()
    assert figures.value == (None if pence is None else Decimal(pence) / 100)
    assert list(figures.rates) == naive.rates()
    access, reasons = naive.access()
    assert {name: getattr(figures.access, name) for name in access} == access
    assert sum(access.values()) == figures.attempts.attempted
    assert list(figures.access.reasons) == reasons


def assert_people_and_animals(figures, naive):
    if not naive.custody:
        seen, by_outcome = naive.animals()
        assert (figures.animals.seen, list(figures.animals.by_outcome)) == (seen, by_outcome)
        assert figures.animals.uncounted_visits == naive.uncounted()
        assert figures.people.present == 0
        return
    people = figures.people
    parts, reasons, details = naive.people()
    assert {part: getattr(people, part) for part in parts} == parts
    assert people.present == sum(parts.values())
    assert {part: list(listed) for part, listed in people.reasons.items()} == reasons
    assert {detail: list(listed) for detail, listed in people.seen_by.items()} == details
    why = people.why_not_visited
    assert sum(row.number for row in why) == people.not_visited == people.present - people.offered
    for part in ("asleep", *reasons):
        assert sum(row.number for row in why if row.part == part) == getattr(people, part)
    shares = sum(row.share.percent or 0 for row in why)
    assert not people.not_visited or abs(shares - 100) <= len(why) * Decimal("0.1")
    assert people.uncounted_visits == naive.uncounted()
    assert people.throughput == naive.throughput()
    assert figures.animals.seen == 0
