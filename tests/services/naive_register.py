"""The register of a scheme by plain loops over its people and days, written apart from the
counting."""

from tests.services.naive_figures import ONE_DAY, days_from

APPLICANTS = ("APPLICANT", "INTERVIEWED", "VETTING")


def volunteers(world, scheme, first, last):
    """How many there were at the start of a period, joined, left, and were there at its end."""

    def own(person):
        return [
            m for m in person.memberships if m.scheme_id == scheme.id and m.status not in APPLICANTS
        ]

    def belongs(person, day):
        return any(
            m.joined_on <= day and (m.left_on is None or day <= m.left_on) for m in own(person)
        )

    def through_night(person, day):
        """Whether the person was a member the day before and had not left by then."""
        return any(
            m.joined_on < day and (m.left_on is None or m.left_on >= day) for m in own(person)
        )

    people = world.people
    # In the night before the first day, and in the night after the last.
    start = {p.id for p in people if through_night(p, first)}
    end = {p.id for p in people if through_night(p, last + ONE_DAY)}
    ever = {p.id for p in people if any(belongs(p, d) for d in days_from(first, last))}
    return len(start), len(ever - start), len(ever - end), len(end)
