"""The key file: what opens it, and what nobody can weaken."""

import json

import pytest

from tests.conftest import PASSPHRASE, RECOVERY_SECRET
from visitapp.domain.errors import BadInputError, StorageError, WrongPassphraseError
from visitapp.security import key_format, recovery, vault

CODE = recovery.as_code(RECOVERY_SECRET)


def content(records):
    return json.loads(vault.key_file(records).read_text())


def rewrite(records, changed):
    vault.key_file(records).write_text(json.dumps(changed))


def test_a_new_key_file_opens_by_passphrase_and_by_code_and_by_nothing_else(tmp_path):
    records = tmp_path / "new.visits"
    new = vault.create(records, "lantern orchard pebble viol\u00edn")
    assert len(new.data_key) == 32
    # The same letters as another keyboard composes them.
    assert vault.unlock(records, "lantern orchard pebble violi\u0301n") == new.data_key
    assert vault.unlock_with_code(records, new.recovery_code) == new.data_key
    with pytest.raises(WrongPassphraseError) as wrong:
        vault.unlock(records, "lantern orchard pebble violin")
    assert str(wrong.value) == "This passphrase does not open this file."
    made = content(records)["passphrase"]
    assert (made["derivation"], made["memory_kib"], made["passes"], made["lanes"]) == (
        "argon2id", 256 * 1024, 3, 4,
    )  # fmt: skip
    text = vault.key_file(records).read_text()
    assert new.data_key.hex() not in text
    assert "lantern" not in text
    assert vault.key_file(records).stat().st_mode & 0o777 == 0o600


def test_the_least_memory_is_64_mib():
    assert vault.LEAST_MEMORY_KIB == 64 * 1024
    assert vault.MEMORY_KIB >= vault.LEAST_MEMORY_KIB


def test_two_files_with_one_passphrase_share_nothing(tmp_path, locked):
    other = tmp_path / "other.visits"
    vault.change_passphrase(locked, bytes(32), PASSPHRASE)
    before = content(locked)["passphrase"]
    vault.copy(locked, other)
    vault.change_passphrase(other, bytes(32), PASSPHRASE)
    after = content(other)["passphrase"]
    assert before["salt"] != after["salt"]
    assert before["nonce"] != after["nonce"]
    assert before["sealed"] != after["sealed"]


@pytest.mark.parametrize(
    "changed",
    [
        {"memory_kib": 64 * 1024 - 1},
        {"memory_kib": 8},
        {"memory_kib": 2**31},
        {"passes": 2},
        {"passes": 0},
        {"passes": 10**9},
        {"lanes": 0},
    ],
)
def test_a_derivation_that_somebody_weakened_is_refused_before_it_is_run(locked, changed):
    made = content(locked)
    made["passphrase"] |= changed
    rewrite(locked, made)
    with pytest.raises(StorageError, match="The key file is damaged, or someone has changed it"):
        vault.unlock(locked, PASSPHRASE)


def test_parameters_are_sealed_with_the_key(locked):
    made = content(locked)
    made["passphrase"]["lanes"] = 2
    rewrite(locked, made | {"checksum": key_format.checksum(made)})
    with pytest.raises(WrongPassphraseError):
        vault.unlock(locked, PASSPHRASE)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": 1}', '{"format": 1, "passphrase": 3, "recovery": 4}',
     '{"format": 1, "passphrase": {"salt": "zz"}, "recovery": {}}', "\ud7ff"],
)  # fmt: skip
def test_a_damaged_key_file_is_told_in_a_sentence(locked, text):
    vault.key_file(locked).write_text(text, encoding="utf-8")
    with pytest.raises(StorageError, match=r"The key file records\.visits\.key is damaged"):
        vault.unlock(locked, PASSPHRASE)


@pytest.mark.parametrize("missing", ["memory_kib", "passes", "lanes", "salt", "nonce", "sealed"])
def test_a_key_file_that_lacks_something_is_told_in_a_sentence(locked, missing):
    made = content(locked)
    del made["passphrase"][missing]
    rewrite(locked, made)
    with pytest.raises(StorageError, match="is damaged"):
        vault.unlock(locked, PASSPHRASE)


def test_a_missing_key_file_is_told_in_a_sentence(records):
    with pytest.raises(StorageError, match="must be in the same folder as the records"):
        vault.unlock_with_code(records, CODE)


def test_a_key_file_of_a_newer_version_is_told_in_a_sentence(locked):
    rewrite(locked, content(locked) | {"format": 2})
    with pytest.raises(StorageError, match="newer version"):
        vault.unlock_with_code(locked, CODE)


def test_half_a_character_opens_nothing_and_locks_nothing(tmp_path, locked):
    with pytest.raises(WrongPassphraseError):
        vault.unlock(locked, PASSPHRASE + "\udcff")
    with pytest.raises(BadInputError, match="a character that cannot be used"):
        vault.create(tmp_path / "new.visits", PASSPHRASE + "\udcff")
    with pytest.raises(BadInputError, match="too long"):
        vault.create(tmp_path / "new.visits", "word " * 300)
    assert not vault.key_file(tmp_path / "new.visits").exists()


def test_a_code_of_another_file_opens_nothing(locked):
    with pytest.raises(WrongPassphraseError, match="This recovery code does not open this file"):
        vault.unlock_with_code(locked, recovery.as_code(bytes(20)))


@pytest.mark.parametrize("empty", ["", "   ", "\n"])
def test_an_empty_passphrase_locks_nothing(tmp_path, empty):
    with pytest.raises(BadInputError, match="empty"):
        vault.create(tmp_path / "new.visits", empty)
    assert list(tmp_path.iterdir()) == []
