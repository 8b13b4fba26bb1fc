"""How good a passphrase is, for a person who chooses one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PassphraseStrength:
    """`level` from 0 (nothing typed) to 4 (enough for a new file)."""

    level: int
    sentence: str

    @property
    def is_enough(self) -> bool:
        """Whether it may protect a new file."""
        return self.level >= 4

    @property
    def in_words(self) -> str:
        """The level and what to do, for somebody who is typing."""
        named = ("", "Very weak. ", "Weak. ", "Nearly there. ", "")[self.level]
        return f"{named}{self.sentence}"
