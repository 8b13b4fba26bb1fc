"""What a detainee asked for is entered by keyboard, a line for each request."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import focus, press, write
from tests.ui.log.drafts import draft_of, shown, stored, whole_of
from visitapp.domain.office.scheme import Kind
from visitapp.ui.context import Context
from visitapp.ui.log.questions.requests_field import RequestsField
from visitapp.ui.log.view import LogView

TAB = Qt.Key.Key_Tab


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> LogView:
    whole = whole_of(Kind.CUSTODY)
    whole["rows"][0]["answers"] = {}
    view = shown(furnished_context, qtbot)
    view.open_target(draft_of(furnished_context, **whole).id)
    view.form.open_section("rights")
    return view


def field_of(page: LogView) -> RequestsField:
    fields = page.form.sections["rights"].findChildren(RequestsField)
    return next(field for field in fields if field.isVisible())


def requests_in(page: LogView):
    return stored(page)["rows"][0]["answers"].get("requests_made")


def seen(field: RequestsField) -> list[bool]:
    return [line.put_right.isVisible() for line in field.lines if line.isVisible()]


def test_requests_are_typed_line_by_line_and_removed(page: LogView) -> None:
    field = field_of(page)
    assert seen(field) == [False]  # what came of it is asked once there is a request
    field.lines[0].kind.setFocus()
    write("blanket")
    press(TAB)
    press(Qt.Key.Key_P)
    write("Brought at once")
    assert seen(field) == [True, False]
    assert requests_in(page) == [
        {"kind": "BLANKET", "put_right": "YES", "action": "Brought at once"}
    ]
    press(TAB)
    press(TAB)  # past Remove
    assert focus().accessibleName() == "What they asked for, request 2"
    write("telephone")
    press(TAB)
    press(Qt.Key.Key_N)
    assert [request["kind"] for request in requests_in(page)] == ["BLANKET", "CALL"]
    assert page.viewmodel.judgement.problem_at(field.about) == ""
    field.lines[0].remove.click()
    assert focus() is field.lines[0].kind
    assert requests_in(page) == [{"kind": "CALL", "put_right": "NO"}]
    assert seen(field) == [True, False]
    field.lines[0].remove.click()
    assert requests_in(page) is None
    assert seen(field) == [False]


def test_a_request_without_what_came_of_it_is_named(page: LogView) -> None:
    field = field_of(page)
    field.lines[0].kind.setFocus()
    write("food")
    press(TAB)
    page.viewmodel.flush()
    problems = [finding.sentence for finding in page.viewmodel.judgement.blocking]
    assert "What they asked for: Request 1: say whether it was put right." in problems
