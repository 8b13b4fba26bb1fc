"""What a joining code closes: the invitation, and the reply's proof that its sender had the code.

A code has 160 random bits, as a recovery code has, so nothing needs a slow derivation.
"""

import hmac
import secrets
import struct
import zlib
from typing import NoReturn

from visitapp.domain.exchange.copies import PublicKeys
from visitapp.domain.exchange.messages import MessageError
from visitapp.security import recovery

MOST_BYTES = 16 << 20
SECRET_BYTES = 20
VERSION = 1
_MARK = b"visitinv"
_HEAD = struct.Struct(">8sBI16s12s")
_PADDED_TO = 16 << 10
_MOST_CONTENT = 64 << 20

CUT = "This invitation isn’t complete. Wait until all of it has been copied, or ask for it again."
NO_INVITATION = "This file is not an invitation of visitapp."
NEWER = "This invitation was made by a newer version of visitapp. Update this copy first."
WRONG = "This joining code does not open this invitation, or the file was changed on the way."
SLIP = "That joining code is not quite right. Ask your manager to read it out again."


def new_secret() -> bytes:
    """The 20 random bytes of a new joining code."""
    return secrets.token_bytes(SECRET_BYTES)


def secret_of(code: str) -> bytes:
    """The bytes of a code as somebody typed it. Raises BadInputError for a slip in typing."""
    return recovery.secret_of(code, SLIP)


def seal_invitation(content: bytes, secret: bytes) -> bytes:
    """The file of an invitation, which only the code opens."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    packed = zlib.compress(content, 6)
    size = -(-(len(packed) + 4) // _PADDED_TO) * _PADDED_TO
    if size > MOST_BYTES - _HEAD.size - 16 or len(content) > _MOST_CONTENT:
        raise MessageError("This is too much for one invitation.")
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    head = _HEAD.pack(_MARK, VERSION, size + 16, salt, nonce)
    plain = (struct.pack(">I", len(packed)) + packed).ljust(size, b"\0")
    return head + AESGCM(_derived(secret, salt, b"invitation")).encrypt(nonce, plain, head)


def open_invitation(file: bytes, secret: bytes) -> bytes:
    """The content of an invitation. Raises MessageError with a sentence."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not file.startswith(_MARK):
        _refuse(CUT if _MARK.startswith(file) else NO_INVITATION)
    if len(file) > len(_MARK) and file[len(_MARK)] > VERSION:
        _refuse(NEWER)
    if len(file) < _HEAD.size:
        _refuse(CUT)
    head, body = file[: _HEAD.size], file[_HEAD.size :]
    _, _, length, salt, nonce = _HEAD.unpack(head)
    if len(body) < length:
        _refuse(CUT)
    try:
        plain = AESGCM(_derived(secret, salt, b"invitation")).decrypt(nonce, body, head)
        packed = plain[4 : 4 + int.from_bytes(plain[:4])]
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(packed, _MOST_CONTENT)
    except (InvalidTag, zlib.error):
        _refuse(WRONG)
    if not unpacker.eof:
        _refuse(WRONG)
    return content


def proof(secret: bytes, invitation: bytes, office: PublicKeys, keys: PublicKeys) -> bytes:
    """32 bytes which only who has the code can give for these keys: nobody in between can put in
    keys of their own. `invitation` is its id."""
    key = _derived(secret, invitation, b"reply")
    parts = (invitation, office.sealing, office.signing, keys.sealing, keys.signing)
    return hmac.digest(key, b"".join(parts), "sha256")


def is_proof(
    claimed: bytes, secret: bytes, invitation: bytes, office: PublicKeys, keys: PublicKeys
) -> bool:
    """Whether `proof` gives these bytes."""
    return hmac.compare_digest(claimed, proof(secret, invitation, office, keys))


def _derived(secret: bytes, salt: bytes, use: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, b"visitapp joining code " + use).derive(secret)


def _refuse(sentence: str) -> NoReturn:
    raise MessageError(sentence)
