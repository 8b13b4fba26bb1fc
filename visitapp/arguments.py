"""Reads the program's arguments in the same way for the window and for each command."""

import argparse
from typing import NoReturn

from visitapp.domain.errors import BadInputError
from visitapp.domain.text.wording import capitalised

_LONGEST = 300
"""The most characters of a sentence about an argument, which may repeat a number with thousands of
digits."""


class Parser(argparse.ArgumentParser):
    """Reports wrong arguments in the same way as any other bad input."""

    def error(self, message: str) -> NoReturn:
        """Raises BadInputError."""
        short = message if len(message) <= _LONGEST else f"{message[: _LONGEST - 1]}\u2026"
        raise BadInputError(f"{capitalised(short)}. See {self.prog} --help.")
