"""Settings: who gets copies of reports, and what they are given."""

from datetime import date

from PySide6.QtCore import Qt

from tests.builders import CUSTODY, make_visit, sign
from tests.ui.keyboard import press, write
from tests.ui.settings.settings_page import at_section, cells, page
from visitapp.domain.changes import Changes
from visitapp.domain.report.copies import Audience

__all__ = ["page"]

Key = Qt.Key


def kept(page):
    return page.context.services.recipients.recipients(CUSTODY)


def test_each_scheme_lists_who_gets_copies_and_what_is_in_them(page):
    section = at_section(page, "copies")
    assert cells(section)[:2] == [
        ["Scheme manager", "Custody", "Everything"],
        [
            "Custody inspector",
            "Custody",
            "Everything except allegations and what is for the manager only",
        ],
    ]
    assert cells(section)[3][2].endswith("; Terrorism Act only")
    assert cells(section)[4][:2] == ["Volunteers manager", "Animal welfare"]


def test_one_more_gets_copies_by_keyboard_alone(page, qtbot):
    section = at_section(page, "copies")
    section.table.setFocus()
    press(Key.Key_Insert)
    press(Key.Key_Tab)
    assert section.name.hasFocus()
    write("Force criminal justice <b>")
    with qtbot.waitSignal(page.context.changed) as caught:
        press(Key.Key_Return)
    assert caught.args[0] is Changes.SETTINGS
    made = kept(page)[-1]
    assert (made.name, made.audience) == ("Force criminal justice <b>", Audience.POLICE)
    assert section.item.id == made.id
    assert section.done_text.startswith("Force criminal justice <b> will get copies")
    visit = sign(page.context.services, make_visit(date(2025, 3, 4)))
    due = page.context.services.copies.due(visit.id)
    assert made.id in [one.recipient.id for one in due]


def test_one_who_gets_no_more_copies_stays_in_the_list_and_can_get_them_again(page):
    section = at_section(page, "copies")
    section.show_item(kept(page)[1].id)
    section.active.setFocus()
    press(Key.Key_Space)
    press(Key.Key_Return)
    assert not kept(page)[1].is_active
    assert cells(section)[1][2] == "No more copies"
    assert "will not get any more copies" in section.done_text
    section.active.setChecked(True)
    section.press_save()
    assert kept(page)[1].is_active


def test_what_somebody_is_given_changes_and_somebody_gets_everything(page):
    section = at_section(page, "copies")
    inspector = kept(page)[1]
    section.show_item(inspector.id)
    section.audience.set_key(Audience.REVIEWER)
    section.tact_only.setChecked(True)
    section.press_save()
    assert (kept(page)[1].audience, kept(page)[1].tact_only) == (Audience.REVIEWER, True)
    section.show_item(kept(page)[0].id)
    section.audience.set_key(Audience.POLICE)
    section.press_save()
    assert section.reason.text().startswith("Someone must get everything")
    assert kept(page)[0].audience is Audience.MANAGER
    section.cancel()
    section.add()
    section.press_save()
    assert "a job title, not a name" in section.reason.text()
