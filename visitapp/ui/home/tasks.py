"""Tasks on Home about people and their planned visits."""

from collections.abc import Iterator

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.people import Person, vetting_words
from visitapp.domain.period import span_words
from visitapp.domain.text.wording import (
    capitalised,
    day_and_month,
    joined,
    lowered,
    none_or,
    number_of,
    out_of,
    plural,
    short_date,
    weekday_and_day,
)
from visitapp.domain.year.overview import Overview
from visitapp.domain.year.visit_list import VisitQuery

_URGENT, _SOON = 7, 30
_PLURAL = "cards, terms and training"


@dataclass(frozen=True, slots=True)
class HomeTask:
    """One thing to do: its title, a note, and the button that leads to it."""

    kind: str
    icon: str
    title: str
    note: str
    action: str
    page: str
    target: object = None


def refused(overview: Overview) -> Iterator[HomeTask]:
    """Visits refused entry, each until somebody says what was done about it."""
    for refusal in overview.refused:
        where = f"{refusal.site_name} on {weekday_and_day(refusal.day)}"
        note = f"Reason: {refusal.reason}"
        yield HomeTask(
            "bad",
            "ban",
            f"Entry was refused at {where}",
            note if refusal.reason else "The report gives no reason",
            "Say what was done",
            "visits",
            refusal.visit_id,
        )


def short_groups(overview: Overview) -> Iterator[HomeTask]:
    """Groups that are behind their target as a whole this year."""
    for item in overview.short_groups:
        target, name = item.target, item.group.name
        there = out_of(target.expected - target.short, target.expected, "visit", begin=none_or)
        kind, unit = item.group.kind, item.unit
        yield HomeTask(
            "warn",
            "calendar-x",
            f"{name} is {number_of(target.short, 'visit')} short so far this year",
            f"{capitalised(there)} due in the {unit}s that are over, to any site of the {kind}",
            "See its coverage",
            "coverage",
            VisitQuery(period=overview.years.year_of(overview.today), site_ids=item.site_ids),
        )


def with_free_places(overview: Overview) -> Iterator[HomeTask]:
    """Planned visits with a free place."""
    spans = overview.lacking
    if spans:
        what = plural(len(spans), "a planned visit", f"{len(spans)} planned visits")
        yield HomeTask(
            "bad",
            "user-round-x",
            f"Somebody is missing from {what}",
            f"{plural(len(spans), 'In', 'The first is in')} {span_words(spans[0])}",
            "See the plan",
            "plan",
            spans[0],
        )


def broken(overview: Overview) -> Iterator[HomeTask]:
    """Planned visits that one of the pair can't make any more."""
    places = overview.broken
    if not places:
        return
    first = places[0]
    visits = len({place.visit_id for place in places})
    if len({place.person_id for place in places}) == 1:
        what = plural(visits, "a planned visit", f"{visits} planned visits")
        title = f"{first.name} can\u2019t make {what}"
    elif visits == 1:
        names = joined([place.name for place in places])
        title = f"{names} can\u2019t make their planned visit"
    else:
        title = f"{visits} planned visits have a visitor who can\u2019t go"
    more = f" And {visits - 1} more." if visits > 1 else ""
    yield HomeTask(
        "bad",
        "calendar-x",
        title,
        f"{first.where}: {first.name} {first.why}.{more}",
        "Suggest somebody",
        "plan",
        first,
    )


def at_closed_sites(overview: Overview) -> Iterator[HomeTask]:
    """Planned visits to a site that is closed by then."""
    visits = overview.at_closed_sites
    if not visits:
        return
    first = visits[0]
    mine = [visit for visit in visits if visit.site_name == first.site_name]
    what = plural(len(mine), "a planned visit", f"{len(mine)} planned visits")
    more = f" And {number_of(len(visits) - len(mine), 'visit')} elsewhere."
    yield HomeTask(
        "bad",
        "calendar-x",
        f"{first.site_name} is closed for {what}",
        f"The first is in {span_words(first.span)}. Cancel it, and let the pair know."
        f"{more if len(visits) > len(mine) else ''}",
        "See the plan",
        "plan",
        first,
    )


def vetting(overview: Overview) -> Iterator[HomeTask]:
    """People whose vetting ends soon or has ended."""
    people = overview.to_renew
    if not people:
        return
    first = people[0]
    has_ended = not first.clearance.is_vetted_on(overview.today)
    words = _vetting_of(first, overview)
    title = f"{first.name}: {words}"
    note = (
        "They can\u2019t visit until it is renewed."
        if has_ended
        else ("Renew it, or they can\u2019t visit after that day.")
    )
    if len(people) > 1:
        title = f"Vetting of {len(people)} people has ended or ends soon"
        note = f"First: {first.name}, {words}"
    yield HomeTask(
        "bad" if has_ended else "warn",
        "users",
        title,
        note,
        plural(len(people), "See the person", "See the people"),
        "people",
        first.id,
    )


