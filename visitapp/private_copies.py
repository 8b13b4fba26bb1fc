"""Private folders for copies that are only read, and the removal of those left by a killed program.

Each folder has a random name in the system's temporary folder, and contains a file whose lock shows
that its owner is running. At the start, folders of dead owners are removed. A folder without that
file is left alone: it may be somebody else's, or just being created.
"""

import os
import re
import shutil
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from visitapp import clock

if sys.platform != "win32":
    import fcntl

_BEGIN, _MARK, _MARK_BEGUN = "visitapp-copy-", ".in-use", ".in-use-begun"
_NAME = re.compile(rf"{_BEGIN}[a-z0-9_]{{8}}")
_ABANDONED_SECONDS = 3_600.0
"""After so many seconds, a folder still without that file is one whose creation was killed."""
_WORDS = b"visitapp reads a copy here\n"


class PrivateFolder:
    """A folder that nobody else may look into, until `end`. Raises OSError."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_BEGIN))
        begun = self.path / _MARK_BEGUN
        self._mark = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(self._mark, _WORDS)
        if sys.platform != "win32":  # on Windows an open file can't be removed
            with suppress(OSError):
                fcntl.flock(self._mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            begun.rename(self.path / _MARK)  # locked before others can look for it
        else:
            os.close(self._mark)
            begun.rename(self.path / _MARK)
            self._mark = os.open(self.path / _MARK, os.O_RDONLY)

    def end(self) -> None:
        """Delete the folder with everything in it."""
        if sys.platform == "win32":
            self._let_go()
        shutil.rmtree(self.path, ignore_errors=True)
        self._let_go()

    def _let_go(self) -> None:
        if self._mark >= 0:
            os.close(self._mark)
            self._mark = -1


def remove_left() -> None:
    """Remove this user's folders whose owners were killed. Any that can't be removed stay."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for left in [entry for entry in entries if _NAME.fullmatch(entry.name)]:
            with suppress(OSError):
                if left.is_dir(follow_symlinks=False) and _is_left(Path(left.path)):
                    shutil.rmtree(left.path)


def _is_left(folder: Path) -> bool:
    """Whether its owner is dead; raises OSError if it is alive."""
    mark = folder / _MARK
    if not mark.exists():
        is_old = (clock.now() - clock.written_at(folder)).total_seconds() > _ABANDONED_SECONDS
        return is_old and {entry.name for entry in folder.iterdir()} == {_MARK_BEGUN}
    if sys.platform == "win32":
        if mark.read_bytes() != _WORDS:
            return False
        mark.unlink()
        return True
    ours = folder.lstat().st_uid == os.getuid()
    descriptor = os.open(mark, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        status = os.fstat(descriptor)
        ours = ours and status.st_uid == os.getuid() and stat.S_ISREG(status.st_mode)
        if not ours or os.read(descriptor, len(_WORDS) + 1) != _WORDS:
            return False
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    finally:
        os.close(descriptor)
