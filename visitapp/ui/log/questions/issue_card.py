"""A card for one issue, under the answer that opened it or in the section "Issues"."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from visitapp.domain.draft.typed_report import TypedIssue
from visitapp.domain.office.scheme import Kind
from visitapp.domain.reading.report_lines import reply_due_text
from visitapp.domain.report.answer_rules import is_private, whom_to_tell
from visitapp.domain.report.place import of_issue
from visitapp.ui.log.questions.guarded import GuardedAnswer
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.banner import Banner, BannerArea
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.form_grid import FormGrid
from visitapp.ui.widgets.labels import icon_label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.picker import Picker, picker_error
from visitapp.ui.widgets.scrolling import scroll_into_view
from visitapp.ui.widgets.tag import Tag
from visitapp.ui.widgets.time_field import TimeField

RAISED, RESOLVED = "RAISED", "RESOLVED"


class IssueCard(Panel):
    """What the visitors found, how serious it is, with whom it was raised and when, and what
    happened. Under its answer (`in_place`) the card shows what is known already as tags.

    Signals: `removed` (id) when it is to go.
    """

    removed = Signal(str)

    def __init__(
        self, viewmodel: LogViewModel, issue_id: str, *, in_place: bool = False, least: int = 0
    ) -> None:
        """`least`: the lowest grade that the issue can have, if an answer determines one."""
        super().__init__("New issue from this answer" if in_place else "Issue")
        self.setProperty("kind", "issue")
        self.issue_id = issue_id
        self._viewmodel, self._in_place, self._least = viewmodel, in_place, least
        self.rows: dict[str, FormRow] = {}
        self.ring = BannerArea()
        self.description = GuardedAnswer(viewmodel, "What you found", lines=2 if in_place else 3)
        self.severity = Picker("How serious", width=280)
        self.raised_with = GuardedAnswer(viewmodel, "Raised with", one_line=True)
        self.raised_at = TimeField("Raised at", viewmodel.now)
        self.resolved = QCheckBox("Put right during the visit")
        self.resolved.setAccessibleName(self.resolved.text())
        self.category = Picker("What it is about", width=280)
        self.place = GuardedAnswer(viewmodel, "Where", one_line=True)
        self.origin = Picker("Who noticed it", width=200)
        self.status = Picker("What happened", width=240)
        if in_place:  # these are known already, or are asked in the section "Issues"
            for known in (self.category, self.place, self.origin, self.status):
                known.setParent(self)
                known.hide()
        self._site = Tag("", "grey", "building-2")
        self._about = Tag("", "grey")
        self.head.insertWidget(0, icon_label("flag", 18, "bad"))
        self.head.addWidget(self._site)
        self.head.addWidget(self._about)
        if not in_place:
            remove = link_button("Remove", self._on_remove, about="this issue")
            self.head.addWidget(remove)
        self._lay_out()
        self._fill()
        self._connect()

    def _lay_out(self) -> None:
        what = self._row(
            "description",
            "What did you find?",
            self.description,
            self._roles(),
            wide=True,
        )
        grid = FormGrid(least=290)
        if not self._in_place:
            grid.add(self._row("category", "What is it about?", self.category))
            grid.add(self._row("place", "Where?", self.place, wide=True))
            grid.add(what, wide=True)
        else:
            grid.add(what, wide=True)
        grid.add(self._row("severity", "How serious?", self.severity), wide=True)
        raised_with = self._row(
            "raised_with", "Raised with", self.raised_with, self._role(), wide=True
        )
        grid.add(raised_with)
        grid.add(self._row("raised_at", "Raised at", self.raised_at))
        if not self._in_place:
            grid.add(self._row("origin", "Who noticed it?", self.origin))
            grid.add(self._row("status", "What happened?", self.status))
        grid.add(self.resolved)
        self.body.addWidget(self.ring)
        self.body.addWidget(grid)

    def _is_about_animals(self) -> bool:
        return self._viewmodel.kind is Kind.ANIMAL_WELFARE

    def _roles(self) -> str:
        others = "a handler" if self._is_about_animals() else "a detainee"
        return f"Roles, not names: \u201cthe sergeant\u201d, \u201c{others}\u201d."

    def _role(self) -> str:
        sergeant = "dog unit" if self._is_about_animals() else "custody"
        return f"A role: the {sergeant} sergeant"

    def _row(
        self, key: str, text: str, widget: QWidget, hint: str = "", *, wide: bool = False
    ) -> FormRow:
        self.rows[key] = FormRow(text, widget, hint, wide=wide)
        return self.rows[key]

    def _pickers(self) -> tuple[tuple[Picker, str, str, str], ...]:
        """(picker, key, list, usual code)."""
        return (
            (self.category, "category", "issue_category", ""),
            (self.severity, "severity", "issue_severity", ""),
            (self.origin, "origin", "issue_origin", "VISITOR"),
            (self.status, "status", "issue_status", RAISED),
        )

    def _texts(self) -> tuple[tuple[str, GuardedAnswer], ...]:
        return (
            ("description", self.description),
            ("place", self.place),
            ("raised_with", self.raised_with),
        )

    # What is shown

    def _fill(self) -> None:
        issue = self._viewmodel.issues.get(self.issue_id)
        for picker, key, list_name, usual in self._pickers():
            code = self._code(issue, key, usual)
            offered = [
                entry
                for entry in self._viewmodel.offered(list_name, code)
                if key != "severity" or int(entry.code) >= self._least
            ]
            picker.set_choices([(entry.code, entry.label, entry.code) for entry in offered])
        self._show(issue, overwrite=True)

    def follow(self) -> None:
        """Show changes made by another answer, or by another card of the same issue."""
        issue = self._viewmodel.issues.get(self.issue_id)
        if issue.id:
            self._show(issue, overwrite=False)

    def _show(self, issue: TypedIssue, *, overwrite: bool) -> None:
        for picker, key, _, usual in self._pickers():
            code = self._code(issue, key, usual)
            if code != (picker.value() or "") and (overwrite or not picker.is_written):
                picker.set_value(code)
        for key, field in self._texts():
            field.show_text(getattr(issue, key), of_issue(self.issue_id, key), overwrite=overwrite)
        if overwrite or not self.raised_at.edit.hasFocus():
            self.raised_at.set_text(issue.raised_at)
        self.resolved.blockSignals(True)
        self.resolved.setChecked(issue.resolved_during_visit)
        self.resolved.blockSignals(False)
        self._show_facts(issue)

    def _show_facts(self, issue: TypedIssue) -> None:
        site, book = self._viewmodel.site, self._viewmodel.register.book
        self._site.show_state("" if site is None else site.name, "grey", "building-2")
        self._site.setVisible(site is not None)
        category = issue.category
        self._about.show_state(book.label("issue_category", category) if category else "")
        self._about.setVisible(self._in_place and bool(category))
        days = self._viewmodel.register.scheme.issue_days
        due = reply_due_text(self._viewmodel.reading.day, days, issue.grade)
        self.rows["severity"].set_hint("" if issue.resolved_during_visit else due)
        self._show_whom_to_ring(issue)

    def _show_whom_to_ring(self, issue: TypedIssue) -> None:
        """Say whom to ring about a matter that can't wait until the report is read."""
        private = is_private(issue.question, self._viewmodel.register.form)
        custody = not self._is_about_animals()
        sentence = whom_to_tell(issue.grade, custody=custody, private=private)
        shown = [banner.sentence for banner in self.ring.banners()]
        if not sentence:
            self.ring.clear()
        elif [sentence] != shown:
            self.ring.show_banner(Banner("warn", sentence), "ring")

    @staticmethod
    def _code(issue: TypedIssue, key: str, usual: str) -> str:
        return str(getattr(issue, key) or usual)

    def judge(self) -> None:
        """Show at each field what is missing."""
        index = self._viewmodel.issues.index(self.issue_id)
        judgement = self._viewmodel.judgement
        for key, row in self.rows.items():
            row.set_error(picker_error(row.field) or judgement.problem_at(of_issue(index, key)))

    def is_described(self) -> bool:
        """Whether somebody has described the issue."""
        return bool(self.description.text().strip())

    def take_cursor(self, key: str = "") -> None:
        """Move the cursor to a field, or to the first empty one."""
        first = "description" if self._in_place or self.category.key() else "category"
        field = self.rows[key if key in self.rows else first].field
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_into_view(self)

    def set_number(self, number: int) -> None:
        """Set the issue's number in the list."""
        self.set_title(f"Issue {number}")

    # What is done

    def _connect(self) -> None:
        for picker, key, _, _ in self._pickers():
            picker.chosen.connect(
                lambda _, key=key, picker=picker: self._on_code(key, picker.value())
            )
        for key, field in self._texts():
            field.changed.connect(lambda key=key, field=field: self._put(key, field.text()))
        self.raised_at.changed.connect(lambda: self._put("raised_at", self.raised_at.text()))
        self.resolved.toggled.connect(self._on_resolved)

    def _on_code(self, key: str, code: object) -> None:
        if key == "severity" and (code is None or str(code).isdecimal()):
            self._put(key, int(str(code)) if code else None)
        else:
            self._put(key, str(code or ""))

    def _on_resolved(self, on: bool) -> None:
        """Set the status to resolved with the tick, and back to raised without it."""
        values: dict[str, Any] = {"resolved_during_visit": on}
        if on or self.status.key() == RESOLVED:
            values["status"] = RESOLVED if on else RAISED
        self._viewmodel.issues.put(self.issue_id, values)

    def _put(self, key: str, value: Any) -> None:
        if getattr(self._viewmodel.issues.get(self.issue_id), key) != value:
            self._viewmodel.issues.put(self.issue_id, {key: value})

    def _on_remove(self) -> None:
        self.removed.emit(self.issue_id)
