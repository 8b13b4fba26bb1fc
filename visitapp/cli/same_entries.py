"""Commands that count two entries of one person, or of one site, together and apart again."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from visitapp.cli.commands import CommandTree, add_take_over
from visitapp.cli.opening import opened_records
from visitapp.cli.output import OK
from visitapp.domain.errors import BadInputError
from visitapp.domain.moment import uk_time
from visitapp.domain.office.same_entry import SameEntry
from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import long_date
from visitapp.services import Services
from visitapp.services.year.same_people import SamePeopleService
from visitapp.services.year.same_sites import SameSitesService


class _Kind(NamedTuple):
    """What is asked of entries of a kind: the service that decides, their names by id, and what is
    said of a name that there isn't, of an entry that counts by itself, and of one by `itself`."""

    service: Callable[[Services], SamePeopleService | SameSitesService]
    names: Callable[[Services], Mapping[UUID, str]]
    not_there: str
    alone: str
    itself: str


_PEOPLE = _Kind(
    lambda services: services.same_people,
    lambda services: {person.id: person.name for person in services.people.people()},
    "There is nobody called {} in the register.",
    "{} counts as nobody else.",
    "themselves",
)
_SITES = _Kind(
    lambda services: services.same_sites,
    lambda services: {site.id: site.name for site in services.same_sites.entered()},
    "There is no site called {}.",
    "{} counts as no other site.",
    "itself",
)


def add_to(commands: CommandTree) -> None:
    for name, act, what in (
        ("same-person", same_person, "the register together, as they are of the same person"),
        ("same-site", same_site, "the sites together, as they are of the same place"),
    ):
        same = commands.add(
            name,
            act,
            f"count two entries of {what}, or apart again; without names, list what was decided",
        )
        same.add_argument(
            "entry", nargs="?", metavar="NAME", help="the entry that counts as the other"
        )
        same.add_argument(
            "kept", nargs="?", metavar="KEPT", help="the entry under which both count"
        )
        same.add_argument("--why", default="", metavar="WORDS", help="why they are the same")
        same.add_argument("--dry-run", action="store_true", help="only show what would be counted")
        same.add_argument("--undo", action="store_true", help="count the entry by itself again")
        add_take_over(same)


def same_person(chosen: argparse.Namespace) -> int:
    return _decide(chosen, _PEOPLE)


def same_site(chosen: argparse.Namespace) -> int:
    return _decide(chosen, _SITES)


def _decide(chosen: argparse.Namespace, kind: _Kind) -> int:
    writes = chosen.entry is not None and not chosen.dry_run
    with opened_records(chosen, hold=writes) as opened:
        services = opened.services
        service, names = kind.service(services), kind.names(services)
        if chosen.entry is None:
            for item in service.decisions():
                print(_words(item, names))
            return OK
        entry_id = _entry(kind, names, chosen.entry)
        name = names[entry_id]
        if chosen.undo:
            held = (item for item in service.decisions() if item.holds)
            decision = next((item for item in held if item.entry_id == entry_id), None)
            if decision is None:
                raise BadInputError(kind.alone.format(name))
            if writes:
                service.count_apart(decision.id)
            print(f"{name} {'is' if writes else 'would be'} counted by {kind.itself} again.")
            return OK
        if chosen.kept is None:
            raise BadInputError(f"Name the entry under which {chosen.entry} is to be counted.")
        kept_id = _entry(kind, names, chosen.kept)
        for line in _lines(service, entry_id, kept_id):
            print(line)
        if writes:
            service.count_as(entry_id, kept_id, chosen.why)
            print(f"{name} counts as {names[kept_id]} from now on.")
    return OK


def _lines(
    service: SamePeopleService | SameSitesService, entry_id: UUID, kept_id: UUID
) -> Sequence[str]:
    if isinstance(service, SameSitesService):
        return service.together(entry_id, kept_id)
    return service.together(entry_id, kept_id).lines


def _entry(kind: _Kind, names: Mapping[UUID, str], name: str) -> UUID:
    """The id of the entry of this name. Raises BadInputError without one, or for several."""
    matches = [entry_id for entry_id, other in names.items() if folded(other) == folded(name)]
    if len(matches) != 1:
        raise BadInputError(kind.not_there.format(name))
    return matches[0]


def _words(item: SameEntry, names: Mapping[UUID, str]) -> str:
    words = f"{names[item.entry_id]} counts as {names[item.kept_id]}"
    by = f"{item.by}, {long_date(uk_time(item.at).date())}: {item.why}"
    undone = item.withdrawn_at
    end = undone and f" (undone by {item.withdrawn_by}, {long_date(uk_time(undone).date())})"
    return f"{words}. {by}{end or ''}"
