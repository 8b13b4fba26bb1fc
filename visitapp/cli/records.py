"""Commands for the file of records: new, demonstration, import, check, backup, restore."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from visitapp import bootstrap
from visitapp.bootstrap import nearby_files
from visitapp.cli import imports
from visitapp.cli.commands import CommandTree, add_force, add_take_over
from visitapp.cli.keys import say_code
from visitapp.cli.opening import (
    TAKEN_OVER,
    asked_words,
    must_be_free,
    opened_records,
    opened_to_back_up,
    passphrase_from_options,
    records_path,
    tidied,
)
from visitapp.cli.output import DAMAGED, OK, progress_on_stderr, say
from visitapp.domain.errors import BadInputError, CantOpenError, ContradictionsError
from visitapp.domain.office.body import UK_CASES, Law
from visitapp.domain.records.health import Health
from visitapp.domain.text.wording import number_of
from visitapp.paths import is_taken
from visitapp.services.records.exports import not_encrypted
from visitapp.services.records.keys import must_be_strong


def add_to(commands: CommandTree) -> None:
    """Add these commands."""
    creating = commands.add("new", new, "create an empty file of records with both schemes")
    creating.add_argument("records", nargs="?", type=Path, metavar="F", help="instead of --file")
    creating.add_argument(
        "--law",
        choices=[law.value for law in Law],
        default=Law.ENGLAND_AND_WALES.value,
        help="under which the scheme visits: it decides the words of reports",
    )
    shown = commands.add("demo", demo, "save the demonstration and its documents in a folder")
    shown.add_argument("--out", type=Path, required=True, metavar="DIR")
    imports.add_to(commands)
    listed = commands.add(
        "export",
        export,
        "write the lists of visits, detainees, issues, answers and people as a workbook, or the "
        "whole scheme as JSON, without plans and keys. Neither is encrypted, and the JSON has "
        "people’s contact details and custody numbers",
    )
    listed.add_argument("--out", type=Path, required=True, metavar="F.xlsx|F.json")
    add_force(listed)
    checked = commands.add("check", check, "look for damage in the file")
    checked.add_argument(
        "--against", metavar="LINE", help='the line from a printed page: "1234 7F3A-92C1-0B4D"'
    )
    again = commands.add(
        "count-again", count_again, "count the answers of all reports again, if check says so"
    )
    add_take_over(again)
    saved = commands.add(
        "salvage", salvage, "save what can be read from a damaged file in a new file"
    )
    saved.add_argument("--out", type=Path, required=True, metavar="F")
    kept = commands.add("backup", backup, "save a copy that can be restored")
    kept.add_argument("--out", type=Path, required=True, metavar="F")
    add_force(kept)
    restoring = commands.add("restore", restore, "restore a backup as the file of records")
    restoring.add_argument("backup", type=Path, metavar="BACKUP")
    restoring.add_argument(
        "--accept-contradictions",
        action="store_true",
        help="restore a backup even if some of its records contradict each other",
    )
    restoring.add_argument(
        "--force",
        action="store_true",
        help="replace an existing file, and keep the old one under another name. This also "
        "replaces a file that seems to be open on another computer; if it really is open "
        "there, changes can be lost",
    )


def new(chosen: argparse.Namespace) -> int:
    if chosen.records is not None:
        chosen.file = chosen.records
    path = tidied(records_path(chosen))
    passphrase = passphrase_from_options(chosen)
    if passphrase is None:
        raise CantOpenError("There is no passphrase. Use --passphrase-file or VISITAPP_PASSPHRASE.")
    must_be_strong(passphrase, (path.stem, *os.environ.get("USER", "").split()))
    body = next(body for _, body in UK_CASES if body.law.value == chosen.law)
    code = bootstrap.create_file(path, passphrase, body=body)
    say_code(code, f"{path} has been made.", f"{path} has been made,")
    return OK


def export(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen) as opened:
        number = opened.services.exports.save(chosen.out, force=chosen.force)
    print(chosen.out)
    say(f"{number_of(number, 'visit')} written. {not_encrypted(chosen.out)}", OK)
    return OK


def demo(chosen: argparse.Namespace) -> int:
    passphrase = passphrase_from_options(chosen) or bootstrap.DEMONSTRATION_PASSPHRASE
    with progress_on_stderr() as progress:
        written = bootstrap.write_demonstration(chosen.out, passphrase, progress)
    for path in written:
        print(path)
    return OK


def check(chosen: argparse.Namespace) -> int:
    path = tidied(records_path(chosen))
    words, by_code = asked_words(chosen, path)
    health = bootstrap.look_at_file(path, words, by_code=by_code)
    for sentence in (*health.faults, *health.notes):
        print(sentence)
    if not health.faults:
        print("No damage found.")
    if health.anchor is not None:
        print(health.anchor.sentence)
    agrees = True
    if chosen.against is not None and not health.damage:
        compared = bootstrap.compare_file(path, words, chosen.against, by_code=by_code)
        print(compared.sentence)
        agrees = compared.agrees
    for sentence in nearby_files.about_other_computers(path):
        print(sentence, file=sys.stderr)
    if health.damage:
        return say("The file is damaged. Restore a backup.", DAMAGED)
    if health.contradictions:
        return say(
            "Some records in the file contradict each other. Compare the file with a backup.",
            DAMAGED,
        )
    return OK if agrees else DAMAGED


def count_again(chosen: argparse.Namespace) -> int:
    with opened_records(chosen, hold=True) as opened:
        opened.services.maintenance.count_answers_again()
    print("The answers of all reports have been counted again.")
    return OK


def salvage(chosen: argparse.Namespace) -> int:
    path = tidied(records_path(chosen))
    words, by_code = asked_words(chosen, path)
    saved = bootstrap.salvage_file(path, words, tidied(chosen.out), by_code=by_code)
    print(saved.sentence)
    return OK


def backup(chosen: argparse.Namespace) -> int:
    must_be_free(tidied(chosen.out), chosen.force)
    with opened_to_back_up(chosen) as opened:
        kept, health = opened.services.maintenance.backup_and_look(chosen.out, force=chosen.force)
    _say_where_kept(kept)
    print(chosen.out)
    _say_health(health)
    return OK


def _say_health(health: Health) -> None:
    """Report the health of records that have just been copied, since the copy has the same
    faults."""
    lines = [*health.faults, *health.notes]
    if health.faults:
        lines.append(
            "The backup was made, and has the same problems. Compare it with an earlier backup."
        )
    if health.anchor is not None:
        lines.append(health.anchor.sentence)
    for line in lines:
        print(line, file=sys.stderr)


def restore(chosen: argparse.Namespace) -> int:
    path = tidied(records_path(chosen), take_over=chosen.force)
    if is_taken(path) and not chosen.force:
        raise BadInputError(
            f"{path} already exists. Use --force to replace it. The old file is kept under another "
            "name."
        )
    elsewhere = nearby_files.open_elsewhere(path)
    words, by_code = asked_words(chosen, chosen.backup)

    def accept(sentences: Sequence[str]) -> bool:
        for sentence in sentences:
            print(sentence, file=sys.stderr)
        return chosen.accept_contradictions or _says_yes("Restore it anyway? (yes or no) ")

    try:
        kept = bootstrap.restore_file(
            chosen.backup, path, words, by_code=by_code, force=chosen.force,
            take_over=chosen.force, accept=accept,
        )  # fmt: skip
    except ContradictionsError as error:
        raise BadInputError(
            f"{error} Nothing was restored. To restore it anyway, add --accept-contradictions."
        ) from error
    _say_where_kept(kept)
    if elsewhere:
        print(f"{elsewhere} {TAKEN_OVER}", file=sys.stderr)
    print(path)
    return OK


def _says_yes(question: str) -> bool:
    """Ask a yes-or-no question on a terminal; without a terminal the answer is no."""
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _say_where_kept(kept: Path | None) -> None:
    if kept is not None:
        print(f"The old file is now called {kept}.", file=sys.stderr)
