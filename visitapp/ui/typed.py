"""Keeps what is typed in forms and dialogs and isn't saved yet, through a lock or a crash."""

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
    """A page with a form, or a dialog with a text."""

    typed_place: str

    def typed(self) -> Mapping[str, Any]:
        """What was typed and isn't saved, ready for JSON; empty if there is nothing."""


class TypedKeeper(PartsKeeper):
    """Unsaved typing by place. Pages and dialogs report it with `look_at`."""

    def __init__(
        self,
        service: "TypedService",
        kept: "UnsavedWorkService | None" = None,
        parent: QObject | None = None,
    ) -> None:
        """`kept` stores what can't be saved in the file because it was moved."""
        super().__init__(kept, parent)
        self._service = service
        self._known: dict[str, Mapping[str, Any]] = {}
        self._looked: dict[str, Typing] = {}
        self._is_stopped = False
        self.read_again()

    def read_again(self) -> None:
        """Read what is kept. What can't be read is ignored here: other reads of the file report
        it."""
        with suppress(VisitAppError):
            self._known = dict(self._service.unsaved())

    def typed_at(self, place: str) -> Mapping[str, Any]:
        """What was typed at a place; empty if nothing was."""
        return self._known.get(place, {})

    def places(self) -> tuple[str, ...]:
        """The places with unsaved typing."""
        return tuple(self._known)

    def look_at(self, typing: Typing) -> None:
        """Something was typed there, saved or discarded."""
        if not self._is_stopped:
            self._looked[typing.typed_place] = typing
            self.touch()

    def forget_place(self, place: str) -> None:
        """What was typed at a place was saved or discarded."""
        self._looked.pop(place, None)
        if place in self._known and not self._is_stopped:
            self._looked[place] = _Nothing(place)
            self.touch()
            self.flush()

    def stop(self) -> None:
        """Stop, as the file is being closed: dialogs that close now don't discard their text."""
        self.forget()
        self._is_stopped = True
        self._looked.clear()

    def waiting(self) -> Iterable[str]:
        """The places whose typing differs from what is kept."""
        return self._different()

    def save(self, place: str) -> None:
        """Save what is typed at a place. Raises VisitAppError."""
        words = self._different()[place]
        self._service.keep(words)
        self._note(words)

    def piece(self, place: str) -> TypedWords:
        """What is typed at a place, as a row."""
        return self._service.row(self._different()[place])

    def _different(self) -> dict[str, TypedWords]:
        """What isn't on disk as it is now."""
        alive = {
            place: typing for place, typing in self._looked.items()
            if not isinstance(typing, QObject) or shiboken6.isValid(typing)
        }  # fmt: skip
        now = {place: TypedWords(place, typing.typed()) for place, typing in alive.items()}
        return {
            place: words for place, words in now.items()
            if dict(words.content) != dict(self.typed_at(place))
        }  # fmt: skip

    def _note(self, words: TypedWords) -> None:
        if words.content:
            self._known[words.place] = words.content
        else:
            self._known.pop(words.place, None)


class _Nothing:
    """A place where nothing is typed any more."""

    def __init__(self, place: str) -> None:
        self.typed_place = place

    def typed(self) -> Mapping[str, Any]:
        """Empty."""
        return {}


class Area(Protocol):
    """The part of a text area that is used here."""

    changed: SignalInstance

    def text(self) -> str:
        """The text as typed."""

    def set_text(self, text: str) -> None:
        """Show a text."""


class DialogWords(QObject):
    """The text of one field of a dialog. It comes back when the same dialog is opened after a lock
    or a crash; closing the dialog discards it."""

    def __init__(self, dialog: QDialog, title: str, about: str, field: Area | QLineEdit) -> None:
        """`title` is the dialog's name in sentences; `about` tells dialogs of the same title
        apart."""
        super().__init__(dialog)
        self._field, self._title = field, title
        self.typed_place = f"{_DIALOG}{title} {about}"[:_LONGEST_PLACE]
        self._keeper = keeper_around(dialog)
        self.was_typed = False
        if self._keeper is None:
            return
        words = self._keeper.typed_at(self.typed_place).get("words", "")
        if isinstance(words, str) and words:
            self.was_typed = True
            (field.setText if isinstance(field, QLineEdit) else field.set_text)(words)
        (field.textEdited if isinstance(field, QLineEdit) else field.changed).connect(self._look)
        dialog.finished.connect(self.forget)

    def typed(self) -> Mapping[str, Any]:
        """The text, and the title of the dialog."""
        words = self._field.text()
        return {"words": words, "title": self._title} if words.strip() else {}

    def forget(self) -> None:
        """The text was used or discarded."""
        if self._keeper is not None:
            self._keeper.forget_place(self.typed_place)

    def _look(self) -> None:
        if self._keeper is not None:
            self._keeper.look_at(self)


def keeper_around(widget: QWidget) -> TypedKeeper | None:
    """The keeper of the page that a widget or dialog belongs to."""
    holder: QObject | None = widget
    while holder is not None:
        context = getattr(holder, "context", None)
        keeper = getattr(context, "typed", None)
        if isinstance(keeper, TypedKeeper):
            return keeper
        holder = holder.parent()
    return None


def unsaved_elsewhere(keeper: TypedKeeper, place_in_sight: str) -> list[tuple[str, str]]:
    """(place, title of its dialog, or empty) of all unsaved typing except on the current page."""
    return [
        (place, str(keeper.typed_at(place).get("title", "")) if place.startswith(_DIALOG) else "")
        for place in keeper.places()
        if place != place_in_sight
    ]
