"""The start of logging: continue a draft, or begin a report."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from visitapp.domain.draft.draft_line import DraftLine
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.period import day_and_time
from visitapp.domain.text.wording import out_of
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, icon_label, label
from visitapp.ui.widgets.panel import Panel


class StartView(QWidget):
    """Signals: `draft_chosen` (id); `scheme_chosen` (Scheme)."""

    draft_chosen = Signal(object)
    scheme_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_choices(self, drafts: Sequence[DraftLine], schemes: Sequence[Scheme]) -> None:
        """Offer drafts, and a visit for each scheme."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not schemes:
            self._column.addWidget(
                EmptyState(
                    "square-pen",
                    "You can log visits here when the volunteer manager has added a site in "
                    "Settings.",
                )
            )
        if drafts:
            self._column.addWidget(self._drafts(drafts))
        if schemes:
            self._column.addWidget(self._schemes(schemes, main=not drafts))
        self._column.addStretch(1)

    def focus_first(self) -> None:
        """Move the cursor to the first choice."""
        buttons = [b for b in self.findChildren(QPushButton) if b.isVisibleTo(self)]
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _drafts(self, drafts: Sequence[DraftLine]) -> Panel:
        panel = Panel("Continue a draft", flush=True)
        for index, draft in enumerate(drafts):
            if index:
                panel.body.addWidget(hairline())
            panel.body.addWidget(self._line(draft, main=index == 0))
        return panel

    def _line(self, draft: DraftLine, *, main: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        icon = "dog" if draft.kind is Kind.ANIMAL_WELFARE else "building-2"
        row.addWidget(icon_label(icon, 24, "text2"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(draft.title, "strong", wrap=True))
        words.addWidget(label(facts_of(draft), "second", "text2", wrap=True))
        row.addLayout(words, 1)
        make = primary_button if main else button
        go_on = make("Continue", partial(self.draft_chosen.emit, draft.id))
        go_on.setAccessibleName(f"Continue: {draft.title}")
        row.addWidget(go_on, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _schemes(self, schemes: Sequence[Scheme], *, main: bool) -> Panel:
        panel = Panel("Begin a report", "We save every change. You can stop at any time.")
        row = FlowRow(gap=12)
        for index, scheme in enumerate(schemes):
            make = primary_button if main and index == 0 else button
            icon = "dog" if scheme.kind is Kind.ANIMAL_WELFARE else "building-2"
            words = scheme.name if scheme.is_one_of_several else f"{scheme.label} visit"
            row.add(make(words, partial(self.scheme_chosen.emit, scheme), icon=icon, main=True))
        panel.body.addWidget(row)
        return panel


def facts_of(draft: DraftLine) -> str:
    """The author, progress and last saving of a draft, in words."""
    facts = [draft.by, f"{out_of(draft.done, draft.sections)} sections done"]
    if draft.replaces_id is not None:
        facts.append("amends a signed report")
    if draft.saved_at is not None:
        facts.append(f"saved {day_and_time(draft.saved_at)}")
    return "; ".join(facts)
