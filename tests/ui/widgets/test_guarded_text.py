"""The privacy guard on a text: underlined, explained, rewritten or kept by decision."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.looking import clipped
from visitapp.domain.report.place import answer_place
from visitapp.domain.report.report import KeptWords
from visitapp.services import Services
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.theme import theme
from visitapp.ui.widgets import guarded_text
from visitapp.ui.widgets.guarded_text import GuardedText
from visitapp.ui.widgets.marked_area import MarkedArea

SHOWER = "The shower runs cold. We told Sgt Barlow about it."
Make = Callable[..., GuardedText]


@pytest.fixture
def make(qtbot: QtBot, furnished: Services) -> Make:
    """A guarded text in a window, as wide as it is asked to be."""

    windows = []

    def made(width: int = 900, **options: bool | int) -> GuardedText:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        field = GuardedText(
            "What did you find?", answer_place("showers"), furnished.privacy.guard(), **options
        )
        column = QVBoxLayout(window)
        column.addWidget(field)
        column.addStretch(1)
        window.resize(width, 400)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return field

    return made


@pytest.fixture
def reasons(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What the person will answer when asked why; asked more often, they think better of it."""
    answers: list[str | None] = []
    monkeypatch.setattr(
        guarded_text.ReasonDialog, "ask", lambda *_: answers.pop(0) if answers else None
    )
    return answers


def kept(words: str, kind: str = "name", question: str = "showers") -> KeptWords:
    return KeptWords(
        answer_place(question), words, kind, "asked to", "Anne", datetime(2025, 4, 10, tzinfo=UTC)
    )


def test_a_name_that_is_typed_is_underlined_and_said_after_a_pause(
    qtbot: QtBot, make: Make
) -> None:
    field = make()
    field.setFocus()
    with qtbot.waitSignal(field.changed):
        qtbot.keyClicks(field.area, SHOWER)
    assert field.text() == SHOWER
    qtbot.waitUntil(field.banner.isVisible)
    assert field.banner.sentence == (
        "“Sgt Barlow” looks like a name. Use a job title or role, not a name."
    )
    assert [SHOWER[m.start : m.end] for m in field.area.marks()] == ["Sgt Barlow"]
    assert field.banner.write.text() == "Write “the sergeant”"
    assert field.banner.accessibleName().startswith("Privacy: “Sgt Barlow” looks like a name.")
    assert field.area.accessibleDescription() == "“Sgt Barlow” looks like a name."
    assert field.area.hasFocus()


def test_nothing_is_said_of_a_site_or_a_role(make: Make) -> None:
    field = make()
    field.set_text("We told the sergeant at Northgate.")
    assert not field.banner.isVisible()
    assert field.area.marks() == ()
    assert field.undecided() == ()


def test_the_offered_words_are_written_by_keyboard_and_can_be_undone(
    qtbot: QtBot, make: Make
) -> None:
    field = make()
    field.set_text(SHOWER)
    field.setFocus()
    qtbot.keyClick(field.area, Qt.Key.Key_Tab)
    assert field.banner.write.hasFocus()
    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(field.banner.write, Qt.Key.Key_Space)
    assert field.text() == "The shower runs cold. We told the sergeant about it."
    assert not field.banner.isVisible()
    assert field.area.hasFocus()
    field.area.undo()
    assert field.text() == SHOWER
    assert [span.words for span in field.undecided()] == ["Sgt Barlow"]


def test_words_after_a_role_are_left_out_and_the_next_ones_come_up(
    qtbot: QtBot, make: Make
) -> None:
    field = make()
    field.set_text("His brother, Joe Bloggs, came. Ring 07700 900123.")
    assert field.banner.sentence.endswith("1 more after this.")
    assert field.banner.write.text() == "Leave it out"
    field.banner.write.setFocus()
    qtbot.keyClick(field.banner.write, Qt.Key.Key_Space)
    assert field.text() == "His brother came. Ring 07700 900123."
    assert field.banner.write.text() == "Write “[left out]”"
    assert field.banner.write.hasFocus()


def test_words_are_kept_for_a_reason_by_whoever_acts(
    qtbot: QtBot, make: Make, reasons: list[str | None]
) -> None:
    field = make()
    field.set_text(SHOWER)
    reasons.append(" She asked to be named. ")
    with qtbot.waitSignal(field.kept_changed):
        field.banner.keep.click()
    assert field.kept() == (
        KeptWords(
            answer_place("showers"), "Sgt Barlow", "name", "She asked to be named.", "Mary Manager",
            datetime(2025, 4, 10, 12, tzinfo=UTC),
        ),
    )  # fmt: skip
    assert not field.banner.isVisible()
    assert [mark.is_kept for mark in field.area.marks()] == [True]
    assert field.undecided() == ()
    assert field.again.isVisible()
    with qtbot.waitSignal(field.kept_changed):
        field.again.click()
    assert field.kept() == ()
    assert field.banner.isVisible()


