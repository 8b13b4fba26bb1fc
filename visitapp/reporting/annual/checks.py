"""What a manager should know before the year is published."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.wording import capitalised, count_text, counted, joined, lowered, plural
from visitapp.domain.year.attempts import Labelled
from visitapp.domain.year.own_sections import own_sections
from visitapp.domain.year.small_numbers import SMALL
from visitapp.domain.year.summary import AnnualSummary, CountedFigures, SchemeFigures, by_kind
from visitapp.domain.year.target_words import opened_words
from visitapp.domain.year.year_texts import TEXT_FIELDS, YEAR_IN_WORDS, Check, Sentence, TextField
from visitapp.reporting.annual.access import ACCESS
from visitapp.reporting.annual.animals import ANIMALS
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.bodies import view_title
from visitapp.reporting.annual.custody import VISITS
from visitapp.reporting.annual.days import DAYS
from visitapp.reporting.annual.in_lines import of_sites
from visitapp.reporting.annual.issues import ISSUES
from visitapp.reporting.annual.people import PEOPLE
from visitapp.reporting.annual.volunteers import VOLUNTEERS
from visitapp.reporting.annual.words import DUTY, words_title

_FIRST_OF_ANIMALS = "animals"
_PARTS = ("offered", "not_offered", "not_available", "asleep", "other")


def checks(summary: AnnualSummary, sentences: Iterable[Sentence]) -> tuple[Check, ...]:
    """Whether totals agree, what is missing, and what could identify somebody."""
    results = [_totals(summary)]
    if summary.chosen is None:
        results.append(_texts(summary))
        results += _unread(summary)
    results += _signs(summary)
    results += _outdated(sentences)
    for figures in summary.every:
        results += _unknown(figures)
    results += _register(summary)
    results += _profile(summary)
    results += _small(summary)
    return tuple(results)


def _totals(summary: AnnualSummary) -> Check:
    wrong = [
        f"{disagreement} of {figures.scheme.name}"
        for figures in summary.every
        for disagreement in _disagreeing(figures)
    ]
    if wrong:
        return Check(f"Totals that don\u2019t agree: {joined(wrong)}.")
    author = Author(summary)
    if author.is_empty:
        return Check(f"No visit was recorded from {author.dates}: there is nothing to publish yet.")
    visits = joined([count_text(figures.visits) for figures in summary.every])
    return Check(f"Totals agree: sites, months, timeslots and waits come to {visits}.", good=True)


def _disagreeing(figures: SchemeFigures) -> Iterator[str]:
    people, attempts = figures.people, figures.attempts
    sums = {
        "visits by site": (sum(site.attempts.completed for site in figures.sites), figures.visits),
        "visits by month": (sum(number for _, number in figures.by_month), figures.visits),
        "visits by timeslot": (
            sum(coverage.total + coverage.outside for coverage in figures.coverage),
            attempts.at_site,
        ),
        "waits": (figures.access.total, attempts.attempted),
        "ways of visiting": (sum(number for _, number in attempts.by_mode), attempts.attempted),
    }
    yield from (what for what, (number, total) in sums.items() if number != total)
    yield from _disagreeing_lines(figures, "site", figures.by_site.values())
    for kind, lines in by_kind(figures.by_group).items():
        counted_lines = [line.counted for line in lines]
        completed = sum(line.attempts.completed for line in counted_lines)
        if completed != figures.visits:
            yield f"visits by {kind}"
        yield from _disagreeing_lines(figures, kind.value, counted_lines)
    if people.present != sum(getattr(people, part) for part in _PARTS):
        yield "people by outcome"


def _disagreeing_lines(
    figures: SchemeFigures, each: str, lines: Iterable[CountedFigures]
) -> Iterator[str]:
    """Which numbers of sites, or of groups of one kind, don't add up to those of the scheme."""
    listed = [_parts(line) for line in lines]
    if not listed:
        return
    for what, whole in _parts(figures).items():
        sums = [sum(numbers) for numbers in zip(*(line[what] for line in listed), strict=True)]
        if sums != list(whole):
            yield f"{what} by {each}"


