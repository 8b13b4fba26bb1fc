"""The year at a glance: key figures, a sentence for each section, compared with last year."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from visitapp.domain.figures import percent_number
from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.wording import (
    capitalised,
    count_text,
    counted,
    none_or,
    number,
    opening_number,
    out_of,
    plural,
    were,
)
from visitapp.domain.year.figure_place import PEOPLE, Origin
from visitapp.domain.year.summary import SchemeFigures, spans_clause
from visitapp.domain.year.target_words import is_usual, met_words, of_those_due
from visitapp.domain.year.visit_list import CountedVisits
from visitapp.reporting.annual.access import access_sentence
from visitapp.reporting.annual.animals import monthly_sentence
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.issues import issues_sentence
from visitapp.reporting.annual.people import offered_sentence
from visitapp.reporting.annual.targets import met_heading
from visitapp.reporting.annual.volunteers import volunteers_sentence
from visitapp.reporting.blocks import (
    Block,
    BulletList,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    ListItem,
    Paragraph,
    Run,
    Section,
    Table,
    text,
)
from visitapp.reporting.wording import NOT_KNOWN, whole_hours, whole_pounds


def glance(author: Author) -> Section:
    """Six figures, the sentences of the year, and this year compared with last year."""
    blocks: list[Block] = [*author.strip()]
    if author.is_empty:
        blocks.append(Paragraph(text(f"No visit was recorded from {author.dates}."), "lead"))
    custody = author.scheme(Kind.CUSTODY)
    animals = author.animals()
    if custody:
        blocks.append(KeyFigures(_key_figures(author, custody)))
    elif animals:
        blocks.append(KeyFigures(_animal_figures(animals)))
    items = []
    if custody:
        items += _custody_points(author, custody)
    for of_scheme, figures in zip(author.of_animals(), animals, strict=True):
        section, title = of_scheme.key("animals"), figures.scheme.title
        items.append(_point(of_scheme, "point.animals", _animal_point(figures), section, title))
    if items:
        blocks += [Heading(f"What the {author.span} showed"), BulletList(tuple(items))]
    if custody:
        blocks += _beside_last_year(author, custody)
    return Section("glance", author.glance_title, tuple(blocks))


def _key_figures(author: Author, figures: SchemeFigures) -> tuple[KeyFigure, ...]:
    target, access, people = figures.target, figures.access, figures.people
    visited, cells = figures.timeslots
    due = "visits made"
    if target.expected:
        due += f", of {count_text(target.expected)} due{figures.by_then}"
    attempted = _of(figures, CountedVisits.ATTEMPTED)
    key_figures = [
        KeyFigure(
            count_text(figures.visits),
            due,
            f"{target.visits.text} of the target{_of_one_a_week(figures)}"
            if target.expected
            else f"no visit was due{figures.by_then}",
            replace(_of(figures, CountedVisits.MADE), counts_visits=True),
        ),
        KeyFigure(
            out_of(visited, cells) if cells else "none",
            "timeslots visited",
            "each suite\u2019s week is divided into timeslots",
            _of(figures, CountedVisits.AT_SITE),
        ),
    ]
    if access.face_to_face:
        key_figures.append(
            KeyFigure(
                access.immediate_share.text,
                f"admitted within {access.immediate_limit} minutes",
                f"{out_of(access.immediate, access.face_to_face, 'visit')}; "
                f"{none_or(access.long)} waited more than "
                f"{access.delay_limit} minutes",
                attempted,
            )
        )
    if people.present:
        accepted = people.accepted_share
        key_figures.append(
            KeyFigure(
                count_text(people.seen),
                "people spoke with visitors",
                f"{accepted.text} of the {count_text(people.offered)} who were offered a visit"
                if people.offered
                else "none was offered a visit",
                attempted,
            )
        )
    register = author.register(Kind.CUSTODY)
    if register and register.is_end_known and (register.at_start or register.at_end):
        key_figures.append(
            KeyFigure(
                count_text(register.at_end),
                f"{plural(register.at_end, 'visitor')} {'now' if figures.as_at else 'at the end'}",
                f"{none_or(register.joined)} joined and {none_or(register.left)} left"
                if register.is_start_known
                else "how many joined is not known",
                Origin(records=PEOPLE),
            )
        )
    worth = figures.value
    if figures.hours_known:
        key_figures.append(
            KeyFigure(
                whole_hours(figures.hours),
                "hours given, at least" if figures.unknown_length else "hours given",
                f"worth an estimated {whole_pounds(worth)}" if worth is not None else "",
                _of(figures, CountedVisits.MADE),
            )
        )
    return tuple(key_figures)


def _of(figures: SchemeFigures, which: CountedVisits) -> Origin:
    """The visits of one scheme."""
    return Origin({"scheme_id": figures.scheme.id, "counted": which})


def _of_one_a_week(figures: SchemeFigures) -> str:
    return " of one visit a week to each suite in use" if is_usual(figures) else ""


def _animal_figures(schemes: Sequence[SchemeFigures]) -> tuple[KeyFigure, ...]:
    slots = [figures.timeslots for figures in schemes]
    visited, cells = sum(slot[0] for slot in slots), sum(slot[1] for slot in slots)
    hours = sum((figures.hours for figures in schemes), start=Decimal(0))
    known = all(figures.hours_known for figures in schemes)
    return (
        KeyFigure(count_text(sum(figures.visits for figures in schemes)), "visits made"),
        KeyFigure(out_of(visited, cells), "timeslots visited"),
        *([KeyFigure(whole_hours(hours), "hours given")] if known else []),
    )


def _point(author: Author, key: str, drafted: str, section: str, title: str) -> ListItem:
    words = author.say(key, author.glance_title, drafted)
    return ListItem(text(f"{words} ", Run(title, section=section), "."))


def _custody_points(author: Author, figures: SchemeFigures) -> list[ListItem]:
    people = figures.people
    visits = _visits_point(figures)
    points = [
        _point(author, "point.visits", visits, "visits", "Visits made"),
        _point(author, "point.coverage", _gap_sentence(figures), "days", "Days and times covered"),
    ]
    if figures.access.face_to_face:
        words = access_sentence(figures)
        points.append(_point(author, "point.access", words, "access", "Access to the suites"))
    if people.offered:
        words = offered_sentence(people)
        points.append(_point(author, "point.people", words, "people", "The people in custody"))
    words = issues_sentence(figures, author)
    points.append(_point(author, "point.issues", words, "issues", "Issues raised and answered"))
    register = author.register(Kind.CUSTODY)
    if register and (register.at_start or register.at_end or register.unknown_later):
        words = volunteers_sentence(register, author)
        points.append(_point(author, "point.volunteers", words, "volunteers", "The volunteers"))
    return points


def _visits_point(figures: SchemeFigures) -> str:
    target = figures.target
    visits_made = f"Visitors made {counted(figures.visits, 'visit')}"
    by_then = figures.by_then
    if not figures.visits:
        due = f"; {number(target.expected)} {were(target.expected)} due{by_then}"
        return f"No visit was made{due if target.expected else ''}."
    if not target.expected:
        return f"{visits_made}; none was due{by_then}."
    met = met_words(figures)
    if target.strays and (weeks := spans_clause(figures)):
        due = f"{number(target.expected)} {were(target.expected)} due{by_then}"
        return f"{visits_made}; {due}. {weeks}; {met}."
    return f"{visits_made}{of_those_due(figures)}; {met}."


def _gap_sentence(figures: SchemeFigures) -> str:
    visited, cells = figures.timeslots
    if not cells:
        return "No timeslot was open to visits."
    if visited == cells:
        return f"All {count_text(cells)} timeslots were visited."
    if not visited:
        return "No timeslot was visited."
    missing = cells - visited
    yet = "have had no visit yet" if figures.as_at else "had no visit"
    words = f"{out_of(missing, cells, begin=opening_number)} timeslots {yet}"
    gaps = sorted(
        ((c.cells_left, c.site_name) for c in figures.coverage if c.total),
        key=lambda gap: -gap[0],
    )
    if len(gaps) > 1 and gaps[0][0] > gaps[1][0] and gaps[0][0] < missing:
        words += f"; {number(gaps[0][0])} of them {were(gaps[0][0])} at {gaps[0][1]}"
    return f"{words}."


def _animal_point(figures: SchemeFigures) -> str:
    target = figures.target
    visited, cells = figures.timeslots
    if target.expected:
        sentence = monthly_sentence(figures)
    else:
        visits = counted(figures.visits, "visit")
        places = figures.animals.places
        sentence = f"{capitalised(visits)} to {places} {were(figures.visits)} made"
    if cells:
        sentence += f"; {out_of(visited, cells, 'timeslot')} {were(visited)} visited"
    return f"{sentence}."


def _beside_last_year(author: Author, now: SchemeFigures) -> list[Block]:
    before = author.before(Kind.CUSTODY)
    if before is None:
        return []
    pairs = zip(_year_column(now), _year_column(before), strict=True)
    rows = tuple((label, value, was) for (label, value), (_, was) in pairs)
    earlier = {"period": before.period}
    visits = replace(_of(now, CountedVisits.MADE), counts_visits=True)
    return [
        Heading(_beside_title(author, now), wide=True),
        Table(
            author.number(),
            f"Custody visiting {author.years.within(author.period)} and {author.year_before}",
            (
                Column("Figure", "left", 3.4),
                Column(f"{author.year} so far" if now.as_at else author.year),
                Column(author.year_before, origin=Origin(earlier)),
            ),
            rows,
            of_rows=(_of(now, CountedVisits.ATTEMPTED).only,) * len(rows),
            origins=((Origin(), visits, replace(visits, only={**visits.only, **earlier})),),
        ),
    ]


def _beside_title(author: Author, now: SchemeFigures) -> str:
    so_far = " so far" if now.as_at else ""
    if author.span == "year":
        return f"This year{so_far} and last year"
    return f"This {author.span}{so_far} and the same one a year before"


def _known(count: int, is_known: bool) -> str:
    return count_text(count) if is_known else NOT_KNOWN


def _year_column(figures: SchemeFigures) -> list[tuple[str, str]]:
    target, access, people = figures.target, figures.access, figures.people
    visited, cells = figures.timeslots
    percent = target.visits.percent
    return [
        ("Visits made", count_text(figures.visits)),
        (
            "Share of visits due",
            f"{percent_number(percent)}%" if percent is not None else "no target",
        ),
        (met_heading(figures), out_of(target.met, target.due)),
        ("Timeslots visited", out_of(visited, cells)),
        (
            f"Admitted within {access.immediate_limit} minutes",
            NOT_KNOWN
            if access.unknown and not access.face_to_face
            else access.immediate_share.text,
        ),
        ("People in the cells at visits", _known(people.present, figures.people_known)),
        ("People offered a visit", _known(people.offered, figures.people_known)),
        ("People who spoke with visitors", _known(people.seen, figures.people_known)),
        ("Issues raised", _known(figures.issues.total, figures.issues_known)),
        ("Hours given", f"{figures.hours:,.2f}" if figures.hours_known else NOT_KNOWN),
    ]
