"""The quarterly update: a quarter on one page or two, for the body, the force and the team.

Gaps in the coverage are printed only once the year is over: before that they would show the force
where visitors have to go next.
"""

from collections.abc import Iterator, Sequence
from itertools import count

from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import span_words
from visitapp.domain.text.wording import (
    capitalised,
    count_text,
    counted,
    dates,
    day_and_month,
    day_of_month,
    joined,
    lowered,
    none_or,
    opening_number,
    or_none,
    out_of,
    plural,
    short_month,
    were,
)
from visitapp.domain.year.animal_figures import AnimalFigures
from visitapp.domain.year.figure_place import Origin
from visitapp.domain.year.quarterly_update import (
    QuarterlyUpdate,
    SchemeUpdate,
    missed_spans,
)
from visitapp.domain.year.site_quarter import PeriodMark, PeriodSpan
from visitapp.domain.year.summary import SchemeFigures
from visitapp.domain.year.visit_list import CountedVisits
from visitapp.reporting.annual.targets import spans_note
from visitapp.reporting.blocks import (
    Block,
    ChartBlock,
    Column,
    Document,
    KeyFigure,
    KeyFigures,
    Masthead,
    Paragraph,
    Section,
    Table,
    text,
)
from visitapp.reporting.charts import MOST_BARS, SpanSquare, SpanSquares, SquareRow
from visitapp.reporting.issue_rows import issue_table
from visitapp.reporting.wording import gaps_text, hours_given, period_notice, visited_so_far

_MOST_SQUARES = 27
"""More weeks than half a year has would be too narrow to read."""
_MOST_LABELS = 14


def quarterly_update(update: QuarterlyUpdate) -> Document:
    """The document."""
    years = update.office.years
    kinds = [kind for kind in Kind if kind in update.schemes]
    about = "Animal welfare visiting" if kinds == [Kind.ANIMAL_WELFARE] else "Custody visiting"
    title = f"{about}: {years.label(update.period)}"
    name = years.kind_of_update(update.period)
    (body, *_) = update.office.bodies_in(update.period)
    table = count(1)
    return Document(
        title=title,
        as_at=update.as_at,
        office=update.office.name,
        head_left=title,
        head_right=update.office.area,
        sections=tuple(
            section.of(scheme.quarter.scheme.id)
            for scheme in update.every
            for section in _sections(update, scheme, table)
        ),
        masthead=Masthead(
            office=update.office.name,
            marking=name,
            title=title,
            subtitle=f"{name} for {body.short}, the force and the team",
            notice=period_notice(update.office, update.period, update.as_at),
        ),
        subject=f"{name}, {years.label(update.period)}",
    )


def _sections(
    update: QuarterlyUpdate, scheme: SchemeUpdate, table: Iterator[int]
) -> Iterator[Section]:
    figures = scheme.quarter.judged()
    at = update.every.index(scheme)
    kind = f"{figures.scheme.kind}{at or ''}"
    is_second = at > 0
    has_title = is_second or figures.scheme.is_one_of_several
    yield Section(
        f"{kind}-figures",
        figures.scheme.title if has_title else "",
        (KeyFigures(tuple(_key_figures(update, scheme, figures))),),
        starts_page=is_second,
    )
    yield Section(
        f"{kind}-weeks",
        _missed_title(scheme, figures),
        (
            *_squares(scheme, figures),
            _site_table(update, scheme, figures, next(table)),
            *((Paragraph(text(note.strip()), "note"),) if (note := spans_note(figures)) else ()),
        ),
    )
    yield _coverage(update, scheme)
    yield _issues(scheme, figures, table)
    yield Section(f"{kind}-thanks", "", tuple(_thanks(update, scheme, figures)))


# the figures


def _key_figures(
    update: QuarterlyUpdate, scheme: SchemeUpdate, figures: SchemeFigures
) -> Iterator[KeyFigure]:
    target, year = figures.target, scheme.year_so_far.judged().target
    due = f", of {count_text(target.expected)} due" if target.expected else ""
    so_far = "" if update.ends_year else " so far"
    yield KeyFigure(
        count_text(figures.visits),
        f"{plural(figures.visits, 'visit')} made{due}",
        f"in the year{so_far} {out_of(year.done, year.expected)}"
        if year.expected and update.period.start > update.year.start
        else "",
    )
    access, people = figures.access, figures.people
    if figures.scheme.kind is Kind.CUSTODY:
        if access.face_to_face:
            waited = access.face_to_face - access.immediate
            yield KeyFigure(
                count_text(access.immediate),
                f"admitted within {access.immediate_limit} minutes",
                f"{none_or(waited)} waited longer, of {counted(access.face_to_face, 'visit')}",
            )
        if figures.people_known and people.present:
            those = counted(people.offered, "person", "people")
            yield KeyFigure(
                count_text(people.seen),
                f"{plural(people.seen, 'person', 'people')} spoke with visitors",
                f"{people.accepted_share.text} of the {those} offered a visit"
                if people.offered
                else "nobody was offered a visit",
            )
    elif figures.animals.seen:
        seen, noun = figures.animals.seen, figures.animals.noun(figures.animals.seen)
        yield KeyFigure(count_text(seen), f"{noun} seen", _on_strength(figures.animals))
    if figures.issues_known:
        still = figures.issues.open
        yield KeyFigure(
            count_text(figures.issues.total),
            f"{plural(figures.issues.total, 'issue')} raised",
            f"{none_or(still)} still open" if figures.issues.total else "",
        )


