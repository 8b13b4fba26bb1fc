"""Who has a file open for writing: one copy of the program at a time, by name.

The operating system's lock decides, so a copy that crashed locks nobody out; the name beside
it is only for the sentence.
"""

import contextlib
import json
import os
import platform
from datetime import datetime
from pathlib import Path

from visitapp.domain.errors import HeldError
from visitapp.paths import write_whole


class Holder:
    """Holds a file until `release`."""

    def __init__(self, records: Path, who: str, since: datetime) -> None:
        """Take the lock. Raises HeldError, naming who has it."""
        from filelock import FileLock, Timeout

        self._name_file = records.with_name(records.name + ".holder")
        # `thread_local` off: the window takes the file in one thread and may let go in another.
        lock_file = records.with_name(records.name + ".lock")
        self._lock = FileLock(lock_file, mode=0o600, thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise HeldError(
                f"{records.name} is open in another copy of visitapp{self._holder()}."
            ) from None
        about = {
            "who": who,
            "host": platform.node(),
            "since": f"{since:%H:%M on %d %B %Y}",
            "pid": os.getpid(),
        }
        try:
            write_whole(self._name_file, json.dumps(about).encode("utf-8"))
        except BaseException:
            self._lock.release()
            raise

    def _holder(self) -> str:
        try:
            about = json.loads(self._name_file.read_text(encoding="utf-8"))
            return f": {about['who']} on {about['host']}, since {about['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def release(self) -> None:
        """Let others have the file."""
        with contextlib.suppress(OSError):
            self._name_file.unlink(missing_ok=True)
        self._lock.release()
