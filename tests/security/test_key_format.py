"""Whatever lies in the key file's place is read or refused, at once and in a sentence."""

import json
import os
import random

import pytest

from tests.conftest import RECOVERY_SECRET
from visitapp.domain.errors import CantOpenError, KeyFileError, WrongPassphraseError
from visitapp.security import key_format, recovery, vault

CODE = recovery.as_code(RECOVERY_SECRET)


def text_of(locked):
    return vault.key_file(locked).read_text()


def put(locked, content):
    path = vault.key_file(locked)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def with_checksum(content):
    return json.dumps(content | {"checksum": key_format.checksum(content)})


def refusal(locked):
    """Why the code doesn't open it, or None; any other error is a fault of the program."""
    try:
        vault.unlock_with_code(locked, CODE)
    except CantOpenError as error:
        return error
    return None


def is_damaged(locked):
    with pytest.raises(KeyFileError) as told:
        vault.unlock_with_code(locked, CODE)
    assert "damaged" in str(told.value)
    assert str(told.value).endswith("estore a backup.")


def test_every_changed_bit_is_told_apart_from_a_wrong_code(locked):
    sound = vault.key_file(locked).read_bytes()
    opened = 0
    for place in range(len(sound)):
        bit = 1 << place % 8
        changed = bytes([sound[place] ^ bit])
        put(locked, sound[:place] + changed + sound[place + 1 :])
        told = refusal(locked)
        if told is None:  # white space for white space
            opened += 1
            assert sound[place : place + 1].isspace()
        else:
            assert "damaged" in str(told)
            assert not isinstance(told, WrongPassphraseError)
    assert opened < len(sound) // 20


def test_a_key_file_from_before_the_checksum_opens_and_gets_one_when_written(locked, key):
    content = json.loads(text_of(locked))
    del content["checksum"]
    put(locked, json.dumps(content, indent=1))
    assert vault.unlock_with_code(locked, CODE) == key
    code = vault.renew_code(locked, key)
    content = json.loads(text_of(locked))
    assert content["checksum"] == key_format.checksum(content)
    assert vault.unlock_with_code(locked, code) == key


NUMBERS = [
    "3", 3.0, 3.5, True, None, [], {}, -1, 0, 10**400, 1e308, "256", float("inf"), float("nan"),
]  # fmt: skip


@pytest.mark.parametrize("name", ["memory_kib", "passes", "lanes"])
@pytest.mark.parametrize("value", NUMBERS, ids=repr)
def test_an_odd_value_for_a_number_is_a_damaged_key_file(locked, name, value):
    content = json.loads(text_of(locked))
    content["passphrase"][name] = value
    put(locked, with_checksum(content))
    is_damaged(locked)


@pytest.mark.parametrize(
    "costs",
    [
        {"memory_kib": 4 * 1024 * 1024, "passes": 100},
        {"memory_kib": 4 * 1024 * 1024, "passes": 3},
        {"memory_kib": 384 * 1024, "passes": 6},
        {"memory_kib": 64 * 1024, "passes": 33},
        {"lanes": 65},
    ],
)
def test_a_derivation_that_takes_too_much_memory_or_time_is_not_begun(locked, costs):
    content = json.loads(text_of(locked))
    content["passphrase"] |= costs
    put(locked, with_checksum(content))
    is_damaged(locked)


@pytest.mark.parametrize("entry", ["passphrase", "recovery"])
@pytest.mark.parametrize("name", ["salt", "nonce", "sealed"])
@pytest.mark.parametrize("value", ["", "0", "zz" * 16, "0" * 30, "00" * 49, "AA" * 16, 5, [], " "])
def test_what_is_not_hexadecimal_or_of_another_length_is_damaged(locked, entry, name, value):
    content = json.loads(text_of(locked))
    content[entry][name] = value
    put(locked, with_checksum(content))
    is_damaged(locked)


@pytest.mark.parametrize(
    "text",
    [
        b"", b" ", b"\0" * 900, b"[" * 200_000, b"[" * 60_000, b'{"a":' * 10_000, b"9" * 5000,
        b"Infinity", b"NaN", b'"' + b"x" * 2000 + b'"', b"\xff\xfe{}", "\u00e9".encode(), b"{}",
        b'{"format": "1"}', b'{"format": true}', b'{"format": 1.0}', b'{"format": -3}',
        b'{"format": 1, "format": 1}', b'{"format": 1e400}', b'{"format": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda text: repr(text[:16]),
)  # fmt: skip
def test_text_that_is_no_key_file_is_damaged(locked, text):
    put(locked, text)
    is_damaged(locked)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text[:-40],
        lambda text: text + "x",
        lambda text: text.replace('"format": 1,', '"format": 1, "format": 1,'),
        lambda text: text.replace("argon2id", "argon2i"),
        lambda text: text.replace("hkdf-sha256", "hkdf-sha1"),
        lambda text: text.replace('"lanes": 4,', '"lanes": 4, "more": 1,'),
        lambda text: text + " " * key_format.MOST_BYTES,
    ],
)
def test_a_key_file_that_was_edited_is_damaged(locked, change):
    put(locked, change(text_of(locked)))
    is_damaged(locked)


def test_a_key_file_of_a_gigabyte_is_not_read(locked):
    with vault.key_file(locked).open("wb") as file:
        file.truncate(1 << 30)
    is_damaged(locked)


def test_a_folder_in_the_place_of_the_key_file_is_told(locked):
    vault.key_file(locked).unlink()
    vault.key_file(locked).mkdir()
    is_damaged(locked)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_in_the_place_of_the_key_file_is_not_waited_for(locked):
    vault.key_file(locked).unlink()
    os.mkfifo(vault.key_file(locked))
    is_damaged(locked)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden here")
def test_a_key_file_that_may_not_be_read_is_told(locked):
    vault.key_file(locked).chmod(0)
    with pytest.raises(CantOpenError, match="permissions"):
        vault.unlock_with_code(locked, CODE)


def _mutated(sound, chance):
    """One to four bytes or pieces changed, put in, taken out or doubled."""
    found = bytearray(sound)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(5):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                found[at:at] = chance.choice([b'"', b"[", b"{", b"1", b"-", b"e9", b"\0", b"\xff"])
            case 2:
                del found[at : at + chance.randint(1, 60)]
            case 3:
                found[at:at] = found[at : at + chance.randint(1, 200)]
            case _:
                found[at : at + 3] = chance.choice([b"null", b"true", b"1e999", b"[" * 3000])
    return bytes(found)


def _without_checksum(sound):
    content = json.loads(sound)
    del content["checksum"]
    return json.dumps(content).encode("ascii")


def _read_mutations(locked, count):
    chance = random.Random(7)
    sound = vault.key_file(locked).read_bytes()
    for source in (sound, _without_checksum(sound)):
        for _ in range(count):
            put(locked, _mutated(source, chance))
            told = refusal(locked)
            assert told is None or str(told).endswith(".")


def test_mutated_key_files_are_opened_or_refused_in_a_sentence(locked):
    _read_mutations(locked, 200)


@pytest.mark.long
def test_very_many_mutated_key_files_are_opened_or_refused_in_a_sentence(locked):
    _read_mutations(locked, 10_000)
