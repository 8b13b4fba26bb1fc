"""The dialog Go to anything (Ctrl+K)."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from visitapp.domain.text.wording import out_of
from visitapp.ui.context import Context
from visitapp.ui.go_to.viewmodel import GoToItem, GoToViewModel
from visitapp.ui.look.icons import icon
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.line_field import LineField


class GoToDialog(QDialog):
    """Typing narrows the list, arrows move in it, Enter goes there."""

    def __init__(self, parent: QWidget, viewmodel: GoToViewModel) -> None:
        super().__init__(parent)
        self.setWindowTitle("Go to anything")
        self.setAccessibleName("Go to anything")
        fit(self, least_width=520)
        self._viewmodel = viewmodel
        self._items: tuple[GoToItem, ...] = ()
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

    def choice(self) -> GoToItem | None:
        """The marked item."""
        at = self.list.currentRow()
        return self._items[at] if 0 <= at < len(self._items) else None

    def _look(self, text: str) -> None:
        self._items = self._viewmodel.find(text)
        self.list.clear()
        for entry in self._items:
            item = QListWidgetItem(icon(entry.icon, 18, "text2"), f"{entry.title}   {entry.note}")
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{entry.kind}: {entry.title}, {entry.note}"
            )
            self.list.addItem(item)
        self.list.setCurrentRow(0 if self._items else -1)
        self._nothing.setVisible(not self._items)
        results = self._nothing.text()
        if self._items:
            results = f"{len(self._items)} found. {self._marked_words()}"
        announce(self.field, results)

    def _marked_words(self) -> str:
        """The marked item and its number, for screen readers."""
        item, at = self.list.currentItem(), self.list.currentRow() + 1
        words = str(item.data(Qt.ItemDataRole.AccessibleTextRole))
        return f"{words}, {out_of(at, len(self._items))}"

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Up and Down in the field move in the list."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            by = steps.get(Qt.Key(event.key()))
            if by is not None and self._items:
                self.list.setCurrentRow((self.list.currentRow() + by) % len(self._items))
                announce(self.field, self._marked_words())
                return True
        return False

    @classmethod
    def ask(
        cls, parent: QWidget, context: Context, can_go: Callable[[str], bool]
    ) -> GoToItem | None:
        """Where to go, or None if the user cancelled."""
        dialog = cls(parent, GoToViewModel(context, can_go))
        taken = dialog.exec() == QDialog.DialogCode.Accepted
        item = dialog.choice()
        dialog.deleteLater()
        return item if taken else None
