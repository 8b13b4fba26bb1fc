"""The search field of a page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit

from visitapp.ui.look.icons import set_icon
from visitapp.ui.widgets.line_field import LineField


class SearchField(LineField):
    """A line with a magnifying glass, and a button to clear it."""

    def __init__(self, hint: str, name: str = "") -> None:
        """`hint` is shown while the field is empty; `name` is for screen readers, by default the
        hint."""
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(name or hint)
        self.setToolTip("Ctrl+F")
        self.setClearButtonEnabled(True)
        self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        set_icon(self, "search", 18, "text3")

    def start(self) -> None:
        """Take the cursor, and select the last search so that typing replaces it."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
