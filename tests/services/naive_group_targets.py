"""The target of a group as a whole by a plain loop over days and sites, apart from the counting."""

from collections import Counter

from tests.services.naive_figures import days_from, group_id_on, is_open, on_the_wall

TARGET = ("expected", "due", "met", "done", "in_spans")


def group_target(naive, group):
    """(expected, due, met, done, in spans) of a group; None if it has no target on any day."""
    sites = {site.id: site for site in naive.own_sites()}
    days_in_force = [
        day for day in days_from(naive.first, naive.last) if naive.asked(group, day)[2] != "none"
    ]
    if not days_in_force:
        return None

    def belongs(site, day):
        return group_id_on(site, group.kind, day) == group.id

    def is_in_use(day):
        return any(belongs(site, day) and is_open(site, day) for site in sites.values())

    calls = [
        (sites[visit.site_id], on_the_wall(visit.arrived)[0])
        for visit in naive.ever
        if naive.meets(visit)
    ]
    visited = Counter(day for site, day in calls if belongs(site, day))
    expected = due = met = within = 0
    for _, number, rule, days in naive.spans(group):
        visits = sum(visited[day] for day in days)
        within += visits
        if (any if rule == "in_use" else all)(map(is_in_use, days)):
            expected, due, met = expected + number, due + 1, met + (visits >= number)
    return expected, due, met, sum(visited[day] for day in days_in_force), within


def assert_group_targets(figures, naive):
    """What became of each group's own target against the loop; and of no other group."""
    there = {item.group.id: item.target for item in figures.group_targets}
    for group in naive.world.groups:
        if group.scheme_id == naive.scheme.id:
            target = there.pop(group.id, None)
            counted = target and tuple(getattr(target, name) or 0 for name in TARGET)
            assert counted == group_target(naive, group)
    assert not there
