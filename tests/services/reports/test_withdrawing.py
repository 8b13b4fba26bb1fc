"""Reports are withdrawn and put back for a reason; in a visitor's copy by all who signed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import confirmed, furnish, make_visit, sign
from tests.conftest import NOW
from tests.spreadsheets import visit_row, write_csv
from visitapp import bootstrap
from visitapp.domain.errors import BadInputError, ConflictError, NotAllowedError
from visitapp.domain.following.ledger import Event
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.period import Period
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import accounts
from visitapp.services import Services

BOTH = ("anne example ", "Ben Sample")
MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))


@pytest.fixture
def visitors(records: Path, key: bytes) -> Iterator[Services]:
    """The services of a visitor's copy."""
    with bootstrap.open_with_key(records, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        with opened.database.transaction() as connection:
            accounts.set_account(connection, Actor("Anne Example", Role.VISITOR))
    with bootstrap.open_with_key(records, key, clock=lambda: NOW) as opened:
        assert opened.services.access.actor.role is Role.VISITOR
        yield opened.services


def counted(services: Services) -> int:
    assert services.maintenance.check() == []
    return services.visits.page(VisitQuery()).total


def events(services: Services, visit_id) -> list[tuple[Event, str, str]]:
    visit = services.visits.get(visit_id)
    return [(e.event, e.by, e.reason) for e in services.visits.withdrawals(visit)]


def test_a_report_is_withdrawn_and_put_back_any_number_of_times(furnished: Services) -> None:
    visit = sign(furnished, make_visit())
    other = sign(furnished, make_visit(date(2025, 3, 12)))
    for _ in range(3):
        furnished.visits.withdraw(visit.id, "The wrong suite")
        assert counted(furnished) == 1
        furnished.visits.put_back(visit.id, " It was the right one ")
        assert counted(furnished) == 2
    again = furnished.visits.get(visit.id)
    assert replace(again, version=visit.version) == visit
    assert events(furnished, other.id) == []
    assert events(furnished, visit.id) == 3 * [
        (Event.WITHDRAWN, "Mary Manager", "The wrong suite"),
        (Event.PUT_BACK, "Mary Manager", "It was the right one"),
    ]


def test_a_report_that_was_put_back_counts_in_the_figures(furnished: Services) -> None:
    visit = sign(furnished, make_visit())
    before = furnished.figures.summary(MARCH)
    furnished.visits.withdraw(visit.id, "A slip")
    assert furnished.figures.summary(MARCH) != before
    furnished.visits.put_back(visit.id, "Not a slip")
    assert furnished.figures.summary(MARCH) == before


def test_putting_back_asks_for_a_reason_that_leads_to_nobody(furnished: Services) -> None:
    visit = sign(furnished, make_visit())
    with pytest.raises(ConflictError, match="no longer withdrawn"):
        furnished.visits.put_back(visit.id, "Why not")
    furnished.visits.withdraw(visit.id, "A slip")
    with pytest.raises(BadInputError, match="Say why you are putting the visit back"):
        furnished.visits.put_back(visit.id, "  ")
    with pytest.raises(BadInputError):
        furnished.visits.put_back(visit.id, "John Smith, born 3/4/1980, was there")
    assert counted(furnished) == 0


def test_an_amended_report_never_counts_beside_the_one_that_took_its_place(
    furnished: Services,
) -> None:
    first = sign(furnished, make_visit())
    draft, _ = furnished.drafts.replace(first.id, "The wrong time")
    second, _ = furnished.visits.sign(confirmed(furnished, make_visit()), draft)
    with pytest.raises(BadInputError, match="was amended"):
        furnished.visits.put_back(first.id, "The old one was right")
    furnished.visits.withdraw(second.id, "The new one was wrong")
    with pytest.raises(BadInputError, match="newest version"):
        furnished.visits.put_back(first.id, "The old one was right")
    furnished.visits.put_back(second.id, "It was not")
    assert counted(furnished) == 1


def test_one_visitor_alone_neither_withdraws_nor_puts_back(visitors: Services) -> None:
    visit = sign(visitors, make_visit())
    assert visitors.visits.names_needed(visit.id) == ("Anne Example", "Ben Sample")
    for names in ((), ("Anne Example",), ("Anne Example", "Anne Example"), ("Anne", "Ben")):
        with pytest.raises(BadInputError, match="Ben Sample"):
            visitors.visits.withdraw(visit.id, "The wrong suite", names)
        assert counted(visitors) == 1
    visitors.visits.withdraw(visit.id, "The wrong suite", BOTH)
    assert counted(visitors) == 0
    with pytest.raises(BadInputError, match="Ben Sample"):
        visitors.visits.put_back(visit.id, "It was not", BOTH[:1])
    visitors.visits.put_back(visit.id, "It was not", BOTH)
    assert counted(visitors) == 1
    both = "Anne Example and Ben Sample"
    assert [by for _, by, _ in events(visitors, visit.id)] == [both, both]


def test_joining_two_reports_withdraws_one_and_is_the_managers_to_do(visitors: Services) -> None:
    first = sign(visitors, make_visit())
    second = sign(visitors, make_visit())
    with pytest.raises(NotAllowedError):
        visitors.visits.decide_same(first.id, second.id, first.id)
    assert counted(visitors) == 2


@pytest.fixture
def brought(furnished: Services, tmp_path: Path):
    """Bring two visits from a file; says the batch."""

    def bring(**changed: str):
        rows = [visit_row(**changed), visit_row(visit_ref="V2", date="5/3/2024")]
        plan = furnished.imports.dry_run((write_csv(tmp_path / "past.csv", rows), None, None))
        assert not plan.problems
        return furnished.imports.carry_out(plan)[0]

    return bring


def test_an_import_is_put_back_without_what_was_withdrawn_by_itself(
    furnished: Services, brought
) -> None:
    batch = brought()
    one, other = furnished.visits.page(VisitQuery()).rows
    furnished.visits.withdraw(one.id, "It was training")
    for _ in range(2):
        furnished.imports.withdraw_batch(batch.id, "The wrong year")
        assert counted(furnished) == 0
        with pytest.raises(BadInputError, match="whole import"):
            furnished.visits.put_back(other.id, "This one is right")
        with pytest.raises(BadInputError, match="Say why"):
            furnished.imports.put_batch_back(batch.id, "")
        furnished.imports.put_batch_back(batch.id, "The right year")
        assert counted(furnished) == 1
        assert furnished.visits.get(one.id).withdrawn_reason == "It was training"
    with pytest.raises(ConflictError, match="no longer withdrawn"):
        furnished.imports.put_batch_back(batch.id, "Once more")
    assert furnished.imports.batches()[0].withdrawn_at is None
    furnished.visits.put_back(one.id, "It was no training")
    assert counted(furnished) == 2
    assert [event for event, _, _ in events(furnished, other.id)] == 2 * [
        Event.BATCH_WITHDRAWN, Event.BATCH_PUT_BACK
    ]  # fmt: skip


def test_an_import_that_was_brought_again_is_not_put_back_beside_it(
    furnished: Services, brought
) -> None:
    first = brought()
    furnished.imports.withdraw_batch(first.id, "The wrong times")
    second = brought(arrived="10:00")
    with pytest.raises(BadInputError, match="A later import added 2 visits from this one again"):
        furnished.imports.put_batch_back(first.id, "They were right")
    assert counted(furnished) == 2
    furnished.imports.withdraw_batch(second.id, "The first were right")
    furnished.imports.put_batch_back(first.id, "They were right")
    assert counted(furnished) == 2


def test_a_state_that_another_program_changed_is_found_whatever_went_before(
    furnished: Services,
) -> None:
    visit = sign(furnished, make_visit())
    furnished.visits.withdraw(visit.id, "A slip")
    furnished.visits.put_back(visit.id, "No slip")
    with furnished.access.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE visit SET state = 'withdrawn'")
    said = f"Visit {visit.ref}: whether it is withdrawn was changed by another program."
    assert said in furnished.maintenance.check()
