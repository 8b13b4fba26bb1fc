"""Files that are read: only files, never more than was bargained for."""

import os
import socket
from pathlib import Path

import pytest

from visitapp.domain.errors import BadInputError
from visitapp.paths import read_bounded, reading

_REFUSED = r"Not an ordinary file|No such device or address"


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's whole path may have a hundred letters
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(here)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [_pipe, _folder, _socket, _device])
def test_what_only_looks_like_a_file_is_refused_and_never_waited_for(tmp_path, make):
    path = tmp_path / "odd"
    make(path)
    with pytest.raises(OSError, match=_REFUSED):
        read_bounded(path, 10)
    with pytest.raises(BadInputError, match=r"odd can't be read: .+\."), reading(path):
        read_bounded(path, 10)


def test_a_file_is_read_up_to_its_bound(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(bytes(3 * 2**20))
    assert read_bounded(path, 3 * 2**20) == bytes(3 * 2**20)
    with pytest.raises(OSError, match="too large"):
        read_bounded(path, 2**20)


def test_a_missing_file_is_told(tmp_path):
    path = tmp_path / "none"
    with pytest.raises(BadInputError, match="There is no file"), reading(path):
        read_bounded(path, 10)
