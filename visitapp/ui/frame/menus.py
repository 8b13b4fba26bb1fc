"""The menus with their shortcuts; each shortcut is defined only here."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QMenuBar,
    QWidget,
)

from visitapp.domain.office.scheme import Role, Scheme
from visitapp.domain.text.wording import lowered
from visitapp.ui.frame.undo_commands import in_field
from visitapp.ui.look.icons import set_icon
from visitapp.ui.look.theme import fit
from visitapp.ui.pages import places_for
from visitapp.ui.widgets.buttons import PressButton
from visitapp.ui.widgets.listing import SAVE

Act = Callable[..., object]


class Commands:
    """What the menu items do; the window sets them."""

    def __init__(self, **acts: Act) -> None:
        self._acts = acts

    def __getitem__(self, name: str) -> Act:
        return self._acts[name]

    def undoable(self) -> tuple[str, str]:
        """What Undo and Redo would do now, in words; empty if nothing."""
        undone, redone = cast("tuple[str, str]", self._acts["undoable"]())
        return undone, redone


def fill(
    bar: QMenuBar,
    role: Role,
    commands: Commands,
    go: Callable[[str], object],
    schemes: Sequence[Scheme] = (),
) -> None:
    """Fill the menu bar for a role; `schemes` are those of the office."""
    empty(bar)
    _file(bar.addMenu("&File"), role, commands)
    _edit(bar.addMenu("&Edit"), commands)
    if role is not Role.READER:
        _visit(bar.addMenu("&Visit"), commands, schemes)
    menu = bar.addMenu("&Go")
    _add(menu, "Go to &anything\u2026", commands["go_to"], "Ctrl+K")
    menu.addSeparator()
    listed = [place for place in places_for(role) if role in place.listed]
    numbers = count(1)
    for place in listed:
        keys = f"Alt+{next(numbers)}" if place.has_number else ""
        _add(menu, place.words_for(role), _going(go, place.name), keys)
    _view(bar.addMenu("V&iew"), commands)
    help_menu = bar.addMenu("&Help")
    _add(help_menu, "&What this page is for", commands["explain"], "F1")
    _add(help_menu, "&Glossary\u2026", commands["glossary"], "Shift+F1")
    _add(help_menu, "&About visitapp", commands["about"])


def empty(bar: QMenuBar) -> None:
    """Delete the menus with their actions; `clear` would only hide them."""
    bar.clear()
    for menu in bar.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
        menu.deleteLater()


def _going(go: Callable[[str], object], name: str) -> Act:
    return lambda: go(name)


def _file(menu: QMenu, role: Role, commands: Commands) -> None:
    _add(menu, "&New file\u2026", commands["new"], "Ctrl+Shift+N")
    _add(menu, "&Open another file\u2026", commands["open"], "Ctrl+O")
    if role is not Role.READER:
        _add(menu, "Open a &message\u2026", commands["message"], "Ctrl+Shift+O")
        _add(menu, "Save a &backup\u2026", commands["backup"], "Ctrl+B")
        _add(menu, "&Restore a backup\u2026", commands["restore"])
    if role is Role.MANAGER and any(place.name == "imports" for place in places_for(role)):
        menu.addSeparator()
        _add(menu, "Im&port…", commands["imports"])
        _add(menu, "&Export all lists…", commands["lists"])
    if role is not Role.MANAGER:
        menu.addSeparator()
    _add(menu, f"&{SAVE}", commands["list"], "Ctrl+Shift+S")
    if role is Role.VISITOR:
        _add(menu, "Bring reports from an &earlier file…", commands["bring"])
    menu.addSeparator()
    _add(menu, "&Lock", commands["lock"], "Ctrl+L")
    _add(menu, "&Quit", commands["quit"], "Ctrl+Q")


def _visit(menu: QMenu, commands: Commands, schemes: Sequence[Scheme]) -> None:
    _add(menu, "&Log a visit", commands["log"], "Ctrl+N")
    _add(menu, "&Briefing for a visit", commands["briefing"], "Ctrl+Shift+B")
    menu.addSeparator()
    for scheme in schemes:
        name = scheme.name if scheme.is_one_of_several else lowered(scheme.label)
        words = f"&Print a blank form: {name.replace('&', '&&')}…"
        _add(menu, words, partial(commands["paper"], scheme))


def _edit(menu: QMenu, commands: Commands) -> None:
    # fields handle these keys themselves; the menu only lists them
    undo, redo = _add(menu, "&Undo", commands["undo"]), _add(menu, "&Redo", commands["redo"])
    undo.setShortcut(QKeySequence("Ctrl+Z"))
    redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
    menu.addSeparator()
    for words, slot, keys in (
        ("Cu&t", "cut", QKeySequence.StandardKey.Cut),
        ("&Copy", "copy", QKeySequence.StandardKey.Copy),
        ("&Paste", "paste", QKeySequence.StandardKey.Paste),
        ("Select &all", "selectAll", QKeySequence.StandardKey.SelectAll),
    ):
        action = _add(menu, words, partial(in_field, slot))
        action.setShortcut(QKeySequence(keys))
    menu.addSeparator()
    _add(menu, "&Find\u2026", commands["find"], "Ctrl+F")

    def say() -> None:
        """Show what would be undone and redone. The items stay enabled, as the keys must work in
        any case."""
        undone, redone = commands.undoable()
        for action, verb, words in ((undo, "&Undo", undone), (redo, "&Redo", redone)):
            action.setText(f"{verb}: {words.replace('&', '&&')}" if words else verb)

    menu.aboutToShow.connect(say)


def _view(menu: QMenu, commands: Commands) -> None:
    _add(menu, "&Larger text", commands["larger"], "Ctrl++").setShortcuts(
        [QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")]
    )
    _add(menu, "&Smaller text", commands["smaller"], "Ctrl+-")
    _add(menu, "&Text at 100%", commands["usual_text"], "Ctrl+0")
    menu.addSeparator()
    for words, name in (
        ("Use s&ystem setting", "theme_system"),
        ("L&ight", "theme_light"),
        ("&Dark", "theme_dark"),
    ):
        _add(menu, words, commands[name])
    menu.addSeparator()
    _add(menu, "Show or hide &navigation", commands["navigation"], "F9")


def _add(menu: QMenu, words: str, act: Act, shortcut: str = "") -> QAction:
    action = QAction(words, menu)
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
    action.triggered.connect(lambda *_: act())
    menu.addAction(action)
    return action


def go_to_box(pressed: Act) -> QWidget:
    """The search box at the right of the menu bar."""
    search = PressButton("Go to anything    Ctrl+K")
    search.setProperty("class", "goto")
    search.setAccessibleName("Go to anything, Ctrl+K")
    search.setToolTip("Go to a page, a visit, a person, a site or an issue (Ctrl+K)")
    set_icon(search, "search", 16, "text3")
    fit(search, least_width=250)
    search.clicked.connect(lambda *_: pressed())
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 6, 10, 4)
    row.addWidget(search)
    return box
