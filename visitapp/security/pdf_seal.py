"""A PDF file that opens with a passphrase alone: AES-256 as ISO 32000-2 (PDF 2.0), 7.6 has it, with
the standard security handler of revision 6. All of the file is encrypted, its metadata too.
"""

import hashlib
import secrets
import unicodedata

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from visitapp.security.copy_keys import words_of

_BLOCK, _KEY, _SALT = 16, 32, 8
_LONGEST = 127
"""Bytes of a passphrase that count."""
_ALL_ALLOWED = 0xFFFFFFFC
"""Whoever can open the file may print it, copy from it and have it read aloud."""
_DICTIONARY = (
    b"<< /Filter /Standard /V 5 /R 6 /Length 256 /P %d /StmF /StdCF /StrF /StdCF "
    b"/CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >> %b >>"
)
_ROUNDS = 64
_WORDS = 7
_HASHES = (hashlib.sha256, hashlib.sha384, hashlib.sha512)


def new_passphrase() -> str:
    """Seven words drawn at random: 63 bits, since algorithm 2.B costs somebody who guesses next to
    nothing."""
    return words_of(secrets.token_bytes(8), _WORDS)


class PdfSeal:
    """Seals one file. Nobody knows the owner's passphrase, which is drawn and forgotten."""

    def __init__(self, passphrase: str) -> None:
        typed = unicodedata.normalize("NFKC", passphrase).encode()[:_LONGEST]
        self._key = secrets.token_bytes(_KEY)
        self._user, self._user_key = self._sealed_for(typed, b"")
        self._owner, self._owner_key = self._sealed_for(secrets.token_bytes(_KEY), self._user)

    def _sealed_for(self, passphrase: bytes, user: bytes) -> tuple[bytes, bytes]:
        """What checks a passphrase (U or O), and the file's key encrypted by it (UE or OE):
        algorithms 8 and 9."""
        check, salt = secrets.token_bytes(_SALT), secrets.token_bytes(_SALT)
        entry = _hardened(passphrase, check, user) + check + salt
        return entry, _cbc(_hardened(passphrase, salt, user), bytes(_BLOCK), self._key)

    def encrypted(self, content: bytes) -> bytes:
        """A string or a stream, encrypted with a vector of its own before it."""
        padder = PKCS7(8 * _BLOCK).padder()
        vector = secrets.token_bytes(_BLOCK)
        return vector + _cbc(self._key, vector, padder.update(content) + padder.finalize())

    def dictionary(self) -> bytes:
        """The encryption dictionary as it stands in the file."""
        allowed = _ALL_ALLOWED.to_bytes(4, "little") + b"\xff" * 4 + b"Tadb"
        cipher = Cipher(algorithms.AES(self._key), modes.ECB()).encryptor()  # noqa: S305 - algorithm 10
        entries = {
            b"U": self._user,
            b"UE": self._user_key,
            b"O": self._owner,
            b"OE": self._owner_key,
            b"Perms": cipher.update(allowed + secrets.token_bytes(4)) + cipher.finalize(),
        }
        texts = b" ".join(
            b"/%b <%b>" % (name, value.hex().encode()) for name, value in entries.items()
        )
        return _DICTIONARY % (_ALL_ALLOWED - 2**32, texts)


def _hardened(passphrase: bytes, salt: bytes, user: bytes) -> bytes:
    """Algorithm 2.B: at least 64 rounds of AES and SHA-2, each of which says which comes next."""
    key = hashlib.sha256(passphrase + salt + user).digest()
    at = 0
    while True:
        repeated = (passphrase + key + user) * 64
        mixed = _cbc(key[:_BLOCK], key[_BLOCK : 2 * _BLOCK], repeated)
        key = _HASHES[sum(mixed[:_BLOCK]) % 3](mixed).digest()
        at += 1
        if at >= _ROUNDS and mixed[-1] <= at - 32:
            return key[:_KEY]


def _cbc(key: bytes, vector: bytes, data: bytes) -> bytes:
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    return cipher.update(data) + cipher.finalize()
