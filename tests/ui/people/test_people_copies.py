"""People invites visitors, shows who has joined, and shuts a lost copy out."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN
from tests.copies import Clock, Copies
from tests.ui import looking
from tests.ui.conftest import Settle
from visitapp import bootstrap
from visitapp.domain.office.scheme import Actor, Role
from visitapp.ui.context import Context
from visitapp.ui.jobs import Jobs
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.people import inviting
from visitapp.ui.people.inviting import JoiningCodeDialog
from visitapp.ui.people.tablemodel import COPY, JOINED
from visitapp.ui.people.view import PeopleView
from visitapp.ui.widgets.dialogs import SureDialog


def _shown(context: Context, qtbot: QtBot) -> PeopleView:
    view = PeopleView(context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    return view


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> PeopleView:
    return _shown(furnished_context, qtbot)


@pytest.fixture
def copies(furnished_context: Context, tmp_path: Path) -> Copies:
    return Copies(tmp_path / "folder", furnished_context.services, Clock())


def _words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def _buttons(widget: QWidget) -> dict[str, QPushButton]:
    QApplication.processEvents()
    found = widget.findChildren(QPushButton)
    return {one.accessibleName(): one for one in found if one.isVisibleTo(widget)}


def _cell(page: PeopleView, name: str) -> str:
    model = page.tablemodel
    row = next(at for at in range(model.rowCount()) if model.index(at, 0).data() == name)
    return str(model.index(row, COPY).data())


def _dialog(page: PeopleView) -> JoiningCodeDialog:
    return next(one for one in page.findChildren(JoiningCodeDialog) if one.isVisible())


def _save_to(monkeypatch: pytest.MonkeyPatch, out: Path | None) -> list[Path]:
    offered: list[Path] = []

    def ask(_parent: QWidget, path: Path) -> Path | None:
        offered.append(path)
        return out

    monkeypatch.setattr(inviting, "ask_new_invitation", ask)
    return offered


def _answer(monkeypatch: pytest.MonkeyPatch, answer: bool) -> list[tuple[str, str]]:
    asked: list[tuple[str, str]] = []

    def ask(_parent: QWidget, title: str, sentence: str, *_: str) -> bool:
        asked.append((title, sentence))
        return answer

    monkeypatch.setattr(SureDialog, "ask", ask)
    return asked


def test_invite_saves_the_invitation_and_shows_the_code_that_opens_it(
    page: PeopleView, furnished_context: Context, copies: Copies, settle: Settle, qtbot: QtBot,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    out = tmp_path / "invitation.visitinvite"
    offered = _save_to(monkeypatch, out)
    page.open_target(ANNE)
    assert page.table.isColumnHidden(COPY)
    invite = _buttons(page.details)["Invite…"]
    invite.setFocus()
    qtbot.keyClick(invite, Qt.Key.Key_Return)
    settle(furnished_context)
    assert [path.name for path in offered] == ["Invitation-for-Anne-Example.visitinvite"]
    dialog = _dialog(page)
    assert "It works once, until 24 April 2025." in _words(dialog)
    assert "Send invitation.visitinvite to Anne Example" in _words(dialog)
    assert dialog.code.accessibleName().startswith("Joining code: ")
    anne = copies.begin("anne", out.read_bytes(), dialog.code.text().replace("\n", " "))
    assert anne.access.actor.name == "Anne Example"
    dialog.close_button.click()
    assert not page.table.isColumnHidden(COPY)
    assert (_cell(page, "Anne Example"), _cell(page, "Ben Sample")) == ("Invited until 24 Apr", "")
    copies.close()


def test_the_code_is_shown_again_while_it_works(
    page: PeopleView, furnished_context: Context, qtbot: QtBot
) -> None:
    made, changes = furnished_context.services.exchange.invite(ANNE)
    furnished_context.tell(changes)
    page.open_target(ANNE)
    _buttons(page.details)["Show the joining code"].click()
    dialog = _dialog(page)
    assert dialog.code.text().replace("\n", "") == made.code
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_who_is_invited_is_asked_about_before_the_old_code_stops_working(
    page: PeopleView, furnished_context: Context, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made, changes = furnished_context.services.exchange.invite(ANNE)
    furnished_context.tell(changes)
    page.open_target(ANNE)
    _save_to(monkeypatch, tmp_path / "again.visitinvite")
    asked = _answer(monkeypatch, False)
    _buttons(page.details)["Invite again…"].click()
    assert asked[0][0] == "Invite Anne Example again?"
    assert furnished_context.services.copy_register.code(ANNE) == made.code
    _answer(monkeypatch, True)
    _buttons(page.details)["Invite again…"].click()
    settle(furnished_context)
    assert furnished_context.services.copy_register.code(ANNE) != made.code
    _dialog(page).reject()


def test_nothing_is_invited_where_no_place_is_chosen(
    page: PeopleView, furnished_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    _save_to(monkeypatch, None)
    page.open_target(ANNE)
    _buttons(page.details)["Invite…"].click()
    assert furnished_context.services.exchange.invitations() == ()


def test_an_invitation_that_cannot_be_saved_is_told(
    page: PeopleView, furnished_context: Context, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    _save_to(monkeypatch, tmp_path / "no such folder" / "x.visitinvite")
    page.open_target(ANNE)
    _buttons(page.details)["Invite…"].click()
    settle(furnished_context)
    (banner,) = page.banners()
    assert "can't be written" in banner.sentence


def test_a_joined_copy_shows_its_words_and_is_shut_out_if_the_manager_is_sure(
    page: PeopleView, furnished_context: Context, copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    anne = copies.join("anne", ANNE)
    page.viewmodel.renew()
    page.open_target(ANNE)
    words = anne.copy_register.fingerprints()
    assert words is not None
    assert words.own in _words(page.details)
    assert _cell(page, "Anne Example") == "Joined"
    asked = _answer(monkeypatch, False)
    _buttons(page.details)["Shut out this copy…"].click()
    assert asked[0][0] == "Shut out the copy of Anne Example?"
    assert "can’t be undone" in asked[0][1]
    assert _cell(page, "Anne Example") == "Joined"
    _answer(monkeypatch, True)
    _buttons(page.details)["Shut out this copy…"].click()
    assert _cell(page, "Anne Example") == "Shut out"
    assert "Shut out on Thu 10 Apr 2025." in _words(page.details)
    assert "Shut out this copy…" not in _buttons(page.details)
    assert "Invite again…" in _buttons(page.details)
    copies.close()


def test_somebody_who_left_is_not_invited(
    page: PeopleView, furnished_context: Context, qtbot: QtBot
) -> None:
    row = page.viewmodel.person(BEN)
    assert row is not None
    schemes = [m.scheme_id for m in page.viewmodel.current(row.person)]
    yesterday = page.viewmodel.today - timedelta(days=1)
    assert page.viewmodel.leave(row.person, schemes, yesterday, None)
    page.open_target(BEN)
    assert not [name for name in _buttons(page.details) if name.startswith("Invite")]


def test_the_register_has_room_for_what_is_new_in_it(
    page: PeopleView, furnished_context: Context, appearance: Appearance, qtbot: QtBot
) -> None:
    for person_id in (ANNE, BEN):
        furnished_context.services.exchange.invite(person_id)
    page.viewmodel.renew()
    page.open_target(ANNE)
    assert looking.nameless(page) == []
    for theme, percent in (("light", 100), ("dark", 150), ("light", 200)):
        appearance.choose(theme, percent)
        assert looking.cut_at_rest(page) == []
    page.resize(1500, 712)
    appearance.choose("light", 100)
    qtbot.waitUntil(lambda: not page.table.isColumnHidden(JOINED))


def test_only_the_manager_shuts_out(
    records: Path, key: bytes, jobs: Jobs, qtbot: QtBot, furnished_context: Context
) -> None:
    furnished_context.services.setup.set_account(Actor("Vera Visitor", Role.VISITOR))
    with bootstrap.open_with_key(records, key) as opened:
        page = _shown(Context(opened.services, jobs), qtbot)
        page.open_target(ANNE)
        assert not [name for name in _buttons(page.details) if "nvite" in name]
