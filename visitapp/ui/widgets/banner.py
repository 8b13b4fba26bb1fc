"""A banner under the head of a page: what happened, and at most two things to do about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.arranging import ask_for_room
from visitapp.ui.widgets.buttons import button, glyph_button
from visitapp.ui.widgets.labels import icon_label, label

Action = tuple[str, Callable[[], object]]
"""The text of a button, and what it does."""

_ICONS = {
    "info": ("info", "primary", "onPrimarySoft", "Note"),
    "good": ("circle-check", "good", "onGoodSoft", "Done"),
    "warn": ("triangle-alert", "warn", "onWarnSoft", "Warning"),
    "bad": ("triangle-alert", "bad", "onBadSoft", "Problem"),
}
_MOST_ACTIONS = 2


class Banner(QFrame):
    """`kind` is info, good, warn or bad; the icon and the first word show it. `problem` is the
    error that it is about, without what the page added.

    Signals: `closed` (itself) when it goes.
    """

    closed = Signal(object)

    def __init__(
        self,
        kind: str,
        sentence: str,
        actions: Sequence[Action] = (),
        *,
        closes: bool = False,
        problem: str = "",
    ) -> None:
        super().__init__()
        if len(actions) > _MOST_ACTIONS:
            raise ValueError("A banner has at most two actions.")
        icon, mark, tone, word = _ICONS[kind]
        self.kind, self.sentence, self.problem = kind, sentence, problem
        self.setProperty("class", "banner")
        self.setProperty("kind", kind)
        self.setAccessibleName(f"{word}: {sentence}")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(icon_label(icon, 20, mark, word=word))
        self.words = label(sentence, "body", tone, wrap=True)
        row.addWidget(self.words, 1)
        self.buttons = [button(text, act, small=True) for text, act in actions]
        for widget in self.buttons:
            row.addWidget(widget)
        if closes:
            row.addWidget(glyph_button("x", "Close this message", self.close_banner))

    def close_banner(self) -> None:
        """Remove the banner."""
        self.hide()
        self.closed.emit(self)
        self.deleteLater()


class BannerArea(QWidget):
    """Holds the banners of a page, at most one for each key."""

    def __init__(self) -> None:
        super().__init__()
        self._banners: dict[str, Banner] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 8)
        self._layout.setSpacing(8)
        self.hide()

    def show_banner(self, banner: Banner, key: str = "", over: QRect | None = None) -> None:
        """Show a banner, replacing an earlier one with the same key. `over` is the part of the page
        to cover, for when nothing may move to make room."""
        self.clear(key)
        self._banners[key] = banner
        banner.closed.connect(self._on_closed)
        if over is None:
            self._layout.addWidget(banner)
            self.show()
            banner.show()
            ask_for_room(self)
        else:
            self._lay_over(banner, over)
        announce(banner, banner.accessibleName(), at_once=banner.kind == "bad")

    def _lay_over(self, banner: Banner, over: QRect) -> None:
        banner.setParent(self.parentWidget())
        banner.setGeometry(over)
        banner.show()  # applies the style, so that the text can be measured
        inside = banner.layout()
        assert inside is not None
        inside.activate()
        high = inside.totalHeightForWidth(over.width())
        banner.resize(over.width(), max(high, over.height()))
        banner.raise_()

    def clear(self, key: str | None = None) -> None:
        """Remove the banner with a key, or all of them."""
        for name in [key] if key is not None else list(self._banners):
            banner = self._banners.pop(name, None)
            if banner is not None:
                self._layout.removeWidget(banner)
                banner.close_banner()
        self._make_room()

    def banners(self) -> tuple[Banner, ...]:
        """The visible banners."""
        return tuple(self._banners.values())

    def _on_closed(self, banner: object) -> None:
        self._banners = {key: kept for key, kept in self._banners.items() if kept is not banner}
        self._make_room()

    def _make_room(self) -> None:
        """Take up room only for banners that don't cover the page."""
        takes_room = any(banner.parentWidget() is self for banner in self._banners.values())
        if takes_room or not self.isHidden():
            self.setVisible(takes_room)
            ask_for_room(self)
