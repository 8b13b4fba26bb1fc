"""Commands that hand an office over to the next manager."""

import argparse
from pathlib import Path

from visitapp.bootstrap import succession
from visitapp.cli.commands import CommandTree, add_force
from visitapp.cli.keys import print_code, say_code
from visitapp.cli.opening import asked_passphrase, must_be_free, opened_records, records_path
from visitapp.cli.output import OK, progress_on_stderr
from visitapp.services.records.keys import must_be_strong


def add_to(commands: CommandTree) -> None:
    """Add these commands."""
    handed = commands.add(
        "hand-over",
        hand_over,
        "hand the office over to the next manager: one file with the whole records, and a code. "
        "Prints the code, which you read out by telephone. Nothing changes in your own file from "
        "then on",
    )
    handed.add_argument(
        "--out", type=Path, required=True, metavar="F", help="the file for the next manager"
    )
    handed.add_argument("--to", default="", metavar="NAME", help="the name of the next manager")
    add_force(handed)
    back = commands.add(
        "take-back", take_back, "go on with an office that was handed over and nobody took over"
    )
    back.add_argument(
        "--folder", type=Path, metavar="D", help="the folder of exchange, to look there first"
    )
    taken = commands.add(
        "take-over",
        take_over,
        "take over an office that was handed over. Makes a new file of records",
    )
    taken.add_argument("office", type=Path, metavar="F", help="the file from the manager before")
    taken.add_argument("--code", required=True, help="the code that was read out to you")
    taken.add_argument("--name", default="", metavar="NAME", help="your name")


def hand_over(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen, hold=True) as opened, progress_on_stderr() as progress:
        code, _ = opened.services.succession.hand_over(
            chosen.out, chosen.to, force=chosen.force, progress=progress
        )
    who = chosen.to.strip() or "the next manager"
    print_code(
        code,
        f"The office was handed over. Your own file can be read but not changed from now on. Give "
        f"{chosen.out} to {who}, and read this code out to them by telephone. It is shown only "
        "once and works once:",
        "The code",
        "Take the office back, and hand it over again.",
    )
    return OK


def take_back(chosen: argparse.Namespace) -> int:
    with opened_records(chosen, hold=True) as opened:
        service = opened.services.succession
        if chosen.folder is not None:
            service.look_for_successor(chosen.folder)
        service.take_back()
    print("The office is back. The file that you made for the next manager is of no use any more.")
    return OK


def take_over(chosen: argparse.Namespace) -> int:
    path, passphrase = records_path(chosen), asked_passphrase(chosen)
    succession.look(chosen.office, chosen.code)
    must_be_strong(passphrase, (path.stem, chosen.name))
    with progress_on_stderr() as progress:
        code = succession.take_over(
            chosen.office, chosen.code, path, passphrase, name=chosen.name, progress=progress
        )
    say_code(
        code,
        f"{path} is ready. Visitors get to know of it at the next exchange.",
        f"{path} is ready,",
    )
    return OK
