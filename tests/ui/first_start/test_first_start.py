from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from visitapp.domain.office.body import Law
from visitapp.domain.office.scheme import Kind, Role
from visitapp.ui.first_start.view import FirstStartView
from visitapp.ui.first_start.viewmodel import FirstStartViewModel
from visitapp.ui.session import Session

PASSPHRASE = "harbour candle thimble orchid"


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    made = Session()
    yield made
    made.end()


@pytest.fixture
def view(qtbot: QtBot, session: Session, tmp_path: Path) -> FirstStartView:
    made = FirstStartView(session, tmp_path / "own" / "records.visits")
    qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show()
    return made


def _answer(qtbot: QtBot, view: FirstStartView) -> None:
    view.choosing.manage.click()
    questions = view.questions
    qtbot.keyClicks(questions.person.name, "Helen Draycott")
    questions.scheme.cards[Kind.CUSTODY].choose()
    qtbot.keyClicks(questions.scheme.office, "Anyshire")
    questions.scheme.place.set_key("Scotland")
    questions.scheme.place.chosen.emit("Scotland")
    qtbot.keyClicks(questions.passphrase.first.edit, PASSPHRASE)
    qtbot.keyClicks(questions.passphrase.again.edit, PASSPHRASE)


def test_three_answers_make_a_file_and_a_code_that_is_shown_once(
    qtbot: QtBot, session: Session, view: FirstStartView, tmp_path: Path
) -> None:
    _answer(qtbot, view)
    qtbot.keyClick(view.questions.passphrase.again.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.sheet is not None, timeout=30_000)
    assert view.sheet is not None
    assert len(view.sheet.code.text().split("-")) == 6
    view.sheet.written.setChecked(True)
    with qtbot.waitSignal(session.opened, timeout=30_000):
        view.sheet.go.click()
    assert session.current is not None
    services = session.current.services
    assert (tmp_path / "own" / "records.visits").exists()
    assert services.setup.office().name == "Anyshire"
    assert services.setup.office().bodies[0].law is Law.SCOTLAND
    assert services.access.actor.name == "Helen Draycott"
    assert services.access.actor.role is Role.MANAGER
    assert [scheme.kind for scheme in services.setup.schemes()] == [Kind.CUSTODY]


def test_the_numbers_turn_into_ticks_as_questions_are_answered(
    qtbot: QtBot, view: FirstStartView
) -> None:
    page = view.questions
    cards = (page.person, page.scheme, page.passphrase)
    assert [card.mark.property("done") for card in cards] == [False, False, False]
    _answer(qtbot, view)
    assert [card.mark.property("done") for card in cards] == [True, True, True]
    assert [card.mark.accessibleName() for card in cards] == ["Answered"] * 3


def test_beginning_too_soon_says_what_is_missing_and_goes_there(
    qtbot: QtBot, view: FirstStartView
) -> None:
    view.choosing.no_invitation.click()
    page = view.questions
    page.begin.click()
    assert page.person.row.error() == "Enter your name."
    assert page.scheme.row.error() == "Enter the name of the office."
    assert view.focusWidget() is page.person.name


def test_the_sentence_beside_the_button_counts_what_is_left(session: Session) -> None:
    viewmodel = FirstStartViewModel(session, Path("x"))
    assert viewmodel.still_to_do() == "4 things left. First: enter your name."
    viewmodel.answer(role=Role.VISITOR, name="Ada", kinds=(Kind.CUSTODY,), office="A")
    viewmodel.answer(passphrase=PASSPHRASE)
    assert viewmodel.still_to_do() == "One thing left: type the same passphrase again."
    viewmodel.answer(again=PASSPHRASE)
    assert viewmodel.still_to_do() == "Next: print your recovery sheet."


@pytest.mark.parametrize("weak", ["", "secret", "one two three", "aaaa aaaa aaaa aaaa"])
def test_a_weak_passphrase_is_not_enough(session: Session, weak: str) -> None:
    viewmodel = FirstStartViewModel(session, Path("x"))
    viewmodel.answer(
        role=Role.MANAGER,
        name="Ada",
        kinds=(Kind.CUSTODY,),
        office="A",
        passphrase=weak,
        again=weak,
    )
    assert [field for field, _ in viewmodel.missing()] == ["passphrase"]
    assert viewmodel.begin() is False


def test_a_file_that_is_there_already_is_told(
    qtbot: QtBot, session: Session, view: FirstStartView
) -> None:
    view.viewmodel.path.parent.mkdir()
    view.viewmodel.path.write_text("something")
    _answer(qtbot, view)
    view.questions.begin.click()
    qtbot.waitUntil(lambda: view._problems.count() > 0, timeout=30_000)
    words = "\n".join(one.text() for one in view.findChildren(QLabel))
    assert "already exists. Choose another name." in words
    assert view.questions.begin.isEnabled()


def test_the_demonstration_opens_and_is_thrown_away_at_the_end(
    qtbot: QtBot, view: FirstStartView, session: Session
) -> None:
    with qtbot.waitSignal(session.opened, timeout=60_000):
        view.choosing.as_manager.click()
    assert session.current is not None
    path = session.current.path
    assert session.current.services.setup.office().made_up_note
    assert session.is_throw_away(path)
    session.end()
    assert not path.parent.exists()
