"""Pasting from Word, Ctrl+B and lists in a text with bold words, by keys alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visitapp.ui.widgets.written_area import MarkButtons, WrittenArea

CLIPBOARD = Path(__file__).parents[2] / "data" / "clipboard"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    form = QWidget()
    column = QVBoxLayout(form)
    area = WrittenArea("Plans")
    column.addWidget(MarkButtons(area))
    column.addWidget(area)
    qtbot.addWidget(form)
    form.show()
    area.setFocus()
    return form


@pytest.fixture
def area(form: QWidget) -> WrittenArea:
    return form.findChild(WrittenArea)


def put_on_clipboard(html: str, text: str) -> None:
    content = QMimeData()
    content.setHtml(html)
    content.setText(text)
    QGuiApplication.clipboard().setMimeData(content)


def test_lists_and_bold_words_of_word_are_pasted_and_undone(
    area: WrittenArea, qtbot: QtBot
) -> None:
    html = (CLIPBOARD / "word.html").read_text(encoding="utf-8")
    put_on_clipboard(html, "Plans for next year\nThe office…")
    qtbot.keyClicks(area, "Before ")
    with qtbot.waitSignal(area.changed):
        qtbot.keyClick(area, Qt.Key.Key_V, CONTROL)
    pasted = (CLIPBOARD / "word.txt").read_text(encoding="utf-8").rstrip("\n")
    assert area.text() == f"Before {pasted}"
    qtbot.keyClick(area, Qt.Key.Key_Z, CONTROL)
    assert area.text() == "Before "
    qtbot.keyClick(area, Qt.Key.Key_Y, CONTROL)
    assert area.text() == f"Before {pasted}"


def test_a_list_begins_its_own_line(area: WrittenArea, qtbot: QtBot) -> None:
    put_on_clipboard("<ul><li>a</li><li>b</li></ul>", "a\nb")
    qtbot.keyClicks(area, "Seen:")
    area.paste()
    assert area.text() == "Seen:\n- a\n- b"
    area.set_text("Seen: more")
    cursor = area.textCursor()
    cursor.setPosition(len("Seen:"))
    area.setTextCursor(cursor)
    area.paste()
    assert area.text() == "Seen:\n- a\n- b\n\n more"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", "as\ttyped **by hand**"),
        ("<b style='font-weight:normal'>just words</b>", " just words "),
        ('<html><head><meta name="qrichtext" /></head><p>a</p><p>b</p></html>', "a\nb"),
    ],
)
def test_plain_text_is_pasted_as_it_is(area: WrittenArea, html: str, text: str) -> None:
    put_on_clipboard(html, text)
    area.paste()
    assert area.text() == text


def test_keys_make_words_bold_and_lines_a_list(area: WrittenArea, qtbot: QtBot) -> None:
    area.set_text("\U0001f600 we must go")
    qtbot.keyClick(area, Qt.Key.Key_End, CONTROL)
    qtbot.keyClick(area, Qt.Key.Key_B, CONTROL)
    assert area.text() == "\U0001f600 we must **go**"
    assert area.textCursor().selectedText() == "**go**"
    qtbot.keyClick(area, Qt.Key.Key_B, CONTROL)
    assert area.text() == "\U0001f600 we must go"
    for text in ("- \U0001f600 we must go", "1. \U0001f600 we must go", "\U0001f600 we must go"):
        qtbot.keyClick(area, Qt.Key.Key_L, CONTROL | SHIFT)
        assert area.text() == text
    qtbot.keyClick(area, Qt.Key.Key_Z, CONTROL)
    assert area.text() == "1. \U0001f600 we must go"


def test_the_buttons_are_reached_by_tab_and_bring_the_cursor_back(
    area: WrittenArea, qtbot: QtBot
) -> None:
    qtbot.keyClicks(area, "go")
    qtbot.keyClick(area, Qt.Key.Key_Backtab)
    pressed = area.window().focusWidget()
    assert pressed.accessibleName() == "List"
    qtbot.keyClick(pressed, Qt.Key.Key_Space)
    assert area.text() == "- go"
    assert area.hasFocus()


def test_bold_words_are_shown_bold_without_a_change_of_the_text(
    area: WrittenArea, qtbot: QtBot
) -> None:
    changed: list[str] = []
    area.set_text("- We **must** go")
    area.changed.connect(lambda: changed.append(area.text()))
    block = area.document().firstBlock()
    qtbot.waitUntil(lambda: bool(block.layout().formats()))
    bold = [
        area.text()[part.start : part.start + part.length]
        for part in block.layout().formats()
        if part.format.fontWeight() == QFont.Weight.Bold
    ]
    assert bold == ["- ", "must"]
    area._look.rehighlight()
    assert changed == []
    assert not area.document().isUndoAvailable()
