"""Paths of the program's own folders and the user's, and files that nobody else may read."""

import errno
import os
import re
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import platformdirs

from visitapp import clock
from visitapp.domain.errors import BadInputError, CantOpenError, StorageError

if sys.platform != "win32":
    import fcntl

_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_MOST_OF_PASSPHRASE = 64 * 1024
_UNFINISHED = re.compile(r"\..*\.[0-9a-f]{16}\.part", re.DOTALL)
_SHORTENED = 50
"""Characters of a name used in the name of its unfinished file, which may not become too long."""
_ABANDONED_SECONDS = 3_600.0
_TRIES = 10


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
    """Where a user's records and settings are by default."""
    folder = platformdirs.user_data_path("visitapp", appauthor=False, roaming=True)
    if sys.platform == "darwin":
        # on a Mac with XDG_DATA_HOME set, earlier versions ignored that and put records here
        apples_own = Path.home() / "Library" / "Application Support" / "visitapp"
        return apples_own if apples_own.is_dir() else folder
    return folder


def documents_folder() -> Path:
    """Where a visitor's records lie unless they choose otherwise: among their documents, where
    people look for what is theirs."""
    return platformdirs.user_documents_path() / "visitapp"


def whole_path(path: Path) -> Path:
    """The same file by a path that works from every folder: absolute, with `~` and links
    resolved."""
    try:
        return Path(os.path.realpath(path.expanduser()))
    except (OSError, RuntimeError, ValueError):  # no such user, or an impossible name
        return path.absolute()


def name_to_keep(path: Path | str) -> str:
    """A path as stored in the records, which are UTF-8: a mark replaces each byte that isn't."""
    return os.fsencode(path).decode("utf-8", "replace")


def make_private_folder(folder: Path) -> None:
    """Create a folder and its missing parents, private to the user from the start."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_private_folder(folder.parent)
    folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)


@contextmanager
def private_folder(folder: Path) -> Iterator[None]:
    """Create a private folder; if the block fails, newly created folders are removed."""
    new_folders = [missing for missing in (folder, *folder.parents) if not missing.exists()]
    try:
        make_private_folder(folder)
        yield
    except BaseException:
        for missing in new_folders:
            with suppress(OSError):  # something else has been put there
                missing.rmdir()
        raise


def make_private_file(path: Path) -> None:
    """Create an empty private file. Raises FileExistsError if anything exists there, including a
    broken link."""
    os.close(_new_file(path))


def _new_file(path: Path) -> int:
    """A descriptor of a new private file. Whatever exists at the name is neither followed nor
    overwritten."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    return os.open(path, flags, _PRIVATE_FILE)


