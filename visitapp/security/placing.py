"""Changes records and their key file together, even if the program is killed in between.

Two files can't be renamed in one step. So the new pair is completed under names of its own, then a
plan is written beside it (`.NAME.placing`), and only then are files moved, in steps that can be
repeated. The next program to open the file calls `settle`, which finishes the plan, or undoes it if
the new pair is lost. The old pair is kept, under a name that says why.

The caller must hold the file (`security.holder`), so anything half done was left by a program that
is gone. Holding `NAME` also covers `NAME.before-WHY-TIME`.
"""

import contextlib
import hashlib
import json
import os
import re
import secrets
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from visitapp.domain.dataclass import dataclass
from visitapp.paths import (
    is_taken,
    put_as_new,
    read_small,
    remove_unfinished,
    sync_folder,
    write_whole,
)

LOGS = ("-wal", "-shm", "-journal")
"""Endings of the files that SQLite creates beside a file of records."""
PAIR = ("", *LOGS, ".key")
"""Endings of everything that belongs to a file of records."""

OLD_KEYS = "keys"
"""The reason for keeping a pair that is removed as soon as the new one is known to open."""

_MOST = 10_000
_STAMP = "%Y%m%d-%H%M%S"
_RANDOM = "[0-9a-f]{8,32}"


@dataclass(frozen=True, slots=True)
class _Plan:
    """Names in the folder of the records: that of the new pair, and the one for the old pair; and
    the SHA-256 of the new key file, empty if there is none."""

    new: str
    aside: str
    key_digest: str


class NewPair:
    """Records and key file, created under the temporary name `records` and then `put` at `path`. If
    the block ends without `put`, they are removed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.records = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")

    def __enter__(self) -> Self:
        settle(self._path)
        return self

    def put(self, why: str, now: datetime) -> Path | None:
        """Move the pair to its place. Returns the path where the old pair is kept, or None.

        `why` is one word for the old pair's new name; `now` is the local time in it. The new
        records must be closed, without a log. Raises OSError; then either the old pair is still in
        place, or the next `settle` finishes the move.
        """
        return _put(self._path, self.records, why, now)

    def take_away(self) -> None:
        """Remove the pair that was put, of which nobody knows yet."""
        _remove_pair(self._path)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        plan = _read_plan(self._path)
        # otherwise the next `settle` needs the pair
        if plan is None or plan.new != self.records.name:
            _remove_pair(self.records)


def put_back(path: Path, kept: Path, now: datetime) -> Path | None:
    """Move a pair that was kept beside `path` back to it, with its logs. Returns the path where the
    pair it replaces is kept, or None."""
    settle(path)
    return _put(path, kept, "return", now)


def is_unsettled(path: Path) -> bool:
    """Whether a program was killed while putting records at `path`, or is doing so now."""
    return _read_plan(path) is not None


def is_tidy(path: Path) -> bool:
    """Whether `settle` has nothing to do at `path`, as far as the folder can be read."""
    names = names_in(path.parent)
    return (
        not any(name for name in names if _left(path).fullmatch(name))
        and not _targets(path, names)
        and not _half_removed(path, names)
    )


def settle(path: Path) -> list[str]:
    """Finish what a killed program left at `path`. Returns sentences that a person should know.

    Raises OSError if the folder can't be written to.
    """
    sentences = []
    for target in _targets(path, names_in(path.parent)):
        plan = _read_plan(target)
        if plan is not None and (sentence := _finish(target, plan)):
            sentences.append(sentence)
    names = names_in(path.parent)
    if not _targets(path, names):
        for kept in _half_removed(path, names):
            remove_kept(kept)
        for name in names:
            if _left(path).fullmatch(name):
                with contextlib.suppress(OSError):
                    path.with_name(name).unlink()
    remove_unfinished(path.parent)
    return sentences


def kept_beside(path: Path) -> list[Path]:
    """The files of records that were set aside from `path`, newest first."""
    begin = f"{path.name}.before-"
    ends = tuple(ending for ending in (*PAIR, ".lock", ".holder") if ending)
    names = [name for name in names_in(path.parent) if name.startswith(begin)]
    stamps = sorted((name for name in names if not name.endswith(ends)), key=_age, reverse=True)
    return [path.with_name(name) for name in stamps]


def _age(name: str) -> str:
    stamp = re.search(r"\d{8}-\d{6}.*", name)
    return stamp.group() if stamp else ""


def remove_kept(kept: Path) -> None:
    """Remove a pair that was set aside: the key file first, since the rest is unreadable without
    it. Raises OSError."""
    for ending in (".key", *LOGS, ""):
        with_ending(kept, ending).unlink(missing_ok=True)
    sync_folder(kept.parent)


def _half_removed(path: Path, names: list[str]) -> list[Path]:
    """Old records of which a killed program had removed only the key file."""
    ends = "|".join(re.escape(ending) for ending in PAIR)
    kept = re.compile(
        rf"({re.escape(path.name)}\.before-{OLD_KEYS}-\d{{8}}-\d{{6}}(-\d+)?)({ends})"
    )
    names_left = {match[1] for name in names if (match := kept.fullmatch(name))}
    return [path.with_name(name) for name in sorted(names_left) if f"{name}.key" not in names]


def names_in(folder: Path) -> list[str]:
    """The names in a folder, in order; empty if it can't be read."""
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return []