def _on_strength(animals: AnimalFigures) -> str:
    strength = animals.strength
    if strength.seen_recently is None or not strength.at_end:
        return "at all visits together"
    recently = out_of(strength.seen_recently, strength.at_end)
    return f"at all visits; {recently} on strength were seen in six months"


# weeks


def _missed_title(scheme: SchemeUpdate, figures: SchemeFigures) -> str:
    unit, missed = figures.unit, scheme.missed
    over = [
        span
        for site in scheme.weeks
        for span in site.spans
        if span.due and span.mark in (PeriodMark.VISITED, PeriodMark.MISSED)
    ]
    if not over:
        return "No visit was due"
    if not missed:
        return f"Every {unit} had the visits due"
    if missed == 1:
        (site, span) = next(
            (site, span)
            for site in scheme.weeks
            for span in site.spans
            if span.mark is PeriodMark.MISSED
        )
        had = "no visit" if not span.visits else f"{out_of(span.visits, span.due)} visits due"
        days = f"from {day_and_month(span.period.start)} to {day_and_month(span.period.end)}"
        return f"One {unit} was missed: {site.site.name} had {had} {days}"
    by_site = [
        f"{missed_spans(site)} at {site.site.name}" for site in scheme.weeks if missed_spans(site)
    ]
    words = f": {joined(by_site)}" if len(by_site) <= 3 else ""
    return f"{opening_number(missed)} {unit}s were missed{words}"


def _squares(scheme: SchemeUpdate, figures: SchemeFigures) -> Iterator[Block]:
    """A square for each week at each site, if all sites count by the same and fit on a page."""
    shown = [site for site in scheme.weeks if site.spans]
    starts = {tuple(span.period for span in site.spans) for site in shown}
    if len(starts) != 1 or not 1 < len(*starts) <= _MOST_SQUARES or len(shown) > MOST_BARS:
        return
    rows = tuple(SquareRow(site.site.name, tuple(map(_square, site.spans))) for site in shown)
    months = figures.unit == "month"
    spans = shown[0].spans
    labels = [
        short_month(span.period.start) if months else _day_label(at, spans)
        for at, span in enumerate(spans)
    ]
    ends = dates(spans[0].period.start, spans[-1].period.end)
    named = tuple(span_words(span.period) for span in spans)
    chart = SpanSquares(f"Visits in each {figures.unit}, {ends}", tuple(labels), rows, named)
    behind = (
        {"site_ids": (site.site.id,), "period": span.period, "counted": CountedVisits.MADE}
        for site in shown
        for span in site.spans
    )
    yield ChartBlock(chart, tuple(Origin(only, counts_visits=True) for only in behind))


def _day_label(at: int, spans: Sequence[PeriodSpan]) -> str:
    """The day that a week begins on, with its month where that is new. Of many weeks only those
    that begin a month have space for it."""
    start = spans[at].period.start
    if not at or spans[at - 1].period.start.month != start.month:
        return day_of_month(start)
    return str(start.day) if len(spans) <= _MOST_LABELS else ""


def _square(span: PeriodSpan) -> SpanSquare:
    return SpanSquare(
        span.visits,
        is_missed=span.mark is PeriodMark.MISSED,
        is_due=span.mark is not PeriodMark.NOT_DUE,
        is_over=span.mark not in (PeriodMark.COMING, PeriodMark.DUE_NOW),
    )


