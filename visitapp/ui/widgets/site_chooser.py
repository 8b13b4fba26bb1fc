"""A choice of several sites: a button that names them, and a list with ticks."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from visitapp.ui.look.theme import fit, theme
from visitapp.ui.look.tokens import SMALL_CONTROL
from visitapp.ui.widgets.buttons import DropButton

_ID = Qt.ItemDataRole.UserRole


class _Ticks(QWidget):
    """The popup list: arrows move, Space ticks, Escape and Enter close it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "panel")
        self.list = QListWidget()
        self.list.setProperty("class", "popup")
        self.list.setAccessibleName("Sites")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.list)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)


class SiteChooser(DropButton):
    """If none is ticked it means all, and the button says so.

    Signals: `chosen` (tuple of ids, empty for all) at each tick.
    """

    chosen = Signal(object)

    def __init__(self, sites: Sequence[tuple[UUID, str]] = ()) -> None:
        super().__init__("Sites", "building-2")
        self._ticks = _Ticks(self)
        self._ticks.list.itemChanged.connect(lambda _: self._on_ticked())
        fit(self, least_width=286)
        self.clicked.connect(self._open)
        self.set_sites(sites)

    def set_sites(self, sites: Sequence[tuple[UUID, str]]) -> None:
        """Offer sites as (id, name); ticks stay on those that are still offered."""
        ticked = set(self.site_ids())
        self._fill([(key, name, key in ticked) for key, name in sites])

    def site_ids(self) -> tuple[UUID, ...]:
        """The ticked sites; empty means all."""
        return tuple(item.data(_ID) for item in self._items() if _is_on(item))

    def set_site_ids(self, ids: Sequence[UUID]) -> None:
        """Tick sites without a signal."""
        wanted = set(ids)
        self._fill([(i.data(_ID), i.text(), i.data(_ID) in wanted) for i in self._items()])

    def _items(self) -> list[QListWidgetItem]:
        return [self._ticks.list.item(at) for at in range(self._ticks.list.count())]

    def _fill(self, lines: Sequence[tuple[UUID, str, bool]]) -> None:
        ticks = self._ticks.list
        ticks.blockSignals(True)
        ticks.clear()
        for key, name, on in lines:
            item = QListWidgetItem(name)
            item.setData(_ID, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            ticks.addItem(item)
        ticks.blockSignals(False)
        self._say()

    def _on_ticked(self) -> None:
        self._say()
        self.chosen.emit(self.site_ids())

    def _say(self) -> None:
        names = [item.text() for item in self._items() if _is_on(item)]
        self.show_choice(", ".join(names) if 0 < len(names) <= 2 else _words(len(names)))

    def _open(self) -> None:
        rows = min(12, max(1, self._ticks.list.count()))
        height = rows * theme().px(SMALL_CONTROL + 4) + 8
        self._ticks.setFixedSize(max(self.width(), theme().px(240)), height)
        self._ticks.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._ticks.show()
        self._ticks.list.setFocus()


def _is_on(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked


def _words(ticked: int) -> str:
    return f"{ticked} sites" if ticked else "All sites"
