"""Two entries of one site: chosen, decided and undone in Settings by keys alone."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.builders import KENNELS, SUITE, make_site, make_visit, sign
from tests.ui.looking import cut_at_rest
from tests.ui.settings.settings_page import at_section, shown, words
from visitapp.ui.context import Context
from visitapp.ui.count_together import CountTogetherDialog
from visitapp.ui.settings.view import SettingsView
from visitapp.ui.widgets.buttons import PressButton

ROAD = UUID(int=299)


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> SettingsView:
    services = furnished_context.services
    services.setup.save_site(make_site(id=ROAD, name="Northgate Road", version=0, position=9))
    sign(services, make_visit(date(2025, 3, 5)))
    sign(services, make_visit(date(2025, 3, 19), site_id=ROAD))
    return shown(furnished_context, qtbot, "sites")


def decide(section, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, why: str) -> list[str]:
    """Press the button, take what is suggested, type why and press Enter; what was read."""
    read: list[str] = []

    def by_keys(dialog: CountTogetherDialog) -> QDialog.DialogCode:
        dialog.show()
        dialog.activateWindow()
        read.append(dialog.other.lineEdit().text())
        read.append(words(dialog))
        assert not cut_at_rest(dialog)
        qtbot.waitUntil(dialog.other.lineEdit().hasFocus)
        for _ in range(2):
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        QTest.keyClicks(dialog.focusWidget(), why)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert dialog.go.hasFocus()
        QTest.keyClick(dialog.go, Qt.Key.Key_Space)
        return QDialog.DialogCode(dialog.result())

    monkeypatch.setattr(CountTogetherDialog, "exec", by_keys)
    section.same_button.setFocus()
    QTest.keyClick(section.same_button, Qt.Key.Key_Space)
    return read


def test_two_entries_of_a_site_are_counted_together_and_apart_by_keys(
    page: SettingsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    section, setup = at_section(page, "sites"), page.context.services.setup
    section.show_item(SUITE)
    suggested, before = decide(section, qtbot, monkeypatch, "The log wrote its address.")
    assert suggested == "Northgate Road (similar names)"
    assert "Together, as Northgate: 2 visits, 5 March 2025 to 19 March 2025" in before
    assert {site.id for site in setup.sites()} == {SUITE, KENNELS}
    assert section.item.id == SUITE
    assert section.done_text == "Northgate Road counts as Northgate from now on."
    decided = [each.text() for each in section.others.findChildren(QLabel)]
    assert decided[-2:] == [
        "Northgate Road counts as Northgate: the same site",
        "Decided by Mary Manager, Thu 10 Apr 2025. The log wrote its address.",
    ]

    *_, undo = section.others.findChildren(PressButton)
    undo.setFocus()
    QTest.keyClick(undo, Qt.Key.Key_Space)
    assert {site.id for site in setup.sites()} == {SUITE, KENNELS, ROAD}
    assert section.done_text == "Northgate Road is counted by itself again."
    assert not section.others.isVisibleTo(section)