def _parts(counted_figures: CountedFigures | SchemeFigures) -> dict[str, tuple[int, ...]]:
    """The numbers that are printed by site and by group: waits, people and issues."""
    access, people = counted_figures.access, counted_figures.people
    issues = counted_figures.issues
    return {
        "waits": (
            access.immediate, access.delay, access.long, access.not_admitted, access.unknown,
            access.not_applicable,
        ),
        "people": (people.present, people.seen, *(getattr(people, part) for part in _PARTS)),
        "issues": (issues.at_visit, issues.open, issues.total, issues.allegations.total),
    }  # fmt: skip


def printed_fields(summary: AnnualSummary) -> tuple[TextField, ...]:
    """The texts that this report prints: a scheme without sites has no sections."""
    author = Author(summary)
    without = {ANIMALS}
    if author.scheme(Kind.CUSTODY) is None:
        without |= {DUTY, VISITS, DAYS, ACCESS, PEOPLE, ISSUES, VOLUNTEERS}
    printed: list[TextField] = []
    for field in TEXT_FIELDS:
        if field.section not in without:
            printed.append(_in_words_of(author, field))
        elif field.section == ANIMALS and field.key == _FIRST_OF_ANIMALS:
            for of_scheme in author.of_animals():
                printed += _of_animals(of_scheme)
    if summary.chosen is None:
        printed += [section.field for section in own_sections(summary.texts)]
    return tuple(printed)


def _of_animals(author: Author) -> list[TextField]:
    """The texts about a scheme for animals; further ones have their own."""
    figures = author.scheme(Kind.ANIMAL_WELFARE)
    title = figures.scheme.title if figures else ANIMALS
    return [
        replace(field, key=author.key(field.key), section=title)
        for field in TEXT_FIELDS
        if field.section == ANIMALS
    ]


def _in_words_of(author: Author, field: TextField) -> TextField:
    """A text with the words of its body and of its period."""
    if field.key == "view":
        return replace(field, title=view_title(author.summary.office, author.period))
    if field.section == YEAR_IN_WORDS:
        return replace(field, section=words_title(author.span))
    return field


def _texts(summary: AnnualSummary) -> Check:
    missing = [field for field in printed_fields(summary) if field.is_missing(summary.texts)]
    if not missing:
        return Check("Every text is written.", good=True)
    number = len(missing)
    texts = plural(number, "One text is", f"{number} texts are")
    return Check(f"{texts} not written. Sections without text will not appear in the report.")


def _unread(summary: AnnualSummary) -> Iterator[Check]:
    """Texts that begin with those of the year before."""
    number = sum(field.key in summary.unread for field in printed_fields(summary))
    if number:
        year = summary.office.years.label(summary.period.year_before())
        texts = plural(number, "One text is", f"{number} texts are")
        yield Check(f"{texts} from {year}, not yet read. What nobody has read is not printed.")


def _signs(summary: AnnualSummary) -> Iterator[Check]:
    """Characters in the year's texts and names that the report's fonts don't have."""
    from visitapp.reporting.pdf.printable import (
        INSTEAD,
        listed,
        unprintable,
    )  # loads ReportLab only now

    names = [summary.office.name, summary.office.area]
    for figures in summary.every:
        names += [figures.scheme.name, *(site.name for site in figures.sites)]
        names += [category.label for category in figures.issues.by_category]
    if signs := unprintable([*summary.texts.values(), *names]):
        yield Check(
            f"These characters can’t be printed: {listed(signs)}. The report shows {INSTEAD} "
            "instead. Use other letters."
        )


def _outdated(sentences: Iterable[Sentence]) -> list[Check]:
    return [
        Check(
            f"Figures have changed since this was edited: \u201c{sentence.text}\u201d",
            key=sentence.key,
        )
        for sentence in sentences
        if sentence.is_outdated
    ]


