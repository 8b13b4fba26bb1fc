"""Buttons: one primary a page, secondary ones, links, and glyphs with a name."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from visitapp.ui.look.icons import pixmap, set_icon
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import SMALL_CONTROL

Pressed = Callable[[], object]
_LINK_SIDE = 4
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


def literal(text: str) -> str:
    """Words for a button or a menu in which "&" is itself, not the sign of a key: names of
    sites, people and schemes come from the records."""
    return text.replace("&", "&&")


class PressButton(QPushButton):
    """Enter presses it as Space does, as people expect of what has the focus. From a link, Up and
    Down go on in what holds it: they read lines, or scroll."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.property("link"):
            event.ignore()
        else:
            super().keyPressEvent(event)


def button(
    text: str,
    pressed: Pressed | None = None,
    *,
    icon: str = "",
    shortcut: str = "",
    small: bool = False,
    main: bool = False,
) -> QPushButton:
    """A secondary button. `main` is the tall one of a page of its own; a `shortcut` that a
    menu owns is only told in the tooltip."""
    made = _made(text, pressed, shortcut)
    if small or main:
        made.setProperty("scale", "small" if small else "main")
    if icon:
        set_icon(made, icon, 16 if small else 18, "text")
    return made


def primary_button(
    text: str,
    pressed: Pressed | None = None,
    *,
    icon: str = "",
    shortcut: str = "",
    small: bool = False,
    main: bool = False,
) -> QPushButton:
    """The one action of a page that matters most."""
    made = button(text, pressed, shortcut=shortcut, small=small, main=main)
    made.setProperty("primary", True)
    if icon:
        set_icon(made, icon, 16 if small else 18, "onPrimary")
    return made


def link_button(text: str, pressed: Pressed | None = None, *, about: str = "") -> QPushButton:
    """An underlined link; `about` completes its name for a reader ("Change" of what)."""
    made = _made(text, pressed, "")
    made.setProperty("link", True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if about:
        made.setAccessibleName(f"{text}: {about}")
    return made


class SentenceLink(PressButton):
    """A link of several words, in as many lines as they need."""

    def __init__(self, sentence: str, pressed: Pressed) -> None:
        super().__init__(sentence)
        self.setAutoDefault(False)
        self.setProperty("link", True)
        self.setAccessibleName(sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda *_: pressed())

    def _words(self, width: int) -> QRect:
        room = QRect(_LINK_SIDE, 0, max(width - 2 * _LINK_SIDE, 1), 10_000)
        return self.fontMetrics().boundingRect(room, _WRAPPED, self.text())

    def heightForWidth(self, width: int) -> int:
        """The lines that the sentence needs."""
        return max(theme().px(SMALL_CONTROL), self._words(width).height() + 10)

    def sizeHint(self) -> QSize:
        """All in one line, where there is room."""
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 2 * _LINK_SIDE + 2
        return QSize(wide, theme().px(SMALL_CONTROL))

    def minimumSizeHint(self) -> QSize:
        """A few words."""
        return QSize(theme().px(160), theme().px(SMALL_CONTROL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words, underlined."""
        painter, font = QPainter(self), self.font()
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(theme().colour("primaryHover" if self.underMouse() else "link"))
        room = self.rect().adjusted(_LINK_SIDE, 0, -_LINK_SIDE, 0)
        painter.drawText(room, _WRAPPED | Qt.AlignmentFlag.AlignVCenter, self.text())


def glyph_button(
    icon: str, name: str, pressed: Pressed | None = None, *, shortcut: str = "", size: int = 18
) -> QPushButton:
    """An icon alone (minus, plus, previous, next, zoom), named for readers and in a tooltip."""
    made = _made("", pressed, "")
    made.setProperty("glyph", True)
    made.setAccessibleName(name)
    made.setToolTip(f"{name} ({shortcut})" if shortcut else name)
    set_icon(made, icon, size, "text")
    return made


def _made(text: str, pressed: Pressed | None, shortcut: str) -> QPushButton:
    made = PressButton(literal(text))
    made.setAutoDefault(False)
    made.setAccessibleName(text)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if shortcut:
        words = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        made.setToolTip(words)
    if pressed is not None:
        made.clicked.connect(lambda *_: pressed())
    return made


class DropButton(QPushButton):
    """A button that opens a menu of choices and shows the one in force."""

    def __init__(self, name: str, icon: str = "") -> None:
        super().__init__()
        self._name = name
        self.setProperty("drop", True)
        self.setAutoDefault(False)
        self.setAccessibleName(name)
        if icon:
            set_icon(self, icon, 18, "text")

    def show_choice(self, text: str) -> None:
        """Show what is chosen; a reader hears it with the name of the control."""
        self.setText(literal(text))
        self.setAccessibleName(f"{self._name}: {text}")
        if self.property("iconName"):
            set_icon(self, self.property("iconName"), 18, "text")

    def open_menu(self, menu: QMenu) -> None:
        """Open a menu below the button."""
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and a chevron at its right."""
        super().paintEvent(event)
        chevron = pixmap("chevron-down", 18, "text2")
        size = theme().px(18)
        painter = QPainter(self)
        painter.drawPixmap(self.width() - size - 10, (self.height() - size) // 2, chevron)


def menu_action(menu: QMenu, text: str, chosen: Pressed, shortcut: str = "") -> QAction:
    """Add a line to a menu."""
    made = QAction(literal(text), menu)
    made.triggered.connect(lambda *_: chosen())
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
    menu.addAction(made)
    return made


def menu_choice(menu: QMenu, text: str, chosen: Pressed, *, is_current: bool) -> QAction:
    """Add a line to a menu of choices; the one in force is ticked, to eyes and to readers."""
    made = menu_action(menu, text, chosen)
    made.setCheckable(True)
    made.setChecked(is_current)
    return made
