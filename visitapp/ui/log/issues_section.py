"""The section "Issues": one card for each, and a word for there being none."""

from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from visitapp.domain.report_form import rows_of, text_of
from visitapp.ui.log.section import SectionWidget
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.buttons import button, link_button
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.form_grid import FormGrid
from visitapp.ui.widgets.labels import icon_label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.tag import Tag
from visitapp.ui.widgets.text_area import TextArea

_RAISED, _RESOLVED = "RAISED", "RESOLVED"


class IssuesSection(SectionWidget):
    """Cards in the order in which they were added."""

    def __init__(self, model: LogViewModel) -> None:
        super().__init__(model, "issues")
        self.cards: list[IssueCard] = []
        self.add = button("Add an issue", self._on_add, icon="plus", shortcut="Ctrl+Shift+I")
        self.none = QCheckBox("There was nothing to raise")
        self.none.setAccessibleName(self.none.text())
        self.none.toggled.connect(lambda on: model.answer("nothing_raised", on))
        self._empty = EmptyState(
            "flag",
            "Whatever you raised at this visit, or should be put right, and what you found "
            "particularly good.",
        )
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        row = QHBoxLayout()
        row.setContentsMargins(6, 6, 6, 6)
        row.setSpacing(16)
        row.addWidget(self.add)
        row.addWidget(self.none)
        row.addStretch(1)
        self.body.addWidget(self._empty)
        self.body.addLayout(self._cards)
        self.body.addLayout(row)

    def fill(self) -> None:
        """Show a card for each issue."""
        while self.cards:
            self._take(self.cards[-1])
        for row in rows_of(self.model.content, "issues"):
            self._make(row)
        self.none.blockSignals(True)
        self.none.setChecked(self.model.content.get("nothing_raised") is True)
        self.none.blockSignals(False)
        self._count()

    def _make(self, row: dict[str, Any]) -> "IssueCard":
        made = IssueCard(self.model, row)
        made.edited.connect(self._tell)
        made.removed.connect(self._on_remove)
        self.cards.append(made)
        self._cards.addWidget(made)
        return made

    def _take(self, card: "IssueCard") -> None:
        self.cards.remove(card)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _on_add(self) -> None:
        self.none.setChecked(False)
        made = self._make({"id": str(uuid4())})
        self._tell()
        self._count()
        made.show()  # only what is in sight takes the cursor
        made.category.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_remove(self, card: "IssueCard") -> None:
        self._take(card)
        self._tell()
        self._count()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        self.model.answer("issues", [card.row() for card in self.cards])

    def _count(self) -> None:
        for number, card in enumerate(self.cards, 1):
            card.set_number(number)
        self._empty.setVisible(not self.cards)
        self.none.setVisible(not self.cards)

    def follow(self) -> None:
        """The place of each issue is the site of the visit."""
        site = self.model.site
        for card in self.cards:
            card.set_place("" if site is None else site.name)

    def judge(self) -> None:
        """Say at each card what it lacks."""
        for index, card in enumerate(self.cards):
            for key, row in card.rows.items():
                row.set_error(self.model.to_say(f"issues:{index}:{key}"))
        self._warn()

    def focus_field(self, field: str) -> None:
        """Take the cursor to a field of one card, or to what is first here."""
        _, _, place = field.partition(":")
        index, _, key = place.partition(":")
        card = self.cards[int(index)] if index.isdigit() and int(index) < len(self.cards) else None
        target = (
            card.rows[key].field if card is not None and key in card.rows else self.first_field()
        )
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_field(self) -> QWidget | None:
        """The first card, or the button that adds one."""
        return self.cards[0].category if self.cards else self.add


