"""A report in words: its sections as cards, what is left to answer, a line for each detainee."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.builders import (
    ANIMALS,
    ANNE,
    BEN,
    CUSTODY,
    at,
    make_kennel_visit,
    make_kennels,
    make_person,
    make_site,
    make_visit,
)
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind
from visitapp.domain.reading.report_cards import PRIVACY, Card, cards
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.report.answers import Row, answered_of
from visitapp.domain.report.form import Form, FormSection, Question, RowGroup
from visitapp.domain.report.place import answer_place, of_row
from visitapp.domain.report.report import KeptWords, Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.services.office.reference import reference_codes, reference_grid, reference_scheme

DAY = date(2025, 3, 5)
ITEMS = tuple(Question(f"item_{n}", f"Item {n}", "check") for n in range(1, 6))
LENGTH = Question("length", "How long?", "number", compulsory=True)
NOISE = Question("noise", "Was it noisy?", "yes_no")
WORDS = Question("words", "Anything else?", "text")
TOLD = Question("told", "Told of their rights?", "yes_no")
HURT = Question("hurt", "Do they allege ill-treatment?", "yes_no",
                raises_category="TREAT", raises_severity=4)  # fmt: skip
HAIR = Question("hair", "Hair", "line")


def _form(*items: Question) -> Form:
    counted = (Question("present", "In custody", "core"), Question("counts", "Outcome", "core"))
    return Form(
        1,
        (
            FormSection("visit", "The visit", (Question("delay_reason", "Why the wait", "core"),)),
            FormSection("suite", "The suite", (*items, LENGTH, NOISE, WORDS)),
            FormSection("counted", "Detainees", counted),
            FormSection("rights", "Rights", (), of_rows=True),
        ),
        (
            RowGroup("who", "Who", (HAIR,)),
            RowGroup("rights", "Rights", (TOLD, HURT), seen_only=True),
        ),
        "detainee",
    )


ABOUT = ReportContext(
    reference_scheme(Kind.CUSTODY, CUSTODY),
    make_site(),
    reference_grid(Kind.CUSTODY, CUSTODY),
    {ANNE: make_person("Anne", id=ANNE), BEN: make_person("Ben", id=BEN)},
    CodeBook.of(reference_codes(Kind.CUSTODY, CUSTODY)),
    _form(*ITEMS),
)


def _shown(visit: Visit, about: ReportContext = ABOUT, **more: Any) -> dict[str, list[Card]]:
    shown: dict[str, list[Card]] = {}
    for card in cards(visit, about, **more):
        shown.setdefault(card.section, []).append(card)
    return shown


def _lines(card: Card) -> list[tuple[str, str]]:
    return [(line.label, line.value) for line in card.lines]


def _visit(answers: dict[str, Any] | None = None, **changed: Any) -> Visit:
    return make_visit(report=Report(1, answers or {}), **changed)


def _row(number: str = "", cell: str = "", outcome: str = "SEEN", **answers: Any) -> OutcomeCount:
    return OutcomeCount(outcome, 1, row=ReportRow(cell, number, answers=answers))


def test_a_long_checklist_is_summed_up_and_its_concerns_are_named() -> None:
    answers = {"item_1": "OK", "item_2": "CONCERN", "item_3": "NOT_CHECKED", "item_4": "OK"}
    (card,) = _shown(_visit(answers | {"length": 5, "noise": "NO", "words": "Calm."}))["suite"]
    assert _lines(card) == [
        ("Checklist", "5 items: 2 satisfactory, 1 concern, 1 not checked, 1 to answer"),
        ("Item 2", "Concern"),
        ("How long?", "5"),
        ("Was it noisy?", "No"),
        ("Anything else?", "Calm."),
    ]
    assert card.lines[0].place == answer_place("item_5")
    (whole,) = _shown(_visit(answers | {"item_5": "OK", "length": 5}))["suite"]
    assert whole.lines[0].place == answer_place("item_1")


def test_the_whole_report_has_each_item_and_so_has_a_short_checklist() -> None:
    answers = {"item_1": "OK", "item_2": "CONCERN", "length": 5, "noise": "NO", "words": "Calm."}
    both = [("Item 1", "Satisfactory"), ("Item 2", "Concern")]
    (card,) = _shown(_visit(answers), whole=True)["suite"]
    assert _lines(card)[:2] == both
    (short,) = _shown(_visit(answers), replace(ABOUT, form=_form(*ITEMS[:4])))["suite"]
    assert _lines(short)[:2] == both


def test_what_must_be_answered_has_a_line_and_other_questions_are_a_number() -> None:
    (card,) = _shown(_visit({f"item_{n}": "OK" for n in range(1, 6)}))["suite"]
    assert _lines(card) == [
        ("Checklist", "5 items: 5 satisfactory"),
        ("How long?", ""),
        ("Not answered", "2 questions"),
    ]
    assert card.lines[2].place == answer_place("noise")
    (whole,) = _shown(_visit({f"item_{n}": "OK" for n in range(1, 6)}), whole=True)["suite"]
    assert _lines(whole)[5:] == [("How long?", "")]


def test_each_detainee_has_one_line_with_what_should_be_read_before_signing() -> None:
    rows = (
        _row("KL/24/0412", "M4", told="NO", hurt="YES", hair="red"),
        _row("", "", told="YES", hurt="NO"),
        _row("KL/24/0977", outcome="SEEN"),
        _row("KL/24/0978", outcome="ASLEEP"),
    )
    shown = _shown(_visit(counts=rows, present=4))
    (card,) = shown["rights"]
    assert _lines(card) == [
        (
            "Detainee 1: …0412, cell M4",
            "2 of 2 answered; Told of their rights?: no; Do they allege ill-treatment?: yes",
        ),
        ("Detainee 2", "2 of 2 answered"),
        ("Detainee 3: …0977", "Not answered"),
    ]
    assert card.lines[0].place == of_row(1, "told")
    (counted,) = shown["counted"]
    assert counted.counts
    assert not card.counts


def test_the_whole_report_has_a_card_for_each_detainee() -> None:
    rows = (
        _row("KL/24/0412", "M4", told="NO", hair="red"),
        replace(_row("", "F2", outcome="UNAVAIL"), reason="INTERVIEW", gender="FEMALE"),
    )
    shown = _shown(_visit(counts=rows, present=2), whole=True)
    _, first, second = shown["counted"]
    assert (first.title, first.row) == ("Detainee 1: …0412, cell M4", "KL/24/0412")
    assert _lines(first) == [
        ("Custody number", "…0412"),
        ("Cell", "M4"),
        ("What happened", "Seen"),
        ("Hair", "red"),
    ]
    assert (second.title, second.row) == ("Detainee 2: cell F2", "2")
    assert _lines(second) == [
        ("Cell", "F2"),
        ("What happened", "Not available: in interview"),
        ("Gender", "Female"),
    ]
    (rights,) = shown["rights"]
    assert _lines(rights) == [("Told of their rights?", "No")]


def test_a_section_about_detainees_that_has_nothing_to_show_is_left_out() -> None:
    assert "rights" not in _shown(_visit())
    assert [card.lines for card in _shown(_visit())["visit"]] == [()]


def test_an_animal_is_called_by_its_name() -> None:
    rolo = UUID(int=77)
    form = replace(_form(), row_of="animal")
    about = ReportContext(
        reference_scheme(Kind.ANIMAL_WELFARE, ANIMALS), make_kennels(), None, ABOUT.people,
        CodeBook.of(reference_codes(Kind.ANIMAL_WELFARE, ANIMALS)), form, {rolo: "Rolo"},
    )  # fmt: skip
    counts = (OutcomeCount("SEEN", 1, row=ReportRow(animal_id=rolo, answers={"told": "YES"})),)
    visit = make_kennel_visit(counts=counts, present=1, report=Report(1))
    (card,) = _shown(visit, about)["rights"]
    assert _lines(card) == [("Animal 1: Rolo", "1 of 2 answered")]
    (_, detail) = _shown(visit, about, whole=True)["counted"]
    assert detail.row == str(rolo)


def test_words_that_were_kept_are_listed_with_the_reason() -> None:
    assert _lines(_shown(_visit())[PRIVACY][0]) == [("Flagged words you kept", "None")]
    kept = KeptWords(
        answer_place("words"), "Rex", "name", "a dog.", "Anne", datetime(2025, 3, 5, tzinfo=UTC)
    )
    report = Report(1, kept_words=(kept, replace(kept, words="Duke", reason="")))
    assert _lines(_shown(make_visit(report=report))[PRIVACY][0]) == [
        ("Flagged words you kept", "“Rex”: a dog."),
        ("Flagged words you kept", "“Duke”: no reason given."),
    ]
    assert PRIVACY not in _shown(make_visit())


def test_a_visit_without_a_form_is_shown_by_the_plain_one() -> None:
    shown = _shown(make_visit(), replace(ABOUT, form=None))
    assert [card.title for (card,) in shown.values()] == [
        "The visit", "Times and access", "Detainees", "Issues", "Summary",
    ]  # fmt: skip


@pytest.mark.parametrize(("has_arrival", "asked"), [(True, True), (False, False)])
def test_nobody_is_asked_for_a_reason_while_the_arrival_can_not_be_read(
    has_arrival: bool, asked: bool
) -> None:
    why = Question("why", "What did they say?", "line", when="delayed")
    form = replace(_form(), sections=(FormSection("access", "Access", (why,)),))
    visit = _visit({"why": "Busy"}, admitted=at(DAY, 14, 30))
    shown = _shown(
        visit, replace(ABOUT, form=form), answered=answered_of(visit), has_arrival=has_arrival
    )
    assert bool(shown["access"][0].lines) == asked


def test_the_card_with_the_numbers_is_marked() -> None:
    every = [card for of_section in _shown(_visit()).values() for card in of_section]
    assert [card.section for card in every if card.counts] == ["counted"]


def test_a_row_without_an_outcome_is_shown_with_its_answers_alone() -> None:
    row = Row(1, "a", "", {"hair": "red"}, None, frozenset())
    answered = replace(answered_of(_visit()), rows=(row,))
    _, card = _shown(_visit(), answered=answered, whole=True)["counted"]
    assert (card.title, card.row, _lines(card)) == ("Detainee 1", "1", [("Hair", "red")])


def test_questions_that_came_later_are_left_open_in_drafts_and_not_in_signed_reports() -> None:
    later = Question("refused_by", "Who refused?", "line")
    form = replace(_form(), sections=(FormSection("access", "Access", (later,)),))
    about, visit = replace(ABOUT, form=form), _visit()
    assert _lines(_shown(visit, about)["access"][0]) == []
    draft = _shown(visit, about, answered=answered_of(visit))
    assert _lines(draft["access"][0]) == [("Not answered", "1 question")]
    answered = _visit({"refused_by": "The sergeant"})
    assert _lines(_shown(answered, about)["access"][0]) == [("Who refused?", "The sergeant")]


def test_numbers_are_shown_by_the_outcomes_of_the_day() -> None:
    """What is retired is no longer offered to a draft whose day is still to come."""
    codes = [
        replace(code, active_to=date(2025, 3, 31)) if code.code == "NOTSEEN" else code
        for code in reference_codes(Kind.ANIMAL_WELFARE, ANIMALS)
    ]
    about = ReportContext(
        reference_scheme(Kind.ANIMAL_WELFARE, ANIMALS), make_kennels(), None, ABOUT.people,
        CodeBook.of(codes), replace(_form(), row_of="animal"),
    )  # fmt: skip
    visit = make_kennel_visit(DAY, counts=(OutcomeCount("GONE", 1),), report=Report(1))
    for has_day, words in ((True, "1: 1 retired or left"), (False, "1")):
        (card,) = _shown(visit, about, has_day=has_day)["counted"]
        assert ("Not seen", words) in _lines(card)
