"""The register of a scheme by plain loops over its people and days, written apart from the
counting."""

from datetime import date

from tests.services.naive_figures import ONE_DAY, days_from

APPLICANTS = ("APPLICANT", "INTERVIEWED", "VETTING")


class NaiveRegister:
    """Who was in a scheme from a day to another: at the `start`, ever, at the `end`."""

    def __init__(self, world, scheme, first, last):
        self.scheme, self.first, self.last = scheme, first, last
        self.people = {person.id: person for person in world.people}
        self.days = {person_id: self.days_of(person_id) for person_id in self.people}
        # In the night before the first day, and in the night after the last.
        self.start = {p for p in self.people if self.through_night(p, first)}
        self.end = {p for p in self.people if self.through_night(p, last + ONE_DAY)}
        self.ever = {p for p in self.people if self.days[p]}

    def own(self, person_id):
        return [
            m
            for m in self.people[person_id].memberships
            if m.scheme_id == self.scheme.id and m.status not in APPLICANTS
        ]

    def days_of(self, person_id):
        own = self.own(person_id)
        return [
            day
            for day in days_from(self.first, self.last)
            if any(m.joined_on <= day and (m.left_on is None or day <= m.left_on) for m in own)
        ]

    def through_night(self, person_id, day):
        """Whether the person was a member the day before and had not left by then."""
        return any(
            m.joined_on < day and (m.left_on is None or m.left_on >= day)
            for m in self.own(person_id)
        )

    def volunteers(self):
        """How many there were at the start, joined, left, and were there at the end."""
        start, ever, end = self.start, self.ever, self.end
        return len(start), len(ever - start), len(ever - end), len(end)

    def panel_on(self, person_id, day):
        panel_id, since = None, date.min
        for panel in self.people[person_id].panels:
            begins = panel.membership.from_on or date.min
            if panel.scheme_id == self.scheme.id and since <= begins <= day:
                panel_id, since = panel.membership.group_id, begins
        return panel_id

    def panel(self, panel_id):
        """The same of a panel; None: of no panel. Who moved to or from another panel hasn't joined
        or left."""

        def here(people, day_of):
            return sum(self.panel_on(p, day_of(p)) == panel_id for p in people)

        return (
            here(self.start, lambda _: self.first - ONE_DAY),
            here(self.ever - self.start, lambda p: self.days[p][0]),
            here(self.ever - self.end, lambda p: self.days[p][-1]),
            here(self.end, lambda _: self.last),
        )
