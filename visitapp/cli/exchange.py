"""Commands about the exchange between the office's copy and its visitors' copies."""

import argparse
import sys
from pathlib import Path
from uuid import UUID

from visitapp import bootstrap
from visitapp.cli.commands import CommandTree, add_force
from visitapp.cli.keys import say_code
from visitapp.cli.opening import asked_passphrase, must_be_free, opened_records, records_path
from visitapp.cli.telling import BAD_INPUT, OK, say
from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.messages import MessageError, taken_in_words
from visitapp.domain.text.folding import folded
from visitapp.paths import read_bounded
from visitapp.services import Services
from visitapp.services.saving import save_document

_MOST_BYTES = 32 << 20
"""No file of a message is as long."""


def add_to(commands: CommandTree) -> None:
    """Add these commands."""
    added = commands.add(
        "invite",
        invite,
        "invite a person to join with visitapp on their own computer. Prints the joining code, "
        "which you tell them by telephone",
    )
    added.add_argument("--person", required=True, metavar="NAME", help="a name in the register")
    added.add_argument(
        "--out", type=Path, required=True, metavar="F", help="the invitation to send them"
    )
    add_force(added)
    joined = commands.add(
        "join",
        join,
        "join a scheme by an invitation. Makes a new file of records, and a reply to send to the "
        "office",
    )
    joined.add_argument("invitation", type=Path, metavar="INVITATION", help="the invitation")
    joined.add_argument("--code", required=True, help="the joining code that your manager told you")
    joined.add_argument(
        "--reply", type=Path, required=True, metavar="R", help="the reply to send to the office"
    )
    taken = commands.add(
        "take-in",
        take_in,
        "take in messages that you were sent. The files are left where they are",
    )
    taken.add_argument("messages", type=Path, nargs="+", metavar="MESSAGE", help="a message")


def invite(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen, hold=True) as opened:
        person_id = _person(opened.services, chosen.person)
        invitation, _ = opened.services.exchange.invite(person_id)
        save_document(chosen.out, invitation.file, force=chosen.force)
    print(
        f"Send {chosen.out} to {chosen.person}, and tell them this joining code by telephone. It "
        f"works once, until {invitation.last_day_words}:",
        file=sys.stderr,
        flush=True,
    )
    print(invitation.code)
    return OK


def join(chosen: argparse.Namespace) -> int:
    path = records_path(chosen)
    code = bootstrap.join_scheme(
        chosen.invitation, chosen.code, path, asked_passphrase(chosen), chosen.reply
    )
    say_code(
        code,
        f"{path} is ready. Send {chosen.reply} to your manager.",
        f"{path} is ready,",
    )
    return OK


def take_in(chosen: argparse.Namespace) -> int:
    refused = False
    with opened_records(chosen, hold=True) as opened:
        for path in chosen.messages:
            try:
                taken, _ = opened.services.exchange.take_in(_read(path))
                print(f"{path}: {taken_in_words(taken)}")
            except MessageError as error:
                say(f"{path}: {error}", BAD_INPUT)
                refused = True
    return BAD_INPUT if refused else OK


def _read(path: Path) -> bytes:
    try:
        return read_bounded(path, _MOST_BYTES)
    except OSError as error:
        raise MessageError(f"The file can't be read: {error.strerror}.") from error


def _person(services: Services, name: str) -> UUID:
    wanted = folded(name)
    matches = [person for person in services.people.people() if folded(person.name) == wanted]
    if len(matches) != 1:
        raise BadInputError(f"There is nobody called {name} in the register.")
    return matches[0].id
