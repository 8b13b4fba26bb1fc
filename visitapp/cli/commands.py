"""Commands with their options, and what all commands share."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from visitapp import __version__
from visitapp.arguments import Parser

_Group: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - it has no public name
Run = Callable[[argparse.Namespace], int]


class _Licences(argparse.Action):
    """Prints the licences and exits, as `--version` does."""

    def __call__(self, parser: argparse.ArgumentParser, *_rest: object) -> None:
        from visitapp.services.office.licences import notices  # read only if asked for

        sys.stdout.write(notices())
        parser.exit()


class CommandTree:
    """The tree of commands, to which each module adds its own."""

    def __init__(self) -> None:
        self._shared = Parser(add_help=False, argument_default=argparse.SUPPRESS)
        self._shared.add_argument("--file", type=Path, metavar="F", help="the file of records")
        self._shared.add_argument(
            "--passphrase-file",
            type=Path,
            metavar="P",
            help="a file whose first line is the passphrase",
        )
        self._shared.add_argument(
            "--code-file",
            type=Path,
            metavar="C",
            help="a file whose first line is the recovery code, used instead of the passphrase",
        )
        self.parser = Parser(
            prog="visitapp",
            parents=[self._shared],
            description="Records, coverage and annual report for custody and animal welfare "
            "visiting. With no command, visitapp opens its window.",
        )
        self.parser.add_argument("--version", action="version", version=f"visitapp {__version__}")
        self.parser.add_argument(
            "--licences",
            action=_Licences,
            nargs=0,
            help="show the licences of everything visitapp is built on",
        )
        self._top = self.parser.add_subparsers(
            dest="command", metavar="COMMAND", required=True, parser_class=Parser
        )

    def add(self, name: str, run: Run, text: str, *, under: "_Group | None" = None) -> Parser:
        """Add a command with its help text."""
        group = under or self._top
        added = group.add_parser(name, parents=[self._shared], help=text, description=text)
        added.set_defaults(run=run)
        return added


def add_force(parser: Parser) -> None:
    """`--force`, for commands that write a file."""
    parser.add_argument("--force", action="store_true", help="replace an existing file")


def add_take_over(parser: Parser) -> None:
    """`--force`, for commands that change a file of records."""
    parser.add_argument(
        "--force",
        dest="take_over",
        action="store_true",
        help="carry on even if the file seems to be open on another computer. If it really is open "
        "there, changes made on one of the two computers will be lost",
    )
