"""The main figure of each section of the report, and the visits counted for it."""

from dataclasses import dataclass, replace

from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.text.wording import capitalised, count_text, lowered, number_of, out_of
from visitapp.domain.year.animal_figures import AnimalFigures
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.domain.year.summary import AnnualSummary, IssueFigures, SchemeFigures, spans_clause
from visitapp.domain.year.target_words import asks_one_each, is_usual, target_clause
from visitapp.domain.year.visit_list import CountedVisits, VisitQuery


@dataclass(frozen=True, slots=True)
class SectionFigure:
    """The `figure` as printed, a `sentence` on how it is counted, and a query for the visits
    counted."""

    figure: str
    sentence: str
    visits: int
    query: VisitQuery


def section_figures(summary: AnnualSummary) -> dict[str, SectionFigure]:
    """The figures by title of section; sections without figures are left out."""
    figures_by_section: dict[str, SectionFigure] = {}
    for figures in [of_scheme.judged() for of_scheme in summary.every]:
        if figures.sites or figures.visits:
            if figures.scheme.kind is Kind.CUSTODY:
                figures_by_section |= _custody(figures, summary.period)
            else:
                figures_by_section[figures.scheme.title] = _animals(figures, summary.period)
    visits = sum(figures.visits for figures in summary.every)
    every = whole_query(summary)
    span = summary.office.years.span_word(summary.period)
    whole = f"All visits made, of {'all' if summary.others else 'both'} schemes."
    if summary.chosen is not None:
        whole = f"All visits made to {summary.chosen.name}."
    figures_by_section[f"The {span} at a glance"] = SectionFigure(
        count_text(visits), whole, visits, every
    )
    return {
        title: replace(figure, query=_limited(figure.query, summary.chosen))
        for title, figure in figures_by_section.items()
    }


def whole_query(summary: AnnualSummary) -> VisitQuery:
    """All visits that were made in the period of a report, to the sites that it is about."""
    every = VisitQuery(period=summary.period, counted=CountedVisits.MADE)
    return _limited(every, summary.chosen)


def _limited(query: VisitQuery, chosen: ChosenSites | None) -> VisitQuery:
    return query if chosen is None else replace(query, site_ids=tuple(sorted(chosen.site_ids)))


def _custody(figures: SchemeFigures, period: Period) -> dict[str, SectionFigure]:
    visits, target = figures.visits, figures.target
    attempted, completed = figures.attempts.attempted, CountedVisits.MADE
    access, people, issues = figures.access, figures.people, figures.issues
    visited, cells = figures.timeslots
    outside = sum(coverage.outside for coverage in figures.coverage_in_use)
    fell = number_of(outside, "visit")
    due = f"{count_text(visits)} made of {count_text(target.expected)} due{figures.by_then}"
    share = target.visits.text if target.expected else count_text(visits)
    sentences = {
        "Visits made": (
            completed,
            visits,
            share,
            f"{due}: {_asked(figures)}. {_met(figures)}{_attempted(figures)}"
            if target.expected
            else f"No visit was due{figures.by_then}.{_attempted(figures)}",
        ),
        "Days and times covered": (
            CountedVisits.AT_SITE,
            figures.attempts.at_site,
            out_of(visited, cells),
            f"timeslots were visited; {fell} fell outside every timeslot.",
        ),
        "Access to the suites": (
            CountedVisits.ATTEMPTED,
            attempted,
            access.immediate_share.text,
            f"{out_of(access.immediate, access.face_to_face)} visits {figures.attempts.verb} "
            f"face to face were admitted within {access.immediate_limit} minutes.",
        ),
        "The people in custody": (
            CountedVisits.ATTEMPTED,
            attempted,
            count_text(people.seen),
            f"spoke with visitors, of {count_text(people.offered)} who were offered a visit and "
            f"{count_text(people.present)} in the cells. {count_text(people.observed_or_spoken)} "
            "were observed or spoken to.",
        ),
        "Issues raised and answered": (
            CountedVisits.ATTEMPTED,
            attempted,
            count_text(issues.total) if figures.issues_known else "Not known",
            f"issues were raised; {count_text(issues.at_visit)} were put right during the visit."
            f"{_matters(issues)}"
            if figures.issues_known
            else "The visits were imported without a list of issues.",
        ),
    }
    query = VisitQuery(scheme_id=figures.scheme.id, period=period)
    return {
        title: SectionFigure(figure, sentence, number, replace(query, counted=which))
        for title, (which, number, figure, sentence) in sentences.items()
    }


def _matters(issues: IssueFigures) -> str:
    """` Welfare 12, conditions 8, allegations 1.`; empty without an issue."""
    named = [f"{lowered(each.label)} {count_text(each.total)}" for each in issues.by_matter]
    return f" {capitalised(', '.join(named))}." if named else ""


def _met(figures: SchemeFigures) -> str:
    target = figures.target
    visits = "a visit" if asks_one_each(figures) else "the visits due"
    sentence = f"{out_of(target.met, target.due)} {figures.unit}s due had {visits}."
    return f"{sentence}{_spans(figures)}"


def _attempted(figures: SchemeFigures) -> str:
    """How many more visits were attempted, and how visits were made; empty if all were made in
    person."""
    attempts = figures.attempts
    words = ""
    if attempts.attempted > attempts.completed:
        words = f" {number_of(attempts.attempted, 'visit was', 'visits were')} attempted."
    if len(attempts.by_mode) > 1:
        modes = (f"{lowered(mode)} {count_text(number)}" for mode, number in attempts.by_mode)
        words += f" {capitalised(', '.join(modes))}."
    return words


def _asked(figures: SchemeFigures) -> str:
    return "one a week for each suite in use" if is_usual(figures) else target_clause(figures)


def _spans(figures: SchemeFigures) -> str:
    """A note if the visits of the weeks counted are not those of the days of the period."""
    clause = spans_clause(figures) if figures.target.strays else ""
    return "".join(f" {part}" for part in (clause and f"{clause}.", figures.all_due) if part)


def _animals(figures: SchemeFigures, period: Period) -> SectionFigure:
    target = figures.target
    query = VisitQuery(scheme_id=figures.scheme.id, period=period, counted=CountedVisits.MADE)
    due = ""
    if target.expected:
        due = f" of {count_text(target.expected)} due{figures.by_then}, "
        due += "one a month" if is_usual(figures) else target_clause(figures)
    sentence = f"visits to {figures.animals.places} were made{due}.{_spans(figures)}"
    sentence += _seen_of_strength(figures.animals)
    return SectionFigure(count_text(figures.visits), sentence, figures.visits, query)


def _seen_of_strength(animals: AnimalFigures) -> str:
    """Such as ` Visitors saw 73 dogs; 6 of 9 on strength were seen in six months.`, or nothing."""
    strength = animals.strength
    if not animals.seen and not strength.at_end:
        return ""
    words = f" Visitors saw {animals.seen_words}"
    if strength.at_end and strength.seen_recently is not None:
        of_them = out_of(strength.seen_recently, strength.at_end)
        words += f"; {of_them} on strength were seen in six months"
    return f"{words}."
