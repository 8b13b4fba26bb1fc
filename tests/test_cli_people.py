"""The commands about volunteers: what runs out, awards, a certificate; two entries that are one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.builders import make_person, make_site
from visitapp import bootstrap
from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.office.people import Membership
from visitapp.domain.office.volunteer_file import VolunteerFile

KEY = bytes(range(32))
PAIR = ("A. Example", "Anne Example")


@pytest.fixture
def kept(named: Path) -> Path:
    """A file with a volunteer of ten years whose identity card ends in five days."""
    with bootstrap.open_with_key(named, KEY, hold=True) as opened:
        services = opened.services
        scheme, today = services.setup.schemes()[0], services.access.today()
        joined = today.replace(day=1) - timedelta(days=3320)
        anne = make_person("Anne Example", memberships=(Membership(scheme.id, joined),))
        card = Credential(CredentialKind.CARD, until_on=today + timedelta(days=5))
        file = VolunteerFile(anne.id, "Anne", "Example", credentials=(card,))
        services.people.save(replace(anne, version=0), file)
    return named


def test_what_runs_out_and_awards_are_listed(run, kept: Path) -> None:
    code, out, err = run("people")
    assert (code, err) == (0, [])
    assert out.startswith("Anne Example: Identity card, 5 days, ")
    assert run("people", "--within", "7")[1] == out
    assert run("people", "--within", "8")[0] == 2
    assert run("people", "--awards")[1].startswith("Anne Example: 9 years on ")


def test_a_certificate_is_written_for_the_award_that_is_due(
    run, kept: Path, tmp_path: Path
) -> None:
    out = tmp_path / "certificate.pdf"
    order = ("report", "certificate", "--person", "anne example", "--out", out)
    assert run(*order) == (0, f"{out}\n", [])
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert run(*order)[0] == 2  # never replaced unasked
    assert run(*order, "--years", "3", "--force")[0] == 0
    assert run("report", "certificate", "--person", "Nobody", "--out", out)[0] == 2


def test_two_entries_are_counted_together_and_apart(run, kept: Path) -> None:
    with bootstrap.open_with_key(kept, KEY, hold=True) as opened:
        opened.services.people.save(make_person("A. Example", version=0))
    shown = (
        "A. Example: 0 visits, 0 min\nAnne Example: 0 visits, 0 min\n"
        "Together, as Anne Example: 0 visits, 0 min\n"
    )
    assert run("same-person", *PAIR, "--dry-run") == (0, shown, [])
    assert run("same-person") == (0, "", [])
    assert run("same-person", *PAIR)[0] == 2  # without a reason
    assert run("same-person", "A. Example")[0] == 2  # without the other
    assert run("same-person", *PAIR, "--why", "Her initial.") == (
        0, f"{shown}A. Example counts as Anne Example from now on.\n", [],
    )  # fmt: skip
    assert "A. Example counts as Anne Example. " in run("same-person")[1]
    would = "A. Example would be counted by themselves again.\n"
    assert run("same-person", "A. Example", "--undo", "--dry-run") == (0, would, [])
    done = "A. Example is counted by themselves again.\n"
    assert run("same-person", "a. example", "--undo") == (0, done, [])
    assert "(undone by " in run("same-person")[1]
    assert run("same-person", "A. Example", "--undo")[0] == 2


def test_two_sites_are_counted_together_and_apart(run, kept: Path) -> None:
    with bootstrap.open_with_key(kept, KEY, hold=True) as opened:
        for name in ("Northgate", "Northgate Road"):
            opened.services.setup.save_site(make_site(id=uuid4(), name=name, version=0))
    pair = ("northgate road", "Northgate")
    code, shown, _ = run("same-site", *pair, "--dry-run")
    assert (code, shown.splitlines()[2]) == (0, "Together, as Northgate: 0 visits")
    assert run("same-site", *pair)[0] == 2  # without a reason
    assert run("same-site", "Nowhere", "Northgate", "--why", "It moved.")[0] == 2
    assert run("same-site", *pair, "--why", "It moved.") == (
        0, f"{shown}Northgate Road counts as Northgate from now on.\n", [],
    )  # fmt: skip
    assert "Northgate Road counts as Northgate. " in run("same-site")[1]
    done = "Northgate Road is counted by itself again.\n"
    assert run("same-site", "Northgate Road", "--undo") == (0, done, [])
    assert run("same-site", "Northgate Road", "--undo")[0] == 2
