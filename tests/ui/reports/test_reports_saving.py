"""The texts of the year are kept as they are typed, and tried again until they can be."""

from datetime import date
from itertools import cycle

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.builders import make_visit, sign
from tests.ui.conftest import Settle
from tests.ui.reports.reports_page import EARLIER, YEAR, shown, words
from visitapp.domain.errors import ConflictError, StorageError
from visitapp.services.year.reports import ReportService
from visitapp.ui import keeper
from visitapp.ui.context import Context
from visitapp.ui.reports.view import ReportsView

FULL = "The disk is full."
TOLD = f"{FULL} What you wrote is safe here. We will save it as soon as we can."


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot, settle: Settle) -> ReportsView:
    sign(furnished_context.services, make_visit(date(2025, 3, 12)))
    made = shown(furnished_context, qtbot, settle)
    made.write("The year in words", "plans")
    return made


def _kept(page: ReportsView, key: str = "plans") -> str:
    return page.context.services.reports.text(YEAR, key).text


def _refuse(*_: object) -> None:
    raise StorageError(FULL)


def test_whoever_goes_on_typing_is_saved_meanwhile(page: ReportsView, qtbot: QtBot) -> None:
    area = page.writer.fields["plans"]
    for letter in cycle("year "):
        qtbot.keyClicks(area, letter)
        qtbot.wait(40)  # never a pause as long as keystrokes are gathered for
        if _kept(page) or len(area.text()) > 400:
            break
    assert _kept(page)
    assert area.text().startswith(_kept(page))
    assert page.writer.saved.text() == "Saved 13:00:00"


def test_a_full_disk_is_said_and_the_text_is_saved_once_there_is_room(
    page: ReportsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "_AGAIN_MS", 50)
    with monkeypatch.context() as patched:
        patched.setattr(ReportService, "keep_typed", _refuse)
        qtbot.keyClicks(page.writer.fields["plans"], "One")
        qtbot.waitUntil(lambda: len(page.banners()) == 1)
        assert page.banners()[0].sentence == TOLD
        assert "Not saved" in words(page)
        assert page.prepare_to_leave() == FULL
        assert _kept(page) == ""
    qtbot.waitUntil(lambda: page.banners() == ())  # by itself
    assert _kept(page) == "One"
    assert "Saved 13:00:00" in words(page)
    assert page.prepare_to_leave() == ""


def test_the_save_can_be_tried_again_by_hand(
    page: ReportsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(ReportService, "keep_typed", _refuse)
        qtbot.keyClicks(page.writer.fields["plans"], "One")
        assert not page.viewmodel.keeper.flush()
    page.banners()[0].findChild(QPushButton).click()
    assert page.banners() == ()
    assert _kept(page) == "One"


def test_one_text_that_cannot_be_saved_does_not_hold_up_another(
    page: ReportsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = ReportService.keep_typed

    def refuse_plans(reports: ReportService, period: object, key: str, *words: str) -> object:
        if key == "plans":
            raise ConflictError("This was changed elsewhere.")
        return save(reports, period, key, *words)

    with monkeypatch.context() as patched:
        patched.setattr(ReportService, "keep_typed", refuse_plans)
        qtbot.keyClicks(page.writer.fields["plans"], "One")
        qtbot.keyClicks(page.writer.fields["findings"], "Two")
        assert not page.viewmodel.keeper.flush()
        assert (_kept(page), _kept(page, "findings")) == ("", "Two")
    assert page.viewmodel.keeper.flush()
    assert _kept(page) == "One"


def test_what_could_not_be_saved_is_there_when_its_year_comes_back(
    page: ReportsView, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = next(s for s in page.viewmodel.report.sentences if s.key == "point.visits")
    with monkeypatch.context() as patched:
        patched.setattr(ReportService, "keep_typed", _refuse)
        qtbot.keyClicks(page.writer.fields["plans"], "One")
        page.viewmodel.put_sentence(sentence, "One visit was made.")
        page.viewmodel.choose_period(EARLIER)
        settle(page.context)
        assert page.viewmodel.text("plans") == ""
        page.viewmodel.choose_period(YEAR)
        settle(page.context)
        assert page.viewmodel.text("plans") == "One"
        edited = next(s for s in page.viewmodel.report.sentences if s.key == "point.visits")
        assert edited.text == "One visit was made."
        page.write("The year in words", "plans")
        assert page.writer.fields["plans"].text() == "One"
    assert page.viewmodel.keeper.flush()
    assert _kept(page) == "One"


def test_a_report_that_would_lack_the_last_words_is_not_written(
    page: ReportsView, qtbot: QtBot, settle: Settle, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "year.pdf"
    with monkeypatch.context() as patched:
        patched.setattr(ReportService, "keep_typed", _refuse)
        qtbot.keyClicks(page.writer.fields["plans"], "One")
        page.viewmodel.export(out, force=True)
        settle(page.context)
    assert not out.exists()
    assert any("missing what you wrote last" in banner.sentence for banner in page.banners())
