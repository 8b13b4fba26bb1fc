"""The file by which an office is handed over: the whole records, which only its code opens.

A head in the clear (a mark, a version, whether it was used, the length of what follows, 16 random
bytes, and a proof of the code) stands before the records, which SQLCipher has encrypted with a
key derived from the code. A code has 160 random bits, so nothing needs a slow derivation.
"""

import hmac
import os
import secrets
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from visitapp.domain.errors import BadInputError
from visitapp.domain.progress import Progress, report_progress
from visitapp.paths import make_private_file, open_ordinary
from visitapp.security import recovery

VERSION = 1
_MARK = b"visithnd"
_HEAD = struct.Struct(">8sBBQ16s16s")
_USED_AT = len(_MARK) + 1
_AT_ONCE = 4 << 20

CUT = "This file isn’t complete. Wait until all of it has been copied, or ask for it again."
NO_OFFICE = "This file is not an office that was handed over."
NEWER = "This file was made by a newer version of visitapp. Update this copy first."
WRONG = "This code does not open this file, or the file was changed on the way."
SLIP = "That code is not quite right. Ask for it to be read out again."
USED = "This office was taken over with this file already. Ask for a new file and code."


@dataclass(frozen=True, slots=True)
class HandedKey:
    """What a code gives for one file: the key of the records in it, and the file's random bytes."""

    salt: bytes
    secret: bytes

    @property
    def data_key(self) -> bytes:
        """The 32-byte key of the records in the file."""
        return self._derived(b"records")

    def head(self, length: int) -> bytes:
        """What stands before records of so many bytes."""
        return _HEAD.pack(_MARK, VERSION, 0, length, self.salt, self.proof(length))

    def proof(self, length: int) -> bytes:
        """16 bytes that only who has the code can give for this file."""
        signed = _HEAD.pack(_MARK, VERSION, 0, length, self.salt, b"")
        return hmac.digest(self._derived(b"proof"), signed, "sha256")[:16]

    def _derived(self, use: bytes) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(SHA256(), 32, self.salt, b"visitapp handing over " + use).derive(self.secret)


def new_key(secret: bytes) -> HandedKey:
    """The key of a new file by its code's bytes."""
    return HandedKey(secrets.token_bytes(16), secret)


def secret_of(code: str) -> bytes:
    """The bytes of a code as somebody typed it. Raises BadInputError for a slip in typing."""
    return recovery.secret_of(code, SLIP)


def write(
    records: Path, target: BinaryIO, key: HandedKey, progress: Progress | None = None
) -> None:
    """Write the file of records that are encrypted with the key."""
    with records.open("rb") as source:
        length = records.stat().st_size
        target.write(key.head(length))
        _copy(source, target, length, "Writing the file", progress)


def look(file: Path, secret: bytes) -> HandedKey:
    """The key of a file, if the code opens it. Raises BadInputError with a sentence, OSError."""
    with open_ordinary(file) as source:
        key, _ = _opened(source, secret)
    return key


def copy_records(
    file: Path, secret: bytes, target: Path, progress: Progress | None = None
) -> HandedKey:
    """Copy the records in a file, still encrypted, to a new private `target`; raises as `look`."""
    with open_ordinary(file) as source:
        key, length = _opened(source, secret)
        make_private_file(target)
        with target.open("wb") as records:
            _copy(source, records, length, "Copying the records", progress)
            records.flush()
            os.fsync(records.fileno())
    return key


def mark_used(file: Path) -> None:
    """Have the file refused from now on. Raises OSError where it can't be written to."""
    with file.open("r+b") as written:
        written.seek(_USED_AT)
        written.write(b"\1")
        written.flush()
        os.fsync(written.fileno())


def _opened(source: BinaryIO, secret: bytes) -> tuple[HandedKey, int]:
    head = source.read(_HEAD.size)
    if not head.startswith(_MARK):
        _refuse(CUT if _MARK.startswith(head) else NO_OFFICE)
    if len(head) > len(_MARK) and head[len(_MARK)] > VERSION:
        _refuse(NEWER)
    if len(head) < _HEAD.size:
        _refuse(CUT)
    _, version, used, length, salt, proof = _HEAD.unpack(head)
    there = os.fstat(source.fileno()).st_size - _HEAD.size
    key = HandedKey(salt, secret)
    if version != VERSION or not hmac.compare_digest(proof, key.proof(length)):
        _refuse(WRONG)
    if there != length:
        _refuse(CUT if there < length else WRONG)
    if used:
        _refuse(USED)
    return key, length


def _copy(
    source: BinaryIO, target: BinaryIO, length: int, words: str, progress: Progress | None
) -> None:
    done = 0
    while part := source.read(_AT_ONCE):
        report_progress(progress, words, done, length)
        target.write(part)
        done += len(part)


def _refuse(sentence: str) -> NoReturn:
    raise BadInputError(sentence)
