"""The window. Qt lives here only."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide 6.12.0 gives back None, True and False without taking a reference, because from
    # Python 3.12 on they live for ever. Under 3.11 their counts run down to nought within a
    # few thousand calls of Qt, and the process ends; so here they are given references enough.
    # To go as soon as 3.11 does, or with a PySide that counts (6.11.3 does).
    for _constant in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_constant)).value += 1 << 40
