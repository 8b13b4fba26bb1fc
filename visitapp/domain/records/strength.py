"""How good a passphrase is, for a person who chooses one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PassphraseStrength:
    """`level` from 0 (none) to 4; `is_enough` for a new file; `word` for the level."""

    level: int
    sentence: str

    @property
    def is_enough(self) -> bool:
        """Whether a new file may be locked with it."""
        return self.level >= 4

    @property
    def in_words(self) -> str:
        """The level and what to do, for a person who is typing."""
        named = ("", "Very weak. ", "Weak. ", "Nearly there. ", "")[self.level]
        return f"{named}{self.sentence}"
