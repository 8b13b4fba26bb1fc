"""The page Settings: a list of sections on the left, and one section."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from visitapp.domain.errors import VisitAppError
from visitapp.domain.text.wording import joined
from visitapp.ui.context import Context
from visitapp.ui.look.icons import set_icon
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.look.tokens import BETWEEN_ACROSS, BETWEEN_DOWN, SIDE_PANELS_BELOW
from visitapp.ui.settings.amounts import (
    EarlierSection,
    MileageSection,
    RatesSection,
    ThroughputSection,
)
from visitapp.ui.settings.animals import AnimalsSettings
from visitapp.ui.settings.backup import BackupSection
from visitapp.ui.settings.bodies import BodiesSection
from visitapp.ui.settings.codes import CodesSection
from visitapp.ui.settings.groups import GroupsSection
from visitapp.ui.settings.joined import JoinedCopySection
from visitapp.ui.settings.keys import KeysSection
from visitapp.ui.settings.next_manager import NextManagerSection
from visitapp.ui.settings.office import OfficeSection, SchemesSection
from visitapp.ui.settings.population import PopulationSection
from visitapp.ui.settings.questions import QuestionsSection
from visitapp.ui.settings.readers_copy import ReadersCopySection
from visitapp.ui.settings.recipients import RecipientsSection
from visitapp.ui.settings.register import RegisterSection
from visitapp.ui.settings.reviews import ReviewsSection
from visitapp.ui.settings.section import SettingsSection
from visitapp.ui.settings.sites import SitesSection
from visitapp.ui.settings.targets import TargetsSection
from visitapp.ui.settings.this_copy import ThisCopySection
from visitapp.ui.settings.timeslots import TimeslotsSection
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.undoing import UndoStack
from visitapp.ui.widgets.arranging import turn
from visitapp.ui.widgets.buttons import PressButton
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.page_list import PageList
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.picker import Picker

_LIST_WIDTH = 208
_LEAST_BESIDE = 800
"""The least width of the page, in logical pixels, with the list beside the section."""
_OF_FILE: dict[str, tuple[Callable[[SettingsViewModel], SettingsSection], str, str]] = {
    "office": (OfficeSection, "Office", "building-2"),
    "body": (BodiesSection, "Body and year", "calendar"),
    "schemes": (SchemesSection, "Schemes", "hourglass"),
    "sites": (SitesSection, "Sites", "house"),
    "groups": (GroupsSection, "Groups", "merge"),
    "targets": (TargetsSection, "Targets", "calendar-range"),
    "timeslots": (TimeslotsSection, "Timeslots", "grid-3x3"),
    "lists": (CodesSection, "Lists", "list"),
    "questions": (QuestionsSection, "Questions", "list-checks"),
    "copies": (RecipientsSection, "Copies", "copy"),
    "animals": (AnimalsSettings, "Animals", "dog"),
    "rates": (RatesSection, "Value of an hour", "scale"),
    "mileage": (MileageSection, "Mileage", "send"),
    "throughput": (ThroughputSection, "Throughput", "users"),
    "reviews": (ReviewsSection, "Record reviews", "clipboard-list"),
    "population": (PopulationSection, "Population", "users"),
    "earlier": (EarlierSection, "Earlier years", "history"),
    "register": (RegisterSection, "Access register", "file-lock"),
    "readers_copy": (ReadersCopySection, "Copy to read", "file-text"),
    "next_manager": (NextManagerSection, "Hand over", "users"),
}
"""What changes figures is kept in the file, and only the manager's copy changes it."""
_OF_COPY: dict[str, tuple[Callable[[SettingsViewModel], SettingsSection], str, str]] = {
    "copy": (ThisCopySection, "This computer", "eye"),
    "joined": (JoinedCopySection, "Exchange", "send"),
    "backup": (BackupSection, "Backup", "archive"),
    "passphrase": (KeysSection, "Passphrase", "key-round"),
}


