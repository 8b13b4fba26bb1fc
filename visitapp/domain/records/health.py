"""The result of checking a file of records."""

from dataclasses import dataclass

from visitapp.domain.records.anchor import Anchor

_MOST_SAID = 3


@dataclass(frozen=True, slots=True)
class Health:
    """What a check of the whole file found, in sentences.

    `damage` means that the file itself is broken. `contradictions` are records that don't agree
    with each other, usually because another program changed them; everything can still be read.
    `notes` mention earlier losses that are on record. `anchor` is the state of the ledger; None if
    it can't be read or an older version of the program wrote the file. `answers_miscounted`: one of
    the contradictions goes away when the answers of reports are counted again.
    """

    damage: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    anchor: Anchor | None = None
    answers_miscounted: bool = False

    @property
    def faults(self) -> list[str]:
        """Damage first, then contradictions."""
        return [*self.damage, *self.contradictions]

    def of_backup(self) -> str:
        """What to say when these records have just been copied; empty if they are sound."""
        faults = self.faults
        if not faults:
            return ""
        more = len(faults) - _MOST_SAID
        sentences = " ".join(faults[:_MOST_SAID]) + ("" if more <= 0 else f" And {more:,} more.")
        return (
            f"The backup was made, but the check found problems. {sentences} The backup has the "
            "same problems. Compare it with an earlier one."
        )
