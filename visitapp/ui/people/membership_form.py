"""One membership in a scheme, as a part of the person form."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.people import LEAVE, Membership
from visitapp.domain.office.status_change import ARCHIVED, ENDED, LEFT, StatusChange
from visitapp.domain.text.wording import short_date
from visitapp.ui.people.viewmodel import PeopleViewModel
from visitapp.ui.widgets import form_fields
from visitapp.ui.widgets.arranging import ask_for_room
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.line_field import LineField, one_line
from visitapp.ui.widgets.picker import Picker

_WIDTH = 200


class MembershipForm(QWidget):
    """Joined, status, last day, and why they left.

    Signals: `removed` (itself) to remove this membership from the record.
    """

    removed = Signal(object)

    def __init__(
        self, viewmodel: PeopleViewModel, membership: Membership, *, is_new: bool = False
    ) -> None:
        """`is_new`: the day of joining says since when the status holds."""
        super().__init__()
        self._is_new = is_new
        self._membership, self._today = membership, viewmodel.today
        name = viewmodel.scheme_name(membership.scheme_id)
        today = viewmodel.today
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(hairline())
        head = QHBoxLayout()
        head.addWidget(label(name, "strong", wrap=True), 1)
        self._out = link_button(
            "Remove", lambda: self.removed.emit(self), about=f"this time in {name}"
        )
        head.addWidget(self._out)
        column.addLayout(head)
        self.joined = DateField(f"{name}: joined on", today=today)
        unknown = membership.joined_unknown
        self.joined.set_day(None if unknown else membership.joined_on)
        hint = f"Not known. In the scheme by {short_date(membership.joined_on)}."
        self._joined_row = FormRow("Joined on", self.joined, hint if unknown else "")
        self.status = Picker(f"{name}: status", width=_WIDTH)
        scheme = membership.scheme_id
        self.status.set_choices(viewmodel.choices(scheme, "volunteer_status", membership.status))
        self._status = membership.status_on(today)
        self.status.set_key(self._status)
        self._status_row = FormRow("Status", self.status)
        self.since = DateField(f"{name}: status from", today=today)
        self.since.set_day(today)
        self._since_row = FormRow("From", self.since)
        self.until = DateField(f"{name}: leave until", today=today)
        self._until_row = FormRow("Until", self.until, "The last day, if you know it.")
        self.words = LineField()
        self.words.setAccessibleName(f"{name}: why the status changes")
        self._words_row = FormRow(
            "Why", self.words, "Optional. Only the office sees it.", wide=True
        )
        self.left = DateField(f"{name}: last day", today=today)
        self.left.set_day(membership.left_on)
        self._left_row = FormRow("Last day", self.left, "Leave blank while they are in the scheme.")
        self.reason = Picker(f"{name}: why they left", width=_WIDTH, placeholder="Not recorded")
        kept = membership.leaving_reason
        self.reason.set_choices(viewmodel.choices(scheme, "leaver_reason", kept))
        self.reason.set_key(kept)
        self._reason_row = FormRow("Why they left", self.reason)
        for row in (
            self._joined_row,
            self._status_row,
            self._since_row,
            self._until_row,
            self._words_row,
            self._left_row,
            self._reason_row,
        ):
            column.addWidget(row)
        self.left.changed.connect(self._show_rows)
        self.status.chosen.connect(self._show_rows)
        self._show_rows()

    @property
    def scheme_id(self) -> object:
        """The scheme of the membership."""
        return self._membership.scheme_id

    @property
    def stored(self) -> Membership:
        """The membership that the form began with."""
        return self._membership

    def put_fields(self, fields: Mapping[str, Any]) -> None:
        """Show values that `form_fields.named` returned."""
        form_fields.put_named(self, fields)
        self._show_rows()

    def stops(self) -> list[QWidget]:
        """The Tab stops in order."""
        days = (self.since, self.until)
        of_status = [stop for day in days for stop in (day.edit, day.pick)]
        joined, left = self.joined, self.left
        return [
            *(self._out, joined.edit, joined.pick, self.status, *of_status, self.words),
            *(left.edit, left.pick, self.reason),
        ]

    def membership(self) -> Membership | None:
        """The membership as entered; None after showing what to correct."""
        joined, left = self.joined.day(), self.left.day()
        status = self.status.key()
        stays_unknown = self._membership.joined_unknown and not self.joined.text().strip()
        if stays_unknown:
            joined = self._membership.joined_on
        self._joined_row.set_error(
            "" if joined or self.joined.error() else "Enter the day they joined, such as 1/4/2025."
        )
        missing = self.status.error() or "Choose a status from the list."
        self._status_row.set_error("" if status else missing)
        self._left_row.set_error("")
        why_wrong = (
            self.reason.error() if self.left.text() else ""
        )  # the reason is only asked with a last day
        self._reason_row.set_error(why_wrong)
        self._since_row.set_error(self._problem_of_change())
        wrong = (self.joined.error(), self.left.error(), why_wrong, self._since_row.error())
        if joined is None or status is None or any(wrong):
            return None
        membership = self._read(joined, left, str(status))
        return (
            replace(membership, joined_unknown=True) if membership and stays_unknown else membership
        )

    def _status_with(self, left: date | None, status: str) -> str:
        if left is None:
            return self._status_now(status)
        return status if status == ARCHIVED else LEFT

    def _problem_of_change(self) -> str:
        if not self._is_changing:
            return ""
        since = self.since.day()
        if self.since.error() or self.until.error():
            return self.since.error() or self.until.error()
        if since is None:
            return "Enter the first day of the new status."
        if since > self._today and self.status.key() != LEAVE:
            return "Enter this on the day or later. Only leave can be entered ahead."
        try:
            self.change()
        except BadInputError as error:
            return str(error)
        return ""

    def _status_now(self, status: str) -> str:
        """The status today: a leave that has not begun, or is over, leaves it as it was."""
        change = self.change()
        if change is None or change.holds_on(self._today):
            return status
        return self._membership.status

    def _read(self, joined: date, left: date | None, status: str) -> Membership | None:
        if status in ENDED and left is None:
            self._left_row.set_error(
                "Enter their last day, because the status says they have left."
            )
            return None
        reason = self.reason.key() if left else None
        try:
            return Membership(
                self._membership.scheme_id,
                joined,
                left,
                self._status_with(left, status),
                None if reason is None else str(reason),
            )
        except BadInputError as error:
            self._left_row.set_error(str(error))
            return None

    def change(self) -> StatusChange | None:
        """The change of status as entered; None if there is none, or if the last day says it.
        Raises BadInputError for days that can't be right."""
        status, since = self.status.key(), self.since.day()
        if not self._is_changing or status is None or since is None:
            return None
        until = self.until.day() if status == LEAVE else None
        words, scheme_id = one_line(self.words.text()), self._membership.scheme_id
        return StatusChange(uuid4(), scheme_id, str(status), since, until, None, words)

    @property
    def _is_changing(self) -> bool:
        """Whether another status than today's was chosen for somebody who stays in the scheme."""
        status = self.status.key()
        return (
            not self._is_new and status not in (None, self._status, *ENDED) and not self.left.text()
        )

    def _show_rows(self, *_: object) -> None:
        """Ask only what the status and the last day need."""
        self._reason_row.setVisible(bool(self.left.text()))
        for row in (self._since_row, self._words_row):
            row.setVisible(self._is_changing)
        self._until_row.setVisible(self._is_changing and self.status.key() == LEAVE)
        ask_for_room(self)
