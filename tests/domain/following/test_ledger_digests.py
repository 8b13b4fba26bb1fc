"""Digests that earlier versions wrote into files: they must come out the same for ever."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from visitapp.domain.following.issue_steps import Step
from visitapp.domain.following.ledger import (
    START,
    Event,
    LedgerEntry,
    content_digest,
    copy_digest,
    digest_of,
    issue_digest,
)
from visitapp.domain.moment import Moment, uk_time
from visitapp.domain.report.copies import CopyMade
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords, Report
from visitapp.domain.report.visit import Confirmation, OutcomeCount, Visit


def _at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2025, 7, 4, hour, minute, second, tzinfo=UTC)


KEPT = KeptWords(Place("summary"), "PC 4417", "name", "The force asked", "Anne", _at(14, 5))
ISSUE = Issue(UUID(int=7), "HEATING", 2, description="Cold", raised_minute=905)
VISIT = Visit(
    id=UUID(int=1),
    scheme_id=UUID(int=2),
    site_id=UUID(int=3),
    arrived=Moment.at(date(2025, 7, 4), 14 * 60),
    visitors=(UUID(int=4),),
    counts=(OutcomeCount("SEEN", 2),),
    present=2,
    issues=(ISSUE,),
    confirmations=(Confirmation(UUID(int=4), "Anne Example", _at(14, 30)),),
    ref="C-1",
    locked_at=_at(14, 31, 7),
    report=Report(1, kept_words=(KEPT,)),
)
STEP = Step("REFERRED", date(2025, 7, 6), "Please look", "Inspector", _at(9, 15), "Mary", (KEPT,))
COPY = CopyMade(UUID(int=8), UUID(int=1), UUID(int=9), _at(16, 0, 1), "Mary", "by hand", "ab" * 32)
ENTRY = LedgerEntry(Event.SIGNED, VISIT.id, VISIT.scheme_id, _at(14, 31, 7), "Anne", "", "cd" * 32)


# Computed by the version whose times had no zone (records file 0004).
@pytest.mark.parametrize(
    ("digest", "written"),
    [
        (content_digest(VISIT), "41d258123a129e4584f603f4a954d191f7770f7455b775d5792da9e2e52040ac"),
        (
            issue_digest(ISSUE, [STEP]),
            "a23e3504b2c641ec9bd0cd24d7eb0f884a64f2f562311c3e38e64ddeb095e85e",
        ),
        (copy_digest(COPY), "492c5311851412f07f779347b13c9bd15fec7f00b9221eb98266fc6c9585c9c9"),
        (ENTRY.digest(START), "e77e562cda058ff00557cd870be8d27aaf074976b601c59f5a861c8a4cb4ff7e"),
    ],
    ids=("report", "issue", "copy", "entry"),
)
def test_a_digest_is_the_one_that_was_written(digest, written):
    assert digest == written


def test_the_same_time_in_another_zone_has_the_same_digest():
    assert digest_of({"at": uk_time(_at(14, 5))}) == digest_of({"at": _at(14, 5)})


def test_a_time_without_a_zone_has_no_digest():
    with pytest.raises(ValueError, match="no zone"):
        digest_of({"at": _at(14, 5).replace(tzinfo=None)})
