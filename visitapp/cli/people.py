"""Commands about volunteers: what runs out, awards, a certificate, and two who are one."""

import argparse
from pathlib import Path

from visitapp.cli.commands import CommandTree, add_take_over
from visitapp.cli.opening import asked_entry, asked_person, opened_records
from visitapp.cli.output import OK
from visitapp.domain.errors import BadInputError
from visitapp.domain.moment import uk_time
from visitapp.domain.office.expiry import NOTICE, expiries
from visitapp.domain.text.wording import long_date, number_of
from visitapp.services import Services


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
    same = commands.add(
        "same-person",
        same_person,
        "count two entries of the register together, as they are of the same person, or apart "
        "again; without names, list what was decided",
    )
    same.add_argument("entry", nargs="?", metavar="NAME", help="the entry that counts as the other")
    same.add_argument("kept", nargs="?", metavar="KEPT", help="the entry under which both count")
    same.add_argument("--why", default="", metavar="WORDS", help="why they are the same person")
    same.add_argument("--dry-run", action="store_true", help="only show what would be counted")
    same.add_argument("--undo", action="store_true", help="count the entry by itself again")
    add_take_over(same)


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


def same_person(chosen: argparse.Namespace) -> int:
    writes = chosen.entry is not None and not chosen.dry_run
    with opened_records(chosen, hold=writes) as opened:
        services = opened.services
        if chosen.entry is None:
            _list_decisions(services)
        elif chosen.undo:
            _count_apart(services, chosen.entry)
        elif chosen.kept is None:
            raise BadInputError(f"Name the entry under which {chosen.entry} is to be counted.")
        else:
            entry, kept = (asked_entry(services, name) for name in (chosen.entry, chosen.kept))
            for line in services.same_people.together(entry.id, kept.id).lines:
                print(line)
            if writes:
                services.same_people.count_as(entry.id, kept.id, chosen.why)
                print(f"{entry.name} counts as {kept.name} from now on.")
    return OK


def _list_decisions(services: Services) -> None:
    names = {person.id: person.name for person in services.people.people()}
    for item in services.same_people.decisions():
        words = f"{names[item.person_id]} counts as {names[item.kept_id]}"
        by = f"{item.by}, {long_date(uk_time(item.at).date())}: {item.why}"
        undone = item.withdrawn_at
        end = undone and f" (undone by {item.withdrawn_by}, {long_date(uk_time(undone).date())})"
        print(f"{words}. {by}{end or ''}")


def _count_apart(services: Services, name: str) -> None:
    entry = asked_entry(services, name)
    held = (item for item in services.same_people.decisions() if item.holds)
    decision = next((item for item in held if item.person_id == entry.id), None)
    if decision is None:
        raise BadInputError(f"{entry.name} counts as nobody else.")
    services.same_people.count_apart(decision.id)
    print(f"{entry.name} is counted by themselves again.")


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
