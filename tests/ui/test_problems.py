import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from visitapp.domain.errors import BadInputError, VisitAppError
from visitapp.ui import problems

SECRET = "Two people were being booked in"


class _Page(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def show_problem(self, error: VisitAppError) -> None:
        self.said.append(str(error))


def _fail(secret: str) -> None:
    raise KeyError(secret)


def _raised() -> tuple[type[BaseException], BaseException]:
    try:
        _fail(SECRET)
    except KeyError as error:
        return KeyError, error
    raise AssertionError


def test_a_report_says_where_and_nothing_of_what_was_there() -> None:
    kind, error = _raised()
    report = problems.report(kind, error.__traceback__)
    assert "builtins.KeyError" in report
    assert "in _fail" in report
    assert "visitapp" in report
    assert "Qt 6" in report
    assert SECRET not in report


def test_a_report_names_no_folder_of_the_user() -> None:
    kind, error = _raised()
    report = problems.report(kind, error.__traceback__)
    assert str(Path(__file__).parents[2]) not in report
    assert "/home" not in report


def test_a_known_problem_nobody_caught_goes_to_the_page_in_sight() -> None:
    page, reports = _Page(), []
    problems.install(lambda: page, reports.append)
    sys.excepthook(BadInputError, BadInputError("Choose a site."), None)
    assert (page.said, reports) == (["Choose a site."], [])


def test_anything_else_goes_to_the_dialog_and_only_its_kind_to_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    page, reports = _Page(), []
    problems.install(lambda: page, reports.append)
    kind, error = _raised()
    sys.excepthook(kind, error, error.__traceback__)
    assert page.said == []
    assert len(reports) == 1
    assert "KeyError" in caplog.text
    assert SECRET not in caplog.text + reports[0]


def test_a_problem_is_shown_by_the_nearest_page_around() -> None:
    page = _Page()
    inner = QObject(QObject(page))
    problems.show(inner, BadInputError("Too long ago."))
    assert page.said == ["Too long ago."]


def test_a_problem_with_no_page_around_is_not_swallowed() -> None:
    with pytest.raises(BadInputError):
        problems.show(QObject(), BadInputError("Too long ago."))


def test_a_handler_that_fails_adds_no_fault_of_its_own(monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def failing(*_given):
        raise RuntimeError("no dialog")

    problems.install(failing, failing)
    sys.excepthook(ValueError, ValueError(), None)
    sys.excepthook(VisitAppError, VisitAppError("A sentence."), None)
