"""State and commands of the page Visits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.draft.draft_line import DraftLine
from visitapp.domain.errors import VisitAppError
from visitapp.domain.exchange.handing_over import HandoverState
from visitapp.domain.following.ledger import LedgerEntry
from visitapp.domain.following.refusal import RefusalAnswer
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Role, Scheme
from visitapp.domain.office.site import Site
from visitapp.domain.period import Period
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import AccessBand, State
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.text.wording import joined, lowered
from visitapp.domain.year.visit_list import CellQuery, CountedVisits, VisitQuery, VisitRow
from visitapp.ui.context import Context
from visitapp.ui.page_viewmodel import PageViewModel
from visitapp.ui.visits.tablemodel import DraftTableModel, VisitTableModel

_TYPING_MS = 150
"""The pause after typing before the search runs."""

SIGNED, WITHDRAWN = (State.LOCKED,), (State.WITHDRAWN,)
EVERY = (State.LOCKED, State.WITHDRAWN)
_EVERYTHING = VisitQuery()
_ABOUT = Changes.SITES | Changes.SETTINGS | Changes.CODES


@dataclass(frozen=True, slots=True)
class OpenedVisit:
    """A visit to read, with what it refers to and its earlier and later versions. `about_other` is
    what the earlier version refers to, or else the later one. `withdrawals` are its withdrawals and
    returns; `why_not_back` says why a withdrawn visit can't be put back; `confirmed_elsewhere` who
    confirmed it on their own copy, and when. `asks_about_refusal`: it was refused entry, and nobody
    has said what was done about it. `handover`: in a visitor's copy, how far it has come."""

    visit: Visit
    about: ReportContext
    replaces: Visit | None
    replaced_by: Visit | None
    about_other: ReportContext
    withdrawals: tuple[LedgerEntry, ...] = ()
    why_not_back: str = ""
    confirmed_elsewhere: Mapping[UUID, datetime] = field(default_factory=dict)
    refusal_answer: RefusalAnswer | None = None
    asks_about_refusal: bool = False
    handover: HandoverState | None = None

    @property
    def why_out(self) -> str:
        """Why it was withdrawn, or amended."""
        is_amended = self.replaced_by is not None
        return self.visit.amended_reason if is_amended else self.visit.withdrawn_reason


