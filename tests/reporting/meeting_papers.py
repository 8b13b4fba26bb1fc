"""The papers for a meeting to check, with something of everything."""

from datetime import date, timedelta
from uuid import UUID

from tests.builders import ANNE, BEN, CARA, CUSTODY, SUITE, at, make_person
from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.office.credential import CredentialKind
from visitapp.domain.office.expiry import Expiry
from visitapp.domain.office.meeting import Meeting, MeetingAction, MeetingKind
from visitapp.domain.report.issue import Issue
from visitapp.domain.year.meeting_pack import Delay, MeetingPack
from visitapp.domain.year.quarterly_update import QuarterlyUpdate

HELD, BEFORE = date(2024, 4, 16), date(2023, 12, 13)
LATE = MeetingAction("Say when the lamps come", "Custody Inspector", date(2024, 3, 1))
DONE = MeetingAction("Send the grids", "Mary Manager", date(2024, 1, 5), date(2024, 1, 4))


def before() -> Meeting:
    return Meeting(
        UUID(int=901), MeetingKind.TEAM, BEFORE, record="All were thanked.", actions=(LATE, DONE)
    )


def meeting() -> Meeting:
    return Meeting(
        UUID(int=902),
        MeetingKind.TEAM,
        HELD,
        length=105,
        place="Committee Room 2",
        chair="Mary Manager",
        guests="The Force’s Custody Inspector",
        topics="The pilot\n\nTraining in June",
        record="The lamps were raised.\n- one at Øst\n- one at Keyham Lane\nThe team said thanks.",
        present=frozenset((ANNE, BEN)),
        apologies=frozenset((CARA,)),
        actions=(MeetingAction("Find a room"),),
    )


def pack(update: QuarterlyUpdate, today: date) -> MeetingPack:
    words = "No halal meals in date; one had crisps only."
    issue = Issue(UUID(int=905), "FOOD", 2, description=words)
    waiting = IssueLine(
        issue=issue, visit_id=UUID(int=906), ref="NOR-2024-018", scheme_id=CUSTODY, site_id=SUITE,
        site_name="Keyham Lane and Øst", raised=at(HELD - timedelta(days=20), 9),
        category="Food and drink", status="Raised", is_open=True, is_positive=False, limit=14,
        today=today,
    )  # fmt: skip
    anne = make_person(id=ANNE)
    first_aid = Expiry(anne, "Course: First aid", date(2024, 5, 1), CredentialKind.COURSE)
    return MeetingPack(
        office=update.office,
        period=update.period,
        as_at=update.as_at,
        today=today,
        meeting=meeting(),
        before=before(),
        next_on=date(2024, 7, 10),
        updates=(update,),
        actions=((before(), LATE),),
        delays=(
            Delay(date(2024, 2, 3), "Keyham Lane and Øst", 18, "Suite very busy", "Two came in"),
            Delay(date(2024, 3, 9), "Keyham Lane and Øst", 7, "", ""),
        ),
        limit=5,
        open_issues=(waiting,),
        training=(first_aid,),
        runs_out=2,
        names={ANNE: "Anne Example", BEN: "Ben Example", CARA: "Cara Example"},
    )
