"""Marks that show whether a log belongs to the main file beside it.

SQLite takes over any log beside a file, even one of another version of the file, which destroys
both. So each log begins with a new random mark, together with the mark of the main file that it
continues. Before it is brought into the file it gets another one, so that an earlier state of the
same log no longer belongs to the file.

Both marks are on the first page, in fields that SQLite leaves to programs: the new one in
`user_version`, the earlier one in `application_id`. A log belongs to a main file that has one of
the two: the earlier one until the log is brought into the file, the new one from then on.
"""

import secrets
from typing import Any

from visitapp.domain.dataclass import dataclass

NO_MARK = 0
"""The mark of a file that no program of this version has written to."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The mark of a state, and the mark of the main file it was made from."""

    mark: int
    before: int

    def belongs_to(self, main: int) -> bool:
        """Whether a log with these marks belongs to a main file with that mark."""
        return main != NO_MARK and main in (self.mark, self.before)


def read(connection: Any) -> Marks:
    """The marks that a driver's connection sees."""
    mark = connection.execute("PRAGMA user_version").fetchone()[0]
    before = connection.execute("PRAGMA application_id").fetchone()[0]
    return Marks(int(mark), int(before))


def renew(connection: Any, main: int | None) -> Marks:
    """Give the state that is being written a new mark, in a driver's transaction. `main` is the
    current mark of the main file, None if it can't be read."""
    before = read(connection).mark if main is None else main
    new_marks = Marks(1 + secrets.randbelow(2**31 - 1), before)
    write(connection, new_marks)
    return new_marks


def write(connection: Any, marks: Marks) -> None:
    """Set both marks."""
    connection.execute(f"PRAGMA application_id = {marks.before}")
    connection.execute(f"PRAGMA user_version = {marks.mark}")


def give_own(connection: Any) -> None:
    """Give a copy a mark of its own, so that its original's log doesn't belong to it."""
    write(connection, Marks(1 + secrets.randbelow(2**31 - 1), NO_MARK))
