"""Buttons: one primary button a page, secondary ones, links, and icons with a name."""

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
    """Text for a button or menu in which "&" is just "&", not the mark of a shortcut key: names
    from the records may contain one."""
    return text.replace("&", "&&")


class PressButton(QPushButton):
    """Enter presses it as Space does. From a link, Up and Down are passed to what holds it, which
    moves between lines or scrolls."""

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
    """A secondary button. `main` is the tall one of a page with a single task. `shortcut` only
    appears in the tooltip: the menu owns the keys."""
    widget = _press_button(text, pressed, shortcut)
    if small or main:
        widget.setProperty("scale", "small" if small else "main")
    if icon:
        set_icon(widget, icon, 16 if small else 18, "text")
    return widget


def primary_button(
    text: str,
    pressed: Pressed | None = None,
    *,
    icon: str = "",
    shortcut: str = "",
    small: bool = False,
    main: bool = False,
) -> QPushButton:
    """The most important action of a page; there is one."""
    widget = button(text, pressed, shortcut=shortcut, small=small, main=main)
    widget.setProperty("primary", True)
    if icon:
        set_icon(widget, icon, 16 if small else 18, "onPrimary")
    return widget


def link_button(text: str, pressed: Pressed | None = None, *, about: str = "") -> QPushButton:
    """An underlined link; `about` completes its name for a screen reader ("Change" what)."""
    link = _press_button(text, pressed, "")
    link.setProperty("link", True)
    link.setCursor(Qt.CursorShape.PointingHandCursor)
    if about:
        link.setAccessibleName(f"{text}: {about}")
    return link


class SentenceLink(PressButton):
    """A link that is a whole sentence and wraps."""

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
        """The height of the lines that the sentence takes."""
        return max(theme().px(SMALL_CONTROL), self._words(width).height() + 10)

    def sizeHint(self) -> QSize:
        """The size on one line."""
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 2 * _LINK_SIDE + 2
        return QSize(wide, theme().px(SMALL_CONTROL))

    def minimumSizeHint(self) -> QSize:
        """Room for a few words."""
        return QSize(theme().px(160), theme().px(SMALL_CONTROL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text, underlined."""
        painter, font = QPainter(self), self.font()
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(theme().colour("primaryHover" if self.underMouse() else "link"))
        room = self.rect().adjusted(_LINK_SIDE, 0, -_LINK_SIDE, 0)
        painter.drawText(room, _WRAPPED | Qt.AlignmentFlag.AlignVCenter, self.text())


def glyph_button(
    icon: str, name: str, pressed: Pressed | None = None, *, shortcut: str = "", size: int = 18
) -> QPushButton:
    """An icon alone (minus, plus, previous, next, zoom), named in a tooltip and for a screen
    reader."""
    glyph = _press_button("", pressed, "")
    glyph.setProperty("glyph", True)
    glyph.setAccessibleName(name)
    glyph.setToolTip(f"{name} ({shortcut})" if shortcut else name)
    set_icon(glyph, icon, size, "text")
    return glyph


def _press_button(text: str, pressed: Pressed | None, shortcut: str) -> QPushButton:
    widget = PressButton(literal(text))
    widget.setAutoDefault(False)
    widget.setAccessibleName(text)
    widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if shortcut:
        words = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        widget.setToolTip(words)
    if pressed is not None:
        widget.clicked.connect(lambda *_: pressed())
    return widget


class DropButton(QPushButton):
    """A button that opens a menu of choices and shows the current one."""

    def __init__(self, name: str, icon: str = "") -> None:
        super().__init__()
        self._name = name
        self.setProperty("drop", True)
        self.setAutoDefault(False)
        self.setAccessibleName(name)
        if icon:
            set_icon(self, icon, 18, "text")

    def show_choice(self, text: str) -> None:
        """Show the current choice; a screen reader hears it with the name of the button."""
        self.setText(literal(text))
        self.setAccessibleName(f"{self._name}: {text}")
        if self.property("iconName"):
            set_icon(self, self.property("iconName"), 18, "text")

    def open_menu(self, menu: QMenu) -> None:
        """Open a menu below the button."""
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and a chevron at its right."""
        super().paintEvent(event)
        chevron = pixmap("chevron-down", 18, "text2")
        size = theme().px(18)
        painter = QPainter(self)
        painter.drawPixmap(self.width() - size - 10, (self.height() - size) // 2, chevron)


def menu_action(menu: QMenu, text: str, chosen: Pressed, shortcut: str = "") -> QAction:
    """Add an item to a menu."""
    action = QAction(literal(text), menu)
    action.triggered.connect(lambda *_: chosen())
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
    menu.addAction(action)
    return action


def menu_choice(menu: QMenu, text: str, chosen: Pressed, *, is_current: bool) -> QAction:
    """Add an item to a menu of choices; the current one is ticked."""
    action = menu_action(menu, text, chosen)
    action.setCheckable(True)
    action.setChecked(is_current)
    return action
