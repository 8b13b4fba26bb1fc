"""What is being typed in forms and dialogs. It is stored at once, but counts only once it is
saved."""

from typing import Any

from visitapp.domain.records.typed import TypedWords
from visitapp.persistence import unfinished
from visitapp.services.access import Access


class TypedService:
    """Forms of pages and words of dialogs; a place is the name of a page or dialog."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def unsaved(self) -> dict[str, dict[str, Any]]:
        """What has been typed but not saved, by place."""
        with self._access.database.reading() as connection:
            return unfinished.of_kind(connection, unfinished.FORM)

    def keep(self, words: TypedWords) -> None:
        """Store what is typed at a place; delete it if that is empty."""
        with self._access.database.transaction() as connection:
            unfinished.keep_or_drop(connection, self.row(words), self._access.now())

    @staticmethod
    def row(words: TypedWords) -> TypedWords:
        """The same under the name of its row."""
        return TypedWords(f"{unfinished.FORM} {words.place}", words.content)
