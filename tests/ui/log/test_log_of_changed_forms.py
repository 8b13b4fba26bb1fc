"""Log a visit by a form that the scheme changed: fewer questions, more of them, other words."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.builders import ANIMALS, CUSTODY, KENNELS, SCHEME_IDS
from tests.ui.keyboard import press
from tests.ui.log.drafts import draft_of, shown, stored
from tests.ui.settings import settings_page
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report import form_changes
from visitapp.domain.report.form import Question
from visitapp.domain.report.kinds import Option
from visitapp.domain.report.place import Place
from visitapp.services import Services
from visitapp.ui.context import Context
from visitapp.ui.log.view import LogView

KINDS = ("yes_no", "check", "choice", "choices", "number", "time", "line", "text")
BRUNO = Animal(UUID(int=77), ANIMALS, KENNELS, "Bruno", "DOG", "GP")
ROW = {
    Kind.CUSTODY: {"id": "r1", "outcome": "SEEN", "gender": "FEMALE", "answers": {}},
    Kind.ANIMAL_WELFARE: {
        "id": "r1",
        "outcome": "KENNEL",
        "animal_id": str(BRUNO.id),
        "answers": {},
    },
}


def own(part: str, kind: str) -> Question:
    options = (Option("A", "This"), Option("B", "That")) if kind in ("choice", "choices") else ()
    category = "FOOD" if kind == "check" else ""
    ask = f"Asked in {part} by {kind}"
    return Question(f"own_{part}_{kind}", ask, kind, options=options, category=category)


def add_everywhere(services: Services, scheme_id: UUID) -> list[Question]:
    made = []
    for part in form_changes.parts(services.forms.form(scheme_id)):
        of_rows = isinstance(part, form_changes.RowGroup)
        for kind in KINDS:
            if not (of_rows and kind == "check"):
                made.append(own(part.key, kind))
                services.forms.add_question(scheme_id, part.key, made[-1])
    return made


def opened(context: Context, qtbot: QtBot, kind: Kind) -> LogView:
    """A report with one row, each section of it opened in turn."""
    if kind is Kind.ANIMAL_WELFARE:
        context.services.animals.add(BRUNO)
    number = context.services.forms.form(SCHEME_IDS[kind]).number
    rows = {"counting": "rows", "present": 1, "rows": [ROW[kind]], "counts": [], "form": number}
    page = shown(context, qtbot)
    page.open_target(draft_of(context, kind, **rows).id)
    assert page.viewmodel.register.form.number == number
    return page


def answer(page: LogView, section: str, field: str) -> None:
    """Go to a question and answer it with yes, by keys."""
    page.form.open_section(section)
    page.form.sections[section].take_cursor(Place.parse(field))
    press(Qt.Key.Key_Y)


def words(page: LogView) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


@pytest.mark.parametrize("kind", Kind)
def test_a_form_with_no_more_than_what_stays_is_worked_and_printed(
    furnished_context: Context, qtbot: QtBot, kind: Kind
) -> None:
    forms, scheme_id = furnished_context.services.forms, SCHEME_IDS[kind]
    first = forms.first(scheme_id)
    every = [*first.questions(), *first.row_questions()]
    for question in every:
        if form_changes.may_stop(first, question.key):
            forms.remove_question(scheme_id, question.key)
    left = forms.form(scheme_id)
    page = opened(furnished_context, qtbot, kind)
    for section in left.sections:
        page.form.open_section(section.key)
        page.form.sections[section.key].judge()
    page.form.open_section("check")
    assert furnished_context.services.paper.blank_form(scheme_id).startswith(b"%PDF")


@pytest.mark.parametrize("kind", Kind)
def test_a_question_of_each_kind_can_be_answered_in_each_part(
    furnished_context: Context, qtbot: QtBot, kind: Kind
) -> None:
    services, scheme_id = furnished_context.services, SCHEME_IDS[kind]
    added = add_everywhere(services, scheme_id)
    form = services.forms.form(scheme_id)
    page = opened(furnished_context, qtbot, kind)
    seen = ""
    for section in form.sections:
        page.form.open_section(section.key)
        page.form.sections[section.key].take_cursor(Place.parse("rows:1:outcome"))
        seen += words(page)
    assert [one.key for one in added if one.ask not in seen] == []
    answer(page, "overall", "answers:own_overall_yes_no")
    rows = "detainees" if kind is Kind.CUSTODY else "animals"
    answer(page, rows, "rows:1:own_row_yes_no")
    content = stored(page)
    assert content["answers"]["own_overall_yes_no"] == "YES"
    assert content["rows"][0]["answers"]["own_row_yes_no"] == "YES"
    page.form.open_section("check")
    assert "Asked in overall by yes_no" in words(page)
    assert services.paper.blank_form(scheme_id).startswith(b"%PDF")


def test_the_next_report_asks_what_settings_added_and_one_begun_before_does_not(
    furnished_context: Context, qtbot: QtBot
) -> None:
    settings = settings_page.shown(furnished_context, qtbot, "questions")
    page = shown(furnished_context, qtbot)
    page.open_target(draft_of(furnished_context).id)
    section = settings.section
    section.choose(CUSTODY, "suite")
    section.add()
    section.ask.setText("Told why they are held, <b>in words</b> they know?")
    section.press_save()
    page.form.open_section("suite")
    assert "Told why they are held" not in words(page)
    page.open_target(Kind.CUSTODY)
    page.form.open_section("suite")
    assert "Told why they are held, <b>in words</b> they know?" in words(page)
    assert page.viewmodel.register.form.number == 2