class SettingsView(Page):
    """Builds each section when it is first opened, and reads it again when it is next opened."""

    help_text = (
        "Settings that affect figures (schemes, sites, timeslots, lists, rates) are saved in the "
        "file and shared with anyone who opens it. They also apply to past visits. How visitapp "
        "looks is saved on this computer.\n\nIf you change anything under Questions, new reports "
        "use a new version of the form. Reports already written keep theirs.\n\nIn a table, "
        "press Enter to edit and save, Insert to add, Delete to delete an entry where that is "
        "allowed, and Escape to leave without saving. Options and sites are retired from a "
        "certain day, never deleted."
    )

    typed_place = "settings"

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Settings")
        self.viewmodel = SettingsViewModel(context)
        self.follow(self.viewmodel)
        self._places = {**_OF_FILE, **_OF_COPY} if self.viewmodel.may_change else dict(_OF_COPY)
        self._sections: dict[str, SettingsSection] = {}
        self._typed_before: dict[str, Mapping[str, Any]] = {}
        self._name = ""
        self._make_list()
        self._holder = QWidget()
        self._content = QVBoxLayout(self._holder)
        self._content.setContentsMargins(0, 0, 0, 0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addWidget(self._list, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addWidget(self._holder, 1)
        self.body.addLayout(self._row, 1)
        self.viewmodel.changed.connect(self._on_changed)
        self.viewmodel.done.connect(self._on_done)
        self._actions = QWidget()
        self._actions_row = QHBoxLayout(self._actions)
        self._actions_row.setContentsMargins(0, 0, 0, 0)
        self.set_foot(self._actions)
        self._arrange()
        self.show_section(next(iter(self._places)))

    def _make_list(self) -> None:
        self._list = Panel(flush=True)
        self._list.body.setContentsMargins(6, 6, 6, 6)
        self._list.body.setSpacing(2)
        fit(self._list, width=_LIST_WIDTH)
        self._sections_list = PageList(self, self._list, "Sections of Settings")
        self._buttons: dict[str, QPushButton] = {}
        for name, (_, words, icon) in self._places.items():
            press_button = PressButton(words)
            press_button.setProperty("class", "place")
            press_button.setProperty("scale", "control")
            press_button.setAccessibleName(words)
            set_icon(press_button, icon, 18, "text2")
            self._sections_list.add(name, press_button)
            press_button.clicked.connect(partial(self._on_pressed, name))
            self._buttons[name] = press_button
            self._list.body.addWidget(press_button)
        self._drop = Picker("Section", width=280)
        self._drop.set_choices([(name, words) for name, (_, words, _) in self._places.items()])
        self._drop.chosen.connect(self._on_dropped)

    def may_close(self) -> bool:
        """Asks about a recovery code that hasn't been printed yet."""
        return all(section.may_close() for section in self._sections.values())

    # -- showing -------------------------------------------------------------------------

    @property
    def section(self) -> SettingsSection:
        """The section shown."""
        return self._sections[self._name]

    def show_section(self, name: str) -> None:
        """Show a section."""
        if name not in self._places:
            return
        if name not in self._sections:
            section = self._places[name][0](self.viewmodel)
            self._sections[name] = section
            self._content.addWidget(section)
            if section.foot is not None:
                self._actions_row.addWidget(section.foot)
            section.typed_changed.connect(self.note_typed)
        if name != self._name:
            if self._name:
                self._hide_section(self.section)
            self._name = name
            self.section.reload()
            self.section.show()
            self._show_actions()
            self._bring(name)
        self._sections_list.show_current(name)
        self._drop.set_key(name)
        self.set_facts(self._where_kept())

    @staticmethod
    def _hide_section(section: SettingsSection) -> None:
        section.hide()
        section.say_done("")
        if section.foot is not None:
            section.foot.hide()

    def _show_actions(self) -> None:
        of_page, of_section = self._actions.parentWidget(), self.section.foot
        if of_section is not None:
            of_section.show()
        if of_page is not None:
            of_page.setVisible(of_section is not None)

    def _where_kept(self) -> str:
        if self._name in _OF_FILE:
            return "Saved in the file and shared with anyone who opens it"
        return "" if self._name != "copy" else "Saved on this computer"

    def _on_pressed(self, name: str, *_: object) -> None:
        self.show_section(name)

    def _on_dropped(self, name: object) -> None:
        if name is not None:
            self.show_section(str(name))

    def _on_changed(self) -> None:
        self.section.reload()

    def on_problem(self, error: VisitAppError | None) -> None:
        """Show the problem in the current section."""
        self.section.say_problem("" if error is None else str(error))

    def _on_done(self, sentence: str) -> None:
        self.section.say_done(sentence)

    def _arrange(self) -> None:
        """With large text or in a narrow window, the list is a drop-down above the section."""
        narrow = self.width() < theme().px(_LEAST_BESIDE)
        stacked = narrow or theme().factor >= SIDE_PANELS_BELOW
        turn(self._row, below=stacked, spacing=BETWEEN_DOWN if stacked else BETWEEN_ACROSS)
        self._list.setVisible(not stacked)
        self._drop.setVisible(stacked)

    def whole_stack(self) -> UndoStack | None:
        """The undo stack of the current section, wherever the cursor is."""
        return self.section.undo_stack

    # -- typed and not saved yet ------------------------------------------------------------

    def typed(self) -> Mapping[str, Any]:
        """By section; for a section that wasn't opened yet, what was typed before."""
        now = {name: section.typed() for name, section in self._sections.items()}
        return {name: words for name, words in (self._typed_before | now).items() if words}

    def bring_typed(self, content: Mapping[str, Any]) -> str:
        """Name all sections with unsaved typing; each shows its own when it is opened."""
        self._typed_before = {
            name: words for name, words in content.items()
            if name in self._places and isinstance(words, dict)
        }  # fmt: skip
        titles = [self._places[name][1] for name in self._typed_before]
        for name in list(self._sections):
            self._bring(name)
        if not titles:
            return ""
        return f"What you typed under {joined(titles)} is still here, but it is not saved yet."

    def _bring(self, name: str) -> None:
        words = self._typed_before.pop(name, None)
        if words is not None and not self._sections[name].typed():
            self._sections[name].bring_typed(words)

    # -- called by the window ------------------------------------------------------------

    def open_target(self, target: object) -> None:
        """Show the section with this name, or a site."""
        if isinstance(target, str):
            self.show_section(target)
        elif isinstance(target, UUID):
            self.show_section("sites")
            if isinstance(self.section, SitesSection):
                self.section.show_item(target)
                self.section.focus_form()

    def place(self) -> object:
        """The name of the current section."""
        return self._name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Page Up and Ctrl+Page Down move between sections."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            names = list(self._places)
            self.show_section(names[(names.index(self._name) + step) % len(names)])
            beside = self._buttons[self._name]
            (self._drop if self._list.isHidden() else beside).setFocus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.section.say_done("")