def running_out(overview: Overview) -> Iterator[HomeTask]:
    """What else people hold that ends soon, or has: identity cards, terms, training."""
    items = overview.runs_out
    if not items:
        return
    first, day = items[0], overview.today
    within = first.within(day)
    title = f"{first.person.name}: {lowered(first.words(day))}"
    note = f"Last day {short_date(first.until_on)}"
    if len(items) > 1:
        title = f"{number_of(len(items), 'card, term or training', _PLURAL)} to renew"
        note = f"First: {first.person.name}, {lowered(first.words(day))}"
    yield HomeTask(
        "bad" if within is None or within <= _URGENT else "warn" if within <= _SOON else "info",
        "users",
        title,
        note,
        plural(len(items), "See the person", "See the people"),
        "people",
        first.person.id,
    )


def awards(overview: Overview) -> Iterator[HomeTask]:
    """Long-service awards that are due."""
    if due := overview.awards:
        first = due[0]
        title = f"{first.person.name}: award for {number_of(first.years, 'year')} of service"
        more = f". And {len(due) - 1} more" if len(due) > 1 else ""
        note = f"Due on {short_date(first.due_on)}{more}"
        yield HomeTask("info", "users", title, note, "See the person", "people", first.person.id)


def below_minimum(overview: Overview) -> Iterator[HomeTask]:
    """Volunteers who made fewer visits in twelve months, or came to fewer meetings, than asked."""
    if below := overview.below_minimum:
        first = below[0]
        title = f"{first.person.name} did less than the minimum"
        if len(below) > 1:
            title = f"{number_of(len(below), 'volunteer')} did less than the minimum"
        names = joined([item.person.name for item in below]) if len(below) > 1 else first.short
        note = f"In the last twelve months: {names}"
        yield HomeTask("info", "users", title, note, "See the person", "people", first.person.id)


def _vetting_of(person: Person, overview: Overview) -> str:
    until = person.clearance.vetted_until
    assert until is not None  # people without an end date are not in the list
    return vetting_words(until, overview.today)


def inbox(overview: Overview) -> Iterator[HomeTask]:
    """Reports that came from visitors, which count once they are accepted."""
    number, allegations = overview.inbox, overview.allegations
    if number:
        waits = plural(number, "waits", "wait")
        yield HomeTask(
            "bad" if allegations else "warn",
            "send",
            f"{number_of(number, 'report')} {waits} in the inbox",
            f"{number_of(allegations, 'allegation')}. Look at {plural(allegations, 'it', 'them')} "
            "first."
            if allegations
            else f"{plural(number, 'It counts', 'They count')} once you have accepted "
            f"{plural(number, 'it', 'them')}.",
            "See the inbox",
            "exchange",
        )


def late(overview: Overview) -> Iterator[HomeTask]:
    """Assigned visits whose week is over without a report."""
    visits = overview.late
    if visits:
        first = visits[0]
        what = plural(len(visits), "an assigned visit", f"{len(visits)} assigned visits")
        more = f" And {len(visits) - 1} more." if len(visits) > 1 else ""
        yield HomeTask(
            "warn",
            "hourglass",
            f"There is no report of {what} yet",
            f"{first.where}, {joined(first.names)}: late since {day_and_month(first.since)}.{more}",
            "See the inbox",
            "exchange",
            first.visit_id,
        )


def disputed(overview: Overview) -> Iterator[HomeTask]:
    """Reports with which another visitor found something wrong."""
    number = overview.disputed
    if number:
        what = plural(number, "a report", f"{number} reports")
        yield HomeTask(
            "warn",
            "message-square",
            f"The other visitor found something wrong with {what}",
            "Read what they wrote, and ask the writer",
            "See the inbox",
            "exchange",
        )


def questions(overview: Overview) -> Iterator[HomeTask]:
    """What the office wants to know about reports of this visitor."""
    number = overview.questions
    if number:
        yield HomeTask(
            "warn",
            "message-square",
            f"The office has a question about {plural(number, 'a report', f'{number} reports')}",
            "Answer it, or amend the report",
            "See the question",
            "exchange",
        )


def to_confirm(overview: Overview) -> Iterator[HomeTask]:
    """Reports that other visitors wrote of this visitor's visits."""
    waiting = overview.to_confirm
    if not waiting:
        return
    first = waiting[0]
    day = day_and_month(first.day)
    title = f"{first.writer_name} asks you to confirm the visit of {day}"
    if first.again:
        title = f"{first.writer_name} changed the report of {day}: confirm it again"
    more = f" {number_of(len(waiting) - 1, 'more report waits', 'more reports wait')}."
    yield HomeTask(
        "warn",
        "file-text",
        title,
        f"{first.site_name}. Read it, then confirm it or say what is wrong."
        + (more if len(waiting) > 1 else ""),
        "Read the report",
        "exchange",
        first.report_id,
    )


def next_visits(overview: Overview) -> Iterator[HomeTask]:
    """Visits that the office has given to this visitor."""
    for visit in overview.next_visits:
        yield HomeTask(
            "info",
            "calendar",
            f"Your next visit: {visit.site_name}, with {visit.partner_name}",
            capitalised(span_words(visit.span)),
            "See the briefing",
            "briefing",
            visit.site_id,
        )
    for visit in dict.fromkeys(visit for visit in overview.next_visits if visit.shows_moment):
        yield HomeTask(
            "info",
            "clock",
            f"You can see when you visit {visit.site_name} with {visit.partner_name}",
            f"{capitalised(span_words(visit.span))}. Only the two of you can see it",
            "See day and time",
            "exchange",
        )
