"""An office's copy with a folder of exchange."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.copies import Copies, make_copies


@pytest.fixture
def copies(tmp_path: Path, _furnished: Path, key: bytes) -> Iterator[Copies]:
    """The builders' office, and nobody joined."""
    made = make_copies(_furnished, tmp_path / "folder", key)
    yield made
    made.close()
