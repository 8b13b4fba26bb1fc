"""Commands about volunteers: what runs out, which awards are due, and a certificate."""

import argparse
from pathlib import Path

from visitapp.cli.commands import CommandTree
from visitapp.cli.opening import asked_person, opened_records
from visitapp.cli.output import OK
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.expiry import NOTICE, expiries
from visitapp.domain.text.wording import long_date, number_of


def add_to(commands: CommandTree) -> None:
    """Add these commands."""
    listed = commands.add(
        "people", people, "whose vetting, identity card, term or training runs out, soonest first"
    )
    listed.add_argument(
        "--within",
        type=int,
        default=max(NOTICE),
        choices=NOTICE,
        metavar="DAYS",
        help=f"{max(NOTICE)} (as usual), 60, 30 or 7 days",
    )
    listed.add_argument(
        "--awards", action="store_true", help="the long-service awards that are due instead"
    )


def people(chosen: argparse.Namespace) -> int:
    with opened_records(chosen) as opened:
        services = opened.services
        if chosen.awards:
            for award in services.people.awards_due():
                years = number_of(award.years, "year")
                print(f"{award.person.name}: {years} on {long_date(award.due_on)}")
            return OK
        today = services.access.today()
        for item in expiries(services.people.people(), services.people.files(), today):
            if item.days_left(today) <= chosen.within:
                until = long_date(item.until_on)
                print(f"{item.person.name}: {item.words(today)}, {until}")
    return OK


def certificate(chosen: argparse.Namespace) -> int:
    with opened_records(chosen) as opened:
        services = opened.services
        person_id = asked_person(services, chosen.person)
        years = chosen.years
        if years is None:
            due = (
                award.years
                for award in services.people.awards_due()
                if award.person.id == person_id
            )
            years = next(due, None)
        if years is None:
            raise BadInputError(f"No award is due to {chosen.person}. Say for how many years.")
        services.people.save_certificate(person_id, years, chosen.out, force=chosen.force)
        print(chosen.out)
    return OK


def add_certificate(parser: argparse.ArgumentParser) -> None:
    """The options of the certificate, which is one of the documents to publish."""
    parser.add_argument("--person", required=True, metavar="NAME", help="a name in the register")
    parser.add_argument(
        "--years", type=int, metavar="N", help="for so many years; as usual the award that is due"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="F.pdf")
