"""A visitor joins by an invitation and its code, on real widgets and real files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import ANNE
from visitapp import clock
from visitapp.domain.exchange.messages import MessageKind
from visitapp.domain.office.scheme import Role
from visitapp.paths import documents_folder, user_folder
from visitapp.services import Services
from visitapp.ui.first_start import pages
from visitapp.ui.first_start.pages import JoiningPage
from visitapp.ui.first_start.view import FirstStartView
from visitapp.ui.session import Session

Key = Qt.Key
PASSPHRASE = "harbour candle thimble orchid"


@dataclass(frozen=True)
class Invited:
    path: Path
    code: str


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    made = Session()
    yield made
    made.end()


@pytest.fixture
def view(qtbot: QtBot, session: Session) -> FirstStartView:
    made = FirstStartView(session, user_folder() / "records.visits")
    qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def invited(furnished: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invited:
    """Anne's invitation, on the day on which the office's file stands."""
    monkeypatch.setattr(clock, "now", furnished.access.clock)
    made, _ = furnished.exchange.invite(ANNE)
    path = tmp_path / "Invitation for Anne Example.visitinvite"
    path.write_bytes(made.file)
    return Invited(path, made.code)


def _page(view: FirstStartView) -> JoiningPage:
    assert view.joining is not None
    return view.joining


def _type_passphrase(qtbot: QtBot, page: JoiningPage) -> None:
    qtbot.keyClicks(page.passphrase.first.edit, PASSPHRASE)
    qtbot.keyClicks(page.passphrase.again.edit, PASSPHRASE)


def test_an_invitation_and_its_code_make_the_visitors_file_and_the_reply(
    qtbot: QtBot, view: FirstStartView, session: Session, invited: Invited, furnished: Services
) -> None:
    view.take_file(invited.path)
    page = _page(view)
    typed = invited.code.lower().replace("-", "  ").replace("0", "o")
    qtbot.keyClicks(page.invitation.code, typed)
    qtbot.keyClick(page.invitation.code, Key.Key_Tab)
    qtbot.waitUntil(page.invitation.whose.isVisible, timeout=20_000)
    assert page.invitation.whose.text().startswith("This invitation is for Anne Example. Office of")
    _type_passphrase(qtbot, page)
    qtbot.keyClick(page.passphrase.again.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: view.sheet is not None, timeout=30_000)
    assert view.sheet is not None
    view.sheet.written.setChecked(True)
    view.sheet.go.click()
    assert view.reply is not None
    assert view.reply.name.text() == "Reply to my manager.visitmsg"
    with qtbot.waitSignal(session.opened, timeout=30_000):
        view.reply.go.click()
    assert session.current is not None
    assert session.current.path == documents_folder() / "records.visits"
    services = session.current.services
    assert (services.access.actor.name, services.access.actor.role) == (
        "Anne Example",
        Role.VISITOR,
    )
    assert [site.name for site in services.setup.sites()] == [
        site.name for site in furnished.setup.sites()
    ]
    taken, _ = furnished.exchange.take_in(
        (documents_folder() / "Reply to my manager.visitmsg").read_bytes()
    )
    assert (taken.kind, taken.sender_name) == (MessageKind.REPLY, "Anne Example")


def test_a_slip_in_the_code_is_told_at_the_field_before_anything_is_done(
    qtbot: QtBot, view: FirstStartView, invited: Invited
) -> None:
    view.take_file(invited.path)
    page = _page(view)
    wrong = invited.code[:-1] + ("7" if invited.code[-1] != "7" else "8")
    qtbot.keyClicks(page.invitation.code, wrong)
    qtbot.keyClick(page.invitation.code, Key.Key_Tab)
    sentence = "That joining code is not quite right. Ask your manager to read it out again."
    assert page.invitation.code_row.error() == sentence
    _type_passphrase(qtbot, page)
    page.begin.click()
    assert view.focusWidget() is page.invitation.code
    assert not documents_folder().exists()
    page.invitation.code.clear()
    qtbot.keyClicks(page.invitation.code, invited.code)
    assert page.invitation.code_row.error() == ""


def test_the_code_of_somebody_else_is_told_at_the_field(
    qtbot: QtBot, view: FirstStartView, invited: Invited, furnished: Services
) -> None:
    other, _ = furnished.exchange.invite(ANNE)
    view.take_file(invited.path)
    page = _page(view)
    qtbot.keyClicks(page.invitation.code, other.code)
    qtbot.keyClick(page.invitation.code, Key.Key_Tab)
    sentence = (
        "This joining code does not open this invitation, or the file was changed on the way."
    )
    qtbot.waitUntil(lambda: page.invitation.code_row.error() == sentence, timeout=20_000)
    _type_passphrase(qtbot, page)
    assert page.viewmodel.begin() is False


def test_what_is_missing_is_said_in_the_order_of_the_page(view: FirstStartView) -> None:
    view.choosing.join.click()
    page = _page(view)
    page.begin.click()
    assert page.invitation.file_row.error() == "Choose the invitation that your manager sent you."
    assert page.invitation.code_row.error() == "Type the joining code that your manager gave you."
    assert view.focusWidget() is page.invitation.choose


def test_records_and_reply_can_be_kept_elsewhere(
    qtbot: QtBot, view: FirstStartView, session: Session, invited: Invited, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    view.take_file(invited.path)
    page = _page(view)
    page.viewmodel.keep_at(tmp_path / "anne" / "anne.visits")
    assert page._joining.reply == tmp_path / "anne" / "Reply to my manager.visitmsg"
    monkeypatch.setattr(pages, "ask_reply", lambda *_: tmp_path / "reply.visitmsg")
    page._ask_reply()
    qtbot.keyClicks(page.invitation.code, invited.code)
    _type_passphrase(qtbot, page)
    page.begin.click()
    qtbot.waitUntil(lambda: view.sheet is not None, timeout=30_000)
    assert (tmp_path / "anne" / "anne.visits").exists()
    assert (tmp_path / "reply.visitmsg").exists()
    assert not documents_folder().exists()


def test_escape_goes_back_to_the_first_question(qtbot: QtBot, view: FirstStartView) -> None:
    qtbot.waitUntil(view.choosing.manage.hasFocus)
    qtbot.keyClick(view.choosing.join, Key.Key_Return)
    page = _page(view)
    assert page.invitation.choose.hasFocus()
    qtbot.keyClick(page.invitation.choose, Key.Key_Escape)
    assert view.choosing.isVisible()
    assert view.choosing.join.hasFocus()
    qtbot.keyClick(view.choosing.no_invitation, Key.Key_Return)
    assert view.questions.person.name.hasFocus()
    assert view.questions.viewmodel.answers.role is Role.VISITOR
    qtbot.keyClick(view.questions.person.name, Key.Key_Escape)
    assert view.choosing.no_invitation.hasFocus()


def test_the_invitation_is_chosen_by_its_button(
    view: FirstStartView, invited: Invited, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.choosing.join.click()
    page = _page(view)
    monkeypatch.setattr(page.invitation, "_ask_file", lambda _: invited.path)
    page.invitation.choose.click()
    assert page.invitation.file.text() == invited.path.name
    assert page.invitation.code.hasFocus()


def test_the_demonstration_of_a_visitor_has_their_own_signed_visits_alone(
    qtbot: QtBot, view: FirstStartView, session: Session
) -> None:
    from visitapp.domain.year.visit_list import VisitQuery

    with qtbot.waitSignal(session.opened, timeout=120_000):
        view.choosing.as_visitor.click()
    assert session.current is not None
    services = session.current.services
    name = services.access.actor.name
    assert services.access.actor.role is Role.VISITOR
    rows = services.visits.page(VisitQuery()).rows
    assert len(rows) >= 5
    assert all(name in row.visitors for row in rows)
    assert services.maintenance.look().faults == []
    assert services.exchange.own() is not None
