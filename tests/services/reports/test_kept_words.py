"""No report is locked over words that lead to a person, unless somebody decided to keep them."""

from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.builders import (
    ANIMALS,
    CUSTODY,
    KENNELS,
    SUITE,
    confirmed,
    decided,
    make_kennel_visit,
    make_site,
    make_visit,
    sign,
)
from visitapp.domain.draft.draft_content import content_of, typed_report
from visitapp.domain.draft.report_form import ReadingBasis, read
from visitapp.domain.draft.report_texts import texts
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.answers import answered_of
from visitapp.domain.report.form import Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services import Services

NAME = "Sgt Hartwell said so."
REFUSED = "“Sgt Hartwell” looks like a name. Use different words, or keep it and say why."
SAID = {"overall": "SATISFACTORY"}


def with_text(where: str, key: str, words: str = NAME) -> Visit:
    """A whole custody report with words in one of its texts."""
    visit = make_visit(report=Report(1, SAID))
    if where == "visit":
        return replace(visit, **{key: words})
    if where == "answers":
        return replace(visit, report=Report(1, SAID | {key: words}))
    if where == "issue":
        return replace(visit, issues=(Issue(uuid4(), "FOOD", **{key: words}),))
    row = ReportRow("M4", answers={key: words})
    return replace(visit, present=1, counts=(OutcomeCount("SEEN", 1, row=row),))


@pytest.mark.parametrize(
    ("where", "field"),
    [
        ("visit", "summary"),
        ("visit", "delay_explanation"),
        ("answers", "good_practice"),
        ("answers", "escort_number"),
        ("issue", "description"),
        ("issue", "place"),
        ("issue", "raised_with"),
        ("row", "request"),
        ("row", "action"),
    ],
)
def test_undecided_words_anywhere_in_a_report_stop_its_signing(
    furnished: Services, where: str, field: str
) -> None:
    visit = with_text(where, field)
    with pytest.raises(BadInputError) as refused:
        sign(furnished, visit)
    assert str(refused.value) == REFUSED
    assert furnished.visits.page(VisitQuery()).total == 0
    locked = sign(furnished, decided(furnished, visit))
    report = furnished.visits.get(locked.id).report
    assert report is not None
    [kept] = report.kept_words
    assert (kept.words, kept.kind, kept.kept_by) == ("Sgt Hartwell", "name", "Mary Manager")
    assert kept.reason == "It has to be said."


def test_a_decision_about_one_text_holds_for_no_other(furnished: Services) -> None:
    kept = decided(furnished, with_text("visit", "summary"))
    with pytest.raises(BadInputError, match="Sgt Hartwell"):
        sign(furnished, replace(kept, delay_explanation=NAME))


def test_an_imported_report_has_no_decisions_and_is_looked_at_when_it_is_amended(
    furnished: Services,
) -> None:
    with pytest.raises(BadInputError, match="Sgt Hartwell"):
        sign(furnished, make_visit(summary=NAME))


@pytest.mark.parametrize("entry", ["cell", "custody_number"])
def test_a_name_in_the_place_of_a_number_or_a_cell_is_refused_and_can_not_be_kept(
    furnished: Services, entry: str
) -> None:
    row = ReportRow(**{entry: "John Hartwell"})
    visit = make_visit(
        report=Report(1, SAID), present=1, counts=(OutcomeCount("SEEN", 1, row=row),)
    )
    with pytest.raises(BadInputError, match="“John Hartwell” looks like a name"):
        sign(furnished, decided(furnished, visit))
    for number in ("EU/12345/24", "07700 900123", "M4", "Female 2"):
        fine = OutcomeCount("SEEN", 1, row=ReportRow(**{entry: number}))
        sign(furnished, replace(visit, id=uuid4(), counts=(fine,)))


def test_names_of_sites_and_animals_of_the_file_need_no_decision(furnished: Services) -> None:
    with pytest.raises(BadInputError, match="Hartwell"):
        sign(furnished, make_visit(summary="We told Hartwell about it."))
    furnished.setup.save_site(make_site(id=uuid4(), name="Hartwell"))
    sign(furnished, make_visit(summary="We told Hartwell about it."))
    with pytest.raises(BadInputError, match="Esmeray"):
        sign(furnished, make_kennel_visit(summary="A handler sat with Esmeray."))
    furnished.animals.add(Animal(uuid4(), ANIMALS, KENNELS, "Esmeray"))
    sign(furnished, make_kennel_visit(summary="A handler sat with Esmeray."))


def amended(services: Services, visit: Visit, **changed: Any) -> Visit:
    """The next edition of a report as the window signs it."""
    draft, _ = services.drafts.replace(visit.id, "A slip of the pen.")
    form = services.forms.form_of_draft(draft)
    basis = ReadingBasis(form, services.setup.codes(visit.scheme_id))
    content = content_of(draft.report) | changed
    reading = read(typed_report(content), visit_id=draft.id, scheme_id=draft.scheme_id, basis=basis)
    return services.visits.sign(confirmed(services, reading.visit), draft)[0]


