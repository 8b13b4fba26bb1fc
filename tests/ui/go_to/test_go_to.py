from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.builders import make_person
from visitapp.ui.context import Context
from visitapp.ui.go_to.view import GoToDialog
from visitapp.ui.go_to.viewmodel import GoToViewModel


@pytest.fixture
def dialog(furnished_context: Context) -> Iterator[GoToDialog]:
    parent = QWidget()
    made = GoToDialog(parent, GoToViewModel(furnished_context, lambda _: True))
    made.show()
    yield made
    made.close()
    parent.deleteLater()


def test_letters_narrow_the_list_and_the_first_is_marked(qtbot: QtBot, dialog: GoToDialog) -> None:
    pages = dialog.list.count()
    assert pages >= 2
    qtbot.keyClicks(dialog.field, "cara")
    assert dialog.list.count() == 1
    choice = dialog.choice()
    assert choice is not None
    assert (choice.kind, choice.title, choice.page) == ("Person", "Cara Instance", "people")


def test_a_name_is_found_as_a_british_keyboard_types_it(
    qtbot: QtBot, dialog: GoToDialog, furnished_context: Context
) -> None:
    furnished_context.services.people.save(make_person("Oisín O\u2019Brien"))
    dialog._viewmodel = GoToViewModel(furnished_context, lambda _: True)
    for typed in ("oisin", "o'brien", "obrien ois"):
        dialog.field.clear()
        qtbot.keyClicks(dialog.field, typed)
        choice = dialog.choice()
        assert choice is not None, typed
        assert (choice.kind, choice.title) == ("Person", "Oisín O\u2019Brien")


def test_arrows_move_in_the_list_while_typing_and_enter_goes(
    qtbot: QtBot, dialog: GoToDialog
) -> None:
    last = dialog.list.count() - 1
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.list.currentRow() == 1
    qtbot.keyClick(dialog.field, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Up)
    assert dialog.list.currentRow() == last
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.result() == GoToDialog.DialogCode.Accepted


def test_what_nobody_is_called_is_said(qtbot: QtBot, dialog: GoToDialog) -> None:
    qtbot.keyClicks(dialog.field, "zzzz")
    assert dialog.choice() is None
    assert dialog._nothing.isVisible()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.choice() is None


def test_lines_read_as_kind_and_name(dialog: GoToDialog) -> None:
    item = dialog.list.item(0)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Page: Home, Page"
