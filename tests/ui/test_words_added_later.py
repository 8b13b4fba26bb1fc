"""Words that come after a page was laid out, such as errors and banners, get room."""

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import looking
from tests.ui.log.drafts import draft_of, shown
from visitapp.domain.office.scheme import Kind
from visitapp.ui.context import Context
from visitapp.ui.log.view import LogView
from visitapp.ui.widgets.dialogs import ReasonDialog

LONG = "the thirty-first of last month"
NAME = "Detective Sergeant Oliver Pemberton-Smythe"


def wrong(page: LogView) -> list[str]:
    for _ in range(12):  # a level of layouts hands its wish on in each round
        QApplication.processEvents()
    return looking.clipped(page) + looking.squeezed(page)


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> LogView:
    return shown(furnished_context, qtbot)


@pytest.mark.parametrize("width", [1170, 1600])
def test_errors_under_dates_and_times_are_not_drawn_over_the_field(
    page: LogView, width: int
) -> None:
    page.resize(width, 712)
    page.open_target(Kind.CUSTODY)
    assert "\n".join(wrong(page)) == ""
    visit = page.form.section("visit")
    visit.date.set_text(LONG)  # type: ignore[attr-defined]
    page.viewmodel.answer("date", LONG)
    visit.fill()
    visit.judge()
    assert "\n".join(wrong(page)) == ""
    page.form.open_section("access")
    for time in page.form.section("access").times.values():  # type: ignore[attr-defined]
        time.set_text("a quarter past nine in the evening")
    assert "\n".join(wrong(page)) == ""


def test_errors_under_visitors_and_the_date_get_room_wherever_the_rows_were_placed(
    page: LogView, qtbot: QtBot
) -> None:
    page.open_target(Kind.CUSTODY)
    visit = page.form.section("visit")
    for width in (1366, 900, 1170):  # other columns, and back
        page.resize(width, 712)
        assert looking.squeezed_at_rest(page) == []
        for field in (visit.date.edit, *(p.lineEdit() for p in visit.visitors.pickers)):  # type: ignore[attr-defined]
            field.setFocus()
            field.selectAll()
            qtbot.keyClicks(field, "32/13/2025")
            qtbot.keyClick(field, Qt.Key.Key_Tab)
            assert looking.squeezed_at_rest(page) == []
        visit.date.set_text("1/4/2025")  # type: ignore[attr-defined]
        assert looking.squeezed_at_rest(page) == []


@pytest.mark.parametrize("width", [1170, 1600])
def test_banners_in_an_issue_card_get_room(page: LogView, width: int) -> None:
    page.resize(width, 712)
    issue = {"id": str(uuid4()), "category": "CONDUCT", "severity": 1}
    page.open_target(draft_of(page.context, issues=[issue], nothing_raised=False).id)
    page.form.open_section("issues")
    assert "\n".join(wrong(page)) == ""
    card = next(iter(page.form.section("issues").cards.values()))  # type: ignore[attr-defined]
    card.description.area.setPlainText(f"{NAME} said so on 3 March 1990. {NAME} too.")
    card.raised_at.set_text("a quarter past nine in the evening")
    card.severity.set_value("4")
    card.severity.chosen.emit("4")
    assert "\n".join(wrong(page)) == ""


def test_a_second_report_shows_the_names_of_its_sections_whole(page: LogView) -> None:
    for kind in (Kind.CUSTODY, Kind.ANIMAL_WELFARE, Kind.CUSTODY):
        page.open_target(kind)
        for section in page.viewmodel.sections():
            page.form.open_section(section.key)
            assert wrong(page) == [], section.key


def test_a_dialog_grows_with_its_error(page: LogView) -> None:
    said = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReasonDialog)
        dialog.go.click()
        QApplication.processEvents()
        said.extend(looking.clipped(dialog) + looking.squeezed(dialog))
        dialog.reject()

    QTimer.singleShot(0, answer)
    ReasonDialog.ask(page, "Amend KL-2025-001?", "This starts a new version.", "Amend")
    assert said == []
