"""Where things lie: the program's own folders, the user's, and files nobody else may read."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from visitapp.domain.errors import StorageError

_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resources_folder() -> Path:
    """Fonts, icons and the demonstration."""
    return _root() / "resources"


def migrations_folder() -> Path:
    """Alembic's scripts."""
    return _root() / "db" / "migrations"


def reference_folder() -> Path:
    """Coded values and default grids."""
    return _root() / "db" / "reference"


def user_folder() -> Path:
    """Where a user's records and settings lie unless they choose otherwise."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "visitapp"


def make_private_folder(folder: Path) -> None:
    """Make a folder and its missing parents, private to the user from the first moment."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_private_folder(folder.parent)
    folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Make an empty file private to the user. Raises FileExistsError if it is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE_FILE))


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, private to the user."""
    write_whole(path, content, _PRIVATE_FILE)


def write_whole(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Write a file whole or not at all: beside it, to the disk, then in its place.

    `mode` is what the user's mask is taken from, as for any document they save.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    binary = getattr(os, "O_BINARY", 0)
    descriptor = os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | binary, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def put_as_new(source: Path, target: Path) -> None:
    """Move a file to a name that nothing has. Raises FileExistsError."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        source.replace(target)
    else:
        source.unlink()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the system refuses while `path` is written comes as StorageError, in a sentence."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or "the system refuses it"
        raise StorageError(f"{path} can't be written: {reason}.") from error


def sync_folder(folder: Path) -> None:
    """Bring a folder's own list of files to the disk, where the system can."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def free_path(path: Path) -> Path:
    """The path, or the first of those numbered after it that nothing stands at."""
    number, found = 2, path
    while found.exists():
        found = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return found