def test_without_a_reason_nothing_is_kept(
    qtbot: QtBot, make: Make, reasons: list[str | None]
) -> None:
    field = make()
    field.set_text(SHOWER)
    with qtbot.assertNotEmitted(field.kept_changed):
        field.banner.keep.click()
    assert (field.kept(), field.banner.isVisible()) == ((), True)


def test_a_decision_goes_when_its_words_change(qtbot: QtBot, make: Make) -> None:
    field = make()
    field.set_text(SHOWER)
    field.set_kept([kept("Sgt Barlow")])
    assert not field.banner.isVisible()
    field.area.replace_text(SHOWER + " Twice.")
    field.look()
    assert field.kept() == (kept("Sgt Barlow"),)
    with qtbot.waitSignal(field.kept_changed):
        field.area.replace_text(SHOWER.replace("Barlow", "Barlowe"))
    assert field.kept() == ()
    assert field.banner.sentence.startswith("“Sgt Barlowe”")


def test_a_hint_is_told_again_when_nothing_is_left_to_look_at(make: Make) -> None:
    field = make()
    field.area.setAccessibleDescription("No names, please")
    field.set_text(SHOWER)
    field.set_text(SHOWER)
    assert field.area.accessibleDescription() == "“Sgt Barlow” looks like a name."
    field.write_suggestion()
    assert field.area.accessibleDescription() == "No names, please"


def test_a_draft_comes_back_without_signals_in_any_order(qtbot: QtBot, make: Make) -> None:
    mine, of_another = kept("Sgt Barlow"), kept("Sgt Barlow", question="kitchen")
    for text_first in (True, False):
        field = make()
        with qtbot.assertNotEmitted(field.changed), qtbot.assertNotEmitted(field.kept_changed):
            if text_first:
                field.set_text(SHOWER)
            field.set_kept([of_another, mine])
            field.set_text(SHOWER)
        assert field.kept() == (mine,)
        assert not field.banner.isVisible()


def test_lines_stand_under_their_words_beyond_the_first_plane_and_over_line_ends(
    make: Make,
) -> None:
    field = make(width=320)
    field.set_text("🙂🙂 We told Sgt Barlow and then Mrs Wendy Cholmondeley of it.")
    area = field.area
    cursor = area.document().find("Sgt Barlow")
    rect = area.cursorRect(cursor)
    stretches = [
        stretch
        for mark in area.marks()
        for stretch in area._stretches(mark.start + 2, mark.end + 2)
    ]
    cursor.setPosition(cursor.selectionStart())
    start, _ = stretches[0]
    assert start.x() == pytest.approx(area.cursorRect(cursor).x(), abs=2)
    assert rect.top() < start.y() < rect.bottom() + 6
    assert len(stretches) >= 3
    assert all(one.x() < other.x() and one.y() == other.y() for one, other in stretches)


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_undecided_words_are_drawn_in_the_colour_of_warnings_and_kept_ones_are_not(
    make: Make, appearance: Appearance, choice: str
) -> None:
    appearance.choose(choice, 100)
    field = make()
    field.set_text(SHOWER)
    wanted = theme().colour("warn")
    assert _near(field.area, wanted) > 40
    field.set_kept([kept("Sgt Barlow")])
    assert _near(field.area, wanted) == 0
    assert field.area.marks()[0].is_kept


def _near(area: MarkedArea, wanted: QColor) -> int:
    """How many pixels have about that colour."""
    picture = area.viewport().grab().toImage()
    colours = (
        picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())
    )
    parts = (wanted.red(), wanted.green(), wanted.blue())
    return sum(
        all(abs(a - b) < 40 for a, b in zip(parts, (c.red(), c.green(), c.blue()), strict=True))
        for c in colours
    )


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("width", [360, 620, 1000])
def test_nothing_is_cut_off_at_any_width_and_text_size(
    make: Make, appearance: Appearance, qtbot: QtBot, width: int, percent: int
) -> None:
    appearance.choose("light", percent)
    field = make(width=round(width * percent / 100))
    field.set_text(f"{SHOWER} She was born on 3 April 1999. Ring 07700 900123.")
    field.set_kept([kept("3 April 1999", "date_of_birth")])
    window = field.window()
    window.resize(window.width(), 1200)
    qtbot.waitUntil(lambda: clipped(window) == [])


def test_a_field_of_one_line_stays_one(qtbot: QtBot, make: Make) -> None:
    field = make(lines=1, one_line=True)
    field.setFocus()
    qtbot.keyClicks(field.area, "A blanket")
    qtbot.keyClick(field.area, Qt.Key.Key_Return)
    pasted = QMimeData()
    pasted.setText(" for\nDave ")
    field.area.insertFromMimeData(pasted)
    assert field.text() == "A blanketfor Dave"
    assert [span.words for span in field.undecided()] == ["Dave"]
