"""The sentences of the report that name the body of the scheme, its law and its year."""

from datetime import timedelta
from itertools import pairwise

from visitapp.domain.office.body import COMMISSIONER, Body, Law
from visitapp.domain.office.scheme import Kind, Office
from visitapp.domain.period import Period
from visitapp.domain.text.animals import animals_of
from visitapp.domain.text.wording import capitalised, joined, long_date
from visitapp.reporting.annual.author import Author

_HELD = "people held by the police"
"""As section 51 has it; any other word of a body is printed as it is."""


def about_visits(author: Author) -> str:
    """For whom, by whom, on behalf of which body and under which law."""
    bodies = author.bodies
    custody, animals = author.scheme(Kind.CUSTODY), author.animals()
    people = bodies[-1].visited if custody or not animals else ""
    species = [code for figures in animals for code in figures.animals.species]
    police_animals = f"police {animals_of(species)}" if animals else ""
    visited = " and to ".join(filter(None, (people, police_animals)))
    about = f"Visits to {visited}, made by {bodies[-1].visitors} on behalf of {_named(bodies)}"
    acts = {body.law.act for body in bodies}
    if custody and not animals and len(acts) == 1 and "" not in acts:
        about += f" under {bodies[0].law.act}"
    chosen = author.summary.chosen
    return f"{about}." if chosen is None else f"{about}. This report is about {chosen.name} alone."


def duty_sentence(author: Author) -> str:
    """What the body has to do, or does without having to; whose it was before, in a year of two
    bodies."""
    *earlier, body = author.bodies
    sentence = _duty(body)
    if earlier and body.from_on is not None:
        names = joined([other.name for other in earlier])
        sentence += f" Until {_day_before(body)} this was for {names}."
    return sentence


def _duty(body: Body) -> str:
    short, visited = capitalised(body.short), body.visited
    if body.law is Law.VOLUNTARY:
        return (
            f"{short} arranges for {visited} to be visited, without notice, by {body.visitors} who "
            "are independent of the police. No law asks for it: it is a voluntary scheme."
        )
    if body.law is Law.ENGLAND_AND_WALES:
        held = _HELD if visited == COMMISSIONER.visited else visited
        return (
            f"{short} must make sure that {held} can be visited, without notice, by members of the "
            f"public who are independent of the police and of {body.office}."
        )
    return (
        f"Under {body.law.act}, {body.short} must make sure that {visited} can be visited, without "
        f"notice, by {body.visitors} who are independent of the police and of {body.office}."
    )


def view_title(office: Office, period: Period) -> str:
    """`The Commissioner's view`, of the body at the end of the period."""
    return f"{capitalised(office.bodies_in(period)[-1].possessive)} view"


def year_terms(author: Author) -> list[tuple[str, str]]:
    """What the reporting year is, where it isn't the usual one from April to March."""
    years, year = author.years, author.years.year_of(author.period.end)
    if years.is_calendar_year(year):
        return [("Reporting year", "The calendar year, from 1 January to 31 December.")]
    if year.end + timedelta(days=1) < year.start.replace(year=year.start.year + 1):
        begins = long_date(year.end + timedelta(days=1))
        shorter = f"From {author.years.label(year)} only, since the next one begins on {begins}."
        return [("Reporting year", shorter)]
    return []


def _named(bodies: tuple[Body, ...]) -> str:
    """`the Commissioner`, or with two `the Commissioner until 8 May 2028 and the Mayor since`."""
    if len(bodies) == 1:
        return bodies[0].name
    named = [f"{body.name} until {_day_before(after)}" for body, after in pairwise(bodies)]
    return joined([*named, f"{bodies[-1].name} from then on"])


def _day_before(body: Body) -> str:
    assert body.from_on is not None
    return long_date(body.from_on - timedelta(days=1))
