"""The keys of a copy of the program, and the words by which two people compare them.

Messages are sealed to an ML-KEM-768 and an X25519 key together, so that they stay closed as
long as either holds, and signed by an Ed25519 key (RFC 8032).
"""

import hashlib
import secrets
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from visitapp.domain.exchange.copies import OwnCopy, PublicKeys
from visitapp.paths import reference_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import (
        MLKEM768X25519PrivateKey,
        MLKEM768X25519PublicKey,
    )

_MLKEM_SEED, _CURVE = 64, 32
_WORDS, _WORD_BITS = 6, 9


def new_copy(person_id: UUID | None = None, number: int = 0) -> OwnCopy:
    """A copy with fresh keys: the office's, or the numbered copy of one visitor."""
    sealing, signing = secrets.token_bytes(_MLKEM_SEED + _CURVE), secrets.token_bytes(_CURVE)
    return OwnCopy(uuid4(), sealing, signing, person_id, number)


@lru_cache(maxsize=8)
def public_keys(own: OwnCopy) -> PublicKeys:
    """What others may know of a copy's keys."""
    halves = (key.public_key().public_bytes_raw() for key in _halves(own))
    return PublicKeys(b"".join(halves), signing_key(own).public_key().public_bytes_raw())


@lru_cache(maxsize=2)
def opening_key(own: OwnCopy) -> "MLKEM768X25519PrivateKey":
    """The private key that opens what is sealed for a copy."""
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

    return MLKEM768X25519PrivateKey(*_halves(own))


@lru_cache(maxsize=2)
def signing_key(own: OwnCopy) -> "Ed25519PrivateKey":
    """The private key that signs a copy's messages."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(own.signing_seed)


@lru_cache(maxsize=128)
def sealing_key(keys: PublicKeys) -> "MLKEM768X25519PublicKey":
    """The public key to seal with. Raises ValueError for bytes that are no such key."""
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey

    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(keys.sealing[:-_CURVE]),
        X25519PublicKey.from_public_bytes(keys.sealing[-_CURVE:]),
    )


def fingerprint(keys: PublicKeys) -> str:
    """Six words for the keys of a copy, which two people can compare by telephone: 54 bits of
    their SHA-256."""
    digest = hashlib.sha256(b"visitapp fingerprint" + keys.sealing + keys.signing).digest()
    return words_of(digest, _WORDS)


def words_of(digest: bytes, number: int) -> str:
    """The first bits of a digest as so many words, 9 bits each."""
    bits = int.from_bytes(digest) >> len(digest) * 8 - number * _WORD_BITS
    last = (1 << _WORD_BITS) - 1
    words = _words()
    return " ".join(words[bits >> _WORD_BITS * place & last] for place in reversed(range(number)))


def agreed_secret(own: OwnCopy, other: PublicKeys) -> bytes:
    """What X25519 (RFC 7748) gives this copy and another one, each of its own private key and the
    other's public one. Raises ValueError for a key that is none."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    _, private = _halves(own)
    return private.exchange(X25519PublicKey.from_public_bytes(other.sealing[-_CURVE:]))


def _halves(own: OwnCopy) -> "tuple[MLKEM768PrivateKey, X25519PrivateKey]":
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return (
        MLKEM768PrivateKey.from_seed_bytes(own.sealing_seed[:_MLKEM_SEED]),
        X25519PrivateKey.from_private_bytes(own.sealing_seed[_MLKEM_SEED:]),
    )


@cache
def _words() -> tuple[str, ...]:
    text = (reference_folder() / "fingerprint_words.txt").read_text(encoding="ascii")
    return tuple(text.split())
