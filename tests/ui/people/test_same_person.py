"""Two entries of one person: chosen, decided and undone on the page by keys alone."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, CARA, CUSTODY, make_visit, sign
from visitapp.domain.office.people import Membership, Person
from visitapp.ui.context import Context
from visitapp.ui.count_together import CountTogetherDialog
from visitapp.ui.people.view import PeopleView
from visitapp.ui.widgets.buttons import PressButton

A_EXAMPLE = UUID(int=399)


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> PeopleView:
    services = furnished_context.services
    joined = Membership(CUSTODY, date(2017, 4, 1), joined_unknown=True)
    services.people.save(Person(A_EXAMPLE, "A. Example", (joined,), version=0))
    sign(services, make_visit(date(2025, 3, 5)))
    sign(services, make_visit(date(2025, 3, 19), visitors=(A_EXAMPLE, CARA)))
    view = PeopleView(furnished_context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    view.open_target(ANNE)
    return view


def words(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def names(page: PeopleView) -> list[str]:
    return [row.person.name for row in page.viewmodel.everybody]


def decide(page: PeopleView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, why: str) -> list[str]:
    """Press the button, take what is suggested, type why and press Enter; what was read."""
    read: list[str] = []

    def by_keys(dialog: CountTogetherDialog) -> QDialog.DialogCode:
        dialog.show()
        dialog.activateWindow()
        read.append(dialog.other.lineEdit().text())
        read.append(words(dialog))
        qtbot.waitUntil(dialog.other.lineEdit().hasFocus)
        for _ in range(2):
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        QTest.keyClicks(dialog.focusWidget(), why)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert dialog.go.hasFocus()
        QTest.keyClick(dialog.go, Qt.Key.Key_Space)
        read.append(words(dialog))
        return QDialog.DialogCode(dialog.result())

    monkeypatch.setattr(CountTogetherDialog, "exec", by_keys)
    page.details.same_button.setFocus()
    QTest.keyClick(page.details.same_button, Qt.Key.Key_Space)
    return read


def test_two_entries_are_counted_together_and_apart_by_keys(
    page: PeopleView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = len(page.viewmodel.everybody)
    suggested, before, _ = decide(page, qtbot, monkeypatch, "Her first name was cut short.")
    assert suggested == "A. Example (similar names)"
    assert "A. Example: 1 visit, 1 h\nAnne Example: 1 visit, 1 h" in before
    assert "Together, as Anne Example: 2 visits, 2 h" in before

    assert "A. Example" not in names(page)
    assert len(page.viewmodel.everybody) == page.viewmodel.count(None) == number - 1
    assert "A. Example counts as Anne Example: the same person" in words(page.details.others)
    assert "Her first name was cut short." in words(page.details.others)
    page.viewmodel.search("a. ex")
    assert [row.person.name for row in page.viewmodel.rows] == ["Anne Example"]
    page.open_target(A_EXAMPLE)
    current = page.current()
    assert current is not None
    assert current.person.id == ANNE

    *_, undo = page.details.others.findChildren(PressButton)
    undo.setFocus()
    QTest.keyClick(undo, Qt.Key.Key_Space)
    assert "A. Example" in names(page)
    assert len(page.viewmodel.everybody) == number
    assert not page.viewmodel.same.of(ANNE)


def test_a_decision_without_a_reason_is_not_taken(
    page: PeopleView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, after = decide(page, qtbot, monkeypatch, " ")
    assert "Say why. It is saved with the decision." in after
    assert "A. Example" in names(page)


def test_only_who_can_be_kept_is_kept(
    page: PeopleView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.viewmodel._context.services.exchange.invite(A_EXAMPLE)
    _, before, _ = decide(page, qtbot, monkeypatch, "Her first name was cut short.")
    assert "Together, as A. Example: 2 visits, 2 h" in before
    assert "A. Example" in names(page)
    assert "Anne Example" not in names(page)
