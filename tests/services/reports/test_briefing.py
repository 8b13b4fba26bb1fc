"""A briefing over a real file, and a form on paper."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.builders import (
    ANIMALS,
    CUSTODY,
    KENNELS,
    SUITE,
    make_kennel_visit,
    make_visit,
    sign,
)
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_query import IssueQuery
from visitapp.domain.following.issue_steps import CLOSED, RESPONSE, NewStep
from visitapp.domain.office.animal import Animal
from visitapp.domain.report.form import Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount
from visitapp.services import Services

TODAY = date(2025, 4, 10)


def report(**answers: object) -> Report:
    return Report(1, {"overall": "SATISFACTORY"} | answers)


def raised(category: str, words: str, **changed) -> Issue:
    return Issue(**{"id": uuid4(), "category": category, "severity": 2, "description": words}
                 | changed)  # fmt: skip


@pytest.fixture
def visited(furnished: Services) -> Services:
    """A suite with three visits: open and answered issues, concerns, an allegation."""
    old = date(2024, 9, 2)
    sign(furnished, make_visit(old, report=report(van_dock="OK", kitchen="OK")))
    food = raised("FOOD", "No halal meals in date")
    tile = raised("MAINT", "A cracked tile")
    hurt = raised(
        "CONDUCT", "A shove in the van", severity=4, question=Place.parse("answers:opcat")
    )
    sign(
        furnished,
        make_visit(
            date(2025, 3, 12),
            issues=(food, tile, hurt),
            report=report(kitchen="CONCERN", opcat="YES", lighting="OK"),
        ),
    )
    sign(furnished, make_visit(date(2025, 4, 1), report=report(kitchen="CONCERN")))
    furnished.issues.record(food.id, 1, NewStep(RESPONSE, TODAY, "Meals were ordered."))
    furnished.issues.record(
        tile.id, 1, NewStep(RESPONSE, TODAY, "It was replaced."), NewStep(CLOSED, TODAY)
    )
    return furnished


def test_a_briefing_tells_what_to_look_at(visited: Services) -> None:
    found = visited.briefing.briefing(SUITE)
    assert [(one.words, one.answer) for one in found.open_issues] == [
        ("No halal meals in date", "Meals were ordered."),
    ]
    assert [(one.words, one.answer) for one in found.answered] == [
        ("A cracked tile", "It was replaced."),
    ]
    assert [(c.ask.partition(":")[0], c.times) for c in found.concerns] == [("Kitchen", 2)]
    last = {one.ask: one.last for one in found.unchecked}
    assert last["Van dock"] == date(2024, 9, 2)
    assert last["Fire exits"] is None
    assert "Lighting" not in last
    assert found.handover_sentence.startswith("Shifts change from 06:30 to 07:15")
    assert found.animals is None


def test_no_allegation_goes_to_the_station(visited: Services) -> None:
    words = TaggedPdf(visited.briefing.pdf(SUITE)).outline()
    assert "No halal meals in date" in words
    assert "shove" not in words


def test_a_briefing_for_kennels_names_animals_not_seen(furnished: Services) -> None:
    seen, unseen = (Animal(uuid4(), ANIMALS, KENNELS, name) for name in ("Rex", "Ada"))
    furnished.animals.add(seen)
    furnished.animals.add(unseen)
    row = ReportRow(animal_id=seen.id, answers={"health": "CONCERN"})
    counts = (OutcomeCount("KENNEL", 1, row=row),)
    sign(
        furnished,
        make_kennel_visit(date(2025, 3, 5), counts=counts, present=1, report=report()),
    )
    found = furnished.briefing.briefing(KENNELS)
    assert found.animals is not None
    assert [one.animal.name for one in found.animals.unseen] == ["Ada"]
    assert [(c.about, c.ask) for c in found.concerns] == [("Rex", "Health")]
    assert found.handover_sentence == ""


def test_withdrawn_visits_and_other_sites_are_in_no_briefing(visited: Services) -> None:
    for line in visited.issues.page(IssueQuery()).lines:
        if visited.visits.get(line.visit_id).state == "locked":
            visited.visits.withdraw(line.visit_id, "The wrong suite")
    found = visited.briefing.briefing(SUITE)
    assert (found.open_issues, found.answered) == ((), ())
    assert [c.times for c in found.concerns] == [1]
    assert visited.briefing.briefing(KENNELS).written == 0
    with pytest.raises(BadInputError, match="Choose a site"):
        visited.briefing.briefing(uuid4())


def test_however_much_there_is_a_briefing_is_one_page(furnished: Services) -> None:
    for week in range(12):
        issues = tuple(raised("CELL", f"{'Long words about a cell. ' * 12}{n}") for n in range(3))
        day = date(2025, 1, 6) + timedelta(days=7 * week)
        answers = {q.key: "CONCERN" for q in furnished.forms.form(CUSTODY).questions()
                   if q.kind == "check"}  # fmt: skip
        sign(furnished, make_visit(day, issues=issues, report=report(**answers)))
    assert len(furnished.briefing.briefing(SUITE).open_issues) == 36
    pdf = TaggedPdf(furnished.briefing.pdf(SUITE))
    assert len(pdf.pages) == 1
    assert "more concerns. See visitapp." in pdf.outline()
    assert furnished.briefing.pdf(SUITE) == furnished.briefing.pdf(SUITE)


def test_what_was_for_the_manager_only_is_not_told_once_it_is_asked_no_longer(
    furnished: Services,
) -> None:
    own = Question("rota", "Enough staff?", "check", category="CONDUCT", manager_only=True)
    furnished.forms.add_question(CUSTODY, "staff", own)
    issue = raised("CONDUCT", "Told in confidence", question=Place.parse("answers:rota"))
    answers = {"overall": "SATISFACTORY", "rota": "CONCERN"}
    sign(furnished, make_visit(date(2025, 4, 1), issues=(issue,), report=Report(2, answers)))
    furnished.forms.remove_question(CUSTODY, "rota")
    found = furnished.briefing.briefing(SUITE)
    assert found.open_issues == ()
    assert found.concerns == ()


def test_briefing_and_paper_are_written_whole_and_nothing_is_replaced_unasked(
    furnished: Services, tmp_path: Path
) -> None:
    for name, save in (
        ("briefing.pdf", lambda path, **more: furnished.briefing.save(SUITE, path, **more)),
        ("form.pdf", lambda path, **more: furnished.paper.save_blank_form(CUSTODY, path, **more)),
    ):
        target = tmp_path / name
        save(target)
        before = target.read_bytes()
        assert before.startswith(b"%PDF-1.7")
        with pytest.raises(BadInputError, match="already exists"):
            save(target)
        save(target, force=True)
        assert target.read_bytes() == before


def test_paper_has_the_newest_questions_of_the_scheme(furnished: Services) -> None:
    furnished.forms.add_question(
        CUSTODY, "suite", Question("imm_notice", "Told why they are held?", "yes_no")
    )
    words = TaggedPdf(furnished.paper.blank_form(CUSTODY)).outline()
    assert "Told why they are held?" in words
    assert "P: Form 2" in words
    assert "Told why they are held?" not in TaggedPdf(furnished.paper.blank_form(ANIMALS)).outline()


@pytest.mark.parametrize(("many", "words"), [(51, "Fifty-one issues"), (320, "320 issues")])
def test_all_open_and_answered_issues_are_counted(
    furnished: Services, many: int, words: str
) -> None:
    """The list on screen and on paper is cut; the number is not."""
    issues = tuple(raised("FOOD", f"Meal {at} late") for at in range(many))
    hurt = raised("CONDUCT", "A shove in the van", severity=4)
    sign(furnished, make_visit(date(2025, 4, 1), issues=(*issues, hurt), report=report()))
    found = furnished.briefing.briefing(SUITE)
    assert (found.open_number, len(found.open_issues)) == (many, 50)
    heard = TaggedPdf(furnished.briefing.pdf(SUITE)).outline()
    assert f"{words} are open" in heard
    assert "A shove" not in heard
