"""State and commands of the page Findings: scheme, period, sites, one question. QtCore only."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.figures import single_share
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.site import Site
from visitapp.domain.period import Period
from visitapp.domain.report.counted_answers import A_NUMBER, NO_ANSWER
from visitapp.domain.report.kinds import NOT_CHECKED
from visitapp.domain.text.wording import count_text, counted, dates, plural
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.domain.year.findings import AnswerFigures, QuestionFigures
from visitapp.domain.year.visit_list import AnswerQuery, CountedVisits, VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.findings.answer_number import AnswerNumber, change_words
from visitapp.ui.findings.custody_entries import CustodyEntries, entries_of
from visitapp.ui.page_viewmodel import PageViewModel


class FindingsViewModel(PageViewModel):
    """All figures come from `services.figures`. They are not cut for publication: the manager may
    read the reports behind them."""

    changed = Signal()  # scheme, period, sites or figures changed
    concerns = Changes.VISITS | Changes.SITES | Changes.SETTINGS | Changes.CODES

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.findings: tuple[QuestionFigures, ...] = ()
        self._entries = CustodyEntries()
        self.schemes: tuple[Scheme, ...] = ()
        self.scheme: Scheme | None = None
        self._sites: tuple[Site, ...] = ()
        self.groups: tuple[ChosenSites, ...] = ()
        """The groups of the scheme's sites that had the same sites in all of the period."""
        self._chosen: tuple[UUID, ...] = ()
        self.period = context.years().with_visits(self.today)
        self.renew()

    # -- state ---------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """Today's date according to the records."""
        return self._context.services.access.today()

    @property
    def sites(self) -> list[tuple[UUID, str]]:
        """The sites of the chosen scheme."""
        shown = self.scheme
        return [(s.id, s.name) for s in self._sites if shown and s.scheme_id == shown.id]

    @property
    def chosen(self) -> tuple[UUID, ...]:
        """The chosen sites; empty means all of the scheme."""
        return self._chosen

    @property
    def facts(self) -> str:
        """The line under the title."""
        days = dates(self.period.start, self.period.end)
        if not self.findings:
            return days
        answered = sum(figures.answered for figures in self.findings)
        answers = plural(answered, "1 answer", f"{count_text(answered)} answers")
        return f"{days}: {answers} to {counted(len(self.findings), 'question')}"

    def question(self, key: str) -> QuestionFigures | None:
        """The figures of a question; None if it isn't listed."""
        return next((figures for figures in self.findings if figures.key == key), None)

    def about(self, figures: QuestionFigures) -> str:
        """What is asked, of whom, and what the shares mean."""
        if known := self._entries.about.get(figures.key):
            return known
        asked = "asked at each visit"
        if figures.of_rows:
            asked = f"asked about each {'detainee' if figures.of_people else 'animal'}"
        several = " Several answers can be given at once." if figures.is_several else ""
        return f"{figures.section}: {asked}.{several}"

    def lines(self, figures: QuestionFigures) -> tuple[AnswerNumber, ...]:
        """The answers to a question as they are listed: each with the visits behind it."""
        return self._entries.lines.get(figures.key) or tuple(_lines(figures))

    # -- commands ------------------------------------------------------------------------

    def choose_scheme(self, scheme_id: UUID) -> None:
        """Show another scheme, with all its sites."""
        if self.scheme is None or scheme_id != self.scheme.id:
            self.scheme = next(scheme for scheme in self.schemes if scheme.id == scheme_id)
            self._chosen = ()
            self.renew()

    def choose_period(self, period: Period) -> None:
        """Show another period."""
        if period != self.period:
            self.period = period
            self.renew()

    def choose_sites(self, site_ids: tuple[UUID, ...]) -> None:
        """Count the visits to these sites alone; empty means all."""
        self._chosen = tuple(site_ids)
        self.renew()

    def open_answer(self, figures: QuestionFigures, line: AnswerNumber) -> None:
        """List the visits at which this answer was given on the page Visits."""
        words = f"{figures.ask} {line.words}"
        answer = AnswerQuery(figures.key, figures.meaning, line.code, words)
        query = VisitQuery(
            scheme_id=None if self.scheme is None else self.scheme.id,
            site_ids=self._chosen,
            period=self.period,
            counted=CountedVisits.ATTEMPTED,
            answer=answer,
        )
        self._context.go("visits", query)

    # -- counting ------------------------------------------------------------------------

    def renew(self) -> None:
        """Count again."""
        with self.showing_problems():
            services = self._context.services
            self.schemes = services.setup.schemes()
            shown = {scheme.id: scheme for scheme in self.schemes}
            first = next(iter(self.schemes), None)
            self.scheme = first if self.scheme is None else shown.get(self.scheme.id, first)
            self._sites = services.setup.sites()
            offered = {key for key, _ in self.sites}
            self._chosen = tuple(key for key, _ in self.sites if key in self._chosen)
            of_all = services.chosen_sites.groups(self.period)
            self.groups = tuple(group for group in of_all if group.site_ids <= offered)
            self.findings, self._entries = (), CustodyEntries()
            if self.scheme is not None:
                counted_findings = services.figures.findings(
                    self.period, self.scheme.id, self._chosen or None
                )
                if self.scheme.kind is Kind.CUSTODY:
                    answers = services.figures.custody_answers(self.period, self._chosen or None)
                    self._entries = entries_of(answers, counted_findings)
                self.findings = in_order((*counted_findings, *self._entries.questions))
            self.changed.emit()


def in_order(findings: tuple[QuestionFigures, ...]) -> tuple[QuestionFigures, ...]:
    """By section, in the form's order; within a section the largest share of concerns first."""
    sections = list(dict.fromkeys(figures.section for figures in findings))
    return tuple(
        sorted(
            findings,
            key=lambda figures: (
                sections.index(figures.section),
                -figures.concerns / (figures.answered or 1),
            ),
        )
    )


def concern_words(figures: QuestionFigures) -> str:
    """`3 (7%)`: the answers that say that something was wrong; a dash if none could."""
    if not any(answer.is_concern for answer in figures.answers):
        return "\u2013"
    share = single_share(figures.concerns, figures.answered)
    return f"{count_text(figures.concerns)} ({share.text})" if figures.concerns else "0"


def _lines(figures: QuestionFigures) -> Iterator[AnswerNumber]:
    for answer in figures.answers:
        yield _line(answer)
    numbers = figures.numbers
    if numbers is not None and figures.answered:
        yield AnswerNumber(A_NUMBER, "Answered", count_text(figures.answered))
        yield AnswerNumber(A_NUMBER, "Total", f"{numbers.total:,}")
        yield AnswerNumber(A_NUMBER, "Mean", f"{numbers.mean:,}")
        yield AnswerNumber(A_NUMBER, "Largest", f"{numbers.most:,}")
    if figures.not_checked:
        yield AnswerNumber(NOT_CHECKED, "Not checked", count_text(figures.not_checked))
    missing = figures.asked - figures.answered - figures.not_checked
    if missing:
        yield AnswerNumber(NO_ANSWER, "No answer", count_text(missing))


def _line(answer: AnswerFigures) -> AnswerNumber:
    share = "" if answer.share is None else answer.share.text
    number = count_text(answer.number or 0)
    change = "" if answer.change is None else change_words(answer.change)
    return AnswerNumber(answer.code, answer.label, number, share, change)


def spoken(line: AnswerNumber) -> str:
    """An answer as a screen reader says it."""
    share = f", {line.share} of those answered" if line.share else ""
    change = f", before {line.change}" if line.change else ""
    return f"{line.words}: {line.number}{share}{change}"
