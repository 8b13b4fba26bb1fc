"""The result of an integrity check of a file of records."""

from dataclasses import dataclass

from visitapp.domain.records.anchor import Anchor

_MOST_SAID = 3


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at the whole file found, in sentences.

    With `damage` the file itself has gone bad. `contradictions` are what its records say
    against each other, for the most part another program's work: all of it can still be read.
    `notes` tell of earlier losses that are written down. `anchor` is the state of the ledger,
    None where it can't be read or the file is an older version's.
    """

    damage: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    anchor: Anchor | None = None

    @property
    def faults(self) -> list[str]:
        """Damage first, then contradictions."""
        return [*self.damage, *self.contradictions]

    def of_backup(self) -> str:
        """What to say at once where these records were just copied; empty for sound ones."""
        faults = self.faults
        if not faults:
            return ""
        more = len(faults) - _MOST_SAID
        sentences = " ".join(faults[:_MOST_SAID]) + ("" if more <= 0 else f" And {more:,} more.")
        return (
            f"The backup was made, but the check found problems. {sentences} The backup has the "
            "same problems. Compare it with an earlier one."
        )
