"""The privacy guard in the form: every free text is underlined, and kept only by decision."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import ANIMALS, ANNE, BEN, KENNELS, make_site
from tests.ui.keyboard import focus, press, words, write
from tests.ui.log.drafts import REX, draft_of, shown, stored, whole_of
from visitapp.domain.draft.draft_content import content_of
from visitapp.domain.draft.report_texts import ISSUE_TEXTS, ROW_TEXTS
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.place import CORE_TEXTS, Place
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.log.questions.guarded import GuardedAnswer
from visitapp.ui.log.questions.question_fields import NumberField
from visitapp.ui.log.view import LogView
from visitapp.ui.widgets import guarded_text
from visitapp.ui.widgets.guarded_text import GuardedText
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.read_field import ReadField
from visitapp.ui.widgets.stepper import Stepper

NAME = "Sgt Hartwell"
SAID = "“Sgt Hartwell” looks like a name."
ASKS = f"{SAID} Use different words, or keep it and say why."


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> LogView:
    furnished_context.services.animals.add(Animal(REX, ANIMALS, KENNELS, "Rex"))
    return shown(furnished_context, qtbot)


def texts_in(page: LogView, key: str) -> Iterator[GuardedAnswer]:
    """The free texts of a section, as they are in sight."""
    page.form.open_section(key)
    section = page.form.sections[key]
    if key in ("detainees", "animals"):
        section.panel.table.go_to(0, 2)  # type: ignore[attr-defined]
    yield from [one for one in section.findChildren(GuardedAnswer) if one.isVisible()]


ASKED_OF_OTHER_VISITS = {"refused_why", "ended_why", "one_visitor_why"}
"""Why there was no visit, a short one, or one visitor: this one was made, whole, by two."""


def asked_for(page: LogView) -> set[str]:
    """How decisions name every free text that the form and its records have."""
    form, content = page.viewmodel.register.form, content_of(page.viewmodel.report)
    kinds = ("text", "line", "requests")
    of_visit = {q.key for q in form.questions() if q.kind in kinds} - ASKED_OF_OTHER_VISITS
    of_rows = {q.key for q in form.row_questions() if q.kind in kinds}
    row, issue = content["rows"][0]["id"], content["issues"][0]["id"]
    return (
        of_visit
        | set(CORE_TEXTS)
        | {f"rows:{row}:{key}" for key in of_rows}
        | {f"issues:{issue}:{key}" for key in ISSUE_TEXTS}
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_a_name_in_any_text_of_a_form_is_underlined_and_kept_by_decision_only(
    page: LogView, kind: Kind, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded_text.ReasonDialog, "ask", lambda *_: "The visitors need it.")
    draft = draft_of(page.context, kind, **whole_of(kind))
    page.open_target(draft.id)
    tried = set()
    for section in page.viewmodel.sections():
        for field in texts_in(page, section.key):
            if field.question.as_decision in tried:
                continue  # an issue in place is the same issue
            tried.add(field.question.as_decision)
            field.area.setFocus()
            field.area.insertPlainText(f"{NAME} said so")
            write(".")
            found = field.undecided()
            assert [span.words for span in found] == [NAME], field.question
            assert [mark.is_kept for mark in field.area.marks()] == [False]
            assert SAID in field.banner.sentence
            assert SAID in field.area.accessibleDescription()
            assert page.viewmodel.flush()
            assert ASKS in [finding.sentence for finding in page.viewmodel.judgement.blocking]
            field.banner.keep.click()
            assert page.viewmodel.flush()
            assert ASKS not in [finding.sentence for finding in page.viewmodel.judgement.blocking]
            assert [mark.is_kept for mark in field.area.marks()] == [True]
    assert tried == asked_for(page)
    assert {row["question"] for row in stored(page)["kept_words"]} == tried
    page.leave_for_later()
    page.open_target(draft.id)
    for section in page.viewmodel.sections():
        for field in texts_in(page, section.key):
            assert field.undecided() == (), field.question
            assert "Kept, with your reason: “Sgt Hartwell”" in words(field)
    assert ASKS not in [finding.sentence for finding in page.viewmodel.judgement.blocking]


@pytest.mark.parametrize("kind", list(Kind))
def test_whatever_can_be_written_in_is_guarded_or_holds_no_words(page: LogView, kind: Kind) -> None:
    """A field that is neither is one that somebody forgot."""
    page.open_target(draft_of(page.context, kind, **whole_of(kind)).id)
    forgotten = []
    for section in page.viewmodel.sections():
        list(texts_in(page, section.key))
        shown_here = page.form.sections[section.key]
        fields = [*shown_here.findChildren(QLineEdit), *shown_here.findChildren(QPlainTextEdit)]
        forgotten += [
            f"{section.key}: {one.accessibleName()}"
            for one in fields
            if not _is_guarded(one) and not _holds_no_words(one)
        ]
    # An animal's name is its own: it goes into the register, where no person's is asked.
    assert set(forgotten) <= {"animals: Name or PD number of the animal"}
    cells = {column.key for column in _columns(page) if column.choices is None}
    assert cells <= {*ROW_TEXTS, *_answered_by_key(page)}


def _parents(widget: QWidget) -> Iterator[QWidget]:
    at: QWidget | None = widget
    while at is not None:
        yield at
        at = at.parentWidget()


def _is_guarded(field: QWidget) -> bool:
    return any(isinstance(one, GuardedText) for one in _parents(field))


def _holds_no_words(field: QWidget) -> bool:
    """Choices, times, days and numbers are refused where they can't be read as such."""
    taken = (Picker, ReadField, Stepper, NumberField)
    own = getattr(field, "accessibleName", str)()
    return any(isinstance(one, taken) for one in _parents(field)) or own == _MINUTES


