"""What is being typed in forms and dialogs. It is stored at once, but counts only once it is
saved."""

from typing import Any

from visitapp.domain.records.typed import TypedWords
from visitapp.persistence import unsaved_typing
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, READER, VISITOR, changes, reads


class TypedService:
    """Forms of pages and words of dialogs; a place is the name of a page or dialog."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR, READER)
    def unsaved(self) -> dict[str, dict[str, Any]]:
        """What has been typed but not saved, by place."""
        with self._access.database.reading() as connection:
            return unsaved_typing.of_kind(connection, unsaved_typing.FORM)

    @changes(MANAGER, VISITOR)
    def keep(self, words: TypedWords) -> None:
        """Store what is typed at a place; delete it if that is empty."""
        with self._access.database.transaction() as connection:
            unsaved_typing.keep_or_drop(connection, self.row(words), self._access.now())

    @staticmethod
    def row(words: TypedWords) -> TypedWords:
        """The same under the name of its row."""
        return TypedWords(f"{unsaved_typing.FORM} {words.place}", words.content)
