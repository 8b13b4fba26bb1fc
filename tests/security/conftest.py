"""Here salts are drawn as the program draws them."""

import pytest

from tests.remembering import new_salt
from visitapp.security import vault


@pytest.fixture(autouse=True)
def _own_salts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "_new_salt", new_salt)
