"""The sections around the figures: cover, contents, the year at a glance, duty, words, terms."""

from visitapp.domain.figures import count_text, percent_number
from visitapp.domain.scheme import Kind
from visitapp.domain.summary import SchemeFigures
from visitapp.reporting.annual.access import access_sentence
from visitapp.reporting.annual.animals import monthly_sentence
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.people import issues_sentence, volunteers_sentence
from visitapp.reporting.blocks import (
    Block,
    BulletList,
    Column,
    Contents,
    Cover,
    CoverGrid,
    Heading,
    KeyFigure,
    KeyFigures,
    ListItem,
    Paragraph,
    Quote,
    Run,
    Section,
    Table,
    Terms,
    text,
)
from visitapp.reporting.wording import (
    bracketed,
    counted,
    joined,
    met_words,
    number,
    opened,
    opening_number,
    were,
    whole_hours,
    whole_pounds,
)

GLANCE, DUTY = "The year at a glance", "The scheme and its duty"
WORDS, TERMS = "The year in words", "How the figures are counted"


def cover(author: Author) -> Cover:
    """The first page, with the year's coverage as its ornament."""
    office = author.summary.office
    grids: list[CoverGrid] = []
    for kind in (Kind.CUSTODY, Kind.ANIMAL_WELFARE):
        figures = author.scheme(kind)
        if figures and not grids:
            grids = [CoverGrid(c.site_name, c.counts) for c in figures.coverage if c.total]
    grids = grids[:4]
    animals = author.scheme(Kind.ANIMAL_WELFARE)
    custody = author.scheme(Kind.CUSTODY)
    people = "people held in police custody" if custody else ""
    dogs = "dogs of the police" if animals else ""
    visited = " and to ".join(filter(None, (people, dogs))) or "people held in police custody"
    about = (
        f"Visits to {visited}, made by volunteers on behalf of the Police and Crime Commissioner"
    )
    about += " under section 51 of the Police Reform Act 2002." if custody and not animals else "."
    note = ""
    if grids:
        note = (
            f"On the cover: every timeslot of the period at {joined([g.site for g in grids])}. "
            "The lighter the square, the more visits; an outline means none."
        )
    return Cover(
        office=office.name,
        title=title(author),
        subtitle=f"Annual report {author.year}" if author.period.is_reporting_year else "Report",
        area=office.area,
        period=author.dates,
        grids=tuple(grids),
        about=author.say("text.cover", "Cover", about),
        pattern_note=note,
        reported=author.line("reported"),
        notice=office.made_up_note,
    )


def title(author: Author) -> str:
    """What the report is about."""
    return (
        "Independent custody visiting" if author.scheme(Kind.CUSTODY) else "Animal welfare visiting"
    )


def contents(author: Author) -> Section:
    """The list of sections, and what the document is."""
    words = (
        "Every figure was computed once from the record of visits, and every total is the sum of "
        "what is shown. Where a chart is drawn, its figures stand in a table beside it. The "
        "document is tagged for screen readers."
    )
    contact = author.line("contact")
    runs = [Run(words)]
    if contact:
        url = f"mailto:{contact}" if "@" in contact and " " not in contact else ""
        runs += [Run(" For another format, write to "), Run(contact, url=url), Run(".")]
    blocks = (Contents(), Heading("About this document"), Paragraph(tuple(runs)))
    return Section("contents", "Contents", blocks, in_contents=False)


def glance(author: Author) -> Section:
    """Six figures, the sentences of the year, and last year beside this year."""
    blocks: list[Block] = []
    custody = author.scheme(Kind.CUSTODY)
    animals = author.scheme(Kind.ANIMAL_WELFARE)
    if custody:
        blocks.append(KeyFigures(_key_figures(author, custody)))
    elif animals:
        blocks.append(KeyFigures(_animal_figures(animals)))
    blocks += author.strip()
    items = []
    if custody:
        items += _custody_points(author, custody)
    if animals:
        items.append(_point(author, "point.animals", _animal_point(animals), "animals",
                            "Animal welfare visiting"))  # fmt: skip
    if items:
        blocks += [Heading("What the year showed"), BulletList(tuple(items))]
    if custody:
        blocks += _beside_last_year(author, custody)
    return Section("glance", GLANCE, tuple(blocks))


