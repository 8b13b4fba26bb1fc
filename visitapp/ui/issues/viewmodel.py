"""State and commands of the page Issues. QtCore only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_list import (
    IssueFile,
    IssueLine,
    IssuePage,
    Outcome,
    days_words,
)
from visitapp.domain.following.issue_log import IssueLetter, LetterAbout
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.following.issue_steps import (
    CLOSED,
    NO_ACTION,
    REFERRED,
    RESPONSE,
    VERIFIED,
    WITHOUT,
    NewStep,
    answered_on,
    is_answered,
    is_reminder,
    possible_outcomes,
    steps_to_record,
    title_of_step,
)
from visitapp.domain.following.office_issue import OfficeIssue
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind, Role, Scheme
from visitapp.domain.period import Period, month_of, span_words
from visitapp.domain.privacy import Span
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords
from visitapp.domain.text.shown import in_a_file_name
from visitapp.domain.text.wording import joined, long_date, lowered, number_of, plural, short_date
from visitapp.ui.context import Context
from visitapp.ui.issues.keeper import ResponseKeeper, TypedResponse
from visitapp.ui.page_viewmodel import PageViewModel

_RECENT_SHOWN = 3
_OUTCOMES = {
    RESPONSE: "Response in",
    VERIFIED: "Verified: put right",
    CLOSED: "Closed",
    WITHOUT: "Closed without a response",
    NO_ACTION: "No further action",
}
_ICONS = {
    REFERRED: "send",
    RESPONSE: "message-square",
    VERIFIED: "shield-check",
    CLOSED: "circle-check",
    NO_ACTION: "ban",
}


@dataclass(frozen=True, slots=True)
class IssueEvent:
    """One event in the history of an issue: an icon, when and what, and details."""

    icon: str
    title: str
    words: str


class IssuesViewModel(PageViewModel):
    """Filters, lines, the current issue, and recording a response."""

    changed = Signal()  # other lines, or new content
    concerns = Changes.ISSUES | Changes.VISITS | Changes.SITES | Changes.SETTINGS | Changes.CODES
    shown = Signal()  # another issue, or new content
    recorded = Signal(str)  # what was recorded, as a sentence

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.query = IssueQuery()
        self.page = IssuePage((), 0, dict.fromkeys(IssueStanding, 0), 0)
        self.recently_closed = self.page
        self.file: IssueFile | None = None
        self.schemes: tuple[Scheme, ...] = ()
        self.books: Mapping[UUID, CodeBook] = {}
        self.keeper = ResponseKeeper(context.services.issues, context.services.unsaved_work, self)
        self.keeper.saved.connect(context.note_saved)
        self._all_numbers: Mapping[IssueStanding, int] = {}
        self._load()
        self.reload()

    # -- the list ------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """Today's date according to the records."""
        return self._context.today()

    @property
    def may_record(self) -> bool:
        """Whether this is the manager's copy: no other may record a response."""
        return self._context.services.access.actor.role is Role.MANAGER

    @property
    def facts(self) -> str:
        """`6 open, 2 of them past the limit; 3 closed in the last 60 days`."""
        open_ones, overdue = self.page.numbers[IssueStanding.OPEN], self.page.overdue
        late = ""
        if overdue:
            mixed = any(line.is_overdue and line.is_at_once for line in self.page.lines)
            alike = self.limit is not None and not mixed
            limit = f"the {self.limit}-day limit" if alike else "their limit"
            late = plural(open_ones, f", past {limit}", f", {overdue} of them past {limit}")
        closed = f"{self.recently_closed.total} closed in the last 60 days"
        return f"{open_ones or 'None'} open{late}; {closed}"

    @property
    def limit(self) -> int | None:
        """Days an issue may stay open, if all schemes have the same limit."""
        limits = {scheme.issue_days for scheme in self.schemes}
        return limits.pop() if len(limits) == 1 else None

    @property
    def has_any(self) -> bool:
        """Whether any issue or good practice was ever recorded."""
        return bool(sum(self._all_numbers.values()))

    def sites(self) -> list[tuple[UUID, str]]:
        """Sites to choose from."""
        return [(site.id, site.name) for site in self._context.services.setup.sites()]

    def categories(self) -> list[tuple[str, str]]:
        """(code, label) for all schemes; a code in two schemes is listed once."""
        labels: dict[str, str] = {}
        for book in self.books.values():
            for code in book["issue_category"]:
                labels.setdefault(code.code, code.label)
        return list(labels.items())

    def severities(self) -> list[tuple[int, str]]:
        """The lowest severities to choose from."""
        book = next(iter(self.books.values()), CodeBook())
        return [(int(code.code), code.name) for code in book["issue_severity"][1:]]

    def choose_standing(self, standing: IssueStanding) -> None:
        """Show open or closed issues, all, or good practice."""
        self._ask(replace(self.query, standing=standing))

    def choose_site(self, site_id: UUID | None) -> None:
        """One site, or None for all."""
        self._ask(replace(self.query, site_ids=() if site_id is None else (site_id,)))

    def choose_category(self, code: str | None) -> None:
        """One category, or None for all."""
        self._ask(replace(self.query, categories=() if code is None else (code,)))

    def choose_severity(self, least: int | None) -> None:
        """Only this severity or higher, or None for all."""
        self._ask(replace(self.query, severity=least or 1))

    def search(self, text: str) -> None:
        """Search text, places, sites and references."""
        self._ask(replace(self.query, text=text))

    def _ask(self, query: IssueQuery) -> None:
        if query != self.query:
            self.query = query
            self.reload()

    def reload(self) -> None:
        """Read the lines and the current issue again."""
        issues = self._context.services.issues
        self.page = issues.page(self.query)
        self.recently_closed = issues.recently_closed(replace(self.query, limit=_RECENT_SHOWN))
        self.changed.emit()
        if self.file is not None:
            self.show(self.file.line.issue.id)

    def outcomes(self) -> tuple[Outcome, ...]:
        """`You said, we did` for the chosen sites."""
        query = IssueQuery(site_ids=self.query.site_ids)
        return self._context.services.issues.outcomes(query)

    # -- one issue -----------------------------------------------------------------------

    def show(self, issue_id: UUID | None) -> None:
        """Show an issue; None, or an issue that no longer exists, shows none."""
        try:
            file = None if issue_id is None else self._context.services.issues.get(issue_id)
        except BadInputError:
            file = None
        self.file = file
        self.shown.emit()

    def history(self) -> list[IssueEvent]:
        """What happened since it was raised."""
        file = self.file
        if file is None:
            return []
        events = [_raised(file)]
        if file.line.issue.resolved_during_visit:
            events.append(IssueEvent("circle-check", "Put right during the visit", ""))
        for at, step in enumerate(file.steps):
            by = step.said_by and (
                f"To: {step.said_by}" if step.status == REFERRED else f"By: {step.said_by}"
            )
            words = ". ".join(filter(None, [by, step.words.rstrip(".")]))
            title = title_of_step(file.steps, at)
            icon = "bell" if is_reminder(file.steps, at) else _ICONS.get(step.status, "flag")
            after = ""
            if step.status == RESPONSE and step.on == answered_on(file.steps):
                days = (step.on - file.line.raised_on).days
                later = "later" if file.line.visit_id is None else "after the visit"
                after = f", {days_words(days)} {later}" if days else ", the same day"
            events.append(IssueEvent(icon, f"{title}, {short_date(step.on)}{after}", words))
        return events

    @property
    def has_response(self) -> bool:
        """Whether the force has answered."""
        return self.file is not None and is_answered(self.file.steps)

    def choices(self) -> list[tuple[str, str]]:
        """The outcomes that can be recorded for the current issue: (key, label)."""
        file = self.file
        if file is None or file.line.is_positive:
            return []
        words = _OUTCOMES | {REFERRED: self._referral_words(file)}
        outcomes = possible_outcomes(file.steps, is_open=file.line.is_open)
        return [(outcome, words[outcome]) for outcome in outcomes]

    @staticmethod
    def _referral_words(file: IssueFile) -> str:
        if not file.line.is_open:
            return "Reopened"
        was_sent = any(step.status == REFERRED for step in file.steps)
        return "Reminder sent" if was_sent else "Referred"

    def words_wanted(self, outcome: str) -> str:
        """The label of the text field for an outcome."""
        if outcome == REFERRED:
            is_open = self.file is not None and self.file.line.is_open
            return "What you wrote to them" if is_open else "Why you are reopening it"
        if outcome in (NO_ACTION, WITHOUT):
            if self.file is not None and self.file.line.visit_id is None:
                return "Why"
            return "Why (the visitors who raised it will read this)"
        if self.has_response and outcome in (VERIFIED, CLOSED):
            return "Anything to add"
        return "The force\u2019s response"

    def usual_person(self) -> str:
        """Who usually answers."""
        line = None if self.file is None else self.file.line
        custody = line is None or self._kind(line) is Kind.CUSTODY
        return "Custody inspector" if custody else "Dog unit sergeant"

    def _kind(self, line: IssueLine) -> Kind:
        return next((s.kind for s in self.schemes if s.id == line.scheme_id), Kind.CUSTODY)

    def look_at(self, text: str) -> Sequence[Span]:
        """Check the text field, as its privacy guard."""
        return self._context.services.privacy.look_at(text, about_animals=self._is_of_animals)

    def keep(self, question: Place, span: Span, reason: str) -> KeptWords:
        """The decision to keep some words, as it is recorded."""
        return self._context.services.privacy.keep(question, span, reason)

    @property
    def _is_of_animals(self) -> bool:
        file = self.file
        return file is not None and self._kind(file.line) is Kind.ANIMAL_WELFARE

    def record(self, response: TypedResponse) -> None:
        """Record a response. Raises VisitAppError if that can't be done, for the form to show."""
        file = self.file
        if file is None:
            return
        if response.on is None:
            raise BadInputError("Enter the day it happened.")
        outcome = NewStep(
            response.outcome, response.on, response.words, response.said_by, response.kept
        )
        steps = steps_to_record(outcome, file.steps, is_open=file.line.is_open)
        issue = file.line.issue
        changes = self._context.services.issues.record(issue.id, issue.version, *steps)
        self.keeper.put(file.line.issue.id, None)
        self.keeper.flush()
        words = next((w for key, w in self.choices() if key == response.outcome), "recorded")
        self._context.tell(changes)
        self.recorded.emit(f"{file.line.title}: {lowered(words)}.")

    # -- an issue without a visit ----------------------------------------------------------

    def scheme_of(self, site_id: UUID) -> UUID:
        """The scheme of a site."""
        return next(
            site.scheme_id for site in self._context.services.setup.sites() if site.id == site_id
        )

    def _book_of(self, site_id: UUID | None) -> CodeBook:
        return CodeBook() if site_id is None else self.books[self.scheme_of(site_id)]

    def concerns_at(self, site_id: UUID | None) -> list[tuple[str, str]]:
        """The categories that an issue at a site can have."""
        book = self._book_of(site_id)
        codes = book.offered("issue_category", self.today)
        return [(code.code, code.label) for code in codes if code.code in book.concerns]

    def every_severity(self, site_id: UUID | None) -> list[tuple[int, str]]:
        """How serious it can be."""
        book = self._book_of(site_id)
        return [(int(code.code), code.name) for code in book["issue_severity"]]

    def open_issue(self, item: OfficeIssue) -> None:
        """Open an issue without a visit. Raises VisitAppError."""
        changes = self._context.services.issues.open_without_visit(item)
        self._context.tell(changes)
        self.recorded.emit("The issue is open.")

    # -- what the force is given -----------------------------------------------------------

    def log_name(self) -> str:
        """A name for the file of the log, with the sites if it isn't of all."""
        sites = [
            in_a_file_name(name, "site")
            for site_id, name in self.sites()
            if site_id in self.query.site_ids
        ]
        return ", ".join(["Issue log", *sites, long_date(self.today)])

    def year_so_far(self) -> Period:
        """The reporting year until today."""
        return Period(self._context.years().year_of(self.today).start, self.today)

    def letters(self) -> list[tuple[LetterAbout, str]]:
        """What a letter can be about: (key, label). The scheme of the issue shown comes first."""
        line = None if self.file is None else self.file.line
        choices: list[tuple[LetterAbout, str]] = []
        if line is not None and line.ref:
            visit = f"The visit of {short_date(line.raised_on)} to {line.site_name}"
            choices.append((LetterAbout(ref=line.ref), visit))
        month = month_of(self.today)
        months = (month, month_of(month.start - timedelta(days=1)))
        for scheme in sorted(self.schemes, key=lambda s: line is None or s.id != line.scheme_id):
            name = f", {scheme.name}" if len(self.schemes) > 1 else ""
            choices.extend(
                (LetterAbout(scheme_id=scheme.id, period=p), f"Issues of {span_words(p)}{name}")
                for p in months
            )
            reminder = LetterAbout(scheme_id=scheme.id, is_reminder=True)
            choices.append((reminder, f"A reminder of all answers that are overdue{name}"))
        return choices

    def refer(self, letter: IssueLetter) -> None:
        """Record that the issues of a letter were referred. Raises VisitAppError."""
        step = NewStep(REFERRED, self.today, "By letter", letter.to)
        lines = [logged.line for logged in letter.to_answer]
        self._context.tell(self._context.services.issues.record_for_all(lines, step))
        self.recorded.emit(f"{number_of(len(letter.to_answer), 'issue')} recorded as referred.")

    # -- called by the page --------------------------------------------------------------

    def sleep(self) -> None:
        """Stop reading while the page is hidden."""
        super().sleep()
        self.keeper.flush()

    def renew(self) -> None:
        """Read the schemes, the lines and the current issue again."""
        self._load()
        self.reload()

    def _load(self) -> None:
        setup = self._context.services.setup
        self._all_numbers = self._context.services.issues.page(IssueQuery(limit=1)).numbers
        self.schemes = setup.schemes()
        self.books = {scheme.id: setup.codes(scheme.id) for scheme in self.schemes}


def _raised(file: IssueFile) -> IssueEvent:
    """`Raised, Tue 12 Mar, 19:40`, by whom and with whom."""
    line = file.line
    minute = line.issue.raised_minute
    at = "" if minute is None else f", {minute // 60:02}:{minute % 60:02}"
    by = joined(file.raised_by)
    with_whom = line.issue.raised_with.strip()
    source = "raised with" if line.visit_id is not None else "known from"
    words = "; ".join(filter(None, [by, f"{source}: {with_whom}" if with_whom else ""]))
    return IssueEvent("flag", f"Raised, {short_date(line.raised_on)}{at}", words)
