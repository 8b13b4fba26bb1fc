"""The key file: a random data key, protected by the passphrase and by the recovery code.

`NAME.key` is beside `NAME`. The passphrase goes through Argon2id (RFC 9106) with 256 MiB; the
wrapped key is sealed with AES-256-GCM, which also seals the parameters, so that nobody can weaken
them without being noticed. Changing the passphrase rewrites only this file.
"""

import json
import os
import secrets
import unicodedata
from pathlib import Path
from typing import Any

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import (
    BadInputError,
    CantOpenError,
    StorageError,
    WrongPassphraseError,
)
from visitapp.paths import write_whole
from visitapp.security import key_format, recovery
from visitapp.security.key_format import ARGON2, HKDF, NONCE_BYTES, SALT_BYTES

KEY_BYTES = 32
MEMORY_KIB, PASSES, LANES = 256 * 1024, 3, 4
LEAST_MEMORY_KIB = key_format.LEAST_MEMORY_KIB
_MOST_CHARACTERS = 1000
_WRONG = "This passphrase does not open this file."
_WRONG_CODE = "This recovery code does not open this file."


@dataclass(frozen=True, slots=True)
class NewVault:
    """The data key of a new file, and the recovery code to print once."""

    data_key: bytes
    recovery_code: str


def key_file(records: Path) -> Path:
    """The path of the key file of a file of records."""
    return records.with_name(records.name + ".key")


def create(records: Path, passphrase: str) -> NewVault:
    """Create the key file of new records. Raises BadInputError for an empty passphrase."""
    data_key = secrets.token_bytes(KEY_BYTES)
    secret = secrets.token_bytes(20)
    _write(records, _wrap_passphrase(data_key, passphrase), _wrap_code(data_key, secret))
    return NewVault(data_key, recovery.as_code(secret))


def unlock(records: Path, passphrase: str) -> bytes:
    """The data key. Raises WrongPassphraseError, which doesn't reveal the reason."""
    entry = _read(records)["passphrase"]
    try:
        derived = _argon2(_as_bytes(passphrase), bytes.fromhex(entry["salt"]), entry)
    except UnicodeEncodeError:
        raise WrongPassphraseError(_WRONG) from None
    return _open(entry, derived, _WRONG)


def unlock_with_code(records: Path, code: str) -> bytes:
    """The data key by recovery code. Raises BadInputError for a typing error."""
    secret = recovery.secret_of(code)
    entry = _read(records)["recovery"]
    return _open(entry, _expand(secret, bytes.fromhex(entry["salt"])), _WRONG_CODE)


def change_passphrase(records: Path, data_key: bytes, passphrase: str) -> None:
    """Protect the same data key by another passphrase; the recovery code stays the same."""
    _write(records, _wrap_passphrase(data_key, passphrase), _read(records)["recovery"])


def renew_code(records: Path, data_key: bytes) -> str:
    """A new recovery code to print; the previous one no longer opens anything."""
    secret = secrets.token_bytes(20)
    _write(records, _read(records)["passphrase"], _wrap_code(data_key, secret))
    return recovery.as_code(secret)


def copy(records: Path, target: Path) -> None:
    """Put the same key file beside a copy of the records."""
    entries = _read(records)
    _write(target, entries["passphrase"], entries["recovery"])


def _wrap_passphrase(data_key: bytes, passphrase: str) -> dict[str, Any]:
    if not passphrase.strip():
        raise BadInputError("The passphrase is empty.")
    if len(passphrase) > _MOST_CHARACTERS:
        raise BadInputError(
            f"The passphrase is too long. Use no more than {_MOST_CHARACTERS} characters."
        )
    try:
        typed = _as_bytes(passphrase)
    except UnicodeEncodeError:
        raise BadInputError(
            "The passphrase contains a character that cannot be used. Use letters, digits and "
            "spaces."
        ) from None
    salt = _new_salt()
    entry = {
        "derivation": ARGON2,
        "memory_kib": MEMORY_KIB,
        "passes": PASSES,
        "lanes": LANES,
        "salt": salt.hex(),
    }
    return _seal(entry, _argon2(typed, salt, entry), data_key)


def _wrap_code(data_key: bytes, secret: bytes) -> dict[str, Any]:
    # 160 random bits need no slow derivation: there is nothing to guess.
    salt = _new_salt()
    entry = {"derivation": HKDF, "salt": salt.hex()}
    return _seal(entry, _expand(secret, salt), data_key)


def _new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def _as_bytes(passphrase: str) -> bytes:
    """A passphrase as bytes, normalised since keyboards compose accents differently. Raises
    UnicodeEncodeError for half a surrogate pair, which systems without UTF-8 can produce."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8")


def _argon2(passphrase: bytes, salt: bytes, entry: dict[str, Any]) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(
            passphrase,
            salt,
            time_cost=entry["passes"],
            memory_cost=entry["memory_kib"],
            parallelism=entry["lanes"],
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except (HashingError, MemoryError) as error:
        raise CantOpenError(
            "Opening the file needs 256 MB of free memory. Close other programs and try again."
        ) from error


def _expand(secret: bytes, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt, b"visitapp recovery code").derive(secret)


def _sealed_with(entry: dict[str, Any]) -> bytes:
    parameters = {name: value for name, value in entry.items() if name not in ("nonce", "sealed")}
    return json.dumps(parameters, sort_keys=True).encode("ascii")


def _seal(entry: dict[str, Any], derived: bytes, data_key: bytes) -> dict[str, Any]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(derived).encrypt(nonce, data_key, _sealed_with(entry))
    return entry | {"nonce": nonce.hex(), "sealed": sealed.hex()}


def _open(entry: dict[str, Any], derived: bytes, refusal: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, sealed = bytes.fromhex(entry["nonce"]), bytes.fromhex(entry["sealed"])
    try:
        return AESGCM(derived).decrypt(nonce, sealed, _sealed_with(entry))
    except InvalidTag:
        raise WrongPassphraseError(refusal) from None


def _read(records: Path) -> dict[str, dict[str, Any]]:
    return key_format.read(key_file(records))


def _write(records: Path, passphrase: dict[str, Any], code: dict[str, Any]) -> None:
    try:
        write_whole(key_file(records), key_format.encode(passphrase, code))
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "it failed"
        raise StorageError(f"The key file could not be written: {reason}.") from error
