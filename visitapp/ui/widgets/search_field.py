"""The field in which a page's list is searched."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit

from visitapp.ui.look.icons import set_icon
from visitapp.ui.widgets.line import LineField


class SearchField(LineField):
    """A line with a magnifying glass, and a button that clears it."""

    def __init__(self, hint: str, name: str = "") -> None:
        """`hint` stands in the empty field; `name` is what readers call it, unless the same."""
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(name or hint)
        self.setToolTip("Ctrl+F")
        self.setClearButtonEnabled(True)
        self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        set_icon(self, "search", 18, "text3")

    def start(self) -> None:
        """Take the cursor, ready to type over what was searched before."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
