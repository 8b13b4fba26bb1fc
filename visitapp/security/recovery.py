"""Codes to type, such as the recovery code: 160 random bits as six groups of letters and digits,
with a checksum.

The alphabet is Crockford's Base32, which has no I, L, O or U. Typing I or L for 1, or O for 0, is
accepted, and so are lower case, spaces and dashes.
"""

import hashlib
import re

from visitapp.domain.errors import BadInputError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SECRET_BYTES = 20
_CHECK_CHARACTERS = 4
_GROUP = 6
_SLIP = "That recovery code is not quite right. Check it against your recovery sheet."


def as_code(secret: bytes) -> str:
    """20 random bytes as a code to print: six groups of six characters."""
    number = int.from_bytes(secret)
    digits = "".join(
        _ALPHABET[number >> 5 * place & 31] for place in reversed(range(_SECRET_BYTES * 8 // 5))
    )
    all_digits = digits + _check(digits)
    return "-".join(all_digits[i : i + _GROUP] for i in range(0, len(all_digits), _GROUP))


def secret_of(code: str, slip: str = _SLIP) -> bytes:
    """The 20 bytes of a code as somebody typed it.

    Raises BadInputError with the sentence `slip` if it can't be a code: a typing error, not a
    wrong code.
    """
    typed = re.sub(r"[\s\-\u2010-\u2015]", "", code).upper()
    typed = typed.translate(str.maketrans("OIL", "011"))
    digits, check = typed[:-_CHECK_CHARACTERS], typed[-_CHECK_CHARACTERS:]
    expected = _SECRET_BYTES * 8 // 5
    if len(digits) != expected or set(typed) - set(_ALPHABET) or _check(digits) != check:
        raise BadInputError(slip)
    number = 0
    for digit in digits:
        number = number << 5 | _ALPHABET.index(digit)
    return number.to_bytes(_SECRET_BYTES)


def _check(digits: str) -> str:
    number = int.from_bytes(hashlib.sha256(digits.encode("ascii")).digest()[:3])
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_CHECK_CHARACTERS))
