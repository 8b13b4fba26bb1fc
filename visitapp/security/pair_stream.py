"""Chance that the two copies of a pair share, and nobody else has.

Each copy computes the same secret from its own private key and the other's public key (X25519,
RFC 7748). From it, both keys and the subject, HKDF-SHA-256 (RFC 5869) makes a key, and ChaCha20
(RFC 8439) a stream of bytes that both read alike. Who lacks both private keys can't tell them
from chance: the office knows the subject and the public keys.
"""

import hashlib
from random import Random
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from visitapp.domain.exchange.copies import OwnCopy, PublicKeys
from visitapp.security.copy_keys import agreed_secret, public_keys, words_of

if TYPE_CHECKING:
    from _typeshed import SupportsLenAndGetItem

_MOMENTS, _WORDS = b"visitapp pair moments 1", b"visitapp pair words 1"
_KEY, _BLOCK = 32, 256
_FRACTION_BITS = 53
_Item = TypeVar("_Item")


class SharedStream(Random):
    """Numbers that two copies draw alike. Only what the draw uses can be asked for."""

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers import Cipher
        from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

        self._cipher = Cipher(ChaCha20(key, bytes(16)), mode=None).encryptor()
        self._waiting = b""

    def random(self) -> float:
        """From 0 up to but not including 1, in steps of 2 to the power of -53."""
        return self.getrandbits(_FRACTION_BITS) / (1 << _FRACTION_BITS)

    def getrandbits(self, k: int, /) -> int:
        """So many bits, as a number."""
        length = (k + 7) // 8
        while len(self._waiting) < length:
            self._waiting += self._cipher.update(bytes(_BLOCK))
        some, self._waiting = self._waiting[:length], self._waiting[length:]
        return int.from_bytes(some) >> length * 8 - k

    def choice(self, seq: "SupportsLenAndGetItem[_Item]") -> "_Item":
        """One of some things, each as likely: what would make the first ones likelier is drawn
        again. Spelled out here, so that it can't change between versions of Python."""
        bits = len(seq).bit_length()
        while (at := self.getrandbits(bits)) >= len(seq):
            pass
        return seq[at]

    def seed(self, *_: Any, **__: Any) -> None:
        """The stream is its key's; there is nothing else to begin from."""

    def getstate(self) -> NoReturn:
        """Not to be kept."""
        raise NotImplementedError("The state of a shared stream is not kept.")

    def setstate(self, state: Any) -> NoReturn:
        """Not to be put back."""
        raise NotImplementedError("The state of a shared stream is not kept.")


def shared_stream(own: OwnCopy, partner: PublicKeys, subject: bytes) -> SharedStream:
    """The stream of this copy and the partner's about a subject; the same in both copies.

    Raises ValueError for keys that are none.
    """
    return SharedStream(_derived(own, partner, _MOMENTS, subject))


def shared_words(own: OwnCopy, partner: PublicKeys, subject: bytes) -> str:
    """Two words that both copies show about a subject. They tell nothing of the stream, and differ
    where the copies have different keys or inputs."""
    return words_of(_derived(own, partner, _WORDS, subject), 2)


def _derived(own: OwnCopy, partner: PublicKeys, purpose: bytes, subject: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    keys = sorted(keys.sealing + keys.signing for keys in (public_keys(own), partner))
    salt = hashlib.sha256(b"".join(keys)).digest()
    info = purpose + hashlib.sha256(subject).digest()
    return HKDF(SHA256(), _KEY, salt, info).derive(agreed_secret(own, partner))
