"""Long-service awards from the records: who is due one, and what the certificate says."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import ANNE, BEN, CUSTODY, make_visit, sign
from tests.conftest import NOW
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.people import Membership
from visitapp.domain.period import Period
from visitapp.services import Services
from visitapp.services.year.year_folder import write_year

JOINED = date(2016, 4, 22)  # nine years on 22 April 2025, twelve days after the tests' today


@pytest.fixture
def office(furnished: Services) -> Services:
    """Anne has served since 2016; when Ben joined isn't known."""
    for person in furnished.people.people():
        unknown = person.id == BEN
        membership = Membership(CUSTODY, JOINED, joined_unknown=unknown)
        if person.id in (ANNE, BEN):
            furnished.people.save(replace(person, memberships=(membership,)))
    return furnished


def words_of(office: Services, out: Path) -> str:
    office.people.save_certificate(ANNE, 9, out, force=True)
    return TaggedPdf(out.read_bytes()).outline()


def test_those_who_served_long_enough_are_due_an_award(office: Services) -> None:
    due = {award.person.id: award for award in office.people.awards_due()}
    assert (due[ANNE].years, due[ANNE].due_on) == (9, date(2025, 4, 22))
    assert BEN not in due


def test_the_office_can_have_years_of_its_own(office: Services) -> None:
    for years, due in (((6, 9), [9]), ((6, 12), [])):
        office.setup.save_office(replace(office.setup.office(), award_years=years))
        assert office.setup.office().award_years == years
        listed = [award.years for award in office.people.awards_due() if award.person.id == ANNE]
        assert listed == due


def test_visits_are_numbered_only_where_the_records_have_them_all(
    office: Services, tmp_path: Path
) -> None:
    out = tmp_path / "certificate.pdf"
    sign(office, make_visit(date(2025, 3, 4)))
    assert "Since April 2016, visits to people" in words_of(office, out)
    sign(office, make_visit(JOINED + timedelta(days=30)))
    assert "Since April 2016, 2 visits to people" in words_of(office, out)


def test_the_documents_of_a_period_have_a_certificate_for_each_award_due_in_it(
    office: Services, tmp_path: Path
) -> None:
    april = Period(date(2025, 4, 1), date(2025, 4, 30))
    names = [path.name for path in write_year(office, april, tmp_path / "april")]
    due = [name for name in names if "certificate" in name]
    assert due == ["certificate-6-years-cara-instance.pdf", "certificate-9-years-anne-example.pdf"]
    march = Period(date(2025, 3, 1), date(2025, 3, 31))
    assert not any("certificate" in p.name for p in write_year(office, march, tmp_path / "march"))


def test_whoever_left_after_an_award_was_due_gets_no_certificate(
    office: Services, tmp_path: Path
) -> None:
    office.people.leave(ANNE, CUSTODY, date(2025, 1, 31))
    with pytest.raises(BadInputError, match=r"^Anne Example is not a volunteer now\.$"):
        office.people.save_certificate(ANNE, 6, tmp_path / "certificate.pdf")
    april = Period(date(2022, 4, 1), date(2022, 4, 30))
    written = write_year(office, april, tmp_path / "april")
    assert written
    assert not any("anne" in path.name for path in written)


def test_nobody_gets_a_certificate_for_years_not_served(office: Services, tmp_path: Path) -> None:
    out = tmp_path / "certificate.pdf"
    with pytest.raises(BadInputError, match="has served 9 full years so far"):
        office.people.save_certificate(ANNE, 12, out)
    with pytest.raises(BadInputError, match="It is not known how long Ben Sample"):
        office.people.save_certificate(BEN, 3, out)
    with pytest.raises(BadInputError, match=r"End the file name"):
        office.people.save_certificate(ANNE, 9, tmp_path / "certificate.docx")
    assert not list(tmp_path.glob("certificate*"))
    assert NOW.date() < date(2025, 4, 22)  # a certificate is ready before the day
