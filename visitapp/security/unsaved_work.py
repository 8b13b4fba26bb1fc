"""Work that couldn't be saved in the records: stored in the user's folder, encrypted with their
key.

Each piece is one small file, `RANDOM.kept`: a nonce and the content sealed with AES-256-GCM by a
key derived from the data key. It can be read once the same records, or a copy, are opened.
"""

import hmac
import secrets
from pathlib import Path

from visitapp.paths import make_private_folder, read_bounded, user_folder, write_whole

_BEGIN = b"visitapp kept 1\n"
_NONCE_BYTES = 12
_MOST = 64 * 1024 * 1024
_ENDING = ".kept"


def folder() -> Path:
    """The folder of the stored pieces."""
    return user_folder() / "kept"


def keep(data_key: bytes, name: bytes, content: bytes) -> Path:
    """Store a piece, replacing one of the same name. Returns its path. Raises OSError."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    path = _path(data_key, name)
    make_private_folder(path.parent)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(_derived(data_key)).encrypt(nonce, content, _BEGIN)
    write_whole(path, _BEGIN + nonce + sealed)
    return path


def forget(data_key: bytes, name: bytes) -> None:
    """Delete the piece with this name. Raises OSError."""
    _path(data_key, name).unlink(missing_ok=True)


def pieces(data_key: bytes) -> list[bytes]:
    """All pieces of these records. Those of other records can't be read and are left out."""
    try:
        paths = sorted(folder().glob(f"*{_ENDING}"))
    except OSError:
        return []
    contents = (_read(path, data_key) for path in paths)
    return [content for content in contents if content is not None]


def _read(path: Path, data_key: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        content = read_bounded(path, _MOST)
    except (OSError, ValueError):
        return None
    nonce = content[len(_BEGIN) : len(_BEGIN) + _NONCE_BYTES]
    if not content.startswith(_BEGIN) or len(nonce) < _NONCE_BYTES:
        return None
    try:
        sealed = content[len(_BEGIN) + _NONCE_BYTES :]
        return AESGCM(_derived(data_key)).decrypt(nonce, sealed, _BEGIN)
    except InvalidTag:
        return None


def _path(data_key: bytes, name: bytes) -> Path:
    digest = hmac.new(_derived(data_key), name, "sha256").hexdigest()
    return folder() / f"{digest[:24]}{_ENDING}"


def _derived(data_key: bytes) -> bytes:
    return hmac.new(data_key, b"visitapp what could not be saved", "sha256").digest()
