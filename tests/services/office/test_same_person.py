"""Two entries of the register that are of the same person: counted together by decision, undone
by withdrawing it, no row rewritten."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.builders import ANNE, BEN, CARA, CUSTODY, make_person, make_visit, sign
from tests.conftest import PASSPHRASE
from tests.copies import Copies
from tests.e2e.killing import quick_key
from tests.services.office.conftest import A_EXAMPLE, WHY
from tests.services.reports.test_register_imports import check, sentences
from tests.services.year.test_hours import claim, of
from tests.spreadsheets import visit_row, write_csv
from visitapp import bootstrap
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.office.meeting import Meeting, MeetingKind
from visitapp.domain.office.people import Clearance, Person
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period, week_of
from visitapp.domain.year.missing import MissingKind
from visitapp.domain.year.volunteer_hours import TimeKind
from visitapp.persistence import own_counts, plans, settings_digests
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.security import vault
from visitapp.services import Services
from visitapp.services.exchange import packs
from visitapp.services.plan.plan_world import read_world
from visitapp.services.plan.rota import person_named

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))


def person_of(services: Services, person_id: UUID) -> Person:
    return next(person for person in services.people.people() if person.id == person_id)


def visits_of(opened: bootstrap.OpenedFile, person_id: UUID) -> int:
    with opened.database.reading() as connection:
        return len(list(own_counts.visits_of_person(connection, person_id, YEAR)))


def figures(opened: bootstrap.OpenedFile) -> dict[str, object]:
    """All that is counted of people."""
    services = opened.services
    summary = services.figures.summary(YEAR)
    with opened.database.reading() as connection:
        made = plans.past_visits(connection, YEAR)
    return {
        "volunteers": summary.volunteers[Kind.CUSTODY],
        "hours": [(item.person.id, item.minutes) for item in services.hours.hours(YEAR)],
        "visits": {each: visits_of(opened, each) for each in (ANNE, A_EXAMPLE, BEN, CARA)},
        "pairs": [visit.visitors for visit in made],
        "memberships": {each.id: each.memberships for each in services.people.people()},
    }


def rows(opened: bootstrap.OpenedFile) -> list[object]:
    """What must never be rewritten."""
    with opened.database.reading() as connection:
        return [
            tuple(row)
            for table in (t.person, t.membership, t.visitor, t.visit)
            for row in connection.execute(select(table).order_by(table.c.id))
        ]


def test_two_who_are_the_same_are_counted_together_and_apart_again(
    opened: bootstrap.OpenedFile, twice: Services
) -> None:
    before, written = figures(opened), rows(opened)
    assert before["visits"] == {ANNE: 2, A_EXAMPLE: 1, BEN: 1, CARA: 2}
    assert (of(twice, ANNE).minutes, of(twice, A_EXAMPLE).minutes) == (120, 60)
    foretold = twice.same_people.together(A_EXAMPLE, ANNE)
    expected = foretold.together
    assert foretold.lines[-1] == (
        "The day Anne Example joined is then not known: they were in the scheme by 1 April 2017."
    )
    assert twice.same_people.together(ANNE, A_EXAMPLE).joined is None

    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    together = figures(opened)
    assert together["visits"] == {ANNE: 3, A_EXAMPLE: 0, BEN: 1, CARA: 2}
    assert (of(twice, ANNE).minutes, len(of(twice, ANNE).claims)) == (180, 1)
    assert (expected.visits, expected.minutes) == (3, 180)
    assert A_EXAMPLE not in {item.person.id for item in twice.hours.hours(YEAR)}
    with pytest.raises(BadInputError, match="no longer in the register"):
        twice.hours.add(claim(person_id=A_EXAMPLE, minutes=5))
    assert together["pairs"] == [(ANNE, BEN), (ANNE, CARA), (ANNE, CARA)]
    anne = person_of(twice, ANNE).membership(CUSTODY)
    assert anne is not None
    assert (anne.joined_on, anne.joined_unknown) == (date(2017, 4, 1), True)
    other = person_of(twice, A_EXAMPLE)
    assert (other.name, other.memberships, other.same_as) == ("A. Example", (), ANNE)
    assert rows(opened) == written
    assert twice.maintenance.check() == []

    (decision,) = twice.same_people.decisions()
    assert (decision.why, decision.by, decision.holds) == (WHY, "Mary Manager", True)
    twice.same_people.count_apart(decision.id)
    assert figures(opened) == before
    assert rows(opened) == written
    assert twice.maintenance.check() == []
    (decision,) = twice.same_people.decisions()
    assert (decision.withdrawn_by, decision.holds) == ("Mary Manager", False)
    with pytest.raises(BadInputError, match="withdrawn before"):
        twice.same_people.count_apart(decision.id)


def test_the_ledger_has_the_decision_and_its_withdrawal(
    opened: bootstrap.OpenedFile, twice: Services
) -> None:
    people = next(kind for kind in settings_digests.KINDS if kind.key == "people")

    def entries() -> int:
        with opened.database.reading() as connection:
            query = select(rt.ledger.c.id).where(rt.ledger.c.visit_id == people.id)
            return len(connection.execute(query).all())

    before = entries()
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    assert entries() == before + 1
    twice.same_people.count_apart(twice.same_people.decisions()[0].id)
    assert entries() == before + 2


def test_what_is_changed_of_the_kept_person_stays_their_own(twice: Services) -> None:
    before = person_of(twice, ANNE).membership(CUSTODY)
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    twice.people.save(replace(person_of(twice, ANNE), name="Anne Renamed"))
    twice.people.leave(ANNE, CUSTODY, date(2025, 3, 20), "WORK")
    together = person_of(twice, ANNE).membership(CUSTODY)
    assert together is not None
    assert (together.joined_on, together.left_on) == (date(2017, 4, 1), date(2025, 3, 20))
    with pytest.raises(BadInputError, match="counts as somebody else"):
        twice.people.save(person_of(twice, A_EXAMPLE))

    twice.same_people.count_apart(twice.same_people.decisions()[0].id)
    anne, other = person_of(twice, ANNE), person_of(twice, A_EXAMPLE)
    own = anne.membership(CUSTODY)
    assert before is not None
    assert own == replace(before, left_on=date(2025, 3, 20), status="LEFT", leaving_reason="WORK")
    assert anne.name == "Anne Renamed"
    assert [m.joined_on for m in other.memberships] == [date(2017, 4, 1)]
    assert twice.maintenance.check() == []


def test_days_of_the_other_entry_are_not_changed_through_the_kept_person(twice: Services) -> None:
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    anne = person_of(twice, ANNE)
    later = tuple(
        replace(m, joined_on=date(2018, 1, 1)) if m.scheme_id == CUSTODY else m
        for m in anne.memberships
    )
    with pytest.raises(BadInputError, match="come from an entry that counts together"):
        twice.people.save(replace(anne, memberships=later))
    assert person_of(twice, ANNE) == anne


@pytest.mark.parametrize(
    ("pair", "why", "message"),
    [
        ((ANNE, ANNE), WHY, "two different people"),
        ((ANNE, BEN), WHY, "both named for one visit"),
        ((A_EXAMPLE, ANNE), " ", "Say why"),
        ((uuid4(), ANNE), WHY, "no longer in the register"),
    ],
)
def test_two_who_can_not_be_the_same_are_refused(
    twice: Services, pair: tuple[UUID, UUID], why: str, message: str
) -> None:
    with pytest.raises(BadInputError, match=message):
        twice.same_people.count_as(*pair, why)
    assert twice.same_people.decisions() == []


def test_nobody_counts_as_two_or_as_somebody_who_counts_elsewhere(twice: Services) -> None:
    twice.people.save(make_person("Annie Example", id=(third := uuid4()), version=0))
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    with pytest.raises(BadInputError, match="already counts together"):
        twice.same_people.count_as(A_EXAMPLE, third, WHY)
    with pytest.raises(BadInputError, match="already counts as somebody else"):
        twice.same_people.count_as(third, A_EXAMPLE, WHY)
    with pytest.raises(BadInputError, match="already counts together"):
        twice.same_people.count_as(ANNE, third, WHY)
    twice.same_people.count_as(third, ANNE, "Her maiden name.")
    assert person_of(twice, third).same_as == ANNE
    assert person_named(twice.people.people(), "annie example").id == ANNE


def test_who_left_a_scheme_is_not_kept_for_somebody_who_is_still_in_it(twice: Services) -> None:
    twice.people.leave(ANNE, CUSTODY, date(2025, 3, 20), "WORK")
    with pytest.raises(BadInputError, match=r"Keep the entry of A\. Example"):
        twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    twice.same_people.count_as(ANNE, A_EXAMPLE, WHY)
    together = person_of(twice, A_EXAMPLE).membership(CUSTODY)
    assert together is not None
    assert (together.joined_on, together.left_on) == (date(2017, 4, 1), None)


def test_who_has_or_may_make_a_copy_of_the_program_is_kept(copies: Copies) -> None:
    office = copies.office
    office.people.save(make_person("Annie Example", id=(other := uuid4()), version=0))
    office.exchange.invite(other)
    with pytest.raises(BadInputError, match="Keep the entry of Annie Example"):
        office.same_people.count_as(other, ANNE, WHY)
    office.same_people.count_as(ANNE, other, WHY)


def test_published_figures_are_the_same_to_the_digit_afterwards(twice: Services) -> None:
    before = twice.figures.figures_json(YEAR)
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    assert twice.figures.figures_json(YEAR) != before  # a volunteer less
    twice.same_people.count_apart(twice.same_people.decisions()[0].id)
    assert twice.figures.figures_json(YEAR) == before


def test_decisions_go_along_with_the_whole_scheme(
    twice: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "_argon2", quick_key)
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    source, again = tmp_path / "scheme.json", tmp_path / "again.visits"
    twice.exports.save(source)
    bootstrap.create_from_scheme(again, PASSPHRASE, source)
    with bootstrap.open_with_passphrase(again, PASSPHRASE) as opened:
        assert opened.services.same_people.decisions() == twice.same_people.decisions()
        assert opened.services.figures.figures_json(YEAR) == twice.figures.figures_json(YEAR)
    sheets = {sheet.name: sheet for sheet in twice.exports.sheets()}
    (row,) = sheets["same_people"].rows
    assert row[:4] == ("A. Example", "Anne Example", WHY, "Mary Manager")
    assert "A. Example" not in {row[0] for row in sheets["people"].rows}


def test_what_only_the_other_entry_says_fills_the_gaps_and_stays_its_own(twice: Services) -> None:
    vetted, course = date(2026, 3, 1), Credential(CredentialKind.COURSE, "PACE", minutes=90,
                                                  from_on=date(2025, 1, 9))  # fmt: skip
    other = replace(person_of(twice, A_EXAMPLE), clearance=Clearance(vetted_until=vetted))
    held = replace(twice.people.files()[A_EXAMPLE], telephone="07700 900123", credentials=(course,))
    twice.people.save(other, held)
    before = person_of(twice, ANNE), twice.people.files()[ANNE]
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)

    anne, file = person_of(twice, ANNE), twice.people.files()[ANNE]
    assert (anne.clearance.vetted_until, file.telephone) == (vetted, "07700 900123")
    assert of(twice, ANNE).minutes_of(TimeKind.TRAINING) == 90
    assert twice.people.files()[A_EXAMPLE].credentials == ()  # one volunteer took the course
    twice.people.save(anne, replace(file, email="anne@example.org"))
    with pytest.raises(BadInputError, match="What you took away comes from an entry"):
        twice.people.save(person_of(twice, ANNE), replace(file, credentials=(), version=1))
    shown = twice.people.files()[ANNE]
    with pytest.raises(BadInputError, match="What you took away comes from an entry"):
        twice.people.save(person_of(twice, ANNE), replace(shown, telephone=""))
    with pytest.raises(BadInputError, match="What you took away comes from an entry"):
        twice.people.save(replace(person_of(twice, ANNE), clearance=Clearance()))

    twice.same_people.count_apart(twice.same_people.decisions()[0].id)
    person, own = person_of(twice, ANNE), twice.people.files()[ANNE]
    assert person.clearance == before[0].clearance
    assert own == replace(before[1], email="anne@example.org", version=own.version)


def test_who_came_to_a_meeting_is_one_person_and_both_again(twice: Services) -> None:
    held = Meeting(uuid4(), MeetingKind.TEAM, date(2025, 3, 6), length=60,
                   present=frozenset({ANNE, A_EXAMPLE, CARA}))  # fmt: skip
    twice.meetings.save(held)
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    (shown,) = twice.meetings.meetings()
    assert shown.present == {ANNE, CARA}
    twice.meetings.save(replace(shown, present=shown.present - {CARA}, apologies=frozenset({CARA})))
    twice.same_people.count_apart(twice.same_people.decisions()[0].id)
    (again,) = twice.meetings.meetings()
    assert (again.present, again.apologies) == ({ANNE, A_EXAMPLE}, {CARA})


def test_who_may_be_entered_twice_is_missing_until_it_is_decided(twice: Services) -> None:
    def named() -> list[tuple[str, str]]:
        items = twice.missing.missing(YEAR)
        return [(i.about, i.sentence) for i in items if i.kind is MissingKind.TWICE]

    words = "May be the same person as Anne Example (similar names), and counts as another one."
    assert named() == [("A. Example", words)]
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    assert named() == []


def test_a_report_that_names_both_names_one_person_twice(twice: Services) -> None:
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    both = make_visit(date(2025, 4, 2), visitors=(ANNE, A_EXAMPLE))
    with pytest.raises(BadInputError, match="Anne Example is named twice"):
        sign(twice, both)


def test_who_is_planned_for_visits_is_kept(planned_office: Services) -> None:
    today = planned_office.access.today()
    planned = planned_office.planning.sheet(Period(today, today + timedelta(days=90))).rows
    first, second = next(row.pair for row in planned if len(row.pair) == 2)
    planned_office.people.save(make_person("Annie Example", id=(other := uuid4()), version=0))
    with pytest.raises(BadInputError, match="is planned for visits until"):
        planned_office.same_people.together(first, other)
    assert planned_office.same_people.together(other, first).kept.id == first
    with pytest.raises(BadInputError, match="both named for one visit"):
        planned_office.same_people.together(first, second)


def test_who_counts_as_somebody_else_is_offered_nowhere(twice: Services) -> None:
    def offered() -> list[set[UUID]]:
        with twice.access.database.reading() as connection:
            pack = packs.pack_for(connection, CARA, twice.access.today())
            world = read_world(connection, twice.access.today(), week_of(date(2025, 4, 21)))
        return [
            {person.id for person in pack.people},
            {person.id for person in twice.availability.people()},
            {person.id for person in twice.people.people(CUSTODY)},
            {volunteer.id for volunteer in world.volunteers},
            {other.person.id for other in twice.same_people.others(CARA)},
        ]

    assert all(A_EXAMPLE in ids for ids in offered())
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    assert not any(A_EXAMPLE in ids for ids in offered())
    assert all(ANNE in ids for ids in offered())
    twice.same_people.count_apart(twice.same_people.decisions()[0].id)
    assert all(A_EXAMPLE in ids for ids in offered())


def test_an_import_sees_the_same_visit_of_both_entries(twice: Services, tmp_path: Path) -> None:
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    row = visit_row(date="2025-03-19", visitor_1="Anne Example", visitor_2="Cara Instance")
    untimed = row | dict.fromkeys(("arrived", "admitted", "left"), "")
    plan = twice.imports.dry_run((write_csv(tmp_path / "past.csv", [untimed]), None, None))
    assert [w.column for w in plan.warnings if "by the same visitors" in w.sentence] == ["date"]


def test_an_import_names_who_may_be_in_the_register_already(
    twice: Services, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "past.csv", [visit_row(visitor_1="Anne Exampel")])
    plan = twice.imports.dry_run((path, None, None), create_missing=True)
    likely = "Anne Exampel may be the same person as Anne Example (similar names)."
    assert [w.row for w in plan.warnings if w.sentence.startswith(likely)] == [2]
    anne = person_of(twice, ANNE)
    twice.people.save(anne, replace(twice.people.files()[ANNE], telephone="07700 900123"))
    written = [{"name": "Zoë New"}, {"name": "Ann Smith", "telephone": "+44 7700 900123"}]
    people = write_csv(tmp_path / "people.csv", written)
    both = twice.register_imports.dry_run("people", people, create_missing=True)
    assert [w.row for w in both.warnings if "(the same telephone number)" in w.sentence] == [3]


def test_an_import_knows_both_names_as_the_kept_person(twice: Services, tmp_path: Path) -> None:
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    path = write_csv(tmp_path / "past.csv", [visit_row(visitor_1="A. Example")])
    plan = twice.imports.dry_run((path, None, None))
    assert plan.problems == ()
    assert [visit.visitors[0] for visit in plan.visits] == [ANNE]
    people = [{"Name": "A. Example"}, {"Name": "Anne Example"}]
    both = check(twice, write_csv(tmp_path / "people.csv", people))
    assert "Anne Example is in the file twice: also in row 2." in sentences(both)
