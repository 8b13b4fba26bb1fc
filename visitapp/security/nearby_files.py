"""Files beside a file of records: leftovers of a killed program, copies of other versions."""

import platform
import re
from pathlib import Path

from visitapp.domain.errors import HeldElsewhereError, HeldError
from visitapp.paths import is_taken, read_small, remove_unfinished
from visitapp.security import placing
from visitapp.security.holder import (
    Claim,
    is_marked,
    must_not_be_elsewhere,
    read_holder,
    remove_own_mark,
)

_SALT = 16
"""Bytes at the beginning of an encrypted file that are unique to it: a copy has the same ones."""

_MADE_BY_PEOPLE = re.compile(r"-\d{1,3}|-(backup|saved)\b.*")
"""Endings of names that this program suggests: another file, a backup, rescued records."""

_OF_A_CONFLICT = re.compile(
    r"""
      \s?\(\d{1,3}\)                                # records (1)
    | \s\d{1,3}                                     # records 2
    | [\s._-]+copy(\s*\(?\d+\)?)?                   # records - Copy (2)
    | .*conflict.*                                  # records (Mary's conflicted copy ...)
    | [-_.].*\b(pc|laptop|desktop|macbook\w*|imac|mac)\b.*  # records-Marys-MacBook
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NAME_OF_A_COMPUTER = re.compile(r"[-_.](?=[^a-z]*[A-Z])[A-Z0-9]+([-_.][A-Z0-9]+)*")
"""records-OFFICE-PC: one synchronising program adds the name of the computer."""


def tidy(path: Path, *, take_over: bool = False) -> list[str]:
    """Finish what a killed program left half done with a file of records. Returns sentences that a
    person should know.

    Nothing is touched while a program has the file open. Raises HeldError if the file is being put
    in place right now; HeldElsewhereError if another computer began that, unless `take_over`;
    OSError if the folder can't be written to.
    """
    remove_unfinished(path.parent)
    if placing.is_tidy(path) and (is_taken(path) or not is_marked(path)):
        return []
    must_wait = placing.is_unsettled(path)
    try:
        if not take_over:
            must_not_be_elsewhere(path)
        with Claim(path):
            sentences = placing.settle(path)
            if not is_taken(path):  # a mark without a file
                remove_own_mark(path)
            return sentences
    except (HeldError, OSError):
        if must_wait:
            raise
        return []


def open_elsewhere(path: Path) -> str:
    """A sentence if a file is marked as open on another computer; otherwise empty."""
    try:
        must_not_be_elsewhere(path)
    except HeldElsewhereError as error:
        return error.where
    return ""


def about_other_computers(path: Path) -> list[str]:
    """Sentences about a file open on another computer, and about other versions beside it."""
    sentences = [open_elsewhere(path)]
    sentences += [
        f"{copy.name} is in the same folder as {path.name} and may be another version of it, "
        "from another computer. Open it and compare the two before you continue."
        for copy in conflict_copies(path)
    ]
    return [sentence for sentence in sentences if sentence]


def conflict_copies(path: Path) -> list[Path]:
    """Files that seem to be other versions of the records or of their key file, as created by
    programs that synchronise folders."""
    salt = _salt(path)
    copies = []
    for name in placing.names_in(path.parent):
        other = path.with_name(name)
        if other != path and (_is_version(path, name, salt) or _is_version_of_key(path, name)):
            copies.append(other)
    return copies


def _is_version(path: Path, name: str, salt: bytes) -> bool:
    tail = _tail(path.stem, path.suffix, name)
    if tail is None or not is_taken(path.with_name(name)):
        return False
    if _is_tail_of_conflict(path, tail):
        return True
    return bool(salt) and not tail.startswith(".before-") and _salt(path.with_name(name)) == salt


def _is_version_of_key(path: Path, name: str) -> bool:
    """Whether a name is `records.visits (1).key`, or the key file of `records (1).visits`."""
    tail = _tail(path.name, ".key", name)
    return tail is not None and _is_tail_of_conflict(path, tail)


def _tail(stem: str, suffix: str, name: str) -> str | None:
    """The part of a name between the records' stem and their ending; None for another name."""
    if (
        name.casefold().startswith("copy of ")
        and name[8:].casefold() == f"{stem}{suffix}".casefold()
    ):
        return " copy"
    begins, ends = name[: len(stem)].casefold(), name[len(name) - len(suffix) :].casefold()
    if begins != stem.casefold() or ends != suffix.casefold() or len(name) <= len(stem + suffix):
        return None
    return name[len(stem) : len(name) - len(suffix)]


def _is_tail_of_conflict(path: Path, tail: str) -> bool:
    if _MADE_BY_PEOPLE.fullmatch(tail) or tail.startswith(".before-"):
        return False
    hosts = {platform.node().casefold()}
    about = read_holder(path)
    if about is not None:
        hosts.add(about.host.casefold())
    if tail[:1] in "-_." and tail[1:].casefold() in hosts - {""}:
        return True
    return bool(_NAME_OF_A_COMPUTER.fullmatch(tail) or _OF_A_CONFLICT.fullmatch(tail))


def _salt(path: Path) -> bytes:
    try:
        salt = read_small(path, _SALT)
    except OSError:
        return b""
    return salt if len(salt) == _SALT else b""
