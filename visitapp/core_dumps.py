"""Keeps the memory from being written to the disk if the process crashes, since it has keys and
texts."""

import contextlib
import sys
from pathlib import Path

_NO_FAULT_BOX = 0x0002
"""SEM_NOGPFAULTERRORBOX: Windows doesn't report the crash."""
_KINDS_OF_MEMORY = Path("/proc/self/coredump_filter")


def refuse() -> None:
    """From now on, for this process and those it starts. Settings that a system doesn't have are
    skipped."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(ctypes.windll.kernel32.GetErrorMode() | _NO_FAULT_BOX)
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Linux; the limit doesn't stop a program that collects dumps
    with contextlib.suppress(OSError):
        _KINDS_OF_MEMORY.write_text("0", encoding="ascii")
