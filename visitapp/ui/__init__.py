"""The window. Qt is used only here."""

import builtins

import PySide6.QtCore  # noqa: F401 - changes `__import__`

# From here on PySide would read the source of each module that is imported, to look for
# `from __feature__ import`, which nothing here uses: a fiftieth of the start.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
