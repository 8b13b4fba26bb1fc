"""A line of the access register: what it says, and what changes its digest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from visitapp.domain.office.scheme import Role
from visitapp.domain.records.access_entry import AccessEntry, AccessQuery
from visitapp.domain.records.record_kind import Deed, RecordKind

ENTRY = AccessEntry(
    datetime(2025, 7, 4, 13, 31, tzinfo=UTC), "Mary Manager", Role.MANAGER, RecordKind.REPORT,
    Deed.READ, 3,
)  # fmt: skip


@pytest.mark.parametrize(
    ("deed", "number", "words"),
    [
        (Deed.READ, 1, "read once"),
        (Deed.READ, 3, "read 3 times"),
        (Deed.CHANGED, 1, "1 changed"),
        (Deed.CHANGED, 1200, "1,200 changed"),
    ],
)
def test_a_line_says_what_was_done_how_often(deed: Deed, number: int, words: str) -> None:
    assert replace(ENTRY, deed=deed, number=number).words == words


def test_whatever_changes_in_a_line_or_before_it_changes_its_digest() -> None:
    lines = [
        ENTRY,
        replace(ENTRY, at=ENTRY.at + timedelta(seconds=1)),
        replace(ENTRY, by="Mary Manger"),
        replace(ENTRY, role=Role.VISITOR),
        replace(ENTRY, kind=RecordKind.DRAFT),
        replace(ENTRY, deed=Deed.CHANGED),
        replace(ENTRY, number=4),
    ]
    digests = [line.digest(previous) for line in lines for previous in ("0" * 64, "1" * 64)]
    assert len({*digests}) == 14
    assert ENTRY.digest("0" * 64) == digests[0]


def test_kinds_are_named_apart_and_the_first_page_of_lines_is_asked_for() -> None:
    assert len({kind.label for kind in RecordKind}) == len(RecordKind)
    assert AccessQuery().offset == 0
