"""Reviews of custody records under Settings, by the keyboard."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.settings.settings_page import at_section, cells, page, retype, words
from visitapp.domain.office.record_review import Recommendation
from visitapp.domain.period import Period
from visitapp.ui.widgets.dialogs import SureDialog

__all__ = ["page"]


def write(qtbot, editor, column, text, row=0):
    editor.table.setFocus()
    editor.table.setCurrentIndex(editor.tablemodel.index(row, column))
    qtbot.keyClick(editor.table, Qt.Key.Key_Return)
    field = next(f for f in editor.table.findChildren(QLineEdit) if f.isVisible())
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.rows[row][column] == text)


def test_a_review_is_entered_by_keys_alone_and_deleted_with_a_way_back(page, qtbot, monkeypatch):
    section = at_section(page, "reviews")
    service = page.context.services.record_reviews
    assert "No reviews yet." in words(section)
    qtbot.keyClick(section.table, Qt.Key.Key_Insert)
    assert section.first.day() == date(2025, 1, 1)  # the quarter before
    retype(qtbot, section.panel, "Scrutiny Panel")
    write(qtbot, section.records, 1, "7", row=1)
    section.outcome.setFocus()
    qtbot.keyClicks(section.outcome, "Reasons were recorded.")
    assert section.is_dirty
    typed = section.typed()
    section.advice.add_button.setFocus()
    qtbot.keyClick(section.advice.add_button, Qt.Key.Key_Space)
    for column, text in enumerate(("Ask the council", "It is asked.", "Inspector", "20/3/2025")):
        write(qtbot, section.advice, column, text)
    qtbot.keyClick(section.panel, Qt.Key.Key_Return)
    assert section.done_text == "Review saved."
    (item,) = service.reviews()
    assert item.period == Period(date(2025, 1, 1), date(2025, 3, 31))
    assert (item.panel, item.numbers) == ("Scrutiny Panel", (("FORCE", 7),))
    assert item.outcome == "Reasons were recorded."
    reply = ("It is asked.", "Inspector", date(2025, 3, 20))
    assert item.recommendations == (Recommendation("Ask the council", *reply),)
    assert cells(section) == [["January to March 2025, Scrutiny Panel", "7", "none"]]
    monkeypatch.setattr(SureDialog, "ask", lambda *_: True)
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)
    assert service.reviews() == ()
    section.undo_stack.undo()
    assert [kept.id for kept in service.reviews()] == [item.id]
    section.add()
    section.bring_typed(typed)  # as after a lock
    assert section.outcome.text() == "Reasons were recorded."
    section.cancel()


def test_what_cannot_be_read_is_named_and_nothing_is_saved(page, qtbot):
    section = at_section(page, "reviews")
    section.add()
    qtbot.keyClick(section.panel, Qt.Key.Key_Return)
    assert section.reason.text() == "Enter how many records of a kind were reviewed."
    section.records.tablemodel.setData(section.records.tablemodel.index(0, 1), "some")
    qtbot.keyClick(section.panel, Qt.Key.Key_Return)
    assert section.reason.text() == "Strip search: enter a whole number, such as 15."
    section.cancel()
    assert page.context.services.record_reviews.reviews() == ()