def _key_figures(author: Author, figures: SchemeFigures) -> tuple[KeyFigure, ...]:
    target, access, people = figures.target, figures.access, figures.people
    cells, visited = _slots(figures)
    due = f"visits made, of {count_text(target.expected)} due" if target.expected else "visits made"
    found = [
        KeyFigure(
            count_text(figures.visits),
            due,
            f"{target.visits.text} of the target of one visit a week to each suite in use"
            if target.expected
            else "no visit was due",
        ),
        KeyFigure(
            f"{count_text(visited)} of {count_text(cells)}" if cells else "none",
            "timeslots visited",
            "each suite\u2019s week is divided into timeslots",
        ),
    ]
    if access.face_to_face:
        found.append(
            KeyFigure(
                access.shares[0].text,
                f"admitted within {access.immediate_limit} minutes",
                f"{count_text(access.immediate)} of {counted(access.face_to_face, 'visit')}; "
                f"{number(access.long) if access.long else 'none'} waited more than "
                f"{access.delay_limit} minutes",
            )
        )
    if people.present:
        accepted = people.shares["seen"]
        found.append(
            KeyFigure(
                count_text(people.seen),
                "people spoke with visitors",
                f"{accepted.text} of the {count_text(people.offered)} who were offered a visit"
                if people.offered
                else "none was offered a visit",
            )
        )
    register = author.summary.volunteers.get(Kind.CUSTODY)
    if register and (register.at_start or register.at_end):
        found.append(
            KeyFigure(
                count_text(register.at_end),
                "visitors at the end" if register.at_end != 1 else "visitor at the end",
                f"{number(register.joined) if register.joined else 'none'} joined and "
                f"{number(register.left) if register.left else 'none'} left",
            )
        )
    worth = figures.value
    found.append(
        KeyFigure(
            whole_hours(figures.hours),
            "hours given",
            f"worth an estimated {whole_pounds(worth)}" if worth is not None else "",
        )
    )
    return tuple(found)


def _animal_figures(figures: SchemeFigures) -> tuple[KeyFigure, ...]:
    cells, visited = _slots(figures)
    return (
        KeyFigure(count_text(figures.visits), "visits made"),
        KeyFigure(f"{count_text(visited)} of {count_text(cells)}", "timeslots visited"),
        KeyFigure(whole_hours(figures.hours), "hours given"),
    )


def _slots(figures: SchemeFigures) -> tuple[int, int]:
    """Timeslots of the sites in use, and those of them visited."""
    shown = Author.shown_coverage(figures)
    return sum(c.cells for c in shown), sum(c.cells_visited for c in shown)


def _point(author: Author, key: str, drafted: str, section: str, title: str) -> ListItem:
    words = author.say(key, GLANCE, drafted)
    return ListItem(text(f"{words} ", Run(title, section=section), "."))


def _custody_points(author: Author, figures: SchemeFigures) -> list[ListItem]:
    target, people = figures.target, figures.people
    if target.expected:
        visits = (
            f"Visitors made none of the {counted(target.expected, 'visit')} due."
            if not figures.visits
            else f"Visitors made {counted(figures.visits, 'visit')}, {target.visits.text} of the "
            f"{count_text(target.expected)} due; {met_words(target.met, target.due, 'week')}."
        )
    else:
        visits = f"Visitors made {counted(figures.visits, 'visit')}; none was due."
    points = [
        _point(author, "point.visits", visits, "visits", "Visits made"),
        _point(author, "point.coverage", _gap_sentence(figures), "days", "Days and times covered"),
    ]
    if figures.access.face_to_face:
        words = access_sentence(figures)
        points.append(_point(author, "point.access", words, "access", "Access to the suites"))
    if people.offered:
        words = (
            f"Of {counted(people.offered, 'person', 'people')} offered a visit, "
            f"{number(people.seen) if people.seen else 'none'}{bracketed(people.shares['seen'])} "
            "accepted."
        )
        points.append(_point(author, "point.people", words, "people", "The people in custody"))
    words = issues_sentence(figures)
    points.append(_point(author, "point.issues", words, "issues", "Issues raised and answered"))
    register = author.summary.volunteers.get(Kind.CUSTODY)
    if register and (register.at_start or register.at_end):
        words = volunteers_sentence(register)
        points.append(_point(author, "point.volunteers", words, "volunteers", "The volunteers"))
    return points


def _gap_sentence(figures: SchemeFigures) -> str:
    cells, visited = _slots(figures)
    if not cells:
        return "No timeslot was open to visits."
    if visited == cells:
        return f"All {count_text(cells)} timeslots were visited."
    missing = cells - visited
    words = f"{opening_number(missing)} of {count_text(cells)} timeslots had no visit"
    gaps = sorted(
        ((c.cells - c.cells_visited, c.site_name) for c in figures.coverage if c.total),
        key=lambda gap: -gap[0],
    )
    if len(gaps) > 1 and gaps[0][0] > gaps[1][0] and gaps[0][0] < missing:
        words += f"; {number(gaps[0][0])} of them {were(gaps[0][0])} at {gaps[0][1]}"
    return f"{words}."


def _animal_point(figures: SchemeFigures) -> str:
    target = figures.target
    cells, visited = _slots(figures)
    if target.expected:
        said = monthly_sentence(figures)
    else:
        visits = counted(figures.visits, "visit")
        said = f"{opened(visits)} to kennels {were(figures.visits)} made"
    if cells:
        said += f"; {count_text(visited)} of {counted(cells, 'timeslot')} {were(visited)} visited"
    return f"{said}."


