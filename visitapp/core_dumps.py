"""No picture of the memory is written when the process crashes: keys and texts stand in there."""

import contextlib
import sys
from pathlib import Path

_NO_FAULT_BOX = 0x0002
"""SEM_NOGPFAULTERRORBOX: Windows keeps no report of a crash."""
_KINDS_OF_MEMORY = Path("/proc/self/coredump_filter")


def refuse() -> None:
    """From now on, for this process and those it starts. What a system doesn't know is left out."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(ctypes.windll.kernel32.GetErrorMode() | _NO_FAULT_BOX)
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):  # Linux; the limit doesn't bind a program that takes dumps
        _KINDS_OF_MEMORY.write_text("0", encoding="ascii")
