"""Commands about what opens a file: another passphrase."""

import argparse
from pathlib import Path

from visitapp.cli.commands import Commands
from visitapp.cli.opening import asked_words, opened_by, records_path
from visitapp.cli.telling import OK
from visitapp.paths import passphrase_in


def add_to(commands: Commands) -> None:
    """Add these commands."""
    changed = commands.add(
        "passphrase", passphrase, "change the passphrase; the one before, or the code, opens it"
    )
    changed.add_argument(
        "--new-passphrase-file",
        type=Path,
        required=True,
        metavar="N",
        help="a file whose first line is the new passphrase",
    )


def passphrase(chosen: argparse.Namespace) -> int:
    new = passphrase_in(chosen.new_passphrase_file)
    path = records_path(chosen)
    words, by_code = asked_words(chosen, path)
    with opened_by(path, (words, by_code), hold=True) as opened:
        opened.services.maintenance.change_passphrase(words, new, by_code=by_code)
    print("The passphrase is changed. Backups made before still open with the old one.")
    return OK
