"""A choice of several sites: a button that names them, and a list with ticks. Where sites belong to
groups, ticking a group chooses its sites."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from visitapp.domain.text.wording import capitalised, joined
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.look.tokens import SMALL_CONTROL
from visitapp.ui.widgets.buttons import DropButton

_ID = Qt.ItemDataRole.UserRole
"""The site's id; of a group the ids of its sites, as a frozen set."""


class _Ticks(QWidget):
    """The popup list: arrows move, Space ticks, Escape and Enter close it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "panel")
        self.list = QListWidget()
        self.list.setProperty("class", "popup")
        self.list.setAccessibleName("Sites")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        self._ticks.list.itemChanged.connect(self._on_ticked)
        self._sites: tuple[tuple[UUID, str], ...] = ()
        self._groups: tuple[ChosenSites, ...] = ()
        self._ticked: frozenset[UUID] = frozenset()
        fit(self, least_width=286)
        self.clicked.connect(self._open)
        self.set_sites(sites)

    def set_sites(
        self, sites: Sequence[tuple[UUID, str]], groups: Sequence[ChosenSites] = ()
    ) -> None:
        """Offer sites as (id, name), and groups of them; ticks stay on those that are still
        offered."""
        self._sites, self._groups = tuple(sites), tuple(groups)
        offered = {site_id for site_id, _ in self._sites}
        self._fill(self._ticked & offered)

    def site_ids(self) -> tuple[UUID, ...]:
        """The ticked sites; empty means all."""
        return tuple(site_id for site_id, _ in self._sites if site_id in self._ticked)

    def set_site_ids(self, ids: Sequence[UUID]) -> None:
        """Tick sites without a signal."""
        self._fill(frozenset(ids))

    def _fill(self, ticked: frozenset[UUID]) -> None:
        """List the sites, then the groups. A group is ticked if exactly its sites are."""
        self._ticked = ticked
        lines: list[tuple[UUID | frozenset[UUID], str, bool, str]] = [
            (site_id, name, site_id in ticked, "") for site_id, name in self._sites
        ]
        lines += [
            (group.site_ids, capitalised(group.name), group.site_ids == ticked, _sites_of(group))
            for group in self._groups
        ]
        ticks = self._ticks.list
        ticks.blockSignals(True)
        for at, (key, name, is_ticked, about) in enumerate(lines):
            item = ticks.item(at) or QListWidgetItem(ticks)
            item.setText(name)
            item.setData(_ID, key)
            item.setToolTip(about)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, about)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        while ticks.count() > len(lines):
            ticks.takeItem(len(lines))
        ticks.blockSignals(False)
        self._say()

    def _on_ticked(self, item: QListWidgetItem) -> None:
        """A group's tick chooses its sites alone; without it all sites are chosen."""
        key = item.data(_ID)
        is_on = item.checkState() is Qt.CheckState.Checked
        if isinstance(key, frozenset):
            self._fill(key if is_on else frozenset())
        else:
            self._fill(self._ticked | {key} if is_on else self._ticked - {key})
        self.chosen.emit(self.site_ids())

    def _say(self) -> None:
        names = [name for site_id, name in self._sites if site_id in self._ticked]
        of_group = [group.name for group in self._groups if group.site_ids == self._ticked]
        if of_group and len(names) > 1:
            names = [capitalised(of_group[0])]
        self.show_choice(", ".join(names) if 0 < len(names) <= 2 else _words(len(names)))

    def _open(self) -> None:
        rows = min(12, max(1, self._ticks.list.count()))
        height = rows * theme().px(SMALL_CONTROL + 4) + 8
        self._ticks.setFixedSize(max(self.width(), theme().px(240)), height)
        self._ticks.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._ticks.show()
        self._ticks.list.setFocus()


def _sites_of(group: ChosenSites) -> str:
    return f"All of its sites: {joined(group.of_group)}"


def _words(ticked: int) -> str:
    return f"{ticked} sites" if ticked else "All sites"
