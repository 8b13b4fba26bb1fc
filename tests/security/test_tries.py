"""Wrong tries slow down, and lock nobody out."""

import json
import os

import pytest

from visitapp.paths import user_folder
from visitapp.security.tries import FREE_TRIES, LONGEST_SECONDS, Tries


class Time:
    """A clock that can be set, and a steady one that can't."""

    def __init__(self):
        self.clock, self.steady = 1_700_000_000.0, 50.0

    def pass_by(self, seconds):
        self.clock += seconds
        self.steady += seconds

    def tries(self):
        """As a new run of the program has them."""
        return Tries(lambda: self.clock, lambda: self.steady)


@pytest.fixture
def time():
    return Time()


def kept():
    return user_folder() / "tries.json"


def test_the_wait_grows_after_a_few_wrong_tries_up_to_a_bound(time, tmp_path):
    tries = time.tries()
    waits = [tries.wrong(tmp_path / "a.visits") for _ in range(9)]
    assert waits == [0, 0, 2, 4, 8, 16, 30, 30, 30]
    assert FREE_TRIES == 3
    assert tries.wait(tmp_path / "a.visits") == LONGEST_SECONDS
    assert tries.wait(tmp_path / "b.visits") == 0
    time.pass_by(29.5)
    assert tries.wait(tmp_path / "a.visits") == 0.5
    time.pass_by(1)
    assert tries.wait(tmp_path / "a.visits") == 0


def test_another_run_of_the_program_goes_on_counting(time, tmp_path):
    path = tmp_path / "a.visits"
    for _ in range(4):
        time.tries().wrong(path)
    assert time.tries().wait(path) == 4
    time.pass_by(3)
    assert time.tries().wait(path) == 1
    assert time.tries().wrong(path) == 8


def test_the_right_words_forget_the_wrong_ones(time, tmp_path):
    path = tmp_path / "a.visits"
    for _ in range(5):
        time.tries().wrong(path)
    assert kept().stat().st_mode & 0o077 == 0
    assert str(tmp_path) not in kept().read_text()
    time.tries().right(path)
    assert not kept().exists()
    assert time.tries().wrong(path) == 0


def test_a_clock_that_is_set_touches_nothing_within_one_run(time, tmp_path):
    path = tmp_path / "a.visits"
    tries = time.tries()
    for _ in range(5):
        tries.wrong(path)
    for change in (-10_000_000, 20_000_000):
        time.clock += change
        assert tries.wait(path) == 8
    time.steady += 8
    assert tries.wait(path) == 0


def test_a_clock_that_was_set_back_makes_no_wait_longer(time, tmp_path):
    path = tmp_path / "a.visits"
    for _ in range(4):
        time.tries().wrong(path)
    time.clock -= 1_000_000
    tries = time.tries()
    assert tries.wait(path) == 4
    time.pass_by(4)
    assert tries.wait(path) == 0


def test_a_day_forgets(time, tmp_path):
    path = tmp_path / "a.visits"
    for _ in range(9):
        time.tries().wrong(path)
    time.pass_by(24 * 60 * 60 + 1)
    assert time.tries().wrong(path) == 0


@pytest.mark.parametrize(
    "text",
    ["", "[", "[]", "7", '{"a": 1}', '{"a": [1]}', '{"a": ["1", 2.0]}', '{"a": [1, "x"]}',
     '{"a": [-1, 2.0]}', '{"a": [true, 2.0]}', '{"a": [1, NaN]}', "[" * 60_000, "\udcff"],
)  # fmt: skip
def test_a_record_that_makes_no_sense_is_nothing(time, tmp_path, text):
    user_folder().mkdir(parents=True)
    kept().write_bytes(text.encode("utf-8", "surrogateescape"))
    tries = time.tries()
    assert tries.wait(tmp_path / "a.visits") == 0
    for _ in range(3):
        tries.wrong(tmp_path / "a.visits")
    assert time.tries().wait(tmp_path / "a.visits") == 2


def test_a_record_that_can_not_be_written_still_slows_this_run(time, tmp_path):
    user_folder().parent.mkdir(parents=True)
    user_folder().write_text("a file in the folder's place")
    tries = time.tries()
    waits = [tries.wrong(tmp_path / "a.visits") for _ in range(4)]
    assert waits == [0, 0, 2, 4]


def test_only_so_many_files_are_remembered(time, tmp_path):
    for number in range(60):
        time.pass_by(1)
        time.tries().wrong(tmp_path / f"{number}.visits")
    assert len(json.loads(kept().read_text())) == 50


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_not_text_is_counted_too(time, tmp_path):
    assert time.tries().wrong(tmp_path / "\udcff.visits") == 0
