"""What the navigation and the menus bring, while something is open on the page they lead to."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.builders import make_visit, sign
from tests.ui.log.drafts import draft_of
from visitapp.ui.context import Context
from visitapp.ui.frame.shell import Shell


@pytest.fixture
def shell(furnished_context: Context, qtbot: QtBot) -> Shell:
    made = Shell(furnished_context)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_visits_leads_to_the_list_while_a_report_is_open(
    shell: Shell, furnished_context: Context
) -> None:
    visit = sign(furnished_context.services, make_visit())
    shell.go("visits", visit.id)
    assert shell.page.title.startswith(visit.ref)
    shell.navigation.chosen.emit("visits")
    assert shell.page.title == "Visits"
    assert shell.page.list.isVisible()


def test_log_a_visit_offers_the_last_draft_and_another_report(
    shell: Shell, furnished_context: Context, qtbot: QtBot
) -> None:
    draft = draft_of(furnished_context)
    shell.go("log", draft.id)
    shell.go("home")
    shell.go("log")
    QApplication.processEvents()
    buttons = [b for b in shell.page.start.findChildren(QPushButton) if b.isVisible()]
    assert [b.text() for b in buttons] == ["Continue", "Custody visit", "Animal welfare visit"]
    qtbot.waitUntil(buttons[0].hasFocus)
    buttons[0].click()
    assert shell.page.place() == draft.id
    shell.navigation.chosen.emit("log")  # while it is open, the same
    assert shell.page.start.isVisible()
    assert shell.page.place() is None
