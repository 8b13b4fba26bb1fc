"""One visit to read: the whole report, who confirmed it, and what happened to it since."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.exchange.handing_over import Handover, handover_words, stage_words
from visitapp.domain.following.ledger import Event, LedgerEntry
from visitapp.domain.period import day_and_time
from visitapp.domain.reading.report_cards import cards
from visitapp.domain.report.adding_up import sum_of
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State
from visitapp.ui.visits.viewmodel import OpenedVisit
from visitapp.ui.widgets.answer_cards import answer_panel, in_columns
from visitapp.ui.widgets.banner import Banner
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.form_grid import FormGrid
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.reading_lines import ReadArea
from visitapp.ui.widgets.summary_list import SummaryList
from visitapp.ui.widgets.tag import Tag

Go = Callable[[UUID], object]


class DetailView(ReadArea):
    """Shows one visit at a time, built again for each."""

    def __init__(self, go: Go) -> None:
        """`go` opens the version before or after this one."""
        super().__init__()
        self._go = go

    def show_visit(self, opened: OpenedVisit) -> None:
        """Show a visit from its first line."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 4, 4, 8)
        column.setSpacing(12)
        if opened.visit.state is State.WITHDRAWN:
            column.addWidget(Banner("info", withdrawn_sentence(opened)))
        column.addWidget(self._answers(opened))
        column.addStretch(1)
        self.setWidget(inner)
        self.verticalScrollBar().setValue(0)
        self.setAccessibleName(f"Visit {opened.visit.ref}")

    def _answers(self, opened: OpenedVisit) -> QWidget:
        visit, about = opened.visit, opened.about
        of = sum_of(about.scheme.kind, visit.present, visit.counts, about.book, visit.arrived.day)
        left, right = QWidget(), QWidget()
        sides = []
        grid = FormGrid(least=430)
        for side in (left, right):
            layout = QVBoxLayout(side)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(12)
            sides.append(layout)
            grid.add(side)
        shown = cards(visit, about, whole=True)
        for layout, column in zip(sides, in_columns(shown), strict=True):
            for card in column:
                layout.addWidget(answer_panel(card, of))
        sides[0].addWidget(self._history(opened))
        for layout in sides:
            layout.addStretch(1)
        return grid

    def _history(self, opened: OpenedVisit) -> Panel:
        panel = Panel("History", flush=True)
        lines = SummaryList()
        for label_text, value in history_lines(opened):
            lines.add(label_text, value)
        panel.body.addWidget(lines)
        for words, other in (
            ("Amends", opened.replaces),
            ("Amended by", opened.replaced_by),
        ):
            if other is not None:
                panel.body.addWidget(hairline())
                panel.body.addWidget(self._link(words, other))
        return panel

    def _link(self, words: str, other: Visit) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 4, 16, 4)
        row.addWidget(label(words, "strong"))
        locked = f"the report locked on {_at(other.locked_at)}"
        row.addWidget(link_button(locked, lambda: self._go(other.id), about=words))
        row.addStretch(1)
        return line


def history_lines(opened: OpenedVisit) -> list[tuple[str, str]]:
    """Who confirmed the report, by name or on their own copy, and when it was locked; or which
    import it came from."""
    visit, about = opened.visit, opened.about
    lines = [
        (about.name(confirmation.person_id), f"typed their name, {_at(confirmation.confirmed_at)}")
        for confirmation in visit.confirmations
    ]
    lines += [
        (about.name(person_id), f"confirmed on their own copy, {_at(at)}")
        for person_id, at in opened.confirmed_elsewhere.items()
    ]
    if visit.batch_id is not None:
        source = f", where its reference is {visit.source_ref}" if visit.source_ref else ""
        lines.append(("Imported", f"{_at(visit.locked_at)}{source}"))
    elif visit.locked_at is not None:
        lines.append(("Locked", _at(visit.locked_at)))
    if (handover := opened.handover) is not None:
        lines.append(("State", handover_words(handover)))
        lines += [("The office asks", handover.question)] if handover.question else []
    if (answer := opened.refusal_answer) is not None:
        lines.append(("What was done", f"{answer.words} ({_at(answer.at)}, by {answer.by})"))
    return [*lines, *_withdrawal_lines(opened)]


_EVENTS = {
    Event.WITHDRAWN: "Withdrawn",
    Event.PUT_BACK: "Put back",
    Event.BATCH_WITHDRAWN: "Withdrawn with its import",
    Event.BATCH_PUT_BACK: "Put back with its import",
}


def _withdrawal_lines(opened: OpenedVisit) -> list[tuple[str, str]]:
    """Each withdrawal and return: when, by whom and why. The last withdrawal of an amended report
    is the amendment."""
    entries = opened.withdrawals
    out = [entry for entry in entries if entry.event is Event.WITHDRAWN]
    amending = out[-1:] if opened.replaced_by is not None else []
    return [
        ("Amended", _why(entry, opened.why_out))
        if entry in amending
        else (_EVENTS[entry.event], _why(entry, entry.reason))
        for entry in entries
    ]


def _why(entry: LedgerEntry, reason: str) -> str:
    return f"{_at(entry.at)}, by {entry.by}: {reason.rstrip('.')}."


def withdrawn_sentence(opened: OpenedVisit) -> str:
    """When and why a visit was withdrawn."""
    visit = opened.visit
    done = "Withdrawn" if opened.replaced_by is None else "Amended"
    on = f" on {_at(visit.withdrawn_at)}" if visit.withdrawn_at is not None else ""
    reason = opened.why_out.rstrip(".")
    why_not = f" {opened.why_not_back}" if opened.why_not_back and not opened.replaced_by else ""
    return f"{done}{on} and not counted: {reason}.{why_not}"


def state_tags(opened: OpenedVisit) -> list[Tag]:
    """The states of a visit for the head of the page."""
    visit, handover, tags = opened.visit, opened.handover, []
    if visit.state is State.WITHDRAWN:
        tags.append(Tag("Withdrawn", "grey", "ban"))
    elif handover is None:
        tags.append(Tag("Locked", "good", "lock"))
    else:
        is_asked = handover.stage is Handover.ASKED
        look = ("warn", "message-square") if is_asked else ("good", "lock")
        tags.append(Tag(stage_words(handover), *look))
    if visit.batch_id is not None:
        tags.append(Tag("Imported", "grey", "download"))
    if visit.replaces_id is not None:
        edition = 2 if visit.report is None else visit.report.edition
        tags.append(Tag(f"Amended {edition}", "change", "history"))
    return tags


def _at(moment: datetime | None) -> str:
    return "" if moment is None else day_and_time(moment)
