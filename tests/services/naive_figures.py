"""The figures of a scheme by plain loops over its visits, written apart from the counting.

It knows the rules of a report and nothing of SQL, nor of the classes that hold figures.
"""

from collections import Counter
from copy import copy
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from visitapp.domain.office.scheme import Kind

MATTERS = {"welfare": "Welfare", "conditions": "Conditions"}
ONE_DAY = timedelta(days=1)
PARTS = ("seen", "refused", "not_offered", "not_available", "asleep", "other")


def days_from(first, last):
    while first <= last:
        yield first
        first += ONE_DAY


def on_the_wall(moment):
    """(date, weekday, minute) of a moment by the clock of the station."""
    seconds = (moment.utc_minute + moment.offset) * 60
    local = datetime.fromtimestamp(seconds, UTC)
    return local.date(), local.weekday(), local.hour * 60 + local.minute


class Naive:
    """One scheme of a world, over the days from `first` to `last`."""

    def __init__(self, world, scheme, first, last):
        self.world, self.scheme, self.first, self.last = world, scheme, first, last
        self.belongs = lambda _site, _day: True
        self.custody = scheme.kind is Kind.CUSTODY
        self.groups, self.labels, self.order = {}, {}, {}
        for code in sorted(world.codes, key=lambda c: (c.position, c.code)):
            if code.scheme_id == scheme.id:
                key = (code.list_name, code.code)
                self.groups[key], self.labels[key] = code.group, code.label
                self.order[key] = len(self.order)
        self.ever = [v for v in world.visits if v.scheme_id == scheme.id and self.counts(v)]
        self.visits = [v for v in self.ever if first <= on_the_wall(v.arrived)[0] <= last]
        self.completed = [v for v in self.visits if self.was_made(v)]

    def counts(self, visit):
        training = self.groups.get(("visit_type", visit.type)) == "training"
        return visit.state.value == "locked" and not training

    def at(self, site_id):
        """The same figures of one site."""
        figures = copy(self)
        figures.visits = [visit for visit in self.visits if visit.site_id == site_id]
        figures.completed = [visit for visit in self.completed if visit.site_id == site_id]
        return figures

    # groups

    def own_sites(self):
        return [site for site in self.world.sites if site.scheme_id == self.scheme.id]

    def in_group(self, kind, group_id):
        """The same figures of the sites of a group while they were in it; None: in none."""
        sites = {site.id: site for site in self.world.sites}

        def belongs(site, day):
            return group_id_on(site, kind, day) == group_id

        def is_here(visit):
            return belongs(sites[visit.site_id], on_the_wall(visit.arrived)[0])

        figures = copy(self)
        figures.belongs = belongs
        figures.visits = [visit for visit in self.visits if is_here(visit)]
        figures.completed = [visit for visit in self.completed if is_here(visit)]
        return figures

    def ending(self, visit):
        return self.groups.get(("visit_status", visit.status), "completed")

    def was_made(self, visit):
        return self.ending(visit) == "completed"

    def at_site(self, visit):
        return self.was_made(visit) and visit.mode == "FACE"

    def meets(self, visit):
        return self.at_site(visit) or (self.was_made(visit) and self.scheme.remote_counts)

    def attempts(self, site_id=None):
        here = [v for v in self.visits if site_id in (None, v.site_id)]
        endings = Counter(self.ending(visit) for visit in here)
        modes = self.labelled("visit_mode", Counter(visit.mode for visit in here))
        return endings, modes, sum(map(self.at_site, here))

    def labelled(self, list_name, counter):
        known = [code for code in counter if counter[code]]
        known.sort(key=lambda c: (self.order.get((list_name, c), 10**9), c))
        return [(self.labels.get((list_name, code), code), counter[code]) for code in known]

    # the target

    def asked(self, site, day):
        """(number, unit, rule, since) of what is asked of a site on a day."""
        begun = [t for t in site.targets if t.from_on is None or t.from_on <= day]
        if not begun:
            usual = "open" if hasattr(site, "open_periods") else "none"  # a group has no usual one
            return 1, "week" if self.custody else "month", usual, None
        last = max(begun, key=lambda t: (t.from_on is not None, t.from_on))
        return last.number, last.unit.value, last.rule.value, last.from_on

    def spans(self, site):
        """(deciding day, number, rule, days) of each week, month, ... that belongs to the
        period."""
        for day in days_from(self.first, self.last):
            number, unit, rule, since = self.asked(site, day)
            first, length = None, {"week": 7, "fortnight": 14}.get(unit)
            if unit == "week" and day.weekday() == 3:
                first = day - 3 * ONE_DAY
            elif unit == "fortnight" and day.weekday() == 0:
                thursday = since or datetime(1900, 1, 1).date()
                while thursday.weekday() != 3:
                    thursday += ONE_DAY
                first = day - 7 * ONE_DAY
                if (first - (thursday - 3 * ONE_DAY)).days % 14:
                    first = None
            elif unit in ("month", "quarter", "year") and day.day == 1:
                months = {"month": 1, "quarter": 3, "year": 12}[unit]
                if (day.month - 4) % months == 0:
                    month = day.year * 12 + day.month - 1 + months
                    first = day
                    length = (day.replace(year=month // 12, month=month % 12 + 1) - day).days
                    if first + (length - 1) * ONE_DAY > self.last:
                        first = None
            if first is not None and rule != "none":
                days = list(days_from(first, first + (length - 1) * ONE_DAY))
                yield day, number, rule, days

    def sites(self):
        by_site = {}
        for site in self.world.sites:
            if site.scheme_id != self.scheme.id:
                continue
            visited = Counter(
                on_the_wall(v.arrived)[0]
                for v in self.ever
                if v.site_id == site.id and self.meets(v)
            )
            expected = due = met = within = 0
            for day, number, rule, days in self.spans(site):
                if not self.belongs(site, day):
                    continue
                visits = sum(visited[day] for day in days)
                within += visits
                if (any if rule == "in_use" else all)(is_open(site, day) for day in days):
                    expected += number
                    due += 1
                    met += visits >= number
            was_open = any(is_open(site, day) for day in days_from(self.first, self.last))
            done = sum(
                visited[day]
                for day in days_from(self.first, self.last)
                if self.asked(site, day)[2] != "none" and self.belongs(site, day)
            )
            calls = any(visit.site_id == site.id for visit in self.visits)
            by_site[site.name] = {
                "open": was_open, "expected": expected, "due": due, "met": met, "done": done,
                "in_spans": within, "calls": calls,
            }  # fmt: skip
        return by_site

    def coverage(self):
        by_site = {}
        for site in self.world.sites:
            if site.scheme_id != self.scheme.id:
                continue
            (grid,) = (g for g in self.world.grids if g.id == site.grid_id)
            table = {
                (row, band): 0 for row in range(len(grid.days)) for band in range(len(grid.bands))
            }
            outside = 0
            for visit in self.visits:
                if visit.site_id != site.id or not self.at_site(visit):
                    continue
                _, weekday, minute = on_the_wall(visit.arrived)
                cells = [
                    (r, b)
                    for r, b in table
                    if weekday in grid.days[r].weekdays
                    and grid.bands[b].start <= minute < grid.bands[b].end
                ]
                if cells:
                    table[cells[0]] += 1
                else:
                    outside += 1
            by_site[site.name] = (table, outside)
        return by_site

    # hours

    def minutes(self):
        return sum(minutes_of(visit) for visit in self.visits)

    def rate_on(self, day):
        known = [r for r in self.world.rates if r.scheme_id == self.scheme.id and r.from_on <= day]
        return max(known, key=lambda rate: rate.from_on).gbp_per_hour if known else None

    def rates(self):
        in_force = []
        for day in days_from(self.first, self.last):
            rate = self.rate_on(day)
            if rate is not None and (not in_force or in_force[-1] != rate):
                in_force.append(rate)
        return in_force

    def value(self):
        """In pence, or None where it can't be said."""
        if not self.rates():
            return None
        exact = Fraction(0)
        for visit in self.visits:
            rate = self.rate_on(on_the_wall(visit.arrived)[0])
            if rate is None and minutes_of(visit):
                return None
            exact += Fraction(minutes_of(visit), 60) * Fraction(rate or 0)
        return int(exact * 100 + Fraction(1, 2))

    # access

    def access(self):
        waits = dict.fromkeys(
            ("immediate", "delay", "long", "not_admitted", "not_applicable", "unknown"), 0
        )
        reasons = Counter()
        for visit in self.visits:
            if visit.mode != "FACE":
                waits["not_applicable"] += 1
            elif visit.admitted is None:
                waits["unknown" if self.was_made(visit) else "not_admitted"] += 1
            else:
                wait = visit.admitted.utc_minute - visit.arrived.utc_minute
                if wait <= self.scheme.immediate_limit:
                    waits["immediate"] += 1
                    continue
                waits["delay" if wait <= self.scheme.delay_limit else "long"] += 1
                if visit.delay_reason is not None:
                    reasons[visit.delay_reason] += 1
        return waits, self.labelled("delay_reason", reasons)

    # people and animals

    def part(self, outcome):
        group = self.groups.get(("outcome", outcome))
        return group if group in PARTS else "other"

    def people(self):
        parts = dict.fromkeys(PARTS, 0)
        reasons = {"not_offered": Counter(), "not_available": Counter(), "other": Counter()}
        details = {"gender": Counter(), "age_group": Counter(), "ethnicity": Counter()}
        for visit in self.visits:
            for count in visit.counts:
                part = self.part(count.outcome)
                parts[part] += count.number
                if part == "other":
                    reasons[part][count.outcome] += count.number
                elif part in reasons and count.reason is not None:
                    reasons[part][count.reason] += count.number
                for detail, counter in details.items():
                    code = getattr(count, detail)
                    if self.groups.get(("outcome", count.outcome)) == "seen" and code is not None:
                        counter[code] += count.number
        listed = {
            part: self.labelled("outcome" if part == "other" else "outcome_reason", counter)
            for part, counter in reasons.items()
        }
        by_detail = {detail: self.labelled(detail, counter) for detail, counter in details.items()}
        return parts, listed, by_detail

    def animals(self):
        outcomes = Counter()
        for visit in self.visits:
            for count in visit.counts:
                outcomes[count.outcome] += count.number
        seen = sum(
            n for code, n in outcomes.items() if self.groups.get(("outcome", code)) == "seen"
        )
        return seen, self.labelled("outcome", outcomes)

    def uncounted(self):
        return sum(1 for visit in self.completed if visit.present is None and not visit.counts)

    def throughput(self):
        numbers = [
            t.number
            for t in self.world.throughputs
            for site in self.own_sites()
            if t.site_id == site.id
            and self.belongs(site, t.period.start)
            and self.first <= t.period.start
            and t.period.end <= self.last
        ]
        return sum(numbers) if numbers else None

    # issues

    def issues(self):
        ended, positive, by_month = {}, Counter(), Counter()
        severities, origins, matters = {}, Counter(), {}
        for visit in self.visits:
            day = on_the_wall(visit.arrived)[0]
            for issue in visit.issues:
                if self.groups.get(("issue_category", issue.category)) == "positive":
                    positive[issue.category] += 1
                    continue
                by_month[day.year, day.month] += 1
                closed = self.groups.get(("issue_status", issue.status)) == "closed"
                how = "at_visit" if issue.resolved_during_visit else "later" if closed else "open"
                ended.setdefault(issue.category, Counter())[how] += 1
                severities.setdefault(str(issue.severity), Counter())[how] += 1
                origins[issue.origin] += 1
                group = self.groups.get(("issue_category", issue.category))
                about = MATTERS.get(group, "Other matters")
                about = "Allegations" if issue.severity == 4 else about
                matters.setdefault(about, Counter())[how] += 1
        return {
            "by_category": self.ends("issue_category", ended),
            "by_severity": self.ends("issue_severity", severities),
            "by_origin": self.labelled("issue_origin", origins),
            "by_matter": [
                (label, *(matters[label][how] for how in ("at_visit", "later", "open")))
                for label in (*MATTERS.values(), "Other matters", "Allegations")
                if label in matters
            ],
            "positive": self.labelled("issue_category", positive),
            "by_month": self.months(by_month),
        }

    def ends(self, name, ended):
        order = sorted(ended, key=lambda c: (self.order.get((name, c), 10**9), c))
        return [
            (self.labels.get((name, c), c),
             ended[c]["at_visit"], ended[c]["later"], ended[c]["open"])
            for c in order
        ]  # fmt: skip

    # time

    def months(self, by_month):
        days = days_from(self.first, self.last)
        return [by_month[month] for month in dict.fromkeys((d.year, d.month) for d in days)]

    def visits_by_month(self):
        days = (on_the_wall(visit.arrived)[0] for visit in self.completed)
        return self.months(Counter((day.year, day.month) for day in days))

    def visits_by_quarter(self):
        def quarter(day):
            return day.year, (day.month - 1) // 3

        counts = Counter(quarter(on_the_wall(visit.arrived)[0]) for visit in self.completed)
        days = days_from(self.first, self.last)
        return [
            counts[quarter_start] for quarter_start in dict.fromkeys(quarter(day) for day in days)
        ]


def group_id_on(site, kind, day):
    """The group of a kind that a site was in on a day: the last that began by then."""
    group_id, since = None, None
    for membership in site.groups:
        begins = membership.from_on or datetime(1, 1, 1).date()
        if membership.kind is kind and begins <= day and (since is None or since <= begins):
            group_id, since = membership.group_id, begins
    return group_id


def is_open(site, day):
    return any(
        period.start <= day and (period.end is None or day <= period.end)
        for period in site.open_periods
    )


def minutes_of(visit):
    if visit.left is None:
        return 0
    each = visit.left.utc_minute - visit.arrived.utc_minute + visit.extra_minutes
    return each * len(visit.visitors)