def _unknown(figures: SchemeFigures) -> Iterator[Check]:
    name = figures.scheme.name
    if figures.unknown_length:
        visits = counted(figures.unknown_length, "visit")
        say = plural(figures.unknown_length, "does", "do")
        yield Check(
            f"{name}: {visits} {say} not say when visitors left, so their hours are not known."
        )
    if figures.minutes and figures.value is None:
        yield Check(f"{name}: no rate is set, so hours have no value.")
    uncounted = figures.people.uncounted_visits + figures.animals.uncounted_visits
    if uncounted:
        yield Check(f"{name}: {counted(uncounted, 'visit')} gave no count.")
    if untimed := sum(coverage.untimed for coverage in figures.coverage):
        have = plural(untimed, "has", "have")
        yield Check(
            f"{name}: {counted(untimed, 'visit')} {have} no time of arriving, so "
            f"{plural(untimed, 'it counts', 'they count')} in no timeslot."
        )
    if opened := opened_words(figures):
        yield Check(f"{name}: {opened} Enter the day under Settings, Sites.")
    if waits := figures.access.unknown:
        yield Check(
            f"{name}: {counted(waits, 'visit')} {plural(waits, 'does', 'do')} not say when "
            "visitors were let in, so how long they waited is not known."
        )
    if silent := figures.issues.unknown_visits:
        origin = "came from an import without a list of issues"
        yield Check(
            f"{name}: {counted(silent, 'visit')} {origin}, so we do not know whether issues were "
            "raised."
        )


def _register(summary: AnnualSummary) -> Iterator[Check]:
    """People whose joining date isn't known."""
    register = summary.volunteers.get(Kind.CUSTODY)
    figures = summary.schemes.get(Kind.CUSTODY)
    if register is None or figures is None:
        return
    if unknown := register.joined_unknown + register.unknown_later:
        people = f"{counted(unknown, 'person', 'people')} came with an import"
        yield Check(
            f"{figures.scheme.name}: {people} without the day they joined, so the report does not "
            "say how many there were before. Enter the days in People."
        )
    if unknown := register.judged().service_unknown:
        of_whom = counted(unknown, "visitor")
        yield Check(
            f"{figures.scheme.name}: it is not known when {of_whom} joined, so the report does not "
            "say how many have served for long. Enter the days in People."
        )


def _profile(summary: AnnualSummary) -> Iterator[Check]:
    """Answers for equality monitoring that can't be published."""
    profile = summary.profile
    if profile is not None and profile.hidden:
        names = joined([lowered(label) for label in profile.hidden])
        whole = "" if profile.shown else " As nothing else is known, there is no such part."
        yield Check(
            f"{VOLUNTEERS}: {names} left out, as groups of fewer than {SMALL} people could be "
            f"worked out.{whole}"
        )


def _small(summary: AnnualSummary) -> list[Check]:
    custody = summary.schemes.get(Kind.CUSTODY)
    if custody is None:
        return []
    results = []
    grouped = _under(custody.people.seen_by.values())
    if grouped:
        results.append(
            Check(
                f"Groups of fewer than {SMALL} people are shown together with others: "
                f"{joined(grouped)}."
            )
        )
    shown = _under(custody.people.reasons.values())
    if shown:
        results.append(
            Check(
                f"Reasons given for fewer than {SMALL} people are printed: {joined(shown)}. Check "
                "that no one could be identified."
            )
        )
    of_each = (counted_at.people.reasons.values() for _, counted_at in of_sites(custody))
    if few := sum(len(_under(reasons)) for reasons in of_each):
        results.append(
            Check(
                f"{capitalised(counted(few, 'number'))} of fewer than {SMALL} people "
                f"{plural(few, 'is', 'are')} printed with a reason and a suite. Check that no one "
                "could be identified."
            )
        )
    return results or [Check(f"No group of fewer than {SMALL} people is shown.", good=True)]


def _under(lists: Iterable[Labelled]) -> list[str]:
    return [
        f"{label} ({number})" for cells in lists for label, number in cells if 0 < number < SMALL
    ]
