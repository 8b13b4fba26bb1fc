"""Start: the window if no command is given, otherwise the command line, which doesn't use Qt."""

import gc
import sys

from visitapp import core_dumps

_VALUED = ("--file", "--passphrase-file")
_PLAIN = ("--demonstration",)


def wants_window(arguments: list[str]) -> bool:
    """Whether the arguments contain no command: at most a file and a passphrase file, or the
    demonstration in a temporary folder."""
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word in _VALUED:
            del rest[:1]
        elif word not in _PLAIN and not word.startswith(tuple(f"{option}=" for option in _VALUED)):
            return False
    return True


def before_qt() -> None:
    """Preparations that make the window start faster if done before Qt is loaded."""
    gc.disable()  # until the window collects by itself: `ui.frame.collector`
    # Once Qt is loaded, PySide reads the source of each module that is imported.
    import visitapp.bootstrap
    import visitapp.services.records.unsaved_work
    import visitapp.services.year.home
    import visitapp.settings  # noqa: F401


def main() -> int:
    """Run visitapp. Returns the exit code."""
    core_dumps.refuse()
    arguments = sys.argv[1:]
    if wants_window(arguments):
        before_qt()
        from visitapp.ui.application import main as window  # Qt is loaded only for the window

        return window(arguments)
    from visitapp.cli import main as command

    return command(arguments)


if __name__ == "__main__":
    sys.exit(main())
