"""Copies of the program that write to each other: an office's and its visitors'."""

import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from tests.builders import CUSTODY, answers_of, confirmed, make_visit, sign
from visitapp import bootstrap
from visitapp.domain.report.report import Report
from visitapp.domain.report.visit import Visit
from visitapp.persistence.database import Database
from visitapp.security import joining_code
from visitapp.services import Services
from visitapp.services.access import Access
from visitapp.services.exchange import joining
from visitapp.services.exchange.folder import Exchanged
from visitapp.services.records.new_file import new_records

START = datetime(2025, 4, 10, 12, tzinfo=UTC)
DAY = date(2025, 4, 8)


@dataclass
class Clock:
    """A clock that the test moves on."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Copies:
    """An office's copy, and those of visitors by name, with one clock and one folder."""

    folder: Path
    office: Services
    clock: Clock
    visitors: dict[str, Services] = field(default_factory=dict)
    open_files: list[bootstrap.OpenedFile] = field(default_factory=list)

    def join(self, name: str, person_id: UUID) -> Services:
        """Invite somebody and let a new copy of theirs join; its services."""
        invitation, _ = self.office.exchange.invite(person_id)
        services = self.begin(name, invitation.file, invitation.code)
        self.office.exchange.take_in(services.exchange.reply())
        return services

    def begin(self, name: str, file: bytes, code: str, *, today: date | None = None,
              key: bytes = bytes(range(1, 33))) -> Services:  # fmt: skip
        """A visitor's copy that has opened an invitation and not yet answered."""
        secret = joining_code.secret_of(code)
        content = joining.opened_invitation(file, secret, today or self.clock().date())
        path = self.folder.parent / f"{name}-{len(self.open_files)}.visits"

        def fill(database: Database) -> None:
            access = Access(database, bootstrap.usual_actor(), self.clock)
            joining.begin(database, content, secret, access)

        new_records(path, key, fill)
        opened = bootstrap.open_with_key(path, key, clock=self.clock)
        self.open_files.append(opened)
        self.visitors[name] = opened.services
        return opened.services

    def exchange(self, *names: str) -> list[Exchanged]:
        """Each of these in turn ("office" is the office) exchanges through the folder."""
        return [self.of(name).folder.exchange(self.folder) for name in names]

    def of(self, name: str) -> Services:
        return self.office if name == "office" else self.visitors[name]

    def settle(self) -> None:
        """Everybody exchanges until nothing is due, with days between."""
        for _ in range(4):
            self.clock.move(days=2)
            self.exchange(*self.visitors, "office", *self.visitors)

    def close(self) -> None:
        for opened in self.open_files:
            opened.close()


def make_copies(template: Path, folder: Path, key: bytes) -> Copies:
    """An office with the builders' sites and people, and nobody joined."""
    folder.mkdir()
    path = Path(shutil.copy2(template, folder.parent / "office.visits"))
    clock = Clock()
    opened = bootstrap.open_with_key(path, key, clock=clock)
    return Copies(folder, opened.services, clock, open_files=[opened])


def written(services: Services, day: date = DAY, **changed: Any) -> Visit:
    """A report signed in a copy, with a form."""
    form = services.forms.form(CUSTODY)
    changed.setdefault("report", Report(form.number, answers_of(form)))
    return sign(services, make_visit(day, **changed))


def amended(
    services: Services, visit: Visit, reason: str = "A number was wrong.", **changed: Any
) -> Visit:
    """The next edition of a report."""
    draft, _ = services.drafts.replace(visit.id, reason)
    next_edition = replace(visit, id=uuid4(), confirmations=(), **changed)
    signed, _ = services.visits.sign(confirmed(services, next_edition), draft)
    return signed
