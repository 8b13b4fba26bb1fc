"""Forgets what functions of the program keep of earlier calls, as a test would otherwise not run
the lines whose results another test has kept. It is a plugin of pytest while reach is measured."""

import sys


def clear_caches() -> None:
    """Empty all caches of functions in loaded modules of the program."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "visitapp":
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def pytest_runtest_setup() -> None:
    clear_caches()
