import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.settings import Settings, read_settings, write_settings

_SETTINGS = st.builds(
    Settings,
    theme=st.sampled_from(["system", "light", "dark"]),
    text_percent=st.integers(90, 200),
    last_file=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    lock_minutes=st.integers(1, 240),
    window=st.one_of(
        st.just(()),
        st.tuples(st.integers(-99, 99), st.integers(-9, 9), *[st.integers(1, 5000)] * 2),
    ),
    window_maximised=st.booleans(),
    navigation_shown=st.booleans(),
)


@given(_SETTINGS)
def test_settings_come_back_as_they_were_written(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "deep" / "settings.toml"
    write_settings(settings, path)
    assert read_settings(path) == settings


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"theme = ",
        b"\xff\xfe",
        b'theme = "pink"\ntext_percent = 900\nlock_minutes = true\nwindow = [1, 2]',
        b"text_percent = 99.5\nlast_file = 3\nwindow = [1, 2, 0, 5]",
        b'window = ["a", 2, 3, 4]\nunknown = 1',
    ],
)
def test_what_makes_no_sense_has_its_default(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    assert read_settings(path) == Settings()


def test_one_bad_setting_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "dark"\ntext_percent = 5000\n', encoding="utf-8")
    assert read_settings(path) == Settings(theme="dark")


def test_settings_that_are_not_there_are_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings()


@pytest.mark.parametrize(
    "content",
    [
        b"text_percent = " + b"9" * 5_000,
        b"window = " + b"[" * 50_000,
        b"lock_minutes = 1e999999",
        b"theme = 0000-00-00",
        b"#" * 1_000_000,
    ],
    ids=["digits", "brackets", "infinity", "day", "length"],
)
def test_what_no_reader_of_settings_can_take_keeps_nobody_out(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    assert read_settings(path) == Settings()


def test_a_pipe_in_the_place_of_the_settings_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.toml")
    assert read_settings(tmp_path / "settings.toml") == Settings()


def test_the_name_of_a_file_that_is_not_utf_8_comes_back(tmp_path: Path) -> None:
    settings = Settings(last_file=os.fsdecode(b"/home/a/caf\xe9.visits"))
    write_settings(settings, tmp_path / "settings.toml")
    assert read_settings(tmp_path / "settings.toml") == settings
