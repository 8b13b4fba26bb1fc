"""Files whose end is missing: they have fewer pages than their first page says."""

from contextlib import closing
from pathlib import Path

from visitapp.domain.errors import StorageError
from visitapp.persistence import dialect

PAGE = 4096
"""Bytes in a page: SQLCipher's default."""
_MOST_PAGES = 2**22


def is_cut(path: Path, data_key: bytes) -> bool:
    """Whether a file may be shorter than its first page says; the file is only read."""
    return path.stat().st_size > 0 and _pages(path, data_key) is None


def pad(path: Path, data_key: bytes) -> int:
    """Extend a private copy to the length that its first page gives, so that the rest can be read.
    Returns the number of missing pages. If the first page is gone too, nothing is done and the
    number is 0."""
    size = path.stat().st_size
    if not size or not is_cut(path, data_key):
        return 0
    pages = max(1, -(-size // PAGE))
    while pages < _MOST_PAGES:
        _make_longer(path, pages * PAGE)  # empty pages at the end are ignored
        pages_named = _pages(path, data_key)
        if pages_named is not None:
            _make_longer(path, pages_named * PAGE)
            return max(0, pages_named - size // PAGE)
        pages *= 2
    with path.open("r+b") as file:
        file.truncate(size)
    return 0


def _pages(path: Path, data_key: bytes) -> int | None:
    """The number that the first page gives; None if the file is shorter, or can't be read."""
    try:
        with closing(dialect.connect_alone(path, data_key)) as connection:
            connection.execute("PRAGMA schema_version").fetchone()
            return int(connection.execute("PRAGMA page_count").fetchone()[0])
    except (dialect.dbapi().Error, StorageError):
        return None


def _make_longer(path: Path, size: int) -> None:
    with path.open("r+b") as file:
        file.truncate(size)
