"""An office's copy with a folder of exchange."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.copies import Copies, make_copies


@pytest.fixture
def furnished_file(_furnished: Path) -> Path:
    """The builders' office as a file to copy."""
    return _furnished


@pytest.fixture
def copies(tmp_path: Path, furnished_file: Path, key: bytes) -> Iterator[Copies]:
    """The builders' office, and nobody joined."""
    office = make_copies(furnished_file, tmp_path / "folder", key)
    yield office
    office.close()
