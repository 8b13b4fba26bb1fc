"""Keeps what is typed in forms and dialogs and isn't saved yet: it outlasts a lock and a kill."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.records.typed import TypedWords
from visitapp.ui.keeper import PartsKeeper

if TYPE_CHECKING:
    from visitapp.services.records.typed import TypedService
    from visitapp.services.records.unsaved_work import UnsavedWorkService

_DIALOG = "dialog "
_LONGEST_PLACE = 150
HERE_AGAIN = "What you typed here before is here again."


class Typing(Protocol):
    """A page with a form, or a dialog with words."""

    typed_place: str

    def typed(self) -> Mapping[str, Any]:
        """What is typed and isn't saved, fit for JSON; empty where nothing is."""


class TypedKeeper(PartsKeeper):
    """What is typed, by place. Whoever types tells it with `look_at`."""

    def __init__(
        self,
        service: "TypedService",
        kept: "UnsavedWorkService | None" = None,
        parent: QObject | None = None,
    ) -> None:
        """`kept` keeps what the file can't take because it was moved."""
        super().__init__(kept, parent)
        self._service = service
        self._known: dict[str, Mapping[str, Any]] = {}
        self._looked: dict[str, Typing] = {}
        self._is_at_rest = False
        self.read_again()

    def read_again(self) -> None:
        """Read what is kept; what can't be read is said where records are read."""
        with suppress(VisitAppError):
            self._known = dict(self._service.unsaved())

    def found(self, place: str) -> Mapping[str, Any]:
        """What was typed at a place; empty where nothing was."""
        return self._known.get(place, {})

    def places(self) -> tuple[str, ...]:
        """Where something typed isn't saved."""
        return tuple(self._known)

    def look_at(self, typing: Typing) -> None:
        """Something was typed there, or is saved or given up by now."""
        if not self._is_at_rest:
            self._looked[typing.typed_place] = typing
            self.touch()

    def forget_place(self, place: str) -> None:
        """What was typed at a place is taken, or given up."""
        self._looked.pop(place, None)
        if place in self._known and not self._is_at_rest:
            self._looked[place] = _Nothing(place)
            self.touch()
            self.flush()

    def rest(self) -> None:
        """The file is being closed: what dialogs lose by that stays kept."""
        self.forget()
        self._is_at_rest = True
        self._looked.clear()

    def waiting(self) -> Iterable[str]:
        """The places at which something else is typed than is kept."""
        return self._different()

    def save(self, place: str) -> None:
        """Save what is typed at a place. Raises VisitAppError."""
        words = self._different()[place]
        self._service.keep(words)
        self._note(words)

    def piece(self, place: str) -> TypedWords:
        """What is typed at a place, as its row is kept."""
        return self._service.row(self._different()[place])

    def _different(self) -> dict[str, TypedWords]:
        """What isn't on the disk as it stands."""
        alive = {
            place: typing for place, typing in self._looked.items()
            if not isinstance(typing, QObject) or shiboken6.isValid(typing)
        }  # fmt: skip
        now = {place: TypedWords(place, typing.typed()) for place, typing in alive.items()}
        return {
            place: words for place, words in now.items()
            if dict(words.content) != dict(self.found(place))
        }  # fmt: skip

    def _note(self, words: TypedWords) -> None:
        if words.content:
            self._known[words.place] = words.content
        else:
            self._known.pop(words.place, None)


class _Nothing:
    """Nothing is typed at a place any more."""

    def __init__(self, place: str) -> None:
        self.typed_place = place

    def typed(self) -> Mapping[str, Any]:
        """Nothing."""
        return {}


class Area(Protocol):
    """A text area, as far as it's needed here."""

    changed: SignalInstance

    def text(self) -> str:
        """What was typed."""

    def set_text(self, text: str) -> None:
        """Show a text."""


class DialogWords(QObject):
    """The words of one field of a dialog. They are there again when the same dialog is opened
    after a lock or a kill; who closes the dialog gives them up."""

    def __init__(self, dialog: QDialog, title: str, about: str, field: Area | QLineEdit) -> None:
        """`title` is what a sentence calls the dialog, `about` tells it from others of that
        title."""
        super().__init__(dialog)
        self._field, self._title = field, title
        self.typed_place = f"{_DIALOG}{title} {about}"[:_LONGEST_PLACE]
        self._keeper = keeper_around(dialog)
        self.was_typed = False
        if self._keeper is None:
            return
        words = self._keeper.found(self.typed_place).get("words", "")
        if isinstance(words, str) and words:
            self.was_typed = True
            (field.setText if isinstance(field, QLineEdit) else field.set_text)(words)
        (field.textEdited if isinstance(field, QLineEdit) else field.changed).connect(self._look)
        dialog.finished.connect(self.forget)

    def typed(self) -> Mapping[str, Any]:
        """The words, and the title to name them by."""
        words = self._field.text()
        return {"words": words, "title": self._title} if words.strip() else {}

    def forget(self) -> None:
        """They are taken, or given up."""
        if self._keeper is not None:
            self._keeper.forget_place(self.typed_place)

    def _look(self) -> None:
        if self._keeper is not None:
            self._keeper.look_at(self)


def keeper_around(widget: QWidget) -> TypedKeeper | None:
    """The keeper of the page that a widget or a dialog belongs to."""
    holder: QObject | None = widget
    while holder is not None:
        context = getattr(holder, "context", None)
        found = getattr(context, "typed", None)
        if isinstance(found, TypedKeeper):
            return found
        holder = holder.parent()
    return None


def told_later(keeper: TypedKeeper, place_in_sight: str) -> list[tuple[str, str]]:
    """(place, title of its dialog, or empty) of all that isn't saved but what the page in sight
    shows by itself."""
    return [
        (place, str(keeper.found(place).get("title", "")) if place.startswith(_DIALOG) else "")
        for place in keeper.places()
        if place != place_in_sight
    ]
