"""What decides figures is entered into the ledger by the transaction that changes it."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text, update

from tests.builders import CUSTODY, furnish, make_visit, sign
from visitapp import bootstrap
from visitapp.domain.following.ledger import Event
from visitapp.domain.office.scheme import Rate
from visitapp.persistence import migrate, settings_digests
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t

RATES = "The hourly rates were changed by another program"


@pytest.fixture
def rated(opened):
    """A file with a visit and a rate."""
    furnish(opened.services)
    sign(opened.services, make_visit())
    opened.services.setup.save_rate(Rate(uuid4(), CUSTODY, date(2024, 4, 1), Decimal("18.00")))
    return opened


def entries(opened):
    with opened.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(rt.ledger)).scalar_one()


def spoil(opened, statement):
    with opened.database.transaction() as connection:
        connection.execute(text(statement))


def check(opened):
    return opened.services.maintenance.check()


def test_a_change_of_a_setting_is_one_entry_with_who_and_when(rated):
    before = entries(rated)
    rate = Rate(uuid4(), CUSTODY, date(2025, 4, 1), Decimal("19.00"))
    rated.services.setup.save_rate(rate)
    assert entries(rated) == before + 1
    with rated.database.reading() as connection:
        row = connection.execute(select(rt.ledger).where(rt.ledger.c.position == before + 1)).one()
    assert (row.event, row.by_whom) == (Event.SETTINGS.value, "Mary Manager")
    assert check(rated) == []


def test_a_draft_writes_no_entry(rated):
    before = entries(rated)
    draft, _ = rated.services.drafts.begin(CUSTODY)
    rated.services.drafts.discard(draft.id)
    assert entries(rated) == before


def test_a_change_by_another_program_is_not_covered_up_by_a_later_one_of_ours(rated):
    spoil(rated, "UPDATE rate SET pound_ten_thousandths = 1")
    assert check(rated) == [f"{RATES}."]
    rate = Rate(uuid4(), CUSTODY, date(2025, 4, 1), Decimal("19.00"))
    rated.services.setup.save_rate(rate)
    (said,) = check(rated)
    assert said.startswith(f"{RATES}, some time before ")


def test_a_transaction_that_fails_enters_nothing(rated):
    before = entries(rated)

    def fail():
        with rated.services.access.database.transaction() as connection:
            connection.execute(update(t.site).values(name="Another"))
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    assert entries(rated) == before
    assert check(rated) == []


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE code SET group_name = 'refused' WHERE code = 'SEEN'", "The lists of options and"),
        ("UPDATE person SET name = 'Anne Other' WHERE name = 'Anne Example'", "The names of pe"),
        ("UPDATE site SET name = 'Southgate' WHERE name = 'Northgate'", "The sites, the days"),
        ("UPDATE scheme SET immediate_limit = 90", "The names and limits of schemes"),
    ],
)
def test_examples_are_named_in_words(rated, statement, named):
    spoil(rated, statement)
    assert any(said.startswith(named) for said in check(rated))


def test_reason_and_time_of_a_withdrawal_are_compared(rated):
    visit = sign(rated.services, make_visit(date(2025, 3, 8)))
    rated.services.visits.withdraw(visit.id, "Wrong suite")
    assert check(rated) == []
    said = (
        f"Visit {visit.ref}: the reason or time of its withdrawal was changed by another program."
    )
    spoil(rated, "UPDATE visit SET withdrawn_reason = 'Lost' WHERE state = 'withdrawn'")
    assert check(rated) == [said]
    spoil(rated, "UPDATE visit SET withdrawn_reason = 'Wrong suite' WHERE state = 'withdrawn'")
    spoil(rated, "UPDATE visit SET withdrawn_at = '2024-01-01 00:00:00' WHERE state = 'withdrawn'")
    assert check(rated) == [said]
    rated.services.visits.put_back(visit.id, "It was right")


def test_a_file_of_the_version_before_is_taken_over_as_found(records, key):
    with bootstrap.open_with_key(records, key) as opened, \
            opened.database.transaction() as connection:  # fmt: skip
        connection.execute(rt.ledger.delete())
        connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    with bootstrap.open_with_key(records, key) as opened:
        assert migrate.revision(opened.database) == migrate.HEAD
        with opened.database.reading() as connection:
            rows = connection.execute(select(rt.ledger)).all()
        assert {row.reason for row in rows} == {settings_digests.FOUND}
        assert check(opened) == []
        spoil(opened, "UPDATE office SET name = 'Another office'")
        assert check(opened) == ["The details of the office were changed by another program."]


def test_a_migration_covers_up_nothing(rated, records, key):
    spoil(rated, "UPDATE rate SET pound_ten_thousandths = 1")
    spoil(rated, "UPDATE alembic_version SET version_num = '0004'")
    rated.close()
    with bootstrap.open_with_key(records, key) as opened:
        assert check(opened) == [f"{RATES}."]


def test_a_new_column_changes_no_digest_until_it_is_filled(rated):
    with rated.database.transaction() as connection:
        before = settings_digests.last_digests(connection)
        connection.execute(text("ALTER TABLE site ADD COLUMN storeys INTEGER"))
        assert [settings_digests.digest(connection, k) for k in settings_digests.KINDS] == [
            before[k.id] for k in settings_digests.KINDS
        ]