_MINUTES = "Travel and other time, per person (minutes)"


def _columns(page: LogView) -> Any:
    section = page.form.sections.get("detainees") or page.form.sections["animals"]
    return section.panel.rows.columns  # type: ignore[attr-defined]


def _answered_by_key(page: LogView) -> set[str]:
    """Columns of the animals whose cells are not written in."""
    asked = {q.key: q for q in page.viewmodel.register.form.row_questions()}
    return {key for key, one in asked.items() if one.kind in ("check", "choices")}


def test_the_guard_speaks_by_itself_after_a_pause(page: LogView, qtbot: QtBot) -> None:
    page.open_target(draft_of(page.context, summary="").id)
    page.form.open_section("overall")
    page.form.show_place(Place.parse("summary"))
    write("We told Sgt Hartwell.")
    field = page.form.section("overall").lists[0].rows["summary"].field
    qtbot.waitUntil(lambda: not field.banner.isHidden(), timeout=5000)
    assert field.banner.write.text() == "Write “the sergeant”"
    field.banner.write.click()
    assert field.text() == "We told the sergeant."
    assert field.banner.isHidden()


def test_signing_lists_undecided_words_and_leads_to_their_text(page: LogView, qtbot: QtBot) -> None:
    page.open_target(draft_of(page.context, summary=f"{NAME} said so.").id)
    page.viewmodel.confirm(ANNE, "Anne Example")
    page.viewmodel.confirm(BEN, "Ben Sample")
    page.form.open_section("check")
    page.sign.click()
    assert page.context.services.visits.page(VisitQuery()).total == 0
    links: Any = page.form.check.errors.links()
    assert [link.text() for link in links] == [ASKS]
    links[0].click()
    assert focus().accessibleName() == "Summary"


def test_what_was_kept_is_looked_at_again_once_its_words_change_or_it_is_asked(
    page: LogView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded_text.ReasonDialog, "ask", lambda *_: "They asked for it.")
    page.open_target(draft_of(page.context, summary=f"{NAME} said so.").id)
    page.form.open_section("overall")
    field = page.form.section("overall").lists[0].rows["summary"].field
    field.banner.keep.click()
    assert [row["words"] for row in stored(page)["kept_words"]] == [NAME]
    page.form.show_place(Place.parse("summary"))
    press(Qt.Key.Key_End)
    write(" And Sgt Marlow.")
    assert [span.words for span in field.undecided()] == ["Sgt Marlow"]
    field.again.click()
    assert not stored(page).get("kept_words")
    assert [span.words for span in field.undecided()] == [NAME, "Sgt Marlow"]


def test_a_reason_thought_better_of_keeps_nothing(
    page: LogView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded_text.ReasonDialog, "ask", lambda *_: None)
    page.open_target(draft_of(page.context, summary=f"{NAME} said so.").id)
    page.form.open_section("overall")
    field = page.form.section("overall").lists[0].rows["summary"].field
    field.banner.keep.click()
    assert not stored(page).get("kept_words")
    assert not field.banner.isHidden()


def test_places_of_the_scheme_are_no_names_nor_one_that_is_entered_meanwhile(
    page: LogView,
) -> None:
    page.open_target(draft_of(page.context, summary="").id)
    page.form.open_section("overall")
    page.form.show_place(Place.parse("summary"))
    field = page.form.section("overall").lists[0].rows["summary"].field
    write("We told Hartwell about Northgate.")
    assert [span.words for span in field.undecided()] == ["Hartwell"]
    setup = page.context.services.setup
    page.context.tell(setup.save_site(make_site(id=uuid4(), name="Hartwell")))
    assert field.undecided() == ()


def test_a_name_in_a_cell_of_the_table_is_said_beneath_it(page: LogView) -> None:
    page.open_target(draft_of(page.context, **whole_of(Kind.CUSTODY)).id)
    page.form.open_section("detainees")
    panel: Any = page.form.sections["detainees"].panel  # type: ignore[attr-defined]
    panel.rows.setData(panel.rows.index(1, 2), "John Hartwell")
    assert page.viewmodel.flush()
    said = "Row 2: “John Hartwell” looks like a name. Enter only the number or the cell."
    assert panel.reason.text() == said
    panel.rows.setData(panel.rows.index(1, 2), "M4")
    assert page.viewmodel.flush()
    assert panel.reason.text() == ""
