"""The command that writes a copy to read."""

import argparse
from pathlib import Path

from visitapp.cli.commands import CommandTree
from visitapp.cli.keys import add_new_passphrase, say_code
from visitapp.cli.opening import opened_records
from visitapp.cli.output import OK
from visitapp.paths import passphrase_in, real_folder


def add_to(commands: CommandTree) -> None:
    """Add this command."""
    written = commands.add(
        "copy-to-read",
        copy_to_read,
        "write a copy for the policing body or an auditor, with a passphrase of its own: all that "
        "is counted, and nothing personal",
    )
    written.add_argument("--out", type=Path, required=True, metavar="F")
    add_new_passphrase(written)


def copy_to_read(chosen: argparse.Namespace) -> int:
    passphrase = passphrase_in(chosen.new_passphrase_file)
    with opened_records(chosen, hold=True) as opened:
        code = opened.services.readers_copy.write(real_folder(chosen.out), passphrase)
    done = (
        f"{chosen.out} is ready. Give it to the reader with its key file, and the passphrase by "
        "another way."
    )
    say_code(code, done, f"{chosen.out} is ready,")
    return OK
