"""Which file of records a command uses, its passphrase, and the period it is about."""

import argparse
import contextlib
import getpass
import os
import sys
from datetime import date
from pathlib import Path
from time import sleep
from uuid import UUID

from visitapp import bootstrap
from visitapp.bootstrap import nearby_files
from visitapp.domain.errors import (
    BadInputError,
    CantOpenError,
    DamagedError,
    HeldElsewhereError,
    HeldError,
    KeyFileError,
    NewerFileError,
    StorageError,
    WrongPassphraseError,
)
from visitapp.domain.period import Period
from visitapp.domain.text.clock_text import parse_date
from visitapp.domain.text.folding import folded
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.paths import is_taken, passphrase_in, whole_path
from visitapp.services import Services
from visitapp.services.records import unlocking

_TAKE_OVER = (
    "If visitapp is not running there, use --force. If both computers change the file, "
    "changes made on one of them will be lost."
)
TAKEN_OVER = "If it is still open there, changes made on one of the two computers will be lost."


def add_period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="start", metavar="D", help="first day, e.g. 2023-04-01")
    parser.add_argument("--to", dest="end", metavar="D", help="last day (included)")


def _day(text: str) -> date:
    return parse_date(text)


def asked_period(chosen: argparse.Namespace, services: Services) -> Period:
    """The period; if only one end is given, its reporting year provides the other."""
    start = None if chosen.start is None else _day(chosen.start)
    end = None if chosen.end is None else _day(chosen.end)
    year = services.setup.years().year_of(start or end or services.access.today())
    return Period(start or year.start, end or year.end)


def records_path(chosen: argparse.Namespace) -> Path:
    path: Path | None = getattr(chosen, "file", None)
    if path is None and os.environ.get("VISITAPP_FILE"):
        path = Path(os.environ["VISITAPP_FILE"])
    if path is not None and path.parts[:1] and path.parts[0].startswith("~"):
        path = whole_path(path)
    if path is None or not path.name:
        raise BadInputError("Say which file of records to use: --file F, or VISITAPP_FILE.")
    return path


def passphrase_from_options(chosen: argparse.Namespace) -> str | None:
    path: Path | None = getattr(chosen, "passphrase_file", None)
    if path is not None:
        return passphrase_in(path)
    return os.environ.get("VISITAPP_PASSPHRASE")


def asked_passphrase(chosen: argparse.Namespace) -> str:
    passphrase = passphrase_from_options(chosen)
    if passphrase is None and sys.stdin is not None and sys.stdin.isatty():
        with contextlib.suppress(EOFError):  # ended with Ctrl+D
            passphrase = getpass.getpass("Passphrase: ", stream=sys.stderr)
    if passphrase is None:
        raise CantOpenError("There is no passphrase. Use --passphrase-file or VISITAPP_PASSPHRASE.")
    return passphrase


def code_from_options(chosen: argparse.Namespace) -> str | None:
    path: Path | None = getattr(chosen, "code_file", None)
    return None if path is None else passphrase_in(path, "code file")


def asked_words(chosen: argparse.Namespace, path: Path) -> tuple[str, bool]:
    """The recovery code, if its file is given, otherwise the passphrase; and whether it is the
    code. After several wrong tries with the file this waits, and says so."""
    code = code_from_options(chosen)
    words = asked_passphrase(chosen) if code is None else code
    if seconds := unlocking.seconds_to_wait(path):
        print(
            f"{unlocking.waiting(seconds)} and try again. The last passphrases or codes were "
            "wrong.",
            file=sys.stderr,
        )
        sleep(seconds)
    return words, code is not None


def tidied(path: Path, *, take_over: bool = False) -> Path:
    """The same path, after finishing what a killed program left half done there and saying so."""
    for sentence in nearby_files.tidy(path, take_over=take_over):
        print(sentence, file=sys.stderr)
    return path


def opened_records(chosen: argparse.Namespace, *, hold: bool = False) -> bootstrap.OpenedFile:
    """The file of records for a command: held for writing, or opened without writing anything to it
    or beside it. If it is marked as open on another computer, it is held only with the option
    `--force`, where the command has that."""
    take_over = getattr(chosen, "take_over", None)
    try:
        path = tidied(records_path(chosen), take_over=bool(take_over))
        nearby_files.must_be_there(path)
        elsewhere = nearby_files.open_elsewhere(path) if hold and take_over else ""
        asked = asked_words(chosen, path)
        opened = opened_by(path, asked, hold=hold, take_over=bool(take_over))
    except HeldElsewhereError as error:
        raise error if take_over is None else HeldError(f"{error} {_TAKE_OVER}") from None
    if elsewhere:
        print(f"{elsewhere} {TAKEN_OVER}", file=sys.stderr)
    return opened


def opened_by(
    path: Path, asked: tuple[str, bool], *, hold: bool, take_over: bool = False
) -> bootstrap.OpenedFile:
    """A file opened by the result of `asked_words`."""
    words, by_code = asked
    opening = bootstrap.open_with_code if by_code else bootstrap.open_with_passphrase
    opened = opening(path, words, hold=hold, take_over=take_over, reading=not hold)
    for sentence in opened.notices:
        print(sentence, file=sys.stderr)
    return opened


def opened_to_back_up(chosen: argparse.Namespace) -> bootstrap.OpenedFile:
    """The file to be copied: held, so that it can record the copy. If somebody else holds it, or it
    can't be written to, it is only read."""
    path = tidied(records_path(chosen))
    nearby_files.must_be_there(path)
    asked = asked_words(chosen, path)
    try:
        return opened_by(path, asked, hold=True)
    except (WrongPassphraseError, NewerFileError, DamagedError, KeyFileError):
        raise
    except StorageError:
        return opened_by(path, asked, hold=False)


def is_damaged(chosen: argparse.Namespace) -> bool:
    """Whether a command failed because its file contains something unreadable. It doesn't ask for
    the passphrase again."""
    try:
        code = code_from_options(chosen)
        words = passphrase_from_options(chosen) if code is None else code
        return words is not None and bool(
            bootstrap.check_file(records_path(chosen), words, by_code=code is not None)
        )
    except Exception:  # noqa: BLE001 - while one fault is told, no second one takes its place
        return False


def must_be_free(path: Path | None, force: bool) -> None:
    """Raises BadInputError if the path is taken, before anything is calculated for it."""
    if path is None:
        return
    if is_taken(path) and not force:
        raise BadInputError(f"{path} already exists. Use --force to replace it.")
    if path.is_dir():
        raise BadInputError(f"{path} is a folder. Give the name of a file in it.")
    if not path.absolute().parent.is_dir():
        raise BadInputError(f"There is no folder {path.parent}.")


def asked_person(services: Services, name: str) -> UUID:
    """The id of the person of this name, or of whom they count as. Raises BadInputError without
    one."""
    wanted = folded(name)
    matches = [person for person in services.people.people() if folded(person.name) == wanted]
    if len(matches) != 1:
        raise BadInputError(f"There is nobody called {name} in the register.")
    return matches[0].same_as or matches[0].id


def add_sites(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--site",
        action="append",
        default=[],
        metavar="NAME",
        help="only visits to this site; as often as needed",
    )
    command.add_argument(
        "--group", metavar="NAME", help="only visits to the sites of this panel, region or operator"
    )


def asked_sites(
    chosen: argparse.Namespace, services: Services, period: Period
) -> ChosenSites | None:
    return services.chosen_sites.named(period, chosen.site, chosen.group)
