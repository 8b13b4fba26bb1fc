"""A person's own copies of visitapp: what is known of them, and what can be done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from visitapp.domain.exchange.register import JoinedCopy
from visitapp.domain.text.wording import long_date, short_date
from visitapp.ui.people.person_row import PersonRow
from visitapp.ui.people.viewmodel import PeopleViewModel
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, label

_COMPARE = "To be sure that it is theirs, read these six words to each other by telephone:"
_NOT_YET = "Not joined yet. Once invited, they can log visits on their own computer."


class OwnCopies(QWidget):
    """The part of the panel about the copies of one person.

    Signals: `wants_invitation`, `wants_code` when the person is to be invited, or told the code
    again; `wants_out` (JoinedCopy) when a copy is to be shut out.
    """

    wants_invitation = Signal()
    wants_code = Signal()
    wants_out = Signal(object)

    def __init__(self, viewmodel: PeopleViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)

    def show_row(self, row: PersonRow) -> None:
        """Show the copies of this person."""
        while (item := self.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        may_invite = self._viewmodel.may_invite(row)
        self.setVisible(bool(row.copies.copies) or may_invite)
        self._add(hairline())
        self._add(label("Own copy of visitapp", "strong", wrap=True))
        for copy in row.copies.copies:
            self._add_copy(copy)
        if row.copies.last_day is not None and may_invite:
            words = f"Invited. The joining code works until {long_date(row.copies.last_day)}."
            self._add(_second(words))
            self._add_button("Show the joining code", self.wants_code.emit, "key-round")
        elif not row.copies.copies:
            self._add(_second(_NOT_YET))
        if may_invite:
            is_again = bool(row.copies.copies or row.copies.invitation)
            words = "Invite again…" if is_again else "Invite…"
            self._add_button(words, self.wants_invitation.emit, "send")

    def _add_copy(self, copy: JoinedCopy) -> None:
        joined = f"Joined on {short_date(copy.joined_on)}."
        if copy.shut_out_on is not None:
            self._add(_second(f"{joined} Shut out on {short_date(copy.shut_out_on)}."))
            return
        self._add(_second(f"{joined} {_COMPARE}"))
        words = label(copy.fingerprint, "strong", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        words.setAccessibleName(f"Six words: {copy.fingerprint}")
        self._add(words)
        if self._viewmodel.may_change:
            self._add_button("Shut out this copy…", partial(self.wants_out.emit, copy), "ban")

    def _add(self, widget: QWidget) -> None:
        self.column.addWidget(widget)

    def _add_button(self, words: str, pressed: Callable[[], object], icon: str) -> None:
        self._add(FlowRow(button(words, pressed, icon=icon, small=True)))


def _second(words: str) -> QLabel:
    return label(words, "second", "text2", wrap=True)
