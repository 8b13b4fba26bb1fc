"""A visitor's own file that was begun without an invitation, with a passphrase."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

from tests.builders import CUSTODY, SCHEME_IDS, answers_of, furnish, make_visit, sign
from tests.conftest import NOW, PASSPHRASE
from visitapp import bootstrap
from visitapp.domain.office.scheme import Actor, Office, Role
from visitapp.domain.report.report import Report
from visitapp.persistence import accounts
from visitapp.security import vault

KEY = bytes(range(2, 34))


def make_begun(
    path: Path, *, site: str = "NORTHGATE", ben: str = "Ben Sample", has_draft: bool = True
) -> Path:
    """Anne's own file with a report, a withdrawn one, and a draft; its names of Northgate and
    Ben."""
    bootstrap.make_records(
        path,
        KEY,
        office=Office(uuid4(), "My own"),
        actor=Actor("Mary Manager", Role.MANAGER),
        scheme_ids=SCHEME_IDS,
    )
    with bootstrap.open_with_key(path, KEY, clock=lambda: NOW) as opened:
        services = opened.services
        furnish(services)
        northgate = next(item for item in services.setup.sites() if item.name == "Northgate")
        services.setup.save_site(replace(northgate, name=site))
        other = next(item for item in services.people.people() if item.name == "Ben Sample")
        services.people.save(replace(other, name=ben))
        form = services.forms.form(CUSTODY)
        for day, summary in ((date(2025, 4, 2), "All was calm."), (date(2025, 4, 3), "")):
            report = Report(form.number, _applicable(answers_of(form)))
            visit = sign(services, make_visit(day, report=report, summary=summary))
        services.visits.withdraw(visit.id, "It was another day.")
    become(path, Actor("Anne Example", Role.VISITOR))
    if has_draft:
        with bootstrap.open_with_key(path, KEY, clock=lambda: NOW) as opened:
            opened.services.drafts.begin(CUSTODY)
    vault._write(path, vault._wrap_passphrase(KEY, PASSPHRASE), vault._wrap_code(KEY, bytes(20)))
    return path


def _applicable(answers: dict[str, object]) -> dict[str, object]:
    """Without the answers to questions that wait for another one, which the window leaves out."""
    left_out = ("explained_by", "refused_by", "sergeant_role")
    return {key: answer for key, answer in answers.items() if key not in left_out}


def become(path: Path, actor: Actor) -> None:
    """Whoever uses the file is somebody else from now on."""
    with (
        bootstrap.open_with_key(path, KEY, clock=lambda: NOW) as opened,
        opened.database.transaction() as connection,
    ):
        accounts.set_account(connection, actor)