def test_decisions_go_along_through_every_amendment_and_a_new_name_needs_its_own(
    furnished: Services,
) -> None:
    row = ReportRow("M4", answers={"request": NAME})
    visit = replace(
        with_text("issue", "description"),
        present=2,
        counts=(OutcomeCount("SEEN", 1, row=row), OutcomeCount("ASLEEP", 1)),
    )
    first = sign(furnished, decided(furnished, visit))
    second = amended(furnished, first, summary="Calm.")
    third = amended(furnished, second, summary="Calm, and quiet.")
    report = furnished.visits.get(third.id).report
    assert report is not None
    assert {str(one.question) for one in report.kept_words} == {
        "rows:1:request", f"issues:{third.issues[0].id}:description",
    }  # fmt: skip
    with pytest.raises(BadInputError, match="“Sgt Marlow” looks like a name"):
        amended(furnished, third, summary="Sgt Marlow helped.")
    assert furnished.visits.get(third.id).state == "locked"


def test_a_reason_to_amend_or_withdraw_names_nobody(furnished: Services) -> None:
    visit = sign(furnished, make_visit())
    said = "“Sgt Hartwell” looks like a name. Use a job title or role, not a name. Use different"
    for act in (furnished.drafts.replace, furnished.visits.withdraw):
        with pytest.raises(BadInputError) as refused:
            act(visit.id, NAME)
        assert str(refused.value).startswith(said)
    assert furnished.drafts.drafts() == ()
    assert furnished.visits.get(visit.id).state == "locked"


def test_decisions_about_rows_and_issues_that_are_gone_go_with_them(furnished: Services) -> None:
    row = ReportRow("M4", answers={"request": NAME})
    visit = replace(
        with_text("issue", "description"),
        present=1,
        counts=(OutcomeCount("SEEN", 1, row=row),),
    )
    first = sign(furnished, decided(furnished, visit))
    second = amended(furnished, first, rows=[], counting="counts", issues=[], counts=[
        {"outcome": "SEEN", "number": 1},
    ])  # fmt: skip
    assert second.report is not None
    assert second.report.kept_words == ()


# -- no text can be forgotten ------------------------------------------------------------------

_CODES = {"type", "mode", "status", "delay_reason", "category", "origin"}
_OFFICE = {"ref", "withdrawn_reason", "source_ref", "source_digest"}
"""Not written into the report."""
_LINKS = {"question"}
_WORDS = "Words of a person"


def texts_of(cls: type) -> set[str]:
    """The fields of a dataclass that hold words which somebody could write freely."""
    known = _CODES | _OFFICE | _LINKS
    return {f.name for f in fields(cls) if f.type in (str, str | None)} - known


def filled(questions: Any) -> dict[str, Any]:
    """Something in every question that takes words."""
    return {q.key: _WORDS for q in questions if _takes_words(q)}


def _takes_words(question: Question) -> bool:
    return question.kind != "core" and question.problem(_WORDS) == ""


@pytest.mark.parametrize("kind", list(Kind))
def test_every_text_of_a_form_and_of_its_records_is_looked_at(
    furnished: Services, kind: Kind
) -> None:
    scheme = furnished.setup.scheme(kind).id
    form = furnished.forms.form(scheme)
    row = ReportRow(
        **dict.fromkeys(texts_of(ReportRow), _WORDS), answers=filled(form.row_questions())
    )
    visit = Visit(
        id=UUID(int=1),
        scheme_id=scheme,
        site_id=SUITE,
        arrived=make_visit().arrived,
        **dict.fromkeys(texts_of(Visit), _WORDS),
        counts=(OutcomeCount("SEEN", 1, row=row),),
        issues=(Issue(uuid4(), "FOOD", **dict.fromkeys(texts_of(Issue), _WORDS)),),
        report=Report(1, filled(form.questions())),
    )
    looked_at = list(texts(visit, answered_of(visit), form))
    assert {text.words for text in looked_at} == {_WORDS}
    written = len(filled(form.questions())) + len(filled(form.row_questions()))
    own = len(texts_of(Visit)) + len(texts_of(Issue)) + len(texts_of(ReportRow))
    assert len(looked_at) == written + own
    assert len({text.question for text in looked_at}) == len(looked_at)


def test_a_question_added_by_the_scheme_is_looked_at_too(furnished: Services) -> None:
    pilot = Question("pilot", "What did the immigration team say?", "text")
    furnished.forms.add_question(CUSTODY, "staff", pilot)
    answers = SAID | {"pilot": NAME}
    with pytest.raises(BadInputError, match="Sgt Hartwell"):
        sign(furnished, make_visit(date(2025, 3, 5), report=Report(2, answers)))