def _left(path: Path) -> re.Pattern[str]:
    """The names of an unfinished new pair of `path`, in this and earlier versions, and of a log set
    aside beside it if its journal could not be removed."""
    name = re.escape(path.name)
    ends = "|".join(re.escape(ending) for ending in PAIR)
    ends += r"|\.(?:log|journal)-of-another-version-[0-9a-f]+-(?:wal|journal)"
    return re.compile(
        rf"\.{name}(\.before-[^/]*)?\.{_RANDOM}\.new({ends})|\.{name}\.key\.\d+\.new", re.DOTALL
    )


def _targets(path: Path, names: list[str]) -> list[Path]:
    """The paths with unfinished plans that belong to the holder of `path`."""
    return [
        path.with_name(name[1 : -len(".placing")])
        for name in names
        if name.endswith(".placing")
        and (name == f".{path.name}.placing" or name.startswith(f".{path.name}.before-"))
    ]


def _plan_file(path: Path) -> Path:
    return path.with_name(f".{path.name}.placing")


def _read_plan(path: Path) -> _Plan | None:
    """The plan waiting at `path`; None if there is none, or if it names other files."""
    try:
        content = json.loads(read_small(_plan_file(path), _MOST))
        plan = _Plan(**{name: str(content[name]) for name in ("new", "aside", "key_digest")})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    name = re.escape(path.name)
    new = rf"\.{name}\.{_RANDOM}\.new|{name}\.before-[^/\\]+"
    is_ours = re.fullmatch(new, plan.new) and re.fullmatch(rf"{name}\.before-[^/\\]+", plan.aside)
    return plan if is_ours and plan.new != plan.aside else None


def _put(path: Path, new: Path, why: str, now: datetime) -> Path | None:
    aside = free_aside(path, why, now)
    plan = _Plan(new.name, aside.name, _digest(with_ending(new, ".key")))
    sync_folder(path.parent)  # the new pair's names first, since the plan relies on them
    write_whole(_plan_file(path), json.dumps(asdict(plan)).encode("utf-8"))
    try:
        _go_on(path, plan)
    except BaseException:
        with contextlib.suppress(OSError):  # otherwise the next `settle` finishes it
            if is_taken(new):
                _go_back(path, plan)
            else:
                _remove_plan(path)
        raise
    return _kept(aside)


def _finish(path: Path, plan: _Plan) -> str:
    new, aside = path.with_name(plan.new), path.with_name(plan.aside)
    _end_half_moves(path, new)
    waiting, placed = _digest(with_ending(new, ".key")), _digest(with_ending(path, ".key"))
    is_whole = plan.key_digest in (waiting, placed) if is_taken(new) else not waiting
    if is_whole and (is_taken(new) or is_taken(path)):
        _go_on(path, plan)
        words = (
            f"visitapp stopped while it was moving {path.name} into place. That is now finished."
        )
        kept = _kept(aside)
        return words if kept is None else f"{words} The old file is now called {kept.name}."
    _go_back(path, plan)
    if not is_taken(path):
        return f"visitapp stopped while it was making {path.name}. The new file is lost."
    return (
        f"visitapp stopped while it was replacing {path.name}. The file has not changed. The "
        "new file is lost."
    )


