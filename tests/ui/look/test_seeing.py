"""For whoever sees little: contrast, the cursor, text size, and what the system is asked for."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import Key, focus, press
from tests.ui.look.test_tokens import contrast
from visitapp.settings import MOST_TEXT, Settings
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance, system_percent
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.look.stylesheet import KINDS
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT
from visitapp.ui.session import Session
from visitapp.ui.widgets.answer_choice import Answer, AnswerChoice
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.text_area import TextArea

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_placeholders_can_be_read(qtbot: QtBot, appearance: Appearance, choice: str) -> None:
    appearance.choose(choice, 100)
    holder = QWidget()
    column = QVBoxLayout(holder)
    line, picker, area = LineField(), Picker("Site"), TextArea("Words")
    line.setPlaceholderText("Find words")
    area.setPlaceholderText("What did they say?")
    for made in (line, picker, area):
        column.addWidget(made)
    qtbot.addWidget(holder)
    holder.show()
    for made in (line, picker.lineEdit(), area):
        colour = made.palette().color(QPalette.ColorRole.PlaceholderText)
        assert colour.alpha() == 255
        assert contrast(colour.name(), theme().colours.panel) >= 4.5


def _drawn(made: QWidget) -> set[str]:
    image = made.grab().toImage()
    middle = image.height() // 2
    return {image.pixelColor(x, middle).name().upper() for x in (1, 2)}


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_the_answer_that_has_the_cursor_is_seen_in_its_row(
    qtbot: QtBot, appearance: Appearance, choice: str
) -> None:
    appearance.choose(choice, 100)
    answers = [Answer("A", "Yes", "Y", "bad", "flag"), Answer("B", "No", "N", "info")]
    row = AnswerChoice("Question", answers)
    plain = Segmented("Which", [(1, "One"), (2, "Two")], widths=[120, 120])
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.addWidget(row)
    column.addWidget(plain)
    qtbot.addWidget(holder)
    with qtbot.waitExposed(holder):
        holder.show()
    colours = theme().colours
    for group, key, fill in (
        (row, None, colours.panel),
        (row, "A", getattr(colours, KINDS["bad"][0])),
        (plain, None, colours.panel),
        (plain, 1, colours.primary),
    ):
        group.set_key(key)
        first = group.segments()[0]
        first.setFocus()
        assert max(contrast(one, fill) for one in _drawn(first)) >= 4.5
        holder.setFocus()
        first.clearFocus()
        assert max(contrast(one, fill) for one in _drawn(first)) < 3


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> MainWindow:
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.resize(1366, 720)
    yield made
    made.close()
    made.session.end()
    made.deleteLater()


def test_text_grows_on_the_first_start_and_on_the_locked_page(
    qtbot: QtBot, window: MainWindow, records: Path, tmp_path: Path
) -> None:
    size = window.status.text_size
    for show in (
        lambda: window.show_first_start(tmp_path / "new.visits"),
        lambda: window.show_unlock(records),
    ):
        window.preferences.change(text_percent=100)
        show()
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        assert size.isVisible()
        size.larger.setFocus()
        press(Key.Key_Space)
        assert window.preferences.settings.text_percent == 110
        assert theme().factor == 1.1
        press(Key.Key_Plus, CONTROL)
        press(Key.Key_Minus, CONTROL)
        press(Key.Key_Minus, CONTROL)
        assert window.preferences.settings.text_percent == 100
        for _ in range(30):
            press(Key.Key_Tab)
            if focus() is size.smaller:
                break
        assert focus() is size.smaller


def test_the_systems_high_contrast_is_followed(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appearance, "_asks_for_contrast", lambda: True)
    appearance._on_system_changed()
    assert theme().colours == HIGH_LIGHT
    appearance.choose("dark", 100)
    assert theme().colours == HIGH_DARK
    monkeypatch.setattr(appearance, "_asks_for_contrast", lambda: False)
    appearance._on_system_changed()
    assert theme().colours == DARK
    appearance.choose("light", 100)
    assert theme().colours == LIGHT


@pytest.mark.parametrize(
    ("points", "dots", "platform", "percent"),
    [
        (9.0, 96, "win32", 100),
        (13.5, 96, "win32", 150),
        (9.0, 192, "win32", 100),
        (40.0, 96, "win32", MOST_TEXT),
        (13.0, 72, "darwin", 100),
        (11.0, 96, "linux", 100),
        (10.0, 96, "linux", 100),
        (11.0, 120, "linux", 120),
        (14.0, 96, "linux", 130),
    ],
)
def test_text_begins_as_large_as_the_systems(
    points: float, dots: float, platform: str, percent: int
) -> None:
    font = QFont()
    font.setPointSizeF(points)
    assert system_percent(font, dots, platform) == percent