class VisitsViewModel(PageViewModel):
    """Signals: `listed` after the list changed; `opened` when a visit, or none, is shown; `asked`
    when the questions about the same visit changed; `decided` after one was answered."""

    listed = Signal()
    opened = Signal()
    asked = Signal()
    decided = Signal()
    concerns = _ABOUT | Changes.VISITS | Changes.PEOPLE | Changes.DRAFTS | Changes.INBOX

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.tablemodel = VisitTableModel(context.services.visits.page, self)
        self.draft_tablemodel = DraftTableModel(self)
        self.shows_drafts = False
        self.visit: OpenedVisit | None = None
        self.questions: tuple[tuple[VisitRow, VisitRow], ...] = ()
        self.schemes: tuple[Scheme, ...] = ()
        self.sites: tuple[Site, ...] = ()
        self._books: dict[UUID, CodeBook] = {}
        self._handovers: dict[UUID, HandoverState] = {}
        self._typed = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._on_typed)
        self._load()
        self.reload()

    def _load(self) -> None:
        setup = self._context.services.setup
        self.schemes, self.sites = setup.schemes(), setup.sites()
        self._books = {scheme.id: setup.codes(scheme.id) for scheme in self.schemes}

    @property
    def kept_at_office(self) -> int:
        """In a visitor's copy: how many reports only the office still has."""
        services = self._context.services
        if services.access.actor.role is not Role.VISITOR:
            return 0
        return len(services.retention.reduced())

    # What is listed

    @property
    def query(self) -> VisitQuery:
        """The query of the list."""
        return self.tablemodel.query

    def years(self) -> ReportingYears:
        """The years that the office reports on."""
        return self._context.years()

    @property
    def today(self) -> date:
        """Today's date according to the records."""
        return self._context.today()

    def reload(self) -> None:
        """List again, and look for reports of the same visit."""
        self.draft_tablemodel.show_drafts(self.drafts())
        services = self._context.services
        if services.access.actor.role is Role.VISITOR:
            self._handovers = services.handing_over.states()
            self.tablemodel.note_handovers(self._handovers)
        self._list(self.query)
        self.questions = self._context.services.visits.same_visit_questions()
        self.asked.emit()

    def _list(self, query: VisitQuery) -> None:
        self.tablemodel.show_query(query, self._books)
        self.listed.emit()

    def _narrow(self, **changed: Any) -> None:
        if any(getattr(self.query, name) != value for name, value in changed.items()):
            self._list(replace(self.query, **changed))

    def show_query(self, query: VisitQuery) -> None:
        """List the visits of another page's query."""
        self.close()
        self.shows_drafts = False
        self._list(query)

    def show_all(self) -> None:
        """Clear every filter; the order stays."""
        self.shows_drafts = False
        self._list(replace(_EVERYTHING, sort=self.query.sort, descending=self.query.descending))

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        plain = replace(
            self.query,
            sort=_EVERYTHING.sort,
            descending=_EVERYTHING.descending,
            limit=_EVERYTHING.limit,
        )
        return plain != _EVERYTHING

    def search(self, text: str) -> None:
        """Search for reports with words that begin like these, once the typing pauses."""
        self._typed = text
        self._typing.start()

    def search_now(self) -> None:
        """Search without waiting for a pause."""
        if self._typing.isActive():
            self._typing.stop()
            self._on_typed()

    def _on_typed(self) -> None:
        self._narrow(text=self._typed)

    def choose_scheme(self, scheme_id: UUID | None) -> None:
        """List one scheme, or (None) both."""
        kept = tuple(
            site.id
            for site in self.sites
            if site.id in self.query.site_ids and scheme_id in (None, site.scheme_id)
        )
        self._narrow(scheme_id=scheme_id, site_ids=kept, cell=None)

    def choose_sites(self, site_ids: tuple[UUID, ...]) -> None:
        """List some sites; empty means all."""
        self._narrow(site_ids=site_ids, cell=None)

    def choose_period(self, period: Period | None) -> None:
        """List the visits of a period, or (None) of any time."""
        self._narrow(period=period)

    def choose_states(self, states: tuple[State, ...]) -> None:
        """List signed reports, withdrawn ones, or both."""
        was_drafts, self.shows_drafts = self.shows_drafts, False
        self._narrow(states=states)
        if was_drafts:
            self.listed.emit()

    def choose_drafts(self) -> None:
        """List unfinished reports."""
        self.shows_drafts = True
        self.draft_tablemodel.show_drafts(self.drafts())
        self.listed.emit()

    def drafts(self) -> tuple[DraftLine, ...]:
        """Unfinished reports."""
        return self._context.services.drafts.lines()

    def offered_sites(self) -> list[tuple[UUID, str]]:
        """The sites of the chosen scheme."""
        wanted = (None, self.query.scheme_id)
        chosen = self.query.scheme_id
        return [(s.id, s.name) for s in self.sites if chosen is None or s.scheme_id in wanted]

    def only_text(self) -> str:
        """Filters that have no control on the page, in words; empty if there are none."""
        query, parts = self.query, []
        if query.cell is not None:
            cell = query.cell
            name = next((s.name for s in self.sites if s.id == cell.site_id), "")
            parts.append(", ".join((name, *_cell_words(cell))))
        if query.batch_id is not None:
            parts.append("one import")
        if query.answer is not None:
            parts.append(query.answer.words)
        if query.waits:
            parts.append(joined([_WAITS[wait] for wait in query.waits], "or"))
        if query.categories:
            names = self._names("issue_category", query.categories)
            parts.append(f"issues of {joined(names)}")
        if query.delay_reasons:
            names = self._names("delay_reason", query.delay_reasons)
            parts.append(f"reason for the wait: {joined(names, 'or')}")
        if query.counted is not None:
            parts.append(_COUNTED[query.counted])
        return "; ".join(parts)

    def _names(self, list_name: str, codes: tuple[str, ...]) -> list[str]:
        chosen = self.query.scheme_id  # two schemes can name the same code differently
        books = [book for key, book in self._books.items() if chosen in (None, key)]
        known = (code for book in books for code in book[list_name])
        labels = {code.code: code.label for code in known}
        return [lowered(labels.get(code, code)) for code in codes]

    # One visit

    def open(self, visit_id: UUID) -> None:
        """Show a visit."""
        with self.showing_problems():
            self._open(visit_id)

    def _open(self, visit_id: UUID) -> None:
        visits = self._context.services.visits
        visit = visits.get(visit_id)
        after_id = visits.replacement(visit.id)
        before = None if visit.replaces_id is None else visits.get(visit.replaces_id)
        after = None if after_id is None else visits.get(after_id)
        about = visits.context(visit)
        other = before or after
        about_other = about if other is None else visits.context(other)
        withdrawals = visits.withdrawals(visit)
        is_out = visit.state is State.WITHDRAWN
        why_not = visits.why_not_back(visit) if is_out else ""
        confirmed = self._context.services.confirming.confirmed_elsewhere(visit)
        refusals = self._context.services.refusals
        self.visit = OpenedVisit(
            visit, about, before, after, about_other, withdrawals, why_not, confirmed,
            refusal_answer=refusals.answer(visit.id),
            asks_about_refusal=refusals.is_unanswered(visit.id),
            handover=self._handovers.get(visit.id) if after is None else None,
        )  # fmt: skip
        self.opened.emit()

    def close(self) -> None:
        """Return to the list."""
        if self.visit is not None:
            self.visit = None
            self.opened.emit()

    def names_needed(self) -> tuple[str, ...]:
        """Whose names must be typed to withdraw the open report or put it back. Raises
        VisitAppError."""
        if self.visit is None:
            return ()
        return self._context.services.visits.names_needed(self.visit.visit.id)

    def withdraw(self, reason: str, names: Sequence[str] = ()) -> None:
        """Withdraw the open visit from all figures."""
        if self.visit is None:
            return
        visit = self.visit.visit
        with self.showing_problems():
            self._context.tell(self._context.services.visits.withdraw(visit.id, reason, names))
            self._context.say(f"{visit.ref} withdrawn. It no longer counts in any figures.")

    def put_back(self, reason: str, names: Sequence[str] = ()) -> None:
        """Count the open visit again."""
        if self.visit is None:
            return
        visit = self.visit.visit
        with self.showing_problems():
            self._context.tell(self._context.services.visits.put_back(visit.id, reason, names))
            self._context.say(f"{visit.ref} put back. It counts in all figures again.")

    def say_what_was_done(self, words: str) -> None:
        """Say what was done about the refusal of the open visit."""
        if self.visit is None:
            return
        with self.showing_problems():
            refusals = self._context.services.refusals
            self._context.tell(refusals.say_what_was_done(self.visit.visit.id, words))
            self._context.say("What was done about the refusal is saved with the report.")

    def amend(self, reason: str) -> None:
        """Start the next version of the open report."""
        if self.visit is None:
            return
        with self.showing_problems():
            draft, changes = self._context.services.drafts.replace(self.visit.visit.id, reason)
            self._context.tell(changes)
            self._context.go("log", draft.id)

    def decide_same(self, first: UUID, second: UUID, keep: UUID | None) -> None:
        """Keep one of two reports of the same visit, or both."""
        with self.showing_problems():
            self._context.tell(self._context.services.visits.decide_same(first, second, keep))
            words = "You kept both reports." if keep is None else "You kept one report."
            self._context.say(words)
            self.decided.emit()

    def pair(self, rows: tuple[VisitRow, VisitRow]) -> tuple[Visit, Visit]:
        """Both reports of a question. Raises VisitAppError."""
        visits = self._context.services.visits
        return visits.get(rows[0].id), visits.get(rows[1].id)

    def _on_changed(self, changes: Changes) -> None:
        if changes & _ABOUT:
            self._load()
        super()._on_changed(changes)

    def renew(self) -> None:
        """List again, and read the open visit again."""
        self.reload()
        self._reopen()

    def _reopen(self) -> None:
        if self.visit is None:
            return
        try:
            self._open(self.visit.visit.id)
        except VisitAppError:  # its import was withdrawn
            self.close()


_COUNTED = {
    CountedVisits.ATTEMPTED: "without training",
    CountedVisits.MADE: "visits made",
    CountedVisits.AT_SITE: "visits made in person",
}


_WAITS = {
    AccessBand.IMMEDIATE: "admitted at once",
    AccessBand.DELAY: "admitted after a wait",
    AccessBand.LONG: "admitted after a long wait",
    AccessBand.NOT_ADMITTED: "not admitted",
    AccessBand.UNKNOWN: "with a wait that is not known",
    AccessBand.NOT_APPLICABLE: "by telephone or video",
}


def _cell_words(cell: CellQuery) -> list[str]:
    """`Wednesday`, `12:00–15:59`; empty for the total of a site."""
    if cell.outside:
        return ["in no timeslot"]
    words = [] if cell.row is None else [cell.grid.days[cell.row].label]
    words += [] if cell.column is None else [cell.grid.bands[cell.column].label]
    return words or ["in a timeslot"]
