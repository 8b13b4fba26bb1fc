"""A fresh process in place of this one, so that nothing of a closed file stays in its memory.

Python can't wipe what it held: keys and texts lie about in memory that was given back. A process
that begins again has none of it.
"""

import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from visitapp.ui.frame.coming_back import VARIABLE, ComeBack

_NOT_HANDED_ON = ("VISITAPP_PASSPHRASE", VARIABLE)


def replace_process(come_back: ComeBack) -> None:
    """Begin the same program again, to show what comes next. On POSIX it doesn't come back from
    here, under the same process id; on Windows another process begins, and this one ends with its
    events. Raises OSError where the program can't be started again."""
    environment = {n: v for n, v in os.environ.items() if n not in _NOT_HANDED_ON}
    environment[VARIABLE] = come_back.for_environment()
    if getattr(sys, "frozen", False):
        environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    command = same_command(sys.orig_argv)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a program without a terminal has none
            stream.flush()
    if sys.platform == "win32":
        import subprocess  # the start waits for nothing that it doesn't need

        subprocess.Popen(command, executable=sys.executable, env=environment)  # noqa: S603 - ourselves
        QCoreApplication.exit(0)
    else:
        os.execve(sys.executable, command, environment)  # noqa: S606 - ourselves


def same_command(words: Sequence[str]) -> list[str]:
    """How this process was started; one that read its program from standard input can't be
    started so again."""
    if len(words) < 2 and not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "visitapp"]
    return [sys.executable, "-m", "visitapp"] if "-" in words[1:2] else list(words)
