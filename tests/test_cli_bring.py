"""`bring`: what was logged without an invitation goes to the office after joining."""

import hashlib
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.begun import KEY, make_begun
from tests.builders import ANNE
from tests.conftest import PASSPHRASE
from tests.copies import Copies
from tests.e2e.killing import quick_key
from visitapp import bootstrap
from visitapp.domain.exchange.handing_over import Handover
from visitapp.domain.following.ledger import Event
from visitapp.persistence import integrity
from visitapp.persistence import report_tables as rt
from visitapp.security import vault
from visitapp.services import Services


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Anne's own file."""
    monkeypatch.setattr(vault, "_argon2", quick_key)
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    return make_begun(tmp_path / "begun.visits")


@pytest.fixture
def joined(copies: Copies, begun: Path) -> Path:
    """A file of Anne's that has joined, closed, named by its path."""
    copies.join("anne", ANNE)
    opened = copies.open_files.pop()
    opened.close()
    key = bytes(range(1, 33))
    vault._write(
        opened.path, vault._wrap_passphrase(key, PASSPHRASE), vault._wrap_code(key, bytes(20))
    )
    return opened.path


def reopened(copies: Copies, path: Path) -> Services:
    opened = bootstrap.open_with_key(path, bytes(range(1, 33)), clock=copies.clock)
    copies.open_files.append(opened)
    copies.visitors["anne"] = opened.services
    return opened.services


def words(services: Services, reference: str) -> dict[str, object]:
    values = json.loads(services.written_reports.as_json(reference))
    return {key: values[key] for key in values if key not in ("record", "amends", "site")}


def test_what_was_logged_before_joining_goes_to_the_office(copies, begun, joined, run):
    before = begun.read_bytes()
    code, out, err = run("bring", begun, "--file", joined)
    assert (code, len(out.splitlines())) == (0, 1)
    old_ref, new_ref = out.split()
    assert "-V1-" in new_ref
    assert err == [f"1 draft stays in {begun}. Sign there what is finished."]
    assert run("bring", begun, "--file", joined)[1] == f"{old_ref}  {new_ref}  was here before\n"
    assert begun.read_bytes() == before
    anne = reopened(copies, joined)
    with bootstrap.open_with_key(begun, KEY, clock=copies.clock, reading=True) as opened:
        assert words(anne, new_ref) == words(opened.services, old_ref)
        digest = hashlib.sha256(opened.services.written_reports.as_json(old_ref).encode())
    with anne.access.database.reading() as connection:
        rows = connection.execute(
            select(rt.ledger).where(rt.ledger.c.event == Event.BROUGHT.value)
        ).all()
        assert [(row.reason, row.content_digest) for row in rows] == [
            (f"{old_ref} of a file begun before joining", digest.hexdigest())
        ]
        assert list(integrity.contradictions(connection)) == []
    copies.settle()
    (line,) = copies.office.inbox.lines()
    assert (line.ref, line.site_name) == (new_ref, "Northgate")
    copies.office.inbox.accept([line.report_id])
    copies.settle()
    (state,) = set(anne.handing_over.states().values())
    assert state.stage is Handover.ACCEPTED


def test_a_site_and_a_person_of_another_name_are_matched_by_hand(begun, joined, run, tmp_path):
    begun = make_begun(tmp_path / "renamed.visits", site="The old nick", ben="Benny Sample")
    code, out, err = run("bring", begun, "--file", joined)
    assert (code, out) == (2, "")
    assert "There is no site “The old nick” in this scheme." in err[0]
    assert "There is nobody called Benny Sample in this scheme." in err[1]
    matches = ("--match", "the OLD nick = Northgate", "--match", "Benny Sample=Ben Sample")
    code, out, _ = run("bring", begun, "--file", joined, *matches)
    assert (code, len(out.splitlines())) == (0, 1)
    code, _, err = run("bring", begun, "--file", joined, "--match", "nonsense")
    assert (code, err) == (
        2,
        ["nonsense is not a pair of names. Write the old name, =, and the new one."],
    )


def test_only_a_file_that_was_begun_is_brought_into_one_that_joined(begun, joined, run):
    code, _, err = run("bring", joined, "--file", begun)
    assert (code, err) == (2, ["This file has joined a scheme. Its reports go to the office."])
    code, _, err = run("bring", begun, "--file", begun)
    assert code == 2
    assert err[-1] == "This copy has not joined a scheme by an invitation."
