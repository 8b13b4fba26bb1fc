"""Copies of a report: who gets one, which were made, and saving one as PDF."""

from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from visitapp.domain.errors import VisitAppError
from visitapp.domain.period import day_and_time
from visitapp.domain.report.copies import CopyMade, RecipientCopies
from visitapp.domain.report.visit import Visit
from visitapp.domain.text.shown import in_a_file_name
from visitapp.domain.text.wording import lowered
from visitapp.services.reports.copies import LONGEST_HOW
from visitapp.ui.context import Context
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.typed import DialogWords
from visitapp.ui.widgets.banner import Banner, BannerArea
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import Dialog, SureDialog
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.line_field import LineField

_NOT_YET = "No copy has been made yet."


_NOT_YET_AMENDED = "No copy of this version has been made yet. They have the version before it."


def before_words(copy: CopyMade) -> str:
    """`Before it was amended: made Tue 8 Apr 2025, 14:02, by Rowena Tollgate`."""
    words = made_words(copy)
    return f"Before the report was amended: {lowered(words)}"


def made_words(copy: CopyMade) -> str:
    """`Made Tue 8 Apr 2025, 14:02, by Rowena Tollgate: by hand`."""
    how = f": {copy.how}" if copy.how else ""
    return f"Made {day_and_time(copy.made_at)}, by {copy.made_by}{how}"


def file_name(visit: Visit, due: RecipientCopies) -> str:
    """The suggested name of a copy."""
    who = in_a_file_name(due.recipient.name, "copy")
    return f"{visit.ref}-{who}.pdf".lower()


class CopiesDialog(Dialog):
    """A row for each recipient. A copy is saved without the worker: it takes only a moment."""

    def __init__(self, parent: QWidget, context: Context, visit: Visit) -> None:
        super().__init__(parent)
        self._context, self._visit = context, visit
        title = f"Copies of {visit.ref}"
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        fit(self, least_width=620)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(title, "h2", wrap=True))
        column.addWidget(
            label(
                "Each copy is a PDF that contains only what the recipient may see. Custody "
                "numbers are always shortened. Every copy you save is listed here.",
                "second", "text2", wrap=True,
            )
        )  # fmt: skip
        self._banners = BannerArea()
        column.addWidget(self._banners)
        self.how = LineField()
        self.how.setMaxLength(LONGEST_HOW)
        self.how.setPlaceholderText("By hand, by post, by secure e-mail")
        column.addWidget(FormRow("How the next copy is given", self.how, wide=True))
        self._words = DialogWords(self, title, "how the next copy is given", self.how)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        column.addLayout(self._rows)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(primary_button("Close", self.accept))
        foot.addStretch(1)
        column.addLayout(foot)
        self.show_copies()

    def show_copies(self) -> None:
        """Read the list again."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        copies = self._context.services.copies
        self._banners.clear("warning")
        for sentence in copies.warnings(self._visit.id):
            self._banners.show_banner(Banner("warn", sentence), "warning")
        for at, due in enumerate(copies.due(self._visit.id)):
            if at:
                self._rows.addWidget(hairline())
            self._rows.addWidget(self._row(due))

    def _row(self, due: RecipientCopies) -> QWidget:
        row_widget = QWidget()
        row = QHBoxLayout(row_widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        recipient = due.recipient
        words.addWidget(label(recipient.name, "strong", wrap=True))
        words.addWidget(label(recipient.audience.label, "small", "text2", wrap=True))
        for copy in due.copies:
            words.addWidget(label(made_words(copy), "second", "good", wrap=True))
        if not due.copies:
            not_yet = _NOT_YET_AMENDED if due.before else _NOT_YET
            words.addWidget(label(not_yet, "second", "onWarnSoft", wrap=True))
        for copy in due.before:
            words.addWidget(label(before_words(copy), "second", "text2", wrap=True))
        row.addLayout(words, 1)
        if recipient.gets(self._visit):
            save = button("Save as PDF\u2026", lambda: self.save(due), icon="printer", small=True)
            save.setAccessibleName(f"Save the copy for: {recipient.name}")
            row.addWidget(save)
        return row_widget

    def save(self, due: RecipientCopies) -> None:
        """Show what to check first, ask where to save the copy, and save it."""
        copies = self._context.services.copies
        for caution in copies.cautions(self._visit.id, due.recipient.id):
            title = f"The copy for: {due.recipient.name}"
            if not SureDialog.ask(self, title, caution, "Save the copy"):
                return
        name = str(Path.home() / file_name(self._visit, due))
        where, _ = QFileDialog.getSaveFileName(self, "Save the copy", name, "PDF document (*.pdf)")
        if not where:
            return
        out = Path(where) if where.lower().endswith(".pdf") else Path(f"{where}.pdf")
        try:
            changes = copies.save(
                self._visit.id, due.recipient.id, out, how=self.how.text(), force=True
            )
        except VisitAppError as error:
            self._banners.show_banner(Banner("bad", str(error), closes=True), "problem")
            return
        self._banners.clear("problem")
        self.how.clear()
        self._words.forget()
        self._context.tell(changes)
        self._context.say(f"Copy saved as {out.name} in {out.parent}.")
        self.show_copies()

    @classmethod
    def ask(cls, parent: QWidget, context: Context, visit: Visit) -> None:
        """Show the dialog until it is closed."""
        dialog = cls(parent, context, visit)
        dialog.exec()
        dialog.deleteLater()