def _site_table(
    update: QuarterlyUpdate, scheme: SchemeUpdate, figures: SchemeFigures, at: int
) -> Table:
    custody = figures.scheme.kind is Kind.CUSTODY
    new, missed = scheme.new_timeslots(), {s.site.id: missed_spans(s) for s in scheme.weeks}
    access = figures.access
    heads = ["Due", "Made", f"{capitalised(figures.unit)}s missed"]
    if custody:
        heads.append(f"Admitted within {access.immediate_limit} minutes")
    heads.append("Timeslots new this year")
    rows = []
    for site in figures.sites:
        if not site.is_counted:
            continue
        cells = [
            or_none(site.target.expected),
            count_text(site.attempts.completed),
            or_none(missed.get(site.site_id, 0)),
        ]
        if custody:
            counted_there = figures.by_site.get(site.site_id)
            there = counted_there.access if counted_there else None
            cells.append(
                out_of(there.immediate, there.face_to_face)
                if there and there.face_to_face
                else "no visit in person"
            )
        rows.append((site.name, *cells, or_none(new.get(site.name, 0))))
    total = [or_none(figures.target.expected), count_text(figures.visits), or_none(scheme.missed)]
    if custody:
        total.append(
            out_of(access.immediate, access.face_to_face)
            if access.face_to_face
            else "no visit in person"
        )
    total.append(or_none(sum(new.values())))
    place = "Suite" if custody else "Kennels"
    label = update.office.years.label(update.period)
    return Table(
        at,
        f"Visits{' and access' if custody else ''} by {lowered(place)}, {label}",
        (Column(place, "left", 1.9), *(Column(head) for head in heads)),
        tuple(rows),
        ("All together", *total) if len(rows) > 1 else (),
    )


# coverage


def _coverage(update: QuarterlyUpdate, scheme: SchemeUpdate) -> Section:
    figures = scheme.year_so_far
    visited, cells = figures.timeslots
    year = update.office.years.label(update.year)
    kind = figures.scheme.kind
    if not cells:
        return Section(f"{kind}-coverage", "", ())
    if not update.ends_year:
        words = f"{visited_so_far(visited, cells)} in {year}."
        return Section(f"{kind}-coverage", "Timeslots visited", (Paragraph(text(words)),))
    if visited == cells:
        words = f"All {count_text(cells)} timeslots were visited."
        return Section(f"{kind}-coverage", f"Every timeslot was visited in {year}",
                       (Paragraph(text(words)),))  # fmt: skip
    left = cells - visited
    gaps = [
        f"{coverage.site_name}: {gaps_text(coverage)}."
        for coverage in figures.coverage_in_use
        if gaps_text(coverage)
    ]
    words = (
        f"{out_of(left, cells, begin=opening_number)} timeslots had no visit in the year. "
        f"{' '.join(gaps)}"
    )
    if not visited:
        words = f"None of {count_text(cells)} timeslots was visited in the year."
    return Section(f"{kind}-coverage", f"Not visited in {year}", (Paragraph(text(words)),))


# issues


def _issues(scheme: SchemeUpdate, figures: SchemeFigures, table: Iterator[int]) -> Section:
    kind, raised = figures.scheme.kind, figures.issues
    title = "You said, we did"
    if not figures.issues_known:
        words = "It is not known which issues were raised."
        return Section(f"{kind}-issues", title, (Paragraph(text(words)),))
    if not raised.total:
        return Section(f"{kind}-issues", title, (Paragraph(text("No issue was raised.")),))
    blocks: list[Block] = []
    at_visit = raised.at_visit
    allegations = raised.allegations.total
    if at_visit or allegations:
        words = ""
        if at_visit:
            words = f"{_those(at_visit, raised.total)} put right during the visit."
        if allegations:
            many = opening_number(allegations)
            words += (
                f" {many} {plural(allegations, 'allegation')} {were(allegations)} passed on at "
                f"once; allegations are not listed."
            )
        blocks.append(Paragraph(text(words.strip())))
    if scheme.issues:
        blocks.append(
            issue_table(
                next(table), "Issues that the force had to answer, and what was done", scheme.issues
            )
        )
    if scheme.more_issues:
        more = counted(scheme.more_issues, "more issue")
        blocks.append(Paragraph(text(f"And {more}."), "note"))
    return Section(f"{kind}-issues", title, tuple(blocks))


def _those(part: int, whole: int) -> str:
    if part == whole:
        return plural(whole, "The one issue was", f"All {count_text(whole)} issues were")
    return f"{out_of(part, whole, begin=opening_number)} issues {were(part)}"


def _thanks(
    update: QuarterlyUpdate, scheme: SchemeUpdate, figures: SchemeFigures
) -> Iterator[Block]:
    if not figures.visits or not figures.hours_known or not scheme.volunteers.is_end_known:
        return
    people = scheme.volunteers.at_end
    span = update.office.years.span_word(update.period)
    yield Paragraph(
        text(
            f"Thank you to the {counted(people, 'volunteer')} who gave "
            f"{hours_given(figures.hours)} in this {span}."
        )
    )
