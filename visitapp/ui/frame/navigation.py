"""The navigation at the left: an icon and a word for each page, and who uses this copy."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from visitapp.domain.office.scheme import Actor, Role
from visitapp.ui.look.icons import set_icon
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import NAVIGATION, WIDEST_NAVIGATION
from visitapp.ui.pages import PageListing
from visitapp.ui.widgets.buttons import PressButton
from visitapp.ui.widgets.clear_scroll import ClearScroll
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.page_list import PageList

_SCROLL_BAR = 12
_ROLES = {
    Role.MANAGER: "Volunteer manager",
    Role.VISITOR: "Visitor",
    Role.READER: "A copy to read",
}


class _PlaceButton(PressButton):
    """The icon and word of a page, and at the right the number of things to do there."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        self.setProperty("class", "place")
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.badge = label("", "smallStrong", "onBadSoft")
        self.badge.setProperty("class", "badge")
        self.badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.badge.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_number(self, number: int, what: str) -> None:
        """Show a number, hidden if 0; `what` says in words what it counts."""
        self.badge.setText(f"{number:,}")
        self.badge.setVisible(number > 0)
        words = f"{number:,} {what}" if number else ""
        self.setAccessibleName(f"{self._words}, {words}" if words else self._words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """The size including the number."""
        hint = super().sizeHint()
        room = 0 if self.badge.isHidden() else self.badge.sizeHint().width() + 10
        return hint + QSize(room, 0)


class Navigation(QFrame):
    """Signals: `chosen` (name of a page)."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[PageListing], actor: Actor) -> None:
        super().__init__()
        self.setProperty("class", "navigation")
        self._buttons: dict[str, _PlaceButton] = {}
        inner = QWidget()
        self._list = PageList(self, inner, "Pages")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 10, 8, 12)
        outer.setSpacing(2)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        for place in places:
            rows.addWidget(self._make(place, place.words_for(actor.role)))
        rows.addStretch(1)
        outer.addWidget(_scrolling(inner), 1)
        outer.addWidget(hairline())
        self.who = label(f"{actor.name}\n{_ROLES[actor.role]}", "small", "text2", wrap=True)
        self.who.setContentsMargins(10, 8, 10, 0)
        outer.addWidget(self.who)
        self._fit()

    def _make(self, place: PageListing, words: str) -> QPushButton:
        place_button = _PlaceButton(words)
        set_icon(place_button, place.icon, 20, "text2")
        self._list.add(place.name, place_button)
        place_button.clicked.connect(lambda *_: self.chosen.emit(place.name))
        self._buttons[place.name] = place_button
        return place_button

    def show_place(self, name: str) -> None:
        """Mark the current page; none if the navigation doesn't list it."""
        self._list.show_current(name)
        for key, place_button in self._buttons.items():
            set_icon(
                place_button,
                place_button.property("iconName"),
                20,
                "primary" if key == name else "text2",
            )

    def show_number(self, name: str, number: int, what: str) -> None:
        """Show how many things there are to do on a page; `what` says what they are."""
        if name in self._buttons:
            self._buttons[name].show_number(number, what)
            self._fit()

    def buttons(self) -> dict[str, QPushButton]:
        """The buttons by name of page."""
        return dict(self._buttons)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the width to the widest word."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        widest = max(
            (place_button.sizeHint().width() for place_button in self._buttons.values()), default=0
        )
        wanted = max(NAVIGATION, widest + 2 * 8)
        if theme().factor > 1:  # leave room for a scroll bar
            wanted = min(WIDEST_NAVIGATION, wanted + _SCROLL_BAR)
        self.setFixedWidth(wanted)


class _Scroll(ClearScroll):
    """Scrolls if there are too many pages for the height; it doesn't ask for more height."""

    def sizeHint(self) -> QSize:
        inner = self.widget()
        return super().sizeHint() if inner is None else inner.sizeHint()


def _scrolling(inner: QWidget) -> ClearScroll:
    scroll = _Scroll(inner)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return scroll
