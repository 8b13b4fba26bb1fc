"""What is typed about an issue outlasts a lock and a kill, until it is recorded."""

from datetime import date
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import make_visit, sign
from visitapp.domain.errors import StorageError
from visitapp.domain.following.issue_steps import RESPONSE
from visitapp.domain.report.issue import Issue
from visitapp.services.reports.issues import IssueService
from visitapp.ui import keeper
from visitapp.ui.context import Context
from visitapp.ui.issues.view import IssuesView


@pytest.fixture
def issues(furnished_context: Context) -> list[Issue]:
    made = [Issue(id=_id(n), category="FOOD", description=f"Cold meal {n}") for n in (1, 2)]
    visit = make_visit(date(2025, 4, 1), issues=tuple(made))
    return list(sign(furnished_context.services, visit).issues)


def _id(number: int) -> UUID:
    return UUID(int=900 + number)


def _shown(context: Context, qtbot: QtBot) -> IssuesView:
    view = IssuesView(context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    return view


@pytest.fixture
def page(furnished_context: Context, issues: list[Issue], qtbot: QtBot) -> IssuesView:
    made = _shown(furnished_context, qtbot)
    made.open_target(issues[0].id)
    return made


def test_a_response_is_there_again_after_a_lock(
    page: IssuesView, issues: list[Issue], qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.form.words.area, "New kettles are ordered.")
    qtbot.keyClicks(page.form.said_by, "Custody inspector")
    assert page.prepare_to_leave() == ""
    again = _shown(page.context, qtbot)
    again.open_target(issues[0].id)
    assert again.form.words.text() == "New kettles are ordered."
    assert again.form.said_by.text() == "Custody inspector"
    again.open_target(issues[1].id)
    assert again.form.words.text() == ""


def test_it_is_saved_while_somebody_types(page: IssuesView, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.form.words.area, "New kettles")
    typed = page.context.services.issues.typed
    qtbot.waitUntil(lambda: [c["words"] for c in typed().values()] == ["New kettles"])


def test_what_is_recorded_or_taken_back_is_not_kept(
    page: IssuesView, issues: list[Issue], qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.form.words.area, "New kettles")
    page.prepare_to_leave()
    page.form.words.area.clear()
    page.prepare_to_leave()
    assert page.context.services.issues.typed() == {}
    qtbot.keyClicks(page.form.words.area, "New kettles are ordered.")
    qtbot.keyClicks(page.form.said_by, "Custody inspector")
    page.form.outcome.set_key(RESPONSE)
    page.record()
    assert page.context.services.issues.typed() == {}
    steps = page.context.services.issues.get(issues[0].id).steps
    assert [step.words for step in steps] == ["New kettles are ordered."]


def test_a_full_disk_is_said_and_nothing_typed_is_lost(
    page: IssuesView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_AGAIN_MS", 50)

    def refuse(*_: object) -> None:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(IssueService, "keep_typed", refuse)
        qtbot.keyClicks(page.form.words.area, "New kettles")
        assert page.prepare_to_leave() == "The disk is full."
        assert [banner.sentence for banner in page.banners()] == [
            f"The disk is full. {keeper.KEPT_HERE}"
        ]
    qtbot.waitUntil(lambda: page.banners() == ())
    assert [c["words"] for c in page.context.services.issues.typed().values()] == ["New kettles"]


def test_wrong_words_for_outcome_and_day_are_kept_as_they_were_typed(
    page: IssuesView, issues: list[Issue], qtbot: QtBot
) -> None:
    for field, words in ((page.form.outcome.lineEdit(), "no such thing"),
                         (page.form.day.edit, "some day")):  # fmt: skip
        assert field is not None
        field.selectAll()
        qtbot.keyClicks(field, words)
        field.editingFinished.emit()
    assert page.prepare_to_leave() == ""
    again = _shown(page.context, qtbot)
    again.open_target(issues[0].id)
    assert again.form.outcome.currentText() == "no such thing"
    assert again.form.day.text() == "some day"
    assert not again.form.record()
    assert "no such thing" in again.form.reason.text()
