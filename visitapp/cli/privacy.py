"""The command that searches a text for words that identify a person."""

import argparse
import json
from pathlib import Path

from visitapp.cli.commands import CommandTree
from visitapp.cli.output import OK
from visitapp.domain.errors import BadInputError
from visitapp.paths import read_bounded, reading
from visitapp.services.reports.privacy import look_at

_LARGEST = 2 * 1024 * 1024
"""In bytes; a long report has a few thousand."""


def add_to(commands: CommandTree) -> None:
    """Add this command."""
    text = "find names, numbers, addresses and offences in a text, line by line"
    command = commands.add("privacy", privacy, text)
    command.add_argument("text", type=Path, metavar="FILE", help="a text file in UTF-8")
    command.add_argument("--place", action="append", default=[], metavar="NAME",
                       help="a name that is never flagged")  # fmt: skip
    command.add_argument("--json", action="store_true", required=True)


def privacy(chosen: argparse.Namespace) -> int:
    """Print one JSON object for each line of the file: its number from 1, and spans in characters
    from 0."""
    for number, line in enumerate(_lines(chosen.text), 1):
        spans = [
            {"start": span.start, "end": span.end, "kind": span.kind}
            for span in look_at(line, chosen.place)
        ]
        print(json.dumps({"line": number, "spans": spans}))
    return OK


def _lines(path: Path) -> list[str]:
    """The lines of a text file. Raises BadInputError if it isn't one."""
    with reading(path):
        content = read_bounded(path, _LARGEST)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInputError(f"{path} is not a text file in UTF-8.") from None
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
