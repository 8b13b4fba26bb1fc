"""Which file of records a command means, its passphrase, and the days it is asked about."""

import argparse
import contextlib
import getpass
import os
import sys
from datetime import date
from pathlib import Path

from visitapp import bootstrap
from visitapp.domain.clock_text import parse_date
from visitapp.domain.errors import BadInputError, CantOpenError
from visitapp.domain.period import Period, reporting_year
from visitapp.paths import passphrase_in
from visitapp.services import Services


def add_period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="start", metavar="D", help="first day, e.g. 2023-04-01")
    parser.add_argument("--to", dest="end", metavar="D", help="last day, included")


def _day(text: str) -> date:
    return parse_date(text)


def asked_period(chosen: argparse.Namespace, services: Services) -> Period:
    """The days asked for; one end alone is completed by its reporting year."""
    start = None if chosen.start is None else _day(chosen.start)
    end = None if chosen.end is None else _day(chosen.end)
    year = reporting_year(start or end or services.access.today())
    return Period(start or year.start, end or year.end)


def records_path(chosen: argparse.Namespace) -> Path:
    path: Path | None = getattr(chosen, "file", None)
    if path is None and os.environ.get("VISITAPP_FILE"):
        path = Path(os.environ["VISITAPP_FILE"])
    if path is None or not path.name:
        raise BadInputError("Say which file of records: --file F, or VISITAPP_FILE.")
    return path


def given_passphrase(chosen: argparse.Namespace) -> str | None:
    path: Path | None = getattr(chosen, "passphrase_file", None)
    if path is not None:
        return passphrase_in(path)
    return os.environ.get("VISITAPP_PASSPHRASE")


def asked_passphrase(chosen: argparse.Namespace) -> str:
    given = given_passphrase(chosen)
    if given is None and sys.stdin is not None and sys.stdin.isatty():
        with contextlib.suppress(EOFError):  # ended with Ctrl+D
            given = getpass.getpass("Passphrase: ", stream=sys.stderr)
    if given is None:
        raise CantOpenError("No passphrase: use --passphrase-file or VISITAPP_PASSPHRASE.")
    return given


def opened_records(chosen: argparse.Namespace, *, hold: bool = False) -> bootstrap.Opened:
    path = records_path(chosen)
    if not path.is_file():
        raise CantOpenError(f"There is no file {path}.")
    return bootstrap.open_with_passphrase(path, asked_passphrase(chosen), hold=hold)


def is_damaged(chosen: argparse.Namespace) -> bool:
    """Whether a command met a fault because its file holds what can't be read. Nobody is asked
    for the passphrase again."""
    try:
        given = given_passphrase(chosen)
        return given is not None and bool(bootstrap.check_file(records_path(chosen), given))
    except Exception:  # noqa: BLE001 - while one fault is told, no second one takes its place
        return False


def must_be_free(path: Path | None, force: bool) -> None:
    """Before anything is worked out for it. Raises BadInputError."""
    if path is None:
        return
    if path.exists() and not force:
        raise BadInputError(f"{path} is there already; --force writes over it.")
    if path.is_dir():
        raise BadInputError(f"{path} is a folder; name a file in it.")
    if not path.absolute().parent.is_dir():
        raise BadInputError(f"There is no folder {path.parent}.")