def _beside_last_year(author: Author, now: SchemeFigures) -> list[Block]:
    before = author.before(Kind.CUSTODY)
    if before is None:
        return []
    pairs = zip(_year_column(now), _year_column(before), strict=True)
    rows = tuple((label, value, earlier) for (label, value), (_, earlier) in pairs)
    return [
        Heading("This year beside last year", wide=True),
        Table(
            author.number(),
            f"Custody visiting in {author.year} and {author.year_before}",
            (Column("Figure", "left", 3.4), Column(author.year), Column(author.year_before)),
            rows,
        ),
    ]


def _year_column(figures: SchemeFigures) -> list[tuple[str, str]]:
    target, access, people = figures.target, figures.access, figures.people
    cells, visited = _slots(figures)
    percent = target.visits.percent
    return [
        ("Visits made", count_text(figures.visits)),
        (
            "Share of visits due",
            f"{percent_number(percent)}%" if percent is not None else "no target",
        ),
        ("Weeks met of weeks due", f"{count_text(target.met)} of {count_text(target.due)}"),
        ("Timeslots visited", f"{count_text(visited)} of {count_text(cells)}"),
        (f"Admitted within {access.immediate_limit} minutes", access.shares[0].text),
        ("People in the cells at visits", count_text(people.present)),
        ("People offered a visit", count_text(people.offered)),
        ("People who spoke with visitors", count_text(people.seen)),
        ("Issues raised", count_text(figures.issues.total)),
        ("Hours given", f"{figures.hours:,.2f}"),
    ]


def duty(author: Author) -> Section:
    """What the scheme is for, and the texts about it."""
    lead = (
        "The Commissioner must make sure that people held by the police can be visited, without "
        "notice, by members of the public who are independent of the police and of the "
        "Commissioner\u2019s office."
    )
    blocks: list[Block] = [Paragraph(text(author.say("lead.duty", DUTY, lead)), "lead")]
    view = author.body("view")
    if view:
        said = tuple(block.runs for block in view if isinstance(block, Paragraph))
        blocks += [Heading("The Commissioner\u2019s view"), Quote(said, author.line("view_by"))]
    blocks += author.titled("history")
    blocks += author.titled("running")
    blocks += author.titled("meetings")
    return Section("duty", DUTY, tuple(blocks))


def year_in_words(author: Author) -> Section | None:
    """What the figures can't say; nothing where nobody wrote a text."""
    blocks = (
        *author.titled("awards"),
        *author.titled("region"),
        *author.titled("findings"),
        *author.titled("plans"),
    )
    return Section("words", WORDS, blocks) if blocks else None


def how_counted(author: Author) -> Section:
    """Every word that a figure depends on."""
    entries: list[tuple[str, str]] = []
    custody = author.scheme(Kind.CUSTODY)
    if custody:
        entries += _custody_terms(custody)
    if author.scheme(Kind.ANIMAL_WELFARE):
        entries.append(
            (
                "Monthly visit due",
                "One for each calendar month in which the kennels were in use on every day.",
            )
        )
    entries += [
        (
            "Share",
            "Whole per cent, by largest remainder where parts of one total are listed, so that "
            "they add to 100; one decimal where a part would otherwise print as 0 or 100. Share "
            "of target has one decimal place.",
        ),
        (
            "Hours",
            "From arrival to leaving, and time entered besides, for each visitor; observers are "
            "not counted. Value: hours at the rate in force, rounded once.",
        ),
        (
            "Visit",
            "A visit that was reported and signed, not withdrawn and not made for training.",
        ),
    ]
    if author.summary.office.made_up_note:
        note = author.summary.office.made_up_note.rstrip(".")
        entries.append(("Made up", f"{note}. Nothing of that kind appears in a real report."))
    return Section("counted", TERMS, (Terms(tuple(entries)), *author.titled("notes")))


def _custody_terms(figures: SchemeFigures) -> list[tuple[str, str]]:
    access = figures.access
    return [
        (
            "Visit due",
            "One for each Monday-to-Sunday week in which a suite was in use on every day. The "
            "week belongs to the period that holds its Thursday. A closed suite carries no target.",
        ),
        ("Week met", "A week due in which at least one visit was made to the suite."),
        (
            "Timeslot",
            "A day of the week and a band of the clock. A visit belongs to the timeslot in which "
            "visitors arrived.",
        ),
        (
            "Immediate access",
            f"Admitted to the suite no more than {access.immediate_limit} minutes after arriving "
            "at the police station. Only visits made face to face are counted.",
        ),
        ("In the cells", "People in the suite when visitors called, counted at each visit."),
    ]
