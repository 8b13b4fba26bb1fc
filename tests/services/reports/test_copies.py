"""Copies of reports over a real file: who gets one, what is logged, and what is warned of."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import delete, update

from tests.builders import (
    ANIMALS,
    ANNE,
    BEN,
    CUSTODY,
    SUITE,
    confirmed,
    decided,
    make_kennel_visit,
    make_person,
    make_visit,
    sign,
)
from tests.reporting.sheets import CUSTODY_NUMBERS, full_custody
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.bootstrap import OpenedFile
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError, NotAllowedError, StorageError
from visitapp.domain.office.people import Clearance
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.report.copies import Audience, Recipient
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import answer_place
from visitapp.domain.report.visit import Visit
from visitapp.persistence import report_tables as rt
from visitapp.services import Services
from visitapp.services.office.recipients import RecipientService


def recipient(services: Services, name: str, scheme=CUSTODY) -> Recipient:
    return next(r for r in services.recipients.recipients(scheme) if r.name.startswith(name))


@pytest.fixture
def visit(furnished: Services) -> Visit:
    return sign(furnished, make_visit(date(2025, 3, 4)))


@pytest.fixture
def tact(furnished: Services) -> Visit:
    for person_id, name in ((ANNE, "Anne Example"), (BEN, "Ben Sample")):
        found = next(p for p in furnished.people.people() if p.id == person_id)
        trained = make_person(
            name, id=person_id, clearance=Clearance(tact_trained=True), version=found.version
        )
        furnished.people.save(trained)
    return sign(furnished, make_visit(date(2025, 3, 5), type="TACT"))


# -- recipients ----------------------------------------------------------------------------


def test_each_scheme_begins_with_its_usual_recipients(furnished):
    found = furnished.recipients.recipients(CUSTODY)
    assert [(r.name, r.audience, r.tact_only) for r in found] == [
        ("Scheme manager", Audience.MANAGER, False),
        ("Custody inspector", Audience.POLICE, False),
        ("Visitors\u2019 own copy", Audience.VISITORS, False),
        ("Independent Reviewer of Terrorism Legislation", Audience.REVIEWER, True),
    ]
    assert [r.name for r in furnished.recipients.recipients(ANIMALS)] == [
        "Volunteers manager", "Dog unit sergeant", "Visitors\u2019 own copy",
    ]  # fmt: skip
    assert furnished.recipients.recipients(CUSTODY) == found


def test_recipients_are_added_changed_and_closed(furnished):
    more = Recipient(uuid4(), CUSTODY, "  Force  criminal justice ", Audience.POLICE)
    assert furnished.recipients.add(more) == Changes.SETTINGS
    assert [r.name for r in furnished.recipients.recipients(CUSTODY)][-1] == (
        "Force criminal justice"
    )
    inspector = recipient(furnished, "Custody")
    furnished.recipients.change(replace(inspector, name="Inspector of the suite"))
    furnished.recipients.close(recipient(furnished, "Visitors").id, CUSTODY)
    found = furnished.recipients.recipients(CUSTODY)
    assert [r.is_active for r in found] == [True, True, False, True, True]
    with pytest.raises(ConflictError):
        furnished.recipients.change(replace(inspector, name="Again", version=1))


def test_what_can_not_be_a_recipient_is_said(furnished):
    for item, said in (
        (Recipient(uuid4(), CUSTODY, " ", Audience.POLICE), "a job title, not a name"),
        (Recipient(uuid4(), CUSTODY, "custody INSPECTOR", Audience.POLICE), "already in the list"),
    ):
        with pytest.raises(BadInputError, match=said):
            furnished.recipients.add(item)
    with pytest.raises(BadInputError, match="Someone must get everything"):
        furnished.recipients.close(recipient(furnished, "Scheme").id, CUSTODY)
    with pytest.raises(BadInputError, match="no longer in the list"):
        furnished.recipients.close(uuid4(), CUSTODY)
    visitor = RecipientService(replace(furnished.access, actor=Actor("Anne", Role.VISITOR)))
    assert visitor.recipients(CUSTODY)
    with pytest.raises(NotAllowedError):
        visitor.close(recipient(furnished, "Custody").id, CUSTODY)


# -- copies --------------------------------------------------------------------------------


def test_a_copy_is_written_and_logged_with_its_digest(furnished, visit, tmp_path: Path):
    inspector, target = recipient(furnished, "Custody"), tmp_path / "copy.pdf"
    changes = furnished.copies.save(visit.id, inspector.id, target, how=" By  hand ")
    assert changes == Changes.COPIES
    (made,) = furnished.copies.log(visit.id)
    assert made.digest == sha256(target.read_bytes()).hexdigest()
    assert (made.recipient_id, made.made_by, made.how) == (inspector.id, "Mary Manager", "By hand")
    assert target.read_bytes() == furnished.copies.pdf(visit.id, inspector.id)
    assert [(d.recipient.name, d.is_made) for d in furnished.copies.due(visit.id)] == [
        ("Scheme manager", False), ("Custody inspector", True), ("Visitors\u2019 own copy", False),
    ]  # fmt: skip
    assert furnished.maintenance.check() == []


def test_nothing_is_logged_where_nothing_is_written(furnished, visit, tmp_path: Path):
    inspector = recipient(furnished, "Custody")
    taken = tmp_path / "taken.pdf"
    taken.write_bytes(b"mine")
    with pytest.raises(BadInputError, match="already exists"):
        furnished.copies.save(visit.id, inspector.id, taken)
    assert taken.read_bytes() == b"mine"
    with pytest.raises(StorageError):
        furnished.copies.save(visit.id, inspector.id, tmp_path / "no folder" / "copy.pdf")
    with pytest.raises(BadInputError, match="few words"):
        furnished.copies.save(visit.id, inspector.id, tmp_path / "a.pdf", how="x" * 201)
    assert furnished.copies.log(visit.id) == ()
    furnished.copies.save(visit.id, inspector.id, taken, force=True)
    assert taken.read_bytes().startswith(b"%PDF-1.7")


def test_copies_go_on_in_the_log_when_a_recipient_is_closed(furnished, visit, tmp_path: Path):
    own = recipient(furnished, "Visitors")
    furnished.copies.save(visit.id, own.id, tmp_path / "own.pdf")
    furnished.recipients.close(own.id, CUSTODY)
    due = furnished.copies.due(visit.id)
    assert [d.recipient.name for d in due] == [
        "Scheme manager", "Custody inspector", "Visitors\u2019 own copy",
    ]  # fmt: skip
    with pytest.raises(BadInputError, match="should not get a copy"):
        furnished.copies.pdf(visit.id, own.id)


def test_a_tact_report_warns_until_the_reviewer_has_a_copy(furnished, visit, tact, tmp_path: Path):
    reviewer = recipient(furnished, "Independent")
    assert furnished.copies.warnings(visit.id) == ()
    with pytest.raises(BadInputError, match="should not get a copy"):
        furnished.copies.pdf(visit.id, reviewer.id)
    assert reviewer in [due.recipient for due in furnished.copies.due(tact.id)]
    (warning,) = furnished.copies.warnings(tact.id)
    assert "Independent Reviewer of Terrorism Legislation. This has not been done yet" in warning
    furnished.copies.save(tact.id, reviewer.id, tmp_path / "reviewer.pdf")
    assert furnished.copies.warnings(tact.id) == ()
    assert furnished.maintenance.check() == []


def test_a_withdrawn_report_is_not_copied_and_an_edition_has_a_log_of_its_own(
    furnished, visit, tmp_path: Path
):
    inspector = recipient(furnished, "Custody")
    furnished.copies.save(visit.id, inspector.id, tmp_path / "first.pdf")
    draft, _ = furnished.drafts.replace(visit.id, "A slip")
    again = confirmed(furnished, make_visit(date(2025, 3, 4), id=uuid4(), summary="Put right"))
    second, _ = furnished.visits.sign(again, draft)
    assert furnished.copies.log(second.id) == ()
    assert len(furnished.copies.log(visit.id)) == 1
    with pytest.raises(BadInputError, match="withdrawn"):
        furnished.copies.pdf(visit.id, inspector.id)
    with pytest.raises(BadInputError, match="not in the file"):
        furnished.copies.pdf(uuid4(), inspector.id)


def test_an_allegation_is_left_out_of_the_police_copy_with_a_caution(furnished, tact):
    full = replace(full_custody(), type="ROUTINE", id=uuid4())
    full = replace(
        full,
        issues=tuple(
            replace(i, severity=4) if i.question == answer_place("reprisal") else i
            for i in full.issues
        ),
        report=replace(full.report, edition=1, answers={**full.report.answers, "opcat": "NO"}),
        counts=tuple(
            replace(c, row=replace(c.row, answers={**c.row.answers, "complaint": "NO"}))
            if c.row and c.row.cell != "M2"
            else c
            for c in full.counts
        ),
    )
    report = sign(furnished, decided(furnished, full))
    inspector, manager = recipient(furnished, "Custody"), recipient(furnished, "Scheme")
    (caution,) = furnished.copies.cautions(report.id, inspector.id)
    assert "leaves out an allegation" in caution
    assert furnished.copies.cautions(report.id, manager.id) == ()
    police = TaggedPdf(furnished.copies.pdf(report.id, inspector.id)).outline()
    everything = TaggedPdf(furnished.copies.pdf(report.id, manager.id)).outline()
    assert "a shove in the van" in everything
    assert "a shove in the van" not in police
    assert not any(number in everything + police for number in CUSTODY_NUMBERS)


def test_kennel_reports_go_to_the_dog_unit(furnished, tmp_path: Path):
    report = sign(furnished, make_kennel_visit(date(2025, 3, 5)))
    sergeant = recipient(furnished, "Dog", ANIMALS)
    words = TaggedPdf(furnished.copies.pdf(report.id, sergeant.id)).outline()
    assert "Report of an animal welfare visit" in words
    assert "Of 5 animals of the unit, 4 were seen" in words
    with pytest.raises(BadInputError, match="should not get a copy"):
        furnished.copies.pdf(report.id, recipient(furnished, "Custody").id)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (update(rt.copy_made).values(how="Never"), "the list of its copies was changed"),
        (update(rt.copy_made).values(digest="0" * 64), "the list of its copies was changed"),
        (delete(rt.copy_made), "1 entry is missing from the lists of copies"),
    ],
)
def test_a_log_changed_by_another_program_is_named(
    opened: OpenedFile, furnished, visit, tmp_path: Path, statement, said
):
    furnished.copies.save(visit.id, recipient(furnished, "Custody").id, tmp_path / "copy.pdf")
    with opened.database.transaction() as connection:
        connection.execute(statement)
    (found,) = furnished.maintenance.check()
    assert said in found


def test_a_list_in_an_issue_stays_one_and_signs_that_do_not_print_are_named(furnished):
    words = "Broken:\n- the call bell\n- the tap \u4f60"
    issue = Issue(id=uuid4(), category="FOOD", severity=2, description=words)
    report = sign(furnished, make_visit(date(2025, 3, 4), issues=(issue,)))
    inspector = recipient(furnished, "Custody")
    heard = TaggedPdf(furnished.copies.pdf(report.id, inspector.id)).outline()
    assert "Broken: An answer is due by" in heard
    lists = [line.strip() for line in heard.splitlines() if "LBody" in line]
    assert lists[-2:] == ["LBody: the call bell", "LBody: the tap [?]"]
    said = "These characters can\u2019t be printed: \u4f60. The copy shows [?] instead."
    assert furnished.copies.cautions(report.id, inspector.id) == (said,)
    assert furnished.briefing.cautions(SUITE) == (said.replace("copy", "briefing"),)
