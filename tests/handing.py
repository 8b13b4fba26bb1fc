"""An office that is handed over from one manager's copy to the next one's."""

from pathlib import Path

from tests.copies import Copies
from visitapp import bootstrap
from visitapp.persistence import integrity, succession
from visitapp.persistence import report_tables as rt
from visitapp.security import copy_keys, handed_file
from visitapp.services import Services
from visitapp.services.records import taking_over

PASSPHRASE = "seven kettles behind the hedge"


class Handing:
    """Copies whose office can be handed over."""

    def __init__(self, copies: Copies) -> None:
        self.copies, self.files = copies, copies.folder.parent
        self.number = 0

    def hand_over(self, services: Services | None = None) -> tuple[Path, str]:
        """The file and its code."""
        self.number += 1
        path = self.files / f"office-{self.number}.visitoffice"
        code, _ = (services or self.copies.office).succession.hand_over(path, "Nia Newcome")
        return path, code

    def take_over(self, file: Path, code: str, name: str = "Nia Newcome") -> Services:
        """The services of the copy that took over; nobody else's change."""
        self.number += 1
        path = self.files / f"successor-{self.number}.visits"
        new = taking_over.take_over(
            file, handed_file.secret_of(code), path, PASSPHRASE, name,
            now=self.copies.clock(), clock=self.copies.clock,
        )  # fmt: skip
        opened = bootstrap.open_with_key(path, new.data_key, clock=self.copies.clock)
        self.copies.open_files.append(opened)
        return opened.services

    def succeed(self) -> tuple[Services, Services]:
        """Hand the office over; the copy that was left, and the one that goes on."""
        old = self.copies.office
        self.copies.office = self.take_over(*self.hand_over())
        return old, self.copies.office


def own_keys(services: Services) -> copy_keys.PublicKeys:
    own = services.exchange.own()
    assert own is not None
    return copy_keys.public_keys(own)


def office_known_to(services: Services) -> copy_keys.PublicKeys:
    (office,) = [
        copy
        for copy in services.exchange.copies()
        if copy.person_id is None and copy.revoked_at is None
    ]
    return office.keys


def events(services: Services) -> list[str]:
    with services.access.database.reading() as connection:
        return [row.event for row in connection.execute(rt.ledger.select())]


def is_sound(services: Services) -> bool:
    with services.access.database.reading() as connection:
        return list(integrity.contradictions(connection)) == []


def earlier(services: Services) -> int:
    with services.access.database.reading() as connection:
        return len(succession.earlier_keys(connection))


def long_after(copies: Copies) -> None:
    """Everybody exchanges once nobody looks for the keys of before any more."""
    copies.clock.move(days=20)
    copies.settle()


def refusals(copies: Copies, name: str) -> list[str]:
    (result,) = copies.exchange(name)
    return [refused.sentence for refused in result.refused]