def _go_on(path: Path, plan: _Plan) -> None:
    """Finish the moves of a plan. A step whose file is gone has been done already."""
    new, aside = path.with_name(plan.new), path.with_name(plan.aside)
    _end_half_moves(path, new)
    if is_taken(new):  # so the file at `path` is still the old one
        for ending in ("", *LOGS):
            _move(with_ending(path, ending), with_ending(aside, ending))
        # without a key file of its own it uses the existing one
        if is_taken(with_ending(new, ".key")):
            _move(with_ending(path, ".key"), with_ending(aside, ".key"))
        for ending in (".key", *LOGS, ""):
            _put_new(
                with_ending(new, ending), with_ending(path, ending), with_ending(aside, ending)
            )
    _remove_plan(path)


def _go_back(path: Path, plan: _Plan) -> None:
    """Undo the moves of a plan, possible only while the new records aren't in place yet."""
    new, aside = path.with_name(plan.new), path.with_name(plan.aside)
    for ending in PAIR:  # a file with both names is between the two steps of its move
        _drop_second_name(with_ending(path, ending), with_ending(new, ending))
        _drop_second_name(with_ending(aside, ending), with_ending(path, ending))
    key, new_key, old_key = (with_ending(base, ".key") for base in (path, new, aside))
    had_key = is_taken(old_key) or not (is_taken(aside) or is_taken(path))
    if had_key and not is_taken(new_key) and plan.key_digest == _digest(key) != "":
        _move(key, new_key)
    for ending in ("", *LOGS, ".key"):
        if not is_taken(with_ending(path, ending)):
            _move(with_ending(aside, ending), with_ending(path, ending))
    _remove_plan(path)


def _end_half_moves(path: Path, new: Path) -> None:
    for ending in PAIR:
        _drop_second_name(with_ending(new, ending), with_ending(path, ending))


def _drop_second_name(name: Path, other: Path) -> None:
    if is_taken(name) and is_taken(other) and os.path.samestat(name.lstat(), other.lstat()):
        name.unlink()


def _remove_plan(path: Path) -> None:
    sync_folder(path.parent)
    _plan_file(path).unlink(missing_ok=True)
    sync_folder(path.parent)


def _put_new(source: Path, target: Path, aside: Path) -> None:
    """Move a new file to its place, keeping anything another program has put there meanwhile."""
    while is_taken(source):
        try:
            put_as_new(source, target)
        except FileExistsError:
            _move(target, aside)


def _move(source: Path, target: Path) -> None:
    """Move a file if it exists; if the target has been taken, to a name beside it."""
    number = 1
    while is_taken(source):
        try:
            put_as_new(source, _numbered(target, number))
        except FileExistsError:
            number += 1


def _numbered(path: Path, number: int) -> Path:
    return path if number == 1 else path.with_name(f"{path.name}-{number}")


def with_ending(path: Path, ending: str) -> Path:
    """The file of a pair with one of its endings."""
    return path.with_name(path.name + ending)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(read_small(path, _MOST * 100)).hexdigest()
    except OSError:
        return ""


def _kept(aside: Path) -> Path | None:
    return aside if any(is_taken(with_ending(aside, ending)) for ending in PAIR) else None


def free_aside(path: Path, why: str, now: datetime) -> Path:
    """A free name beside `path` for keeping a pair; it says why and when (local time)."""
    name, number = f"{path.name}.before-{why}-{now:{_STAMP}}", 1
    while _kept(aside := _numbered(path.with_name(name), number)) is not None:
        number += 1
    return aside


def _remove_pair(new: Path) -> None:
    for ending in PAIR:
        with_ending(new, ending).unlink(missing_ok=True)
