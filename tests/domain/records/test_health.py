"""What is said of a check of the records, of old backups, and of a passphrase."""

from pathlib import Path

import pytest

from visitapp.domain.records.backups import old_backups_words
from visitapp.domain.records.health import Health
from visitapp.domain.records.strength import PassphraseStrength


def test_damage_is_said_before_contradictions() -> None:
    health = Health(damage=("A.",), contradictions=("B.", "C."), notes=("D.",))
    assert health.faults == ["A.", "B.", "C."]


def test_a_sound_backup_has_nothing_to_say_though_losses_are_on_record() -> None:
    assert Health(notes=("Earlier losses.",)).of_backup() == ""


@pytest.mark.parametrize(
    ("number", "end"),
    [(1, "F1."), (3, "F1. F2. F3."), (4, "F1. F2. F3. And 1 more."),
     (1503, "F1. F2. F3. And 1,500 more.")],
)  # fmt: skip
def test_a_backup_with_faults_names_three_and_counts_the_others(number: int, end: str) -> None:
    faults = tuple(f"F{n}." for n in range(1, number + 1))
    assert Health(contradictions=faults).of_backup() == (
        f"The backup was made, but the check found problems. {end} The backup has the same "
        "problems. Compare it with an earlier one."
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "f1"), (4, "f1, f2, f3, f4"), (5, "f1, f2, f3, f4, and 1 other folder"),
     (6, "f1, f2, f3, f4, and 2 other folders")],
)  # fmt: skip
def test_four_folders_of_old_backups_are_named_and_the_others_counted(
    number: int, words: str
) -> None:
    folders = [Path(f"f{n}") for n in range(1, number + 1)]
    assert old_backups_words(folders) == f"Backups of these records were saved in: {words}."


def test_without_old_backups_nothing_is_said() -> None:
    assert old_backups_words([]) == ""


def test_only_the_highest_level_of_a_passphrase_is_enough() -> None:
    strengths = [PassphraseStrength(level, "Add a word.") for level in range(5)]
    assert [strength.is_enough for strength in strengths] == [False] * 4 + [True]
    assert [strength.in_words for strength in strengths] == [
        "Add a word.", "Very weak. Add a word.", "Weak. Add a word.",
        "Nearly there. Add a word.", "Add a word.",
    ]  # fmt: skip
