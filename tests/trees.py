"""The program as trees of Python's grammar, for tests of how it is written.

They are parsed once for a file of tests and let go after it: a million nodes, each of which garbage
collection would look at again and again.
"""

import ast
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TREES: dict[Path, ast.Module] = {}


def tree(path: Path) -> ast.Module:
    """A module, parsed once within `kept_for_a_while`."""
    if path not in _TREES:
        _TREES[path] = ast.parse(path.read_text(encoding="utf-8"))
    return _TREES[path]


@contextmanager
def kept_for_a_while() -> Iterator[None]:
    """Afterwards all trees are let go."""
    gc.disable()
    try:
        yield
    finally:
        _TREES.clear()
        gc.enable()
