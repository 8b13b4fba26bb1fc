"""The form for a response: what the force said or did, the outcome, who replied and when."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.following.issue_steps import LONGEST_SAID_BY
from visitapp.domain.report.place import WORDS_OF_ISSUES, Place
from visitapp.ui.issues.keeper import TypedResponse
from visitapp.ui.issues.viewmodel import IssuesViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.guarded_text import GuardedText
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.picker import Picker

_FIELD = 200


class ResponseForm(QWidget):
    """Keeps what is typed for each issue until it is recorded. The page shows `reason` in its foot.

    Signals: `outcome_changed` when another outcome is chosen.
    """

    outcome_changed = Signal()

    def __init__(self, viewmodel: IssuesViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._issue_id: UUID | None = None
        self.words = GuardedText(
            "The force\u2019s response", Place(WORDS_OF_ISSUES), viewmodel, lines=3
        )
        self.words.area.setPlaceholderText("What did they say or do?")
        self._words_row = FormRow("The force\u2019s response", self.words, wide=True)
        self.outcome = Picker("Outcome", width=_FIELD)
        self.said_by = LineField()
        self.said_by.setMaxLength(LONGEST_SAID_BY)
        self.said_by.setAccessibleName("Who replied")
        self.day = DateField("Received on", today=viewmodel.today)
        self.reason = Reason()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._words_row)
        fit(self.said_by, least_width=_FIELD)
        rows = FlowRow(gap=16, down=8)
        for name, field in (
            ("Outcome", self.outcome),
            ("Received on", self.day),
            ("Who replied (job title)", self.said_by),
        ):
            rows.add(FormRow(name, field))
        column.addWidget(rows)
        self.outcome.chosen.connect(self._on_chosen)
        self.words.changed.connect(self.keep)
        self.words.kept_changed.connect(self.keep)
        self.said_by.textEdited.connect(self.keep)
        self.day.changed.connect(self.keep)
        self._usual_day = viewmodel.today

    def show_issue(self) -> None:
        """Show what was typed for the current issue, after keeping that of the previous one."""
        self.keep()
        viewmodel, file = self._viewmodel, self._viewmodel.file
        self._issue_id = None if file is None else file.line.issue.id
        self.reason.say("")
        if file is None or self._issue_id is None:
            return
        choices = viewmodel.choices()
        self.outcome.set_choices(choices)
        first = choices[0][0] if choices else ""
        self._usual_day = viewmodel.today
        response = viewmodel.keeper.responses.get(self._issue_id) or TypedResponse(
            first, "", "", viewmodel.today
        )
        keys = [key for key, _ in choices]
        self.outcome.set_key(response.outcome if response.outcome in keys else first or None)
        if response.wrong_outcome:
            self.outcome.set_value(response.wrong_outcome)
        self.words.set_text(response.words)
        self.words.set_kept(response.kept)
        self.said_by.setText(response.said_by)
        self.said_by.setPlaceholderText(viewmodel.usual_person())
        self.day.set_day(response.on)
        if response.wrong_day:
            self.day.set_text(response.wrong_day)
        self._on_outcome()

    def response(self) -> TypedResponse:
        """The values of the fields."""
        return TypedResponse(
            outcome=str(self.outcome.key() or ""),
            words=self.words.text().strip(),
            said_by=self.said_by.text().strip(),
            on=self.day.day(),
            kept=self.words.kept(),
            wrong_outcome=self.outcome.currentText().strip() if self.outcome.error() else "",
            wrong_day=self.day.text() if self.day.error() else "",
        )

    def record(self) -> bool:
        """Record the response, or show what is missing."""
        for field in (self.outcome, self.day):
            if field.error():
                self.reason.say(field.error())
                return False
        response = self.response()
        if not response.outcome:
            self.reason.say("Choose an outcome.")
            self.outcome.setFocus()
            return False
        if self.words.undecided():
            self.reason.say(
                "Check the underlined words first. Change them, or keep them and say why."
            )
            self.words.setFocus()
            return False
        issue_id, self._issue_id = self._issue_id, None  # what is recorded need not be kept
        try:
            self._viewmodel.record(response)
        except VisitAppError as error:
            self._issue_id = issue_id
            self.reason.say(str(error))
            self.words.setFocus()
            return False
        return True

    def start(self) -> None:
        """Move the cursor to the response."""
        self.words.setFocus()

    def keep(self) -> None:
        """Keep the values of the fields for the current issue; they survive a lock."""
        response = self.response()
        if self._issue_id is not None:
            is_typed = bool(
                response.words or response.said_by or response.wrong_outcome or response.wrong_day
                or response.on != self._usual_day
            )  # fmt: skip
            self._viewmodel.keeper.put(self._issue_id, response if is_typed else None)

    def _on_chosen(self, _key: object) -> None:
        self._on_outcome()
        self.keep()

    def _on_outcome(self) -> None:
        key = str(self.outcome.key() or "")
        wanted = self._viewmodel.words_wanted(key)
        self._words_row.label.setText(wanted)
        self.words.area.setAccessibleName(wanted)
        self.reason.say("")
        self.outcome_changed.emit()
