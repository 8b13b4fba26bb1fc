"""The field and the list of Ctrl+K."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from visitapp.domain.text.wording import out_of
from visitapp.ui.context import Context
from visitapp.ui.go_to.viewmodel import Found, GoToViewModel
from visitapp.ui.look.icons import icon
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.line import LineField


class GoToDialog(QDialog):
    """Letters narrow the list, arrows move in it, Enter goes."""

    def __init__(self, parent: QWidget, viewmodel: GoToViewModel) -> None:
        super().__init__(parent)
        self.setWindowTitle("Go to anything")
        self.setAccessibleName("Go to anything")
        fit(self, least_width=520)
        self._viewmodel = viewmodel
        self._found: tuple[Found, ...] = ()
        self.field = LineField()
        self.field.setAccessibleName("Page, visit, person, site, issue or word")
        self.field.setPlaceholderText("Page, visit, person, site, issue or word")
        self.field.setAccessibleDescription(
            "Press Up and Down to choose a result, and Enter to go there"
        )
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setProperty("class", "popup")
        self.list.setAccessibleName("Results")
        self.list.setUniformItemSizes(True)
        fit(self.list, least_height=200)
        self.list.setIconSize(QSize(theme().px(18), theme().px(18)))
        self._nothing = label("Nothing found. Try other words.", "second", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing)
        self.field.textChanged.connect(self._look)
        self.field.returnPressed.connect(self.accept)
        self.list.itemActivated.connect(lambda _: self.accept())
        self.list.itemClicked.connect(lambda _: self.accept())
        self._look("")
        self.resize(theme().px(560), min(theme().px(420), max(parent.height() - 80, 240)))

    def choice(self) -> Found | None:
        """The line that is marked."""
        at = self.list.currentRow()
        return self._found[at] if 0 <= at < len(self._found) else None

    def _look(self, text: str) -> None:
        self._found = self._viewmodel.find(text)
        self.list.clear()
        for found in self._found:
            item = QListWidgetItem(icon(found.icon, 18, "text2"), f"{found.title}   {found.note}")
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{found.kind}: {found.title}, {found.note}"
            )
            self.list.addItem(item)
        self.list.setCurrentRow(0 if self._found else -1)
        self._nothing.setVisible(not self._found)
        said = f"{len(self._found)} found. {self._said()}" if self._found else self._nothing.text()
        announce(self.field, said)

    def _said(self) -> str:
        """The line that is marked, and which of them it is."""
        item, at = self.list.currentItem(), self.list.currentRow() + 1
        words = str(item.data(Qt.ItemDataRole.AccessibleTextRole))
        return f"{words}, {out_of(at, len(self._found))}"

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Up and Down in the field move in the list."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            by = steps.get(Qt.Key(event.key()))
            if by is not None and self._found:
                self.list.setCurrentRow((self.list.currentRow() + by) % len(self._found))
                announce(self.field, self._said())
                return True
        return False

    @classmethod
    def ask(cls, parent: QWidget, context: Context, can_go: Callable[[str], bool]) -> Found | None:
        """Where to go, or None."""
        dialog = cls(parent, GoToViewModel(context, can_go))
        taken = dialog.exec() == QDialog.DialogCode.Accepted
        found = dialog.choice()
        dialog.deleteLater()
        return found if taken else None
