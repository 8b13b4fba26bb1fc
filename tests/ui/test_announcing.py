"""What is spoken by itself: what an answer opens, what is found, what is wrong, what was done."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import make_visit, sign
from tests.ui.hearing import heard_of
from tests.ui.keyboard import focus, press, write
from tests.ui.log.drafts import draft_of, shown
from visitapp.domain.office.scheme import Kind
from visitapp.ui.context import Context
from visitapp.ui.frame.status_line import StatusLine
from visitapp.ui.go_to.view import GoToDialog
from visitapp.ui.go_to.viewmodel import GoToViewModel
from visitapp.ui.log.view import LogView
from visitapp.ui.visits.view import VisitsView
from visitapp.ui.widgets import announcing
from visitapp.ui.widgets.banner import Banner, BannerArea
from visitapp.ui.widgets.guarded_text import GuardedText
from visitapp.ui.widgets.picker import Picker

Key = Qt.Key
_LETTERS = {"YES": "y", "NO": "n"}


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader would say from now on."""
    said: list[str] = []
    monkeypatch.setattr(
        announcing, "send", lambda _widget, sentence, _at_once: said.append(sentence)
    )
    return said


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> LogView:
    return shown(furnished_context, qtbot)


def test_what_times_tell_and_open_is_spoken_once_a_time_is_left(
    page: LogView, spoken: list[str]
) -> None:
    page.open_target(draft_of(page.context, admitted="", delay_reason="").id)
    page.form.open_section("access")
    page.form.sections["access"].rows["admitted"].field.setFocus()
    spoken.clear()
    write("1418")
    assert [one for one in spoken if "wait" in one] == []  # nobody is talked to while typing
    press(Key.Key_Tab)
    assert spoken[-1] == "The wait: 18 minutes: not immediate. Why did you wait?"
    said = len(spoken)
    press(Key.Key_Tab)
    assert len(spoken) == said


def test_questions_and_issues_that_an_answer_opens_are_spoken(
    page: LogView, spoken: list[str]
) -> None:
    page.open_target(draft_of(page.context).id)
    rows = {
        row.question.key: (section.key, row)
        for section in page.viewmodel.sections()
        for questions in page.form.section(section.key).lists
        for row in questions.rows.values()
    }
    key, row = next(found for found in rows.values() if found[1].question.kind == "check")
    page.form.open_section(key)
    row.take_cursor()
    spoken.clear()
    write("c")
    assert spoken == ["An issue is opened under this answer."]
    for asked, (key, row) in rows.items():
        before, _, answer = row.question.when.partition("=")
        if answer in _LETTERS and before in rows:
            page.form.open_section(key)
            if not rows[before][1].isVisible():
                continue
            rows[before][1].take_cursor()
            spoken.clear()
            write(_LETTERS[answer])
            assert row.isVisible(), asked
            assert any(row.question.ask.rstrip(".") in one for one in spoken), (asked, spoken)
            break
    else:
        pytest.fail("No question of the form waits for another answer.")


def test_what_is_still_to_account_for_is_spoken(page: LogView, spoken: list[str]) -> None:
    page.open_target(Kind.CUSTODY)
    page.form.open_section("detainees")
    spoken.clear()
    write("42")
    press(Key.Key_Tab)
    press(Key.Key_Up)
    assert spoken[-2:] == ["42 still to account for", "41 still to account for"]


def test_what_is_wrong_in_a_field_is_spoken_and_told_of_the_field(
    page: LogView, qtbot: QtBot, spoken: list[str]
) -> None:
    page.open_target(draft_of(page.context, arrived="").id)
    page.form.open_section("access")
    spoken.clear()
    write("2561")
    field = focus()
    press(Key.Key_Tab)
    qtbot.waitUntil(lambda: bool(spoken))
    assert [one for one in spoken if "2561" in one]
    told = heard_of(field)
    assert told.labelled_by == ("Arrived at the station",)
    assert "2561" in told.description
    field.setFocus()
    write("1400")
    press(Key.Key_Tab)
    assert heard_of(field).description == "When you asked to be let in. Such as 14:30"


def test_many_problems_in_one_moment_are_counted(qtbot: QtBot, spoken: list[str]) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.show()
    for number in range(5):
        announcing.announce_problem(holder, f"Problem {number}.")
    QApplication.processEvents()
    assert spoken == ["5 answers are to be put right."]


def test_what_ctrl_k_finds_and_marks_is_spoken(
    furnished_context: Context, qtbot: QtBot, spoken: list[str]
) -> None:
    parent = QWidget()
    dialog = GoToDialog(parent, GoToViewModel(furnished_context, lambda _: True))
    qtbot.addWidget(parent)
    dialog.show()
    spoken.clear()
    qtbot.keyClicks(dialog.field, "cara")
    assert spoken[-1].startswith("1 found. Person: Cara Instance, ")
    assert spoken[-1].endswith(", 1 of 1")
    dialog.field.clear()
    qtbot.keyClick(dialog.field, Key.Key_Down)
    assert spoken[-1].endswith(f", 2 of {dialog.list.count()}")
    qtbot.keyClicks(dialog.field, "zzzz")
    assert spoken[-1] == "Nothing found. Try other words."
    dialog.close()


def test_how_many_a_search_finds_is_spoken(
    furnished_context: Context, qtbot: QtBot, spoken: list[str]
) -> None:
    for back in (0, 7, 14):
        visit = make_visit(date(2025, 3, 5) - timedelta(back), summary="Calm." if back else "Busy.")
        sign(furnished_context.services, visit)
    page = VisitsView(furnished_context)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.list.search.setFocus()
    spoken.clear()
    write("calm")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: spoken[-1:] == ["2 visits"])


def test_a_choice_that_arrows_mark_in_an_open_list_is_spoken(
    qtbot: QtBot, spoken: list[str]
) -> None:
    picker = Picker("Why did you wait?")
    picker.set_choices([("A", "Suite very busy"), ("B", "Handover"), ("C", "Not told")])
    qtbot.addWidget(picker)
    with qtbot.waitExposed(picker):
        picker.show()
    picker.setFocus()
    picker.open_list()
    qtbot.keyClick(picker.list_shown(), Key.Key_Down)
    qtbot.keyClick(picker.list_shown(), Key.Key_Down)
    assert spoken == ["Suite very busy, 1 of 3", "Handover, 2 of 3"]
    picker.list_shown().hide()


def test_what_was_done_and_banners_are_spoken(qtbot: QtBot, spoken: list[str]) -> None:
    line, area = StatusLine(), BannerArea()
    for widget in (line, area):
        qtbot.addWidget(widget)
    line.say("The plan is made.")
    line.say("")
    area.show_banner(Banner("warn", "The disk is nearly full."))
    assert spoken == ["The plan is made.", "Warning: The disk is nearly full."]


def test_a_hint_and_privacy_words_belong_to_the_area_they_speak_of(
    furnished_context: Context, page: LogView
) -> None:
    page.open_target(draft_of(page.context).id)
    page.form.open_section("access")
    row = page.form.sections["access"].rows["delay_explanation"]
    field = row.field
    assert isinstance(field, GuardedText)
    hint = "In the words you were given; roles, not names"
    assert field.area.accessibleDescription() == hint
    field.area.setPlainText("Sgt Barlow was busy.")
    field.look()
    assert "Sgt Barlow" in field.area.accessibleDescription()
    field.area.setPlainText("They were busy.")
    field.look()
    assert field.area.accessibleDescription() == hint
