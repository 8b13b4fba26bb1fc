"""How strong a passphrase is, in words a person can act on."""

import re
from dataclasses import dataclass

LEAST_WORDS = 4
_LEAST_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class Strength:
    """`level` from 0 (none) to 4; `is_enough` for a new file."""

    level: int
    sentence: str

    @property
    def is_enough(self) -> bool:
        """Whether a new file may be locked with it."""
        return self.level >= 4


def strength(passphrase: str) -> Strength:
    """Four different words, or 16 characters not all of them letters, are asked of a new one."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_]{3,}", passphrase)}
    characters = len(set(passphrase.casefold()))
    is_mixed = not passphrase.isalpha()
    if not passphrase.strip():
        return Strength(0, "Four unrelated words make a good passphrase.")
    if len(words) >= LEAST_WORDS and characters >= 8:
        return Strength(4, "Strong: four unrelated words or more.")
    if len(passphrase) >= _LEAST_CHARACTERS and characters >= 10 and is_mixed and len(words) < 2:
        return Strength(4, "Strong: long and varied.")
    level = max(1, min(3, len(words)))
    missing = LEAST_WORDS - len(words)
    more = "one more word" if missing == 1 else f"{max(missing, 1)} more words"
    return Strength(level, f"Add {more} that nobody would guess.")
