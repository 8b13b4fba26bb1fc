"""Settings: the access register, by keys alone."""

from PySide6.QtCore import Qt

from tests.builders import make_visit, sign
from tests.ui.keyboard import press, write
from tests.ui.settings.settings_page import at_section, cells, page
from visitapp.ui.settings import register

__all__ = ["page"]

Key = Qt.Key
WHO = "Mary Manager (manager)"
WHEN = "Thu 10 Apr 2025, 13:00"


def test_it_says_who_read_and_changed_what_and_when(page):
    services = page.context.services
    signed = sign(services, make_visit())
    for _ in range(2):
        services.visits.get(signed.id)
    section = at_section(page, "register")
    assert [WHEN, WHO, "Visit reports", "Read twice"] in cells(section)
    assert [WHEN, WHO, "Visit reports", "1 changed"] in cells(section)
    assert section.number.text().endswith("lines, the newest first.")
    assert not section.older_button.isVisibleTo(section)


def test_a_kind_and_days_are_chosen_by_keys(page):
    sign(page.context.services, make_visit())
    section = at_section(page, "register")
    section.kind.setFocus()
    section.kind.lineEdit().selectAll()
    write("visit rep")
    press(Key.Key_Return)
    press(Key.Key_Tab)
    assert {row[2] for row in cells(section)} == {"Visit reports"}
    section.kind.set_key("backup")
    section.reload()
    section.days.setFocus()
    section.days.lineEdit().selectAll()
    write("last 7")
    press(Key.Key_Return)
    press(Key.Key_Tab)
    assert section.days.key() == "week"


def test_older_lines_follow_when_asked_for(page, monkeypatch):
    monkeypatch.setattr(register, "_AT_ONCE", 3)
    section = at_section(page, "register")
    assert len(cells(section)) == 3
    section.older_button.setFocus()
    press(Key.Key_Space)
    assert len(cells(section)) == 5
    assert section.number.text().startswith("5 of 5 ")
