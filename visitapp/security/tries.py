"""Makes each further try wait after a few wrong passphrases or codes.

This stops somebody at an unlocked computer, or a script, from trying many of them with the program;
only Argon2id protects a stolen file. The count is in the user's own folder, since commands that
read never write beside the records. No wait is longer than half a minute, so nobody is locked out
for good.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from visitapp.domain.dataclass import dataclass
from visitapp.paths import make_private_folder, read_bounded, resolved, user_folder, write_whole

FREE_TRIES = 3
LONGEST_SECONDS = 30.0
_FIRST_SECONDS = 2.0
_REMEMBERED_SECONDS = 24 * 60 * 60.0
_MOST_FILES, _MOST_BYTES = 50, 64 * 1024


@dataclass(frozen=True, slots=True)
class _Count:
    """Wrong tries of one file, and when the last one was, in seconds."""

    wrong: int
    last: float


class Tries:
    """Counts wrong tries. `clock` returns seconds that continue from run to run; `steady` returns
    seconds that no change of the clock affects, which are the only ones used within a run."""

    def __init__(self, clock: Callable[[], float], steady: Callable[[], float]) -> None:
        self._clock, self._steady = clock, steady
        self._here: dict[str, _Count] = {}

    def wait(self, records: Path) -> float:
        """Seconds until the next try of a file; usually 0."""
        name = _name(records)
        in_this_run = self._here.get(name)
        kept = self._read().get(name)
        if kept is not None and (in_this_run is None or kept.wrong > in_this_run.wrong):
            passed = self._clock() - kept.last
            # If the clock was put back, the wait doesn't get longer than it was.
            left = max(0.0, _delay(kept.wrong) - max(0.0, passed))
            in_this_run = _Count(kept.wrong, self._steady() - (_delay(kept.wrong) - left))
            self._here[name] = in_this_run
        if in_this_run is None:
            return 0.0
        return max(0.0, _delay(in_this_run.wrong) - (self._steady() - in_this_run.last))

    def wrong(self, records: Path) -> float:
        """Count a wrong try. Returns the seconds to wait after it."""
        self.wait(records)  # including what another run of the program counted
        name = _name(records)
        before = self._here.get(name, _Count(0, 0.0)).wrong
        self._here[name] = _Count(before + 1, self._steady())
        kept = self._read()
        kept.pop(name, None)
        self._write({**kept, name: _Count(before + 1, self._clock())})
        return _delay(before + 1)

    def right(self, records: Path) -> None:
        """Forget the wrong tries of a file."""
        name = _name(records)
        self._here.pop(name, None)
        kept = self._read()
        if kept.pop(name, None) is not None:
            self._write(kept)

    def _read(self) -> dict[str, _Count]:
        """The counts of the last day; empty if the file can't be read."""
        try:
            content = json.loads(read_bounded(_file(), _MOST_BYTES))
            counts = {name: _count(entry) for name, entry in content.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}
        oldest = self._clock() - _REMEMBERED_SECONDS
        return {name: count for name, count in counts.items() if count.last > oldest}

    def _write(self, counts: dict[str, _Count]) -> None:
        """Write the counts. If that fails, only this run of the program remembers them."""
        newest = sorted(counts.items(), key=lambda item: item[1].last)[-_MOST_FILES:]
        content = {name: [count.wrong, count.last] for name, count in newest}
        try:
            if content:
                make_private_folder(_file().parent)
                write_whole(_file(), json.dumps(content).encode("ascii"))
            else:
                _file().unlink(missing_ok=True)
        except OSError:
            return


def _count(entry: Any) -> _Count:
    """An entry as a count. Raises ValueError or TypeError if it isn't one."""
    wrong, last = entry
    if type(wrong) is not int or not 0 < wrong < 10**9 or type(last) is not float:
        raise ValueError(entry)
    return _Count(wrong, last)


def _delay(wrong: int) -> float:
    """Seconds to wait after so many wrong tries of a file: 2, 4, 8, 16, 30, 30..."""
    if wrong < FREE_TRIES:
        return 0.0
    return float(min(LONGEST_SECONDS, _FIRST_SECONDS * 2 ** min(wrong - FREE_TRIES, 10)))


def _name(records: Path) -> str:
    """A digest of a file's path, so that the count doesn't reveal it."""
    return hashlib.sha256(str(resolved(records)).encode("utf-8", "surrogateescape")).hexdigest()


def _file() -> Path:
    return user_folder() / "tries.json"
