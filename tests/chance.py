"""What the program draws at random, drawn alike each time: ids, keys, moments and pairs.

A lucky draw hides nothing then, and an unlucky one stops nobody else.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from visitapp.planning import crews


@contextmanager
def drawn_alike(seed: str) -> Iterator[None]:
    """Within the block everything is drawn from a stream that depends on `seed` alone, and the
    solver has one thread: of several, the quickest decides."""
    stream = random.Random(seed).randbytes
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "urandom", stream)
        patched.setattr(random, "_urandom", stream)
        patched.setattr(crews, "_WORKERS", 1)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
    """What many tests share is the same whichever of them asks for it first. (A conftest would not
    be asked about what serves the whole session.)"""
    if fixturedef.scope == "function":
        return (yield)
    with drawn_alike(fixturedef.argname):
        return (yield)
