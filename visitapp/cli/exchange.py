"""Commands about the exchange between the office's copy and its visitors' copies."""

import argparse
import json
import sys
from pathlib import Path

from visitapp import bootstrap
from visitapp.arguments import Parser
from visitapp.cli.commands import CommandTree, add_force
from visitapp.cli.keys import print_code, say_code
from visitapp.cli.opening import (
    asked_passphrase,
    asked_person,
    must_be_free,
    opened_records,
    records_path,
)
from visitapp.cli.output import BAD_INPUT, OK, say
from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.messages import taken_in_words
from visitapp.domain.plan.late_visit import LateVisit
from visitapp.domain.text.wording import joined, long_date, number_of, out_of, plural
from visitapp.paths import passphrase_in, read_bounded, reading
from visitapp.services.exchange.inbox import InboxLine
from visitapp.services.records.keys import must_be_strong
from visitapp.services.saving import save_document

_MOST_BYTES = 32 << 20
"""No file of a message is as long."""


def add_to(commands: CommandTree) -> None:
    """Add these commands."""
    added = commands.add(
        "invite",
        invite,
        "invite a person to join with visitapp on their own computer. Prints the joining code, "
        "which you read out to them by telephone",
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
    joined.add_argument("--code", required=True, help="the joining code that your manager read out")
    joined.add_argument(
        "--reply", type=Path, required=True, metavar="R", help="the reply to send to the office"
    )
    brought = commands.add(
        "bring",
        bring,
        "sign the reports of a file that was begun without an invitation again in a file that has "
        "joined, so that they go to the office. The file that was begun is not changed",
    )
    brought.add_argument("begun", type=Path, metavar="BEGUN", help="the file that was begun")
    brought.add_argument(
        "--begun-passphrase-file",
        type=Path,
        metavar="P",
        help="its passphrase, where it is another one",
    )
    brought.add_argument(
        "--match",
        action="append",
        default=[],
        metavar="Old=New",
        help="a site or a person that has another name in the scheme",
    )
    taken = commands.add(
        "take-in",
        take_in,
        "take in messages that you were sent. The files are left where they are",
    )
    taken.add_argument("messages", type=Path, nargs="+", metavar="MESSAGE", help="a message")
    exchanged = commands.add(
        "exchange",
        exchange,
        "take in the messages in a folder, and put out the ones that are due",
    )
    exchanged.add_argument(
        "--folder", type=Path, required=True, metavar="D", help="the folder of exchange"
    )
    exchanged.add_argument("--json", action="store_true")
    arrived = commands.add(
        "inbox", inbox, "show the reports that came from visitors and wait for the office"
    )
    arrived.add_argument("--json", action="store_true")
    decisions = arrived.add_subparsers(dest="decision", metavar="DECISION", parser_class=Parser)
    accepted = commands.add("accept", accept, "accept reports, so that they count", under=decisions)
    accepted.add_argument("references", nargs="+", metavar="REF", help="the reference of a report")


def invite(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen, hold=True) as opened:
        person_id = asked_person(opened.services, chosen.person)
        invitation, _ = opened.services.exchange.invite(person_id)
        save_document(chosen.out, invitation.file, force=chosen.force)
    print_code(
        invitation.code,
        f"Send {chosen.out} to {chosen.person}, and read this joining code out to them by "
        f"telephone. It works once, until {invitation.last_day_words}:",
        "The joining code",
        "Invite the person again.",
    )
    return OK


def join(chosen: argparse.Namespace) -> int:
    path, passphrase = records_path(chosen), asked_passphrase(chosen)
    content = bootstrap.look_at_invitation(chosen.invitation, chosen.code)
    known = (path.stem, content.pack.office.name, content.pack.office.area, content.visitor.name)
    must_be_strong(passphrase, known)
    code = bootstrap.join_scheme(chosen.invitation, chosen.code, path, passphrase, chosen.reply)
    say_code(
        code,
        f"{path} is ready. Send {chosen.reply} to your manager.",
        f"{path} is ready,",
    )
    return OK


def bring(chosen: argparse.Namespace) -> int:
    names = dict(_match(text) for text in chosen.match)
    begun: Path | None = chosen.begun_passphrase_file
    passphrase = asked_passphrase(chosen) if begun is None else passphrase_in(begun)
    with bootstrap.open_with_passphrase(chosen.begun, passphrase, reading=True) as opened:
        reports, drafts = opened.services.bringing.begun()
    with opened_records(chosen, hold=True) as opened:
        brought, _ = opened.services.bringing.bring(reports, names)
    for report in brought:
        for problem in report.problems:
            say(f"{report.reference}: {problem}", BAD_INPUT)
        for warning in report.warnings:
            say(f"{report.reference}: {warning}", OK)
        if report.new_reference:
            before = "" if report.is_new else "  was here before"
            print(f"{report.reference}  {report.new_reference}{before}")
    if drafts:
        stay = plural(drafts, "1 draft stays", f"{drafts:,} drafts stay")
        print(f"{stay} in {chosen.begun}. Sign there what is finished.", file=sys.stderr)
    return BAD_INPUT if any(report.problems for report in brought) else OK


def _match(text: str) -> tuple[str, str]:
    old, sign, new = (part.strip() for part in text.partition("="))
    if not (sign and old and new):
        raise BadInputError(
            f"{text} is not a pair of names. Write the old name, =, and the new one."
        )
    return old, new


def take_in(chosen: argparse.Namespace) -> int:
    refused = False
    with opened_records(chosen, hold=True) as opened:
        for path in chosen.messages:
            try:
                (outcome,) = opened.services.exchange.take_in_files([_read(path)])
            except BadInputError as error:  # it can't be read
                say(error, BAD_INPUT)
                refused = True
                continue
            if outcome.taken:
                print(f"{path}: {taken_in_words(outcome.taken)}")
            if outcome.refusal is not None:
                say(f"{path}: {outcome.refusal}", BAD_INPUT)
                refused = True
    return BAD_INPUT if refused else OK


def exchange(chosen: argparse.Namespace) -> int:
    with opened_records(chosen, hold=True) as opened:
        result = opened.services.folder.exchange(chosen.folder)
        opened.services.retention.reduce_due()
    if chosen.json:
        answer = {
            "taken_in": dict(result.taken_in),
            "put_out": dict(result.put_out),
            "refused": [
                {"file": refused.name, "sentence": refused.sentence} for refused in result.refused
            ],
        }
        print(json.dumps(answer, indent=1, ensure_ascii=False))
    else:
        print(result.sentence)
    for refused in result.refused:
        print(f"{refused.name}: {refused.sentence}", file=sys.stderr)
    return OK


def inbox(chosen: argparse.Namespace) -> int:
    with opened_records(chosen) as opened:
        lines, late = opened.services.inbox.lines(), opened.services.inbox.late()
    if chosen.json:
        values = [*map(_plain, lines), *map(_plain_late, late)]
        print(json.dumps(values, indent=1, ensure_ascii=False))
        return OK
    for line in lines:
        grave = " An allegation." if line.is_grave else ""
        warned = f" {number_of(len(line.warnings), 'warning')}." if line.warnings else ""
        print(
            f"{line.ref}  {line.site_name}, {long_date(line.day)}, {joined(line.visitor_names)}: "
            f"{line.seen if line.held is None else out_of(line.seen, line.held)} seen, "
            f"{number_of(sum(number for _, number in line.issues), 'issue')}.{grave}{warned}"
        )
    for visit in late:
        print(
            f"No report yet: {visit.where}, {joined(visit.names)}, late since "
            f"{long_date(visit.since)}."
        )
    if not lines:
        print("No report waits for the office.")
    return OK


def accept(chosen: argparse.Namespace) -> int:
    with opened_records(chosen, hold=True) as opened:
        service = opened.services.inbox
        waiting = {line.ref: line.report_id for line in service.lines()}
        for reference in chosen.references:
            if reference not in waiting:
                raise BadInputError(f"No report {reference} waits in the inbox.")
        service.accept([waiting[reference] for reference in chosen.references])
    print(f"{number_of(len(chosen.references), 'report')} accepted.")
    return OK


def _plain(line: InboxLine) -> dict[str, object]:
    return {
        "ref": line.ref,
        "site": line.site_name,
        "date": line.day.isoformat(),
        "visitors": list(line.visitor_names),
        "seen": line.seen,
        "held": line.held,
        "issues": {str(severity): number for severity, number in line.issues},
        "allegation": line.is_grave,
        "edition": line.edition,
        "withdrawn": line.is_withdrawn,
        "amended_by_office": line.is_amended_here,
        "state": line.state.value,
        "question": line.question,
        "answer": line.answer,
        "warnings": list(line.warnings),
        "partners": [
            {
                "name": partner.name,
                "confirmed_at": answer.at.isoformat() if answer and answer.confirms else None,
                "wrong": answer.words if answer else "",
            }
            for partner in line.partners
            for answer in (partner.answer,)
        ],
    }


def _plain_late(visit: LateVisit) -> dict[str, object]:
    """An assigned visit without a report; it has no reference yet."""
    return {
        "ref": "",
        "site": visit.site_name,
        "from": visit.span.start.isoformat(),
        "to": visit.span.end.isoformat(),
        "visitors": list(visit.names),
        "state": "late",
        "since": visit.since.isoformat(),
    }


def _read(path: Path) -> bytes:
    with reading(path):
        return read_bounded(path, _MOST_BYTES)
