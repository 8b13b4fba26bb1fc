"""The content of a key file, as JSON, and how strictly it is read.

Format 1: `passphrase` and `recovery`, each with its derivation, salt, nonce and the sealed data key
in lower-case hexadecimal digits, and `checksum`, the SHA-256 of everything else. The checksum
distinguishes a file damaged on the disk from a wrong passphrase; it protects nothing. The first
files of format 1 lack it, and get it when they are next written.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any, NoReturn

from visitapp.domain.errors import CantOpenError, KeyFileError
from visitapp.domain.text.wording import lowered
from visitapp.paths import read_bounded

FORMAT = 1
MOST_BYTES = 64 * 1024
"""A key file has about 900 bytes."""

ARGON2, HKDF = "argon2id", "hkdf-sha256"
SALT_BYTES, NONCE_BYTES, SEALED_BYTES = 16, 12, 48
LEAST_MEMORY_KIB, LEAST_PASSES = 64 * 1024, 3
MOST_MEMORY_KIB, MOST_WORK_KIB, MOST_LANES = 384 * 1024, 2 * 1024 * 1024, 64
"""No version used more than 256 MiB and 3 passes. `MOST_WORK_KIB` limits memory times passes to
what takes some ten seconds on a slow laptop."""

_SEALED = {"salt": SALT_BYTES, "nonce": NONCE_BYTES, "sealed": SEALED_BYTES}
_COSTS = ("memory_kib", "passes", "lanes")

Entry = dict[str, Any]


def encode(passphrase: Entry, recovery: Entry) -> bytes:
    """The content of a key file as bytes."""
    content = {"format": FORMAT, "passphrase": passphrase, "recovery": recovery}
    text = json.dumps(content | {"checksum": checksum(content)}, indent=1)
    return (text + "\n").encode("ascii")


def checksum(content: dict[str, Any]) -> str:
    """64 hexadecimal digits for all of a key file except its checksum."""
    covered = {name: value for name, value in content.items() if name != "checksum"}
    return hashlib.sha256(json.dumps(covered, sort_keys=True).encode("ascii")).hexdigest()


def read(path: Path) -> dict[str, Entry]:
    """The entries `passphrase` and `recovery` of a key file, whatever kind of file is at `path`.

    Raises KeyFileError if it is missing or damaged, CantOpenError if it can't be read or comes from
    a newer version. Never waits, and reads at most `MOST_BYTES`.
    """
    try:
        return _decoded(read_bounded(path, MOST_BYTES), path.name)
    except FileNotFoundError:
        raise KeyFileError(
            f"The key file {path.name} is missing. It must be in the same folder as the records."
        ) from None
    except PermissionError:
        raise CantOpenError(
            f"The key file {path.name} can't be read: its permissions don't allow it."
        ) from None
    except OSError as error:
        reason = error.strerror or "can't be read"
        raise KeyFileError(
            f"The key file {path.name} is damaged ({lowered(reason)}). Restore a backup."
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        raise KeyFileError(f"The key file {path.name} is damaged. Restore a backup.") from None


def _decoded(text: bytes, name: str) -> dict[str, Entry]:
    """The entries. Raises ValueError, KeyError, TypeError or RecursionError if it isn't a key
    file."""
    content = json.loads(text.decode("ascii"), object_pairs_hook=_once_each, parse_constant=_refuse)
    is_whole = "checksum" not in content or content["checksum"] == checksum(content)
    if type(content["format"]) is not int or content["format"] < FORMAT:
        _refuse("format")
    if content["format"] > FORMAT:
        damaged = "" if is_whole else " is damaged, or"
        raise CantOpenError(
            f"The key file {name}{damaged} was written by a newer version of visitapp."
        )
    if content.keys() - {"checksum"} != {"format", "passphrase", "recovery"}:
        _refuse("a name")
    passphrase, recovery = content["passphrase"], content["recovery"]
    _must_be_whole(passphrase, ARGON2, {"derivation", *_COSTS, *_SEALED})
    _must_be_whole(recovery, HKDF, {"derivation", *_SEALED})
    _must_be_slow(passphrase)
    if not is_whole:
        _refuse("checksum")
    return {"passphrase": passphrase, "recovery": recovery}


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        _refuse("a name that is there twice")
    return values


def _refuse(fault: str) -> NoReturn:
    raise ValueError(fault)


def _must_be_whole(entry: Any, derivation: str, names: set[str]) -> None:
    if type(entry) is not dict or set(entry) != names or entry["derivation"] != derivation:
        _refuse("entry")
    for name, length in _SEALED.items():
        if re.fullmatch(rf"[0-9a-f]{{{2 * length}}}", entry[name]) is None:
            _refuse(name)


def _must_be_slow(entry: Entry) -> None:
    """Refuse a derivation that is quicker to guess than ours ever was, or far too slow."""
    memory, passes, lanes = (entry[name] for name in _COSTS)
    if not all(type(number) is int for number in (memory, passes, lanes)):
        _refuse("a number")
    if not (
        LEAST_MEMORY_KIB <= memory <= MOST_MEMORY_KIB
        and passes >= LEAST_PASSES
        and memory * passes <= MOST_WORK_KIB
        and 1 <= lanes <= MOST_LANES
    ):
        raise KeyFileError("The key file is damaged, or someone has changed it. Restore a backup.")