def write_whole(path: Path, content: bytes) -> None:
    """Write a private file like `written_whole`."""
    with written_whole(path) as file:
        file.write(content)


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A private file to be written in the block, completely or not at all: beside its place,
    flushed to the disk, then moved.

    A link at `path` is replaced by the file; its target isn't touched. Unfinished files that a
    killed program left in the folder are removed on the way.
    """
    remove_unfinished(path.parent)
    part, descriptor = _unfinished_file(path)
    held = -1
    try:
        with os.fdopen(descriptor, "wb") as file:
            held = os.dup(descriptor)  # what is written is held until it has its name
            yield file
            file.flush()
            os.fsync(descriptor)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    finally:
        if held >= 0:
            os.close(held)
    sync_folder(path.parent)


def _unfinished_file(path: Path) -> tuple[Path, int]:
    """A new file beside `path`, and its descriptor, whose lock shows others that it is being
    written. Another program that tidies the folder before it is held takes it for abandoned, and a
    new one is begun then. Raises FileNotFoundError if that never ends."""
    for _ in range(_TRIES):
        part = path.with_name(f".{path.name[:_SHORTENED]}.{secrets.token_hex(8)}.part")
        descriptor = _new_file(part)
        if _hold(descriptor) and os.path.exists(part):  # noqa: PTH110 - never raises
            return part, descriptor
        os.close(descriptor)
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def _hold(descriptor: int) -> bool:
    """Lock a file, where the system has such locks; whether nobody else has locked it."""
    if sys.platform != "win32":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a drive without locks
            return True
    return True


def remove_unfinished(folder: Path) -> None:
    """Remove unfinished files that a killed program left in a folder: those with its own names and
    of this user that nobody is writing."""
    with suppress(OSError), os.scandir(folder) as entries:
        for unfinished in [entry for entry in entries if _UNFINISHED.fullmatch(entry.name)]:
            with suppress(OSError):
                if unfinished.is_file(follow_symlinks=False):
                    _remove_abandoned(Path(unfinished.path))


def _remove_abandoned(part: Path) -> None:
    if sys.platform == "win32":
        age = clock.now() - clock.written_at(part)
        if age.total_seconds() > _ABANDONED_SECONDS:
            part.unlink()
        return
    descriptor = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_uid == os.getuid():
            part.unlink()  # while it is held, so that nobody begins to write it meanwhile
    finally:
        os.close(descriptor)


def is_taken(path: Path) -> bool:
    """Whether anything exists at a path, including a broken link."""
    return os.path.lexists(path)


def put_as_new(source: Path, target: Path) -> None:
    """Move a file to a free name. Raises FileExistsError.

    If it was killed between its two steps, it can be called again.
    """
    if is_taken(target):
        if not (is_taken(source) and _is_same(source, target)):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        source.unlink()
        return
    if source.is_symlink():
        source.rename(target)
        return
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        source.rename(target)
    else:
        source.unlink()


def _is_same(first: Path, second: Path) -> bool:
    return os.path.samestat(first.lstat(), second.lstat())


def open_ordinary(path: Path) -> BinaryIO:
    """An ordinary file, opened for reading; the caller closes it.

    Raises OSError at once for a folder, a pipe or a device, where opening or reading could wait for
    ever.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Not an ordinary file", str(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_small(path: Path, most: int) -> bytes:
    """The first `most` bytes of an ordinary file. Raises OSError like `open_ordinary`."""
    with open_ordinary(path) as file:
        return file.read(most)


def read_bounded(path: Path, most: int) -> bytes:
    """All of an ordinary file. Raises OSError if it has more than `most` bytes, and like
    `open_ordinary`."""
    content = read_small(path, most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, "File far too large", str(path))
    return content


def passphrase_in(path: Path, what: str = "passphrase file") -> str:
    """The first line of a passphrase file, or of another kind (`what`). Raises CantOpenError."""
    try:
        text = read_bounded(path, _MOST_OF_PASSPHRASE).decode("utf-8-sig")
    except (OSError, ValueError):
        raise CantOpenError(f"The {what} {path} can't be read.") from None
    return text.split("\n")[0].removesuffix("\r")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns errors of the system while `path` is read into BadInputError."""
    try:
        yield
    except FileNotFoundError:
        raise BadInputError(f"There is no file {path}.") from None
    except OSError as error:
        reason = error.strerror or "the system refuses it"
        raise BadInputError(f"{path} can't be read: {reason}.") from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns errors of the system while `path` is written into StorageError."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or "the system refuses it"
        raise StorageError(f"{path} can't be written: {reason}.") from error


def sync_folder(folder: Path) -> None:
    """Flush a folder's own list of files to the disk, if the system can."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def real_folder(path: Path) -> Path:
    """The whole path of a name to be written: a link at the name itself isn't followed."""
    return whole_path(path.parent) / path.name


def resolved(path: Path) -> Path:
    """Where a path finally leads. Circular links stay as they are; `Path.resolve` would raise an
    error."""
    return Path(os.path.realpath(path))


def free_path(path: Path) -> Path:
    """The path itself, or the first free one numbered after it."""
    number, candidate = 2, path
    while is_taken(candidate):
        candidate = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return candidate
