"""Commands about what opens a file: a new passphrase, new keys."""

import argparse
import sys
from pathlib import Path

from visitapp.arguments import Parser
from visitapp.bootstrap import key_change, nearby_files
from visitapp.cli.commands import CommandTree, add_take_over
from visitapp.cli.opening import asked_words, opened_by, records_path, tidied
from visitapp.cli.output import OK, progress_on_stderr
from visitapp.domain.errors import BadInputError
from visitapp.domain.records.backups import old_backups_words
from visitapp.paths import passphrase_in


def add_to(commands: CommandTree) -> None:
    """Add these commands."""
    changed = commands.add(
        "passphrase",
        passphrase,
        "change the passphrase. You need the current passphrase or the recovery code",
    )
    add_new_passphrase(changed)
    keys = commands.add(
        "change-keys",
        change_keys,
        "encrypt the records with new keys, so that old key files no longer open them",
    )
    add_new_passphrase(keys)
    add_take_over(keys)


def add_new_passphrase(parser: Parser) -> None:
    """The option that names a file with a new passphrase."""
    parser.add_argument(
        "--new-passphrase-file",
        type=Path,
        required=True,
        metavar="N",
        help="a file whose first line is the new passphrase",
    )


def say_code(code: str, done: str, but: str) -> None:
    """Print a recovery code. `done` says what was done, `but` begins the sentence about the lost
    code."""
    before = f"{done} This recovery code is shown only once. Write it down and keep it safe:"
    print_code(
        code, before, f"{but} but its recovery code", "You can make another code in Settings."
    )


def print_code(code: str, before: str, what: str, then: str) -> None:
    """Print only a code on standard output, and the words `before` it on standard error. Raises
    BadInputError if it can't be written: `what` can't be shown, and `then` is to be done."""
    print(before, file=sys.stderr, flush=True)
    try:
        print(code, flush=True)
    except OSError as error:
        raise BadInputError(f"{what} can't be shown: {error.strerror}. {then}") from error


def change_keys(chosen: argparse.Namespace) -> int:
    new = passphrase_in(chosen.new_passphrase_file)
    path = tidied(records_path(chosen), take_over=chosen.take_over)
    nearby_files.must_be_there(path)
    words, by_code = asked_words(chosen, path)
    with progress_on_stderr() as progress:
        new_keys = key_change.change_keys(
            path, words, new, by_code=by_code, take_over=chosen.take_over, progress=progress
        )
    if new_keys.left is not None:
        print(nearby_files.about_old_keys(new_keys.left), file=sys.stderr)
    done = (
        f"{path} has new keys. Backups made before now still open with the old passphrase and the "
        "old recovery code, and visitapp can't change them. Delete the ones you don't need, and "
        f"save a new one. {old_backups_words(new_keys.backups)}".rstrip()
    )
    say_code(new_keys.recovery_code, done, f"{path} has new keys,")
    return OK


def passphrase(chosen: argparse.Namespace) -> int:
    new = passphrase_in(chosen.new_passphrase_file)
    path = records_path(chosen)
    words, by_code = asked_words(chosen, path)
    with opened_by(path, (words, by_code), hold=True) as opened:
        opened.services.maintenance.change_passphrase(words, new, by_code=by_code)
    print("Passphrase changed. Backups made before now still open with the old one.")
    return OK