class IssueCard(Panel):
    """One issue: what it is about, how serious, who said so, and what became of it.

    Signals: `edited` at each change by a person; `removed` (the card) when asked for.
    """

    edited = Signal()
    removed = Signal(object)

    def __init__(self, model: LogViewModel, row: dict[str, Any]) -> None:
        super().__init__("Issue")
        self.setProperty("kind", "issue")
        self._model, self._kept = model, dict(row)
        self.rows: dict[str, FormRow] = {}
        self.category = Picker("What it is about", width=300)
        self.severity = Picker("How serious", width=300)
        self.origin = Picker("Who noticed it", width=200)
        self.status = Picker("What became of it", width=200)
        self.description = TextArea("What you found", lines=3)
        self.raised_with = QLineEdit()
        self.resolved = QCheckBox("Put right during the visit")
        self.resolved.setAccessibleName(self.resolved.text())
        self._place = Tag("", "grey", "building-2")
        self.head.insertWidget(0, icon_label("flag", 18, "bad"))
        self.head.addWidget(self._place)
        self.head.addWidget(
            link_button("Remove", lambda: self.removed.emit(self), about="this issue")
        )
        self._lay_out()
        self._fill(row)
        self._connect()

    def _lay_out(self) -> None:
        self.raised_with.setAccessibleName("Raised with")
        self.raised_with.setPlaceholderText("The sergeant, at 15:10")
        top, low = FormGrid(), FormGrid()
        top.add(self._row("category", "What is it about?", self.category))
        top.add(self._row("severity", "How serious?", self.severity))
        what = self._row(
            "description",
            "What did you find?",
            self.description,
            "Roles, not names: \u201cthe sergeant\u201d, \u201ca detainee\u201d.",
            wide=True,
        )
        low.add(self._row("raised_with", "Raised with, at", self.raised_with, wide=True))
        low.add(self._row("origin", "Who noticed it?", self.origin))
        low.add(self._row("status", "What became of it?", self.status))
        low.add(self.resolved)
        for widget in (top, what, low):
            self.body.addWidget(widget)

    def _row(
        self, key: str, text: str, widget: QWidget, hint: str = "", *, wide: bool = False
    ) -> FormRow:
        self.rows[key] = FormRow(text, widget, hint, wide=wide)
        return self.rows[key]

    def _fill(self, row: dict[str, Any]) -> None:
        severity = row.get("severity")
        for picker, list_name, code in (
            (self.category, "issue_category", text_of(row, "category")),
            (self.severity, "issue_severity", str(severity) if severity else ""),
            (self.origin, "issue_origin", text_of(row, "origin") or "VISITOR"),
            (self.status, "issue_status", text_of(row, "status") or _RAISED),
        ):
            offered = self._model.offered(list_name, code)
            picker.set_choices([(entry.code, entry.label, entry.code) for entry in offered])
            picker.set_key(code or None)
        self.description.set_text(text_of(row, "description"))
        self.raised_with.setText(text_of(row, "raised_with"))
        self.resolved.setChecked(row.get("resolved_during_visit") is True)

    def _connect(self) -> None:
        for picker in (self.category, self.severity, self.origin, self.status):
            picker.chosen.connect(lambda _: self.edited.emit())
        self.description.changed.connect(self.edited.emit)
        self.raised_with.textEdited.connect(lambda _: self.edited.emit())
        self.resolved.toggled.connect(self._on_resolved)

    def _on_resolved(self, on: bool) -> None:
        """What was put right has no other state; what was not, is raised."""
        if on or self.status.key() == _RESOLVED:
            self.status.set_key(_RESOLVED if on else _RAISED)
        self.edited.emit()

    def row(self) -> dict[str, Any]:
        """The issue as content; what the form doesn't ask stays as it was."""
        severity = self.severity.key()
        return self._kept | {
            "category": str(self.category.key() or ""),
            "severity": int(str(severity)) if severity else None,
            "origin": str(self.origin.key() or ""),
            "status": str(self.status.key() or ""),
            "description": self.description.text(),
            "raised_with": self.raised_with.text(),
            "resolved_during_visit": self.resolved.isChecked(),
        }

    def set_number(self, number: int) -> None:
        """Which of the issues this is."""
        self.set_title(f"Issue {number}")

    def set_place(self, name: str) -> None:
        """Where it was found."""
        self._place.show_state(name, "grey", "building-2")
        self._place.setVisible(bool(name))
