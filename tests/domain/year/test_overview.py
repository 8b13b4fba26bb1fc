from datetime import UTC, date, datetime, timedelta

from visitapp.domain.period import Period
from visitapp.domain.year.overview import Overview

Q1 = Period(date(2025, 4, 1), date(2025, 6, 30))
TODAY = date(2025, 5, 14)


def overview(last_backup: datetime | None, *, has_visits: bool = True) -> Overview:
    return Overview(
        today=TODAY, quarter=Q1, sites=(), has_drafts=False, recent=(), same_visit=(), refused=(),
        issues=None,
        outside=0, lacking=(), broken=(), to_renew=(), late=(), inbox=0, allegations=0, questions=0,
        disputed=0, to_confirm=(), next_visits=(), kept_at_office=0,
        year=None, figures=None, texts_missing=0,
        last_backup=last_backup, has_sites=True, has_people=True, has_visits=has_visits,
    )  # fmt: skip


def test_a_backup_is_asked_for_after_thirty_days_and_when_there_is_none() -> None:
    assert overview(None).backup_is_overdue
    for days, is_overdue in ((0, False), (30, False), (31, True)):
        saved_at = datetime(2025, 5, 14, 12, tzinfo=UTC) - timedelta(days=days)
        assert overview(saved_at).backup_is_overdue is is_overdue


def test_records_without_a_visit_need_no_backup() -> None:
    assert not overview(None, has_visits=False).backup_is_overdue
    assert not overview(datetime(2020, 1, 1, tzinfo=UTC), has_visits=False).backup_is_overdue
    assert overview(None, has_visits=False).is_new
    assert not overview(None).is_new
