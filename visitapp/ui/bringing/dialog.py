"""Bring reports from an earlier file: its passphrase, what is in it, and what was brought."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from visitapp.domain.errors import BadInputError
from visitapp.domain.text.wording import number_of
from visitapp.services.exchange.bringing import UnknownName
from visitapp.ui import window_dialogs
from visitapp.ui.bringing.earlier import earlier_file, forget_begun
from visitapp.ui.bringing.viewmodel import BringingViewModel, question_words
from visitapp.ui.context import Context
from visitapp.ui.look.preferences import documents
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.passphrase_or_code import PassphraseOrCode
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.reading_lines import ReadArea
from visitapp.ui.widgets.summary_list import SummaryList

TITLE = "Bring reports from an earlier file"
_WORDS = (
    "What you logged before you joined your scheme is signed again in this copy, and goes to the "
    "office. The earlier file is only read."
)
_ASKED = ("Passphrase of the earlier file", "Recovery code of the earlier file")
_OTHER = ("Forgotten it? Use the recovery code", "Use the passphrase")
_QUESTION, _ROW, _MOST = 84, 82, 340
"""The height kept free for a question, for a report, and for all of them, in logical pixels."""
_RING = 5
"""Room for the focus ring of a field, in pixels."""
_OFFER = "earlier file"
"""The key of the banner that offers its reports."""
_LEAVE = "Leave these reports in the earlier file"
_NOT_JOINED = (
    "This copy has not joined a scheme yet. Choose File, New file, and press Join my scheme. Then "
    "bring the reports of this file into the new one."
)


class BringingDialog(Dialog):
    """Three steps in one place: the passphrase, what can be brought, what was brought."""

    def __init__(self, parent: QWidget, viewmodel: BringingViewModel) -> None:
        super().__init__(parent)
        self.viewmodel = viewmodel
        viewmodel.setParent(self)
        self.pickers: list[Picker] = []
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        fit(self, least_width=680)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(TITLE, "h2", wrap=True))
        self.words = label(f"{_WORDS} File: {viewmodel.path.name}", "body", "text2", wrap=True)
        column.addWidget(self.words)
        self._asking = self._make_asking()
        column.addWidget(self._asking)
        self._area = ReadArea()
        self._area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._area.hide()
        self._inner = self._make_inner()
        column.addWidget(self._area, 1)
        self.reason = Reason()
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.go = primary_button("Open the file", self.accept)
        self.cancel = button("Cancel", self.reject)
        for dialog_button in (self.go, self.cancel):
            row.addWidget(dialog_button)
            dialog_button.setAutoDefault(False)
        row.addStretch(1)
        column.addLayout(row)
        viewmodel.changed.connect(self._on_changed)
        viewmodel.busy.connect(self._on_busy)
        viewmodel.problem.connect(self._on_problem)
        self.passphrase.setFocus()

    def _make_asking(self) -> QWidget:
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.asked = PassphraseOrCode(_ASKED, _OTHER, wide=True)
        self.passphrase = self.asked.field
        self.passphrase.entered.connect(self.accept)
        column.addWidget(self.asked.row)
        column.addWidget(self.asked.link)
        return asking

    def _make_inner(self) -> QWidget:
        """Questions about names, and below them the reports."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(_RING, _RING, _RING, 0)
        column.setSpacing(12)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(12)
        column.addLayout(self._questions)
        self._panel = Panel(flush=True)
        self._listed = SummaryList()
        self._panel.body.addWidget(self._listed)
        column.addWidget(self._panel)
        column.addStretch(1)
        return inner

    def accept(self) -> None:
        """The next step, or the end."""
        if self.viewmodel.is_busy:
            return
        if self.viewmodel.earlier is None:
            self.viewmodel.open(self.passphrase.text(), by_code=self.asked.by_code)
        elif self._is_over:
            super().accept()
        elif self._must_choose:
            self.pickers[0].setFocus()
        elif not (wrong := [picker for picker in self.pickers if picker.error()]):
            self.viewmodel.bring()
        else:
            self._on_problem(wrong[0].error())
            wrong[0].setFocus()

    def reject(self) -> None:
        """Close, unless reports are being signed."""
        if not self.viewmodel.is_busy:
            super().reject()

    # -- showing -------------------------------------------------------------------------

    def _on_changed(self) -> None:
        viewmodel = self.viewmodel
        assert viewmodel.earlier is not None
        is_first = self._asking.isVisible()
        if is_first:
            self._asking.hide()
            self.passphrase.clear()
            for item in viewmodel.earlier.unknown:
                self._ask_about(item)
        if viewmodel.is_done:
            self._remove_questions()
        self.words.setText(viewmodel.summary())
        self._show_lines()
        self.go.setText(self._action())
        self.go.setAccessibleName(self._action())
        self.go.setEnabled(not self._must_choose)
        self.cancel.setVisible(not self._is_over)
        self.grow()
        if is_first or viewmodel.is_done:
            announce(self, self.words.text())
            (self.pickers[0] if self.pickers else self.go).setFocus()

    @property
    def _must_choose(self) -> bool:
        """Whether nothing can be brought before a name is chosen."""
        viewmodel = self.viewmodel
        is_shown = viewmodel.earlier is not None and not viewmodel.is_done
        return is_shown and bool(self.pickers) and not viewmodel.number_to_bring

    @property
    def _is_over(self) -> bool:
        """Whether nothing is left to do."""
        viewmodel = self.viewmodel
        return viewmodel.is_done or not (viewmodel.number_to_bring or self.pickers)

    def _action(self) -> str:
        if self._is_over:
            return "Close"
        number = self.viewmodel.number_to_bring
        return f"Bring {number_of(number, 'report')}" if number else "Bring reports"

    def grow(self) -> None:
        """Make room, and stay on the screen with it."""
        super().grow()
        below = self.geometry().bottom() - self.screen().availableGeometry().bottom()
        if below > 0:
            self.move(self.x(), max(0, self.y() - below))

    def _ask_about(self, item: UnknownName) -> None:
        picker = Picker(question_words(item), width=360)
        picker.set_choices([(0, _LEAVE), *enumerate(item.choices, 1)])
        picker.set_key(0)

        def choose(key: object) -> None:
            at = key if isinstance(key, int) else 0
            self.viewmodel.choose(item.name, item.choices[at - 1] if at else None)

        picker.chosen.connect(choose)
        self.pickers.append(picker)
        self._questions.addWidget(FormRow(question_words(item), picker))

    def _remove_questions(self) -> None:
        self.pickers = []
        while (question := self._questions.takeAt(0)) is not None:
            if (widget := question.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _show_lines(self) -> None:
        lines = self.viewmodel.lines()
        self._listed.clear()
        for visit, state in lines:
            self._listed.add(visit, state)
        self._area.setVisible(bool(lines))
        self._area.setWidget(self._inner)  # again, so that Tab stops at the first line
        height = _QUESTION * len(self.pickers) + _ROW * len(lines)
        fit(self._area, least_height=min(height, _MOST))

    def _on_busy(self, busy: bool) -> None:
        for part in (self.cancel, self.passphrase, self.asked.link):
            part.setEnabled(not busy)
        self.go.setEnabled(not busy and not self._must_choose)

    def _on_problem(self, sentence: str) -> None:
        self.reason.say(sentence)
        self.grow()
        if sentence and self._asking.isVisible():
            self.passphrase.edit.setFocus()
            self.passphrase.edit.selectAll()


def bring_reports(page: Page, context: Context, path: Path | None = None) -> None:
    """Ask for the earlier file unless it is known, and show the dialog over a page."""
    if context.services.exchange.own() is None:
        page.show_problem(BadInputError(_NOT_JOINED))
        return
    if path is None:
        folder = documents(context.preferences.settings)
        path = window_dialogs.ask_earlier_file(page, folder)
    if path is None:
        return
    dialog = BringingDialog(page, BringingViewModel(context, path))

    def close() -> None:
        if dialog.viewmodel.is_all_brought and path == earlier_file(context):
            forget(page, context)
        dialog.deleteLater()

    dialog.finished.connect(close)
    dialog.open()


def offer(page: Page, context: Context) -> None:
    """Offer the reports of the file that was used on this computer before joining, if there was
    such a file."""
    path = earlier_file(context)
    if path is not None:
        page.show_banner(
            "info",
            f"You used {path.name} before you joined. Its signed reports can go to the office.",
            [
                ("Bring its reports…", partial(bring_reports, page, context, path)),
                ("Do not offer this again", partial(forget, page, context)),
            ],
            key=_OFFER,
        )


def forget(page: Page, context: Context) -> None:
    """Offer them no more."""
    forget_begun(context)
    page.clear_banner(_OFFER)
