"""Hours from reports, meetings and courses, and the claims that the manager approves."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest

from tests.builders import ANNE, BEN, CARA, make_visit, sign
from tests.reporting.meeting_papers import meeting
from tests.reporting.tagged_pdf import TaggedPdf
from tests.reporting.test_bodies_and_periods import words as words_of
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.claim import ClaimKind, VolunteerClaim
from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.office.mileage import MileageRate
from visitapp.domain.office.minimum import Minimum
from visitapp.domain.period import Period
from visitapp.domain.text.wording import time_given
from visitapp.domain.year.volunteer_hours import TimeKind, VolunteerHours
from visitapp.persistence import settings_digests
from visitapp.reporting.annual import annual_report
from visitapp.reporting.blocks import Paragraph, plain
from visitapp.reporting.evidence import evidence_pack
from visitapp.reporting.meeting_pack import meeting_paper
from visitapp.services import Services

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))


def claim(**changed: object) -> VolunteerClaim:
    values = {"id": uuid4(), "person_id": ANNE, "kind": ClaimKind.TRAVEL, "on": date(2025, 3, 5),
              "what": "To Northgate", "minutes": 40, "miles": 18, "pence": 320,
              "has_receipt": True}  # fmt: skip
    return VolunteerClaim(**values | changed)  # type: ignore[arg-type]


def of(services: Services, person_id: UUID, period: Period = YEAR) -> VolunteerHours:
    return next(item for item in services.hours.hours(period) if item.person.id == person_id)


@pytest.fixture
def busy(furnished: Services) -> Services:
    """Anne and Ben made a visit of an hour, Cara observed another of which the end isn't known, and
    Anne took a course."""
    sign(furnished, make_visit(date(2025, 3, 5)))
    sign(
        furnished,
        make_visit(
            date(2025, 3, 12),
            status="REFUSED_ENTRY",
            admitted=None,
            left=None,
            present=None,
            counts=(),
            observers=(CARA,),
        ),
    )
    furnished.meetings.save(meeting())
    person = next(p for p in furnished.people.people() if p.id == ANNE)
    file = furnished.people.files()[ANNE]
    course = Credential(CredentialKind.COURSE, "First aid", date(2024, 10, 1), minutes=180)
    furnished.people.save(person, replace(file, credentials=(course,)))
    return furnished


def test_hours_come_from_reports_meetings_and_courses_that_each_line_names(busy: Services) -> None:
    anne, cara = of(busy, ANNE), of(busy, CARA)
    kinds = [(line.kind, line.minutes) for line in anne.lines]
    assert kinds == [
        (TimeKind.MEETING, 105), (TimeKind.TRAINING, 180), (TimeKind.VISIT, 60),
        (TimeKind.VISIT, None),
    ]  # fmt: skip
    assert busy.visits.get(anne.lines[2].visit_id).arrived.day == date(2025, 3, 5)
    assert anne.lines[0].meeting_id == meeting().id
    assert (anne.minutes, anne.unknown) == (345, 1)
    assert cara.is_empty, "she sent apologies and observed"
    assert of(busy, ANNE, Period(date(2025, 3, 6), date(2025, 3, 31))).minutes == 0


def test_a_claim_keeps_the_rate_of_its_day_and_counts_once_it_is_approved(busy: Services) -> None:
    rates = (MileageRate(date(2025, 1, 1), 50), MileageRate(date(2025, 3, 6), 60))
    busy.setup.save_office(replace(busy.setup.office(), mileage_rates=rates))
    assert busy.setup.office().mileage_rates == rates
    assert busy.hours.add(claim()) is Changes.HOURS
    (entered,) = of(busy, ANNE).claims
    assert (entered.pence_a_mile, entered.to_pay, entered.by) == (50, 1220, "Mary Manager")
    assert entered.has_receipt
    assert entered.waits
    assert (of(busy, ANNE).minutes, of(busy, ANNE).to_pay) == (345, 0)
    busy.setup.save_office(replace(busy.setup.office(), mileage_rates=()))
    assert busy.hours.approve(YEAR, [ANNE]) is Changes.HOURS
    anne = of(busy, ANNE)
    assert (anne.minutes, anne.to_pay, anne.miles) == (385, 1220, 18)
    assert anne.claims[0].approved_by == "Mary Manager"
    assert anne.claims[0].approved_at == busy.access.now()


def test_an_approval_says_who_and_when_and_is_out_of_date_once_something_changes(
    busy: Services,
) -> None:
    busy.hours.approve(YEAR, [ANNE, CARA])
    anne = of(busy, ANNE)
    assert anne.approval is not None
    assert (anne.approval.by, anne.approval.minutes) == ("Mary Manager", 345)
    assert anne.is_approved
    assert of(busy, CARA).approval is None, "there is nothing of hers"
    assert of(busy, BEN).approval is None
    assert of(busy, ANNE, Period(YEAR.start, date(2025, 3, 30))).approval is None
    with pytest.raises(BadInputError, match="no hours to approve"):
        busy.hours.approve(YEAR, [ANNE])
    sign(busy, make_visit(date(2025, 3, 20)))
    assert not of(busy, ANNE).is_approved
    busy.hours.approve(YEAR, [ANNE])
    assert of(busy, ANNE).is_approved


def test_a_claim_entered_by_mistake_is_withdrawn_and_stays(busy: Services) -> None:
    item = claim()
    busy.hours.add(item)
    busy.hours.approve(YEAR, [ANNE])
    busy.hours.withdraw(item.id)
    anne = of(busy, ANNE)
    (line,) = (line for line in anne.lines if line.claim is not None)
    assert line.claim is not None
    assert line.claim.is_withdrawn
    assert (anne.claims, anne.to_pay, anne.is_approved) == ((), 0, False)
    with pytest.raises(BadInputError, match="withdrawn before"):
        busy.hours.withdraw(item.id)


def test_a_claim_is_for_a_day_that_came_and_for_somebody_in_the_register(busy: Services) -> None:
    with pytest.raises(BadInputError, match="still to come"):
        busy.hours.add(claim(on=date(2025, 4, 11)))
    with pytest.raises(BadInputError, match="no longer in the register"):
        busy.hours.add(claim(person_id=UUID(int=999)))
    assert of(busy, ANNE).claims == ()


def test_the_ledger_notices_a_claim_and_a_rate_changed_from_outside(busy: Services) -> None:
    busy.hours.add(claim())
    rate = (MileageRate(date(2025, 1, 1), 50),)
    busy.setup.save_office(replace(busy.setup.office(), mileage_rates=rate))
    with busy.access.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE claim SET pence = 9999")
        connection.exec_driver_sql("UPDATE mileage_rate SET pence = 99")
        kinds = {kind.key for kind in settings_digests.contradicted(connection)}
    assert kinds == {"people", "office"}


def test_what_each_did_of_the_minimum_is_counted_over_twelve_months(busy: Services) -> None:
    assert busy.hours.of_minimum() == ()
    (custody, _) = busy.setup.schemes()
    busy.setup.save_scheme(replace(custody, minimum=Minimum(2, 1)))
    done = {item.person.id: item for item in busy.hours.of_minimum()}
    assert done[ANNE].words == "2 visits (2 asked for) and 1 meeting (1 asked for)"
    assert not done[BEN].is_below
    assert done[CARA].words == "0 of 2 visits and 0 of 1 meeting"
    assert done[CARA].is_below
    below = busy.home.overview().below_minimum
    assert [(item.person.id, item.short) for item in below] == [
        (CARA, "0 of 2 visits, 0 of 1 meeting")
    ]
    pack = busy.documents.evidence(YEAR)
    words = " ".join(
        plain(block.runs)
        for section in evidence_pack(pack).sections
        for block in section.blocks
        if isinstance(block, Paragraph)
    )
    assert "Two of 3 volunteers who served for all of the twelve months" in words
    paper = words_of(meeting_paper(busy.meetings.pack(YEAR)))
    assert "The least visits and meetings a year" in paper
    assert "Two of 3 volunteers reached them, in the twelve months to 31 March 2025" in paper
    assert "0 of 2 visits" not in paper, "who is below is between them and the office"


def test_the_annual_report_says_what_was_given_beside_visits_as_the_register_has_it(
    busy: Services,
) -> None:
    def sentence() -> str:
        words = words_of(annual_report(busy.figures.summary(YEAR, findings=True)))
        return "".join(re.findall(r"As well as making visits, volunteers gave.*?\.", words))

    assert sentence() == (
        "As well as making visits, volunteers gave 3 h 30 min to meetings and 3 h to training."
    )
    busy.hours.add(claim())
    busy.hours.approve(YEAR, [ANNE])
    listed = busy.hours.hours(YEAR)
    given_time = {
        kind: time_given(sum(item.minutes_of(kind) for item in listed)) for kind in TimeKind
    }
    assert sentence() == (
        f"As well as making visits, volunteers gave {given_time[TimeKind.MEETING]} to meetings, "
        f"{given_time[TimeKind.TRAINING]} to training and {given_time[TimeKind.TRAVEL]} to travel."
    )
    busy.meetings.save(replace(meeting(), length=None, version=1))
    assert "gave at least 3 h to training" in sentence()
    earlier = YEAR.year_before()
    assert busy.figures.summary(earlier, findings=True).beside_visits is None


# the document


def test_the_claims_are_a_document_with_a_page_to_sign_for_each_who_claimed(
    busy: Services, tmp_path: Path
) -> None:
    busy.hours.add(claim())
    busy.hours.add(claim(person_id=BEN, pence=0, has_receipt=False))
    busy.hours.approve(YEAR, [ANNE])
    saved = busy.hours.save_claims(YEAR, tmp_path / "claims.pdf")
    words = TaggedPdf(saved.path.read_bytes()).outline()
    assert saved.pages == 2
    for part in (
        "Hours and claims, 2024/25", "All together", "Anne Example", "Team meeting",
        "Visit: Northgate", "Travel: To Northgate", "18 at 45p", "£3.20", "yes", "£11.30",
        "by Mary Manager, 10 April 2025", "One claim waits for approval and is not counted.",
        "Of 2 visits, meetings and courses the length is not known", "Signatures",
    ):  # fmt: skip
        assert part in words, part
    assert words.count("Signatures") == 1, "Ben’s claim isn’t approved"


def test_the_claim_of_one_volunteer_names_nobody_else(busy: Services, tmp_path: Path) -> None:
    busy.hours.add(claim())
    busy.hours.save_claims(YEAR, tmp_path / "ben.docx", person_id=BEN)
    inside = ZipFile(BytesIO((tmp_path / "ben.docx").read_bytes())).read("word/document.xml")
    words = inside.decode()
    assert "Ben Sample: hours and claims, 2024/25" in words
    assert "Anne" not in words
    assert "not yet" in words
    with pytest.raises(BadInputError, match="Nobody gave time"):
        busy.hours.save_claims(YEAR, tmp_path / "cara.pdf", person_id=CARA)
    for form in ("xlsx", "html"):
        assert busy.hours.save_claims(YEAR, tmp_path / f"claims.{form}").path.exists()
