"""Coded values: found by code or label, kept once used."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.builders import ANIMALS, CUSTODY
from visitapp.domain.office.codes import IN_PERSON, Code, CodeBook, CountingCodes, Ending, Matter
from visitapp.domain.office.scheme import Kind
from visitapp.services.office.reference import reference_codes

DAY = date(2025, 4, 10)
BOOK = CodeBook.of(reference_codes(Kind.CUSTODY, CUSTODY))
ANIMAL_BOOK = CodeBook.of(reference_codes(Kind.ANIMAL_WELFARE, ANIMALS))


def code(**changed):
    values = {
        "id": UUID(int=1), "scheme_id": CUSTODY, "list_name": "outcome", "code": "SEEN",
        "label": "Seen", "position": 0,
    }  # fmt: skip
    return Code(**values | changed)


@pytest.mark.parametrize("book", [BOOK, ANIMAL_BOOK])
def test_every_code_of_the_reference_is_found_by_its_code_and_its_label(book):
    for list_name, codes in book.lists.items():
        for one in codes:
            assert book.find(list_name, one.code) == one
            assert book.find(list_name, one.label.upper()) == one
            assert book.label(list_name, one.code) == one.label
            assert book.group(list_name, one.code) == one.group


@pytest.mark.parametrize(
    "typed", ["follow-up", "Follow up", "FOLLOWUP", "follow_up", "Follow\u2013up"]
)
def test_case_spaces_and_hyphens_do_not_matter(typed):
    assert BOOK.find("visit_type", typed).code == "FOLLOWUP"


@pytest.mark.parametrize(
    "typed", ["Not offered, on the sergeant's advice", "Not offered, on the sergeant\u00b4s advice"]
)
def test_the_kind_of_apostrophe_does_not_matter(typed):
    assert BOOK.find("outcome", typed).code == "ADVICE"


def test_a_code_is_found_before_a_label_that_reads_alike():
    book = CodeBook.of(
        [code(code="A", label="B", position=0), code(code="B", label="C", position=1)]
    )
    assert book.find("outcome", "b").code == "B"
    assert book.find("outcome", "c").code == "B"
    assert book.find("outcome", "d") is None
    assert book.find("nothing", "a") is None


def test_what_the_list_does_not_know_is_printed_as_it_is_and_has_no_group():
    assert BOOK.label("outcome", "OLD") == "OLD"
    assert BOOK.label("outcome", None) == ""
    assert BOOK.group("outcome", "OLD") == ""
    assert BOOK["no_such_list"] == ()


def test_a_list_is_in_the_order_of_its_positions():
    codes = [code(code=str(n), position=-n) for n in range(5)]
    assert [c.code for c in CodeBook.of(codes)["outcome"]] == ["4", "3", "2", "1", "0"]


def test_a_closed_code_is_kept_but_not_offered():
    closed = code(active_to=DAY)
    later = replace(closed, code="LATER", active_from=date(2025, 4, 11), active_to=None)
    book = CodeBook.of([closed, later])
    assert book.offered("outcome", DAY) == (closed,)
    assert book.offered("outcome", date(2025, 4, 11)) == (later,)
    assert book.label("outcome", "SEEN") == "Seen"


@pytest.mark.parametrize("book", [BOOK, ANIMAL_BOOK])
def test_the_groups_that_figures_hang_on_are_there(book):
    assert {c.group for c in book["visit_type"]} == {"", "training"}
    assert {c.group for c in book["issue_category"]} == {*Matter, "positive"}
    assert {c.group for c in book["issue_status"]} == {"open", "closed"}
    assert "seen" in {c.group for c in book["outcome"]}


def test_each_reason_belongs_to_an_outcome():
    outcomes = {c.code for c in BOOK["outcome"]}
    assert {c.group for c in BOOK["outcome_reason"]} <= outcomes
    assert {c.group for c in BOOK["outcome"]} == {
        "seen", "refused", "not_offered", "not_available", "asleep", "other",
    }  # fmt: skip


def test_training_counts_in_no_figure_and_what_was_not_made_is_told_apart():
    visits = ("COMPLETED", "ABANDONED", "REFUSED_ENTRY", "SITE_CLOSED")
    assert BOOK.counting.training == ("TRAINING",)
    assert BOOK.counting.not_made == visits[1:]
    assert [BOOK.ending(status) for status in visits] == [*Ending]
    assert BOOK.ending("RENAMED") is Ending.COMPLETED
    assert CodeBook().counting == CountingCodes((), ())


def test_a_new_value_counts_as_one_of_the_groups_of_its_list_and_no_new_mode_has_a_wait():
    kinds = [code(code=str(n), group=group, position=n) for n, group in enumerate("abab")]
    book = CodeBook.of(kinds)
    assert book.groups("outcome") == book.groups_to_add("outcome") == ["a", "b"]
    assert book.of_group("outcome", "b") == ("1", "3")
    assert IN_PERSON in BOOK.groups("visit_mode")
    assert IN_PERSON not in BOOK.groups_to_add("visit_mode")
