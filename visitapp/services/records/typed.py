"""What is being typed in forms and dialogs: kept at once, counted nowhere until it is saved."""

from typing import Any

from visitapp.domain.records.typed import TypedWords
from visitapp.persistence import unfinished
from visitapp.services.access import Access


class TypedService:
    """Forms of pages and words of dialogs; a place is a page's name, or a dialog's."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def unsaved(self) -> dict[str, dict[str, Any]]:
        """What was typed and isn't saved, by place."""
        with self._access.database.reading() as connection:
            return unfinished.of_kind(connection, unfinished.FORM)

    def keep(self, words: TypedWords) -> None:
        """Keep what stands at a place, or forget it where that is nothing."""
        with self._access.database.transaction() as connection:
            unfinished.keep_or_drop(connection, self.row(words), self._access.now())

    @staticmethod
    def row(words: TypedWords) -> TypedWords:
        """The same under the name of its row."""
        return TypedWords(f"{unfinished.FORM} {words.place}", words.content)
