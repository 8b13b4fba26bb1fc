"""A report of a visit that was refused entry asks the manager what was done about it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.builders import make_visit, sign
from tests.ui.visits.test_visits_page import asked, words
from visitapp.ui.context import Context
from visitapp.ui.visits.view import VisitsView

DAY = date(2025, 3, 5)


def test_the_manager_says_what_was_done_about_a_refusal(
    furnished_context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = furnished_context.services
    visit = sign(services, make_visit(DAY, status="REFUSED_ENTRY", admitted=None, left=None))
    page = VisitsView(furnished_context)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.viewmodel.open(visit.id)
    (banner,) = page.banners()
    assert "refused entry" in banner.sentence
    titles = asked(monkeypatch, "The inspector apologised.")
    say = next(b for b in banner.findChildren(QPushButton) if "what was done" in b.text())
    qtbot.mouseClick(say, Qt.MouseButton.LeftButton)
    assert titles == ["What was done about the refusal?"]
    assert page.banners() == ()
    assert any("The inspector apologised." in line for line in words(page))
    assert services.home.overview().refused == ()
