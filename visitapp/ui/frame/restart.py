"""Replace this process with a new one, so that nothing of a closed file stays in memory.

Python can't erase keys and texts from memory that it has freed. A new process never had them.
"""

import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from visitapp.ui.frame.restart_state import VARIABLE, RestartState

_NOT_HANDED_ON = ("VISITAPP_PASSPHRASE", VARIABLE)


def replace_process(state: RestartState) -> None:
    """Start the same program again with this state. On POSIX this call doesn't return, and the
    process id stays the same. On Windows another process starts, and this one ends after its
    events. Raises OSError if the program can't be started."""
    environment = {n: v for n, v in os.environ.items() if n not in _NOT_HANDED_ON}
    environment[VARIABLE] = state.for_environment()
    if getattr(sys, "frozen", False):
        environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    command = same_command(sys.orig_argv)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # None in a program without a terminal
            stream.flush()
    if sys.platform == "win32":
        import subprocess  # not needed for the start

        subprocess.Popen(command, executable=sys.executable, env=environment)  # noqa: S603 - our own command
        QCoreApplication.exit(0)
    else:
        os.execve(sys.executable, command, environment)  # noqa: S606 - our own command


def same_command(words: Sequence[str]) -> list[str]:
    """The command to start this program again: the one that started it, or `python -m visitapp` if
    that read the program from standard input."""
    if len(words) < 2 and not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "visitapp"]
    return [sys.executable, "-m", "visitapp"] if "-" in words[1:2] else list(words)
