"""Settings: the report forms, question by question. Each change makes the next version."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from visitapp.domain.report.counted_questions import is_counted_at_first
from visitapp.domain.report.form import Question
from visitapp.domain.report.kinds import CORE, KINDS, Measure, QuestionKind
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.settings.question_entries import Asked, answered_by, options_of
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.rows_editor import RowsEditor
from visitapp.ui.widgets.tablemodel import ListEntry

_NEW = Question("new", "New", "yes_no")


def _traits(kind: object) -> QuestionKind:
    """The traits of a kind; until one is chosen, no further fields are shown."""
    return KINDS[str(kind) if kind else CORE]


class QuestionsSection(EntriesSection):
    """Shows one part of a form at a time: a section, or the questions about each detainee or
    animal."""

    title = "Questions"
    words = (
        "The questions in a visit report. You can add, reword, reorder or stop asking questions. "
        "Questions that visitapp needs cannot be removed, but you can change their words."
    )
    headings = ("Question", "Answered by")
    widths = (0, 200)
    add_words = "Add a question"
    nothing_yet = "This section has no questions. Add the first one."
    remove_words = "Stop asking…"
    side_width = 380
    may_stop = False
    _is_own = True

    def make_above(self) -> QWidget:
        self.about = label("", "second", "text2", wrap=True)
        self.scheme = Picker("Scheme", width=160)
        self.part = Picker("Section of the form", width=320)
        self.scheme.chosen.connect(lambda _: self._switch(rebuild=True))
        self.part.chosen.connect(lambda _: self._switch())
        row = FlowRow(gap=10)
        row.add(self.scheme)
        row.add(self.part)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(row)
        column.addWidget(self.about)
        return above

    def make_beside_add(self, row: FlowRow) -> None:
        self.earlier_button = button("Earlier", lambda: self.move_by(-1), icon="arrow-up")
        self.earlier_button.setToolTip("Ask this question earlier in its section")
        self.later_button = button("Later", lambda: self.move_by(1), icon="arrow-down")
        self.later_button.setToolTip("Ask this question later in its section")
        row.add(self.earlier_button)
        row.add(self.later_button)

    def make_form(self) -> None:
        self.ask = LineField()
        self.fields.addWidget(FormRow("Question", self.ask, wide=True))
        self.help = LineField()
        hint = "A few words below the question. Optional."
        self.fields.addWidget(FormRow("Help", self.help, hint, wide=True))
        self.kind = Picker("Answered by", width=300)
        self.kind.chosen.connect(lambda _: self._on_kind())
        self.kind_row = FormRow(
            "Answered by", self.kind, "You cannot change this once the question has been asked."
        )
        self.fields.addWidget(self.kind_row)
        self.answers = RowsEditor(
            "Answers", ("Answer", "Code"), ("", ""), "Answer", widths=(0, 60)
        )  # fmt: skip
        self.answers.table.setColumnHidden(1, True)
        self.answers_row = FormRow("Answers to choose from", self.answers, wide=True)
        self.fields.addWidget(self.answers_row)
        self.category = Picker("A concern opens an issue about", width=300)
        self.category_row = FormRow("A concern opens an issue about", self.category)
        self.fields.addWidget(self.category_row)
        self.needed = QCheckBox("A report needs an answer")
        self.private = QCheckBox("For the scheme manager only")
        self.private.setToolTip("The police never see this question or its answers")
        self.counted = QCheckBox("Count the answers")
        self.counted.setToolTip("The year\u2019s figures show how often each answer was given")
        self.anew = QCheckBox("It now means something else")
        self.anew.setToolTip("Earlier answers are no longer counted with new ones")
        for box in (self.needed, self.private, self.counted, self.anew):
            box.setAccessibleName(box.text())
            self.fields.addWidget(box)

    # -- which part ----------------------------------------------------------------------

    @property
    def scheme_id(self) -> UUID | None:
        """The scheme whose form is shown."""
        scheme_id = self.scheme.key()
        return scheme_id if isinstance(scheme_id, UUID) else None

    @property
    def part_key(self) -> str:
        """The part shown."""
        return str(self.part.key() or "")

    def choose(self, scheme_id: UUID, part_key: str) -> None:
        """Show one part of a form."""
        self.scheme.set_key(scheme_id)
        self._offer_parts()
        self.part.set_key(part_key)
        self._switch()

    def reload(self) -> None:
        schemes = self.viewmodel.schemes()
        self.scheme.set_choices([(s.id, s.label) for s in schemes])
        if self.scheme.key() is None and schemes:
            self.scheme.set_key(schemes[0].id)
        self.scheme.setVisible(len(schemes) > 1)
        self._offer_parts()
        super().reload()

    def _offer_parts(self) -> None:
        scheme_id, chosen = self.scheme_id, self.part.key()
        offered = self.viewmodel.questions.parts(scheme_id) if scheme_id else []
        self.part.set_choices(offered)
        self.part.set_key(chosen if chosen in dict(offered) else offered[0][0] if offered else None)

    def _switch(self, *, rebuild: bool = False) -> None:
        """Show another part, unless something unsaved is typed in this one."""
        if self.is_held():
            return
        if rebuild:
            self.part.set_key(None)
        self._removed.clear()
        self.item, self._clean = None, None
        self.say_done("")
        self.reload()

    # -- what is shown -------------------------------------------------------------------

    def entries(self) -> list[ListEntry]:
        scheme_id, part_key = self.scheme_id, self.part_key
        if scheme_id is None or not part_key:
            return []
        questions = self.viewmodel.questions
        self.about.setText(questions.about(self.viewmodel.scheme(scheme_id)))
        return [
            ListEntry(asked, (asked.question.ask, answered_by(asked.question)))
            for asked in questions.asked(scheme_id, part_key)
        ]

    def fill(self, item: Asked | None) -> None:
        scheme_id, part_key, questions = self.scheme_id, self.part_key, self.viewmodel.questions
        if scheme_id is None or not part_key:
            return
        asked = item.question if item else None
        shown = asked or _NEW
        self.ask.setText(asked.ask if asked else "")
        self.help.setText(shown.help)
        for edit in (self.ask, self.help):
            edit.setCursorPosition(0)
        self.kind.set_choices(questions.kinds(scheme_id, part_key))
        self.kind.set_key(shown.kind)
        self.kind_row.setVisible(asked is None)
        self.answers.show_rows([[o.label, o.code] for o in shown.options])
        self.category.set_choices(questions.categories(scheme_id))
        self.category.set_key(shown.category or None)
        self.needed.setChecked(shown.compulsory)
        self.needed.setVisible(questions.may_be_needed(scheme_id, part_key, asked))
        self.private.setChecked(shown.manager_only)
        self._is_own = questions.is_own(scheme_id, asked)
        self.private.setVisible(self._is_own)
        of_part = is_counted_at_first(part_key, shown)
        self.counted.setChecked(asked.is_counted if asked else of_part)
        self.anew.setChecked(False)
        self._on_kind()
        self.may_stop = asked is not None and questions.may_stop(scheme_id, asked)
        moves = asked is not None and not asked.is_core
        for move_button in (self.earlier_button, self.later_button):
            move_button.setVisible(moves)

    def _on_kind(self) -> None:
        kind = self.item.question.kind if self.item is not None else self.kind.key()
        self.answers_row.setVisible(_traits(kind).has_options)
        self.category_row.setVisible(bool(_traits(kind).concerns) and self._is_own)
        can_be_counted = _traits(kind).measure is not Measure.NOTHING
        self.counted.setVisible(can_be_counted)
        self.anew.setVisible(can_be_counted and self.item is not None)

    def _show(self, item: Any) -> None:
        super()._show(item)
        self.remove_button.setVisible(item is not None and self.may_stop)

    def state(self) -> tuple[object, ...]:
        return (
            self.ask.text(), self.help.text(), self.kind.key(), self.answers.rows,
            self.category.key(), self.needed.isChecked(), self.private.isChecked(),
            self.counted.isChecked(), self.anew.isChecked(),
        )  # fmt: skip

    # -- actions -------------------------------------------------------------------------

    def save(self, item: Asked | None) -> object | None:
        scheme_id, before = self.scheme_id, item.question if item else _NEW
        kind = before.kind if item else str(self.kind.key() or "")
        if scheme_id is None or not kind:
            self.say_problem("Choose how the question is answered.")
            return None
        if _traits(kind).concerns and self._is_own and self.category.key() is None:
            self.say_problem("Choose what kind of issue a concern opens.")
            return None
        question = replace(
            before,
            ask=" ".join(self.ask.text().split()),
            help=" ".join(self.help.text().split()),
            kind=kind,
            options=options_of(self.answers.rows) if _traits(kind).has_options else (),
            compulsory=self.needed.isChecked(),
            manager_only=self.private.isChecked(),
            is_counted=self.counted.isChecked() and _traits(kind).measure is not Measure.NOTHING,
            meaning=before.meaning + self.anew.isChecked(),
        )
        if self._is_own:
            category = str(self.category.key() or "") if _traits(kind).concerns else ""
            question = replace(question, category=category)
        entries = self.viewmodel.questions
        if item is None:
            return entries.add(scheme_id, self.part_key, question)
        return entries.change(scheme_id, question)

    def name_of(self, item: Any) -> str:
        return str(item.question.ask)

    def move_by(self, by: int) -> None:
        """Move the current question up (-1) or down (1)."""
        if self.item is None or self.scheme_id is None or self.item.question.is_core:
            return
        if self.is_dirty:
            self.say_problem("Save or cancel your changes here first.")
            return
        self.say_done("")
        self.viewmodel.questions.move(self.scheme_id, self.item.question, by)

    def remove(self) -> None:
        """Stop asking the current question, if the user confirms."""
        if self.item is None or self.scheme_id is None or not self.may_stop:
            return
        sentence = (
            f"New reports will not ask “{self.item.question.ask}”. Reports that answered it keep "
            "the answer. Press Ctrl+Z to ask it again."
        )
        if SureDialog.ask(self, "Stop asking this question?", sentence, "Stop asking it"):
            self._remove_item(self.item)

    def remove_item(self, item: Asked) -> bool:
        scheme_id = self.scheme_id
        return scheme_id is not None and self.viewmodel.questions.stop(scheme_id, item.question)

    def put_back(self, item: Asked) -> bool:
        scheme_id = self.scheme_id
        return scheme_id is not None and self.viewmodel.questions.ask_again(
            scheme_id, item.question
        )
