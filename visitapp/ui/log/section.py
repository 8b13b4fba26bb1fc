"""What the sections of the form share: rows by the field they answer, and what is said there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.tokens import BETWEEN_DOWN
from visitapp.ui.widgets.banner import Banner, BannerArea
from visitapp.ui.widgets.fields import FormRow


class SectionWidget(QWidget):
    """Subclasses add their panels to `body` and rows to `rows`, and fill them."""

    def __init__(self, model: LogViewModel, key: str) -> None:
        super().__init__()
        self.model, self.key = model, key
        self.rows: dict[str, FormRow] = {}
        self.notes = BannerArea()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(BETWEEN_DOWN)
        self.body.addWidget(self.notes)

    def fill(self) -> None:
        """Show the answers of the report that was opened."""
        raise NotImplementedError

    def follow(self) -> None:
        """Show what follows from the answers; called after each."""

    def add_row(
        self, field: str, text: str, widget: QWidget, hint: str = "", *, wide: bool = False
    ) -> FormRow:
        """Make the row of a field."""
        made = FormRow(text, widget, hint, wide=wide)
        self.rows[field] = made
        return made

    def judge(self) -> None:
        """Say at each field what is wrong there, but not while somebody writes in it."""
        focus = QApplication.focusWidget()
        for field, row in self.rows.items():
            sentence = self.model.to_say(field)
            own = getattr(row.field, "error", None)
            if callable(own) and own():
                sentence = ""  # the field says so itself
            if not sentence or focus is None or focus is not _innermost(row.field):
                row.set_error(sentence)
        self._warn()

    def _warn(self) -> None:
        said = self.model.warnings_in(self.key)
        shown = [banner.sentence for banner in self.notes.banners() if banner.kind == "warn"]
        if said != shown:
            for index in range(len(shown)):
                self.notes.clear(f"warning {index}")
            for index, sentence in enumerate(said):
                self.notes.show_banner(Banner("warn", sentence), f"warning {index}")

    def focus_field(self, field: str) -> None:
        """Take the cursor to a field, or to the first one."""
        row = self.rows.get(field) or self.rows.get(field.split(":", maxsplit=1)[0])
        target = row.field if row is not None else self.first_field()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_field(self) -> QWidget | None:
        """Where the cursor goes when the section is opened."""
        return next((row.field for row in self.rows.values() if not row.isHidden()), None)


def _innermost(field: QWidget) -> QWidget:
    """What of a field has the cursor."""
    while (proxy := field.focusProxy()) is not None:
        field = proxy
    return field
