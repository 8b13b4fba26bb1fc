"""Settings: a group is added with its sites, and a site moves to another one from a day on."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.builders import SUITE
from tests.ui.settings.settings_page import at_section, cells, page, retype
from visitapp.domain.changes import Changes
from visitapp.domain.office.group import GroupKind, GroupMembership
from visitapp.ui.widgets.table_cursor import go_to

__all__ = ["page"]


def groups_of(page):
    sites = page.context.services.setup.sites()
    return next(site.groups for site in sites if site.id == SUITE)


def tick(section, *, ticked=True):
    state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
    tablemodel = section.members.tablemodel
    tablemodel.setData(tablemodel.index(0, 1), state, Qt.ItemDataRole.CheckStateRole)


@pytest.fixture
def west(page):
    section = at_section(page, "groups")
    section.add()
    section.name.setText("West")
    tick(section)
    section.press_save()
    return section


def test_a_group_is_added_with_its_sites_by_keys_alone(page, qtbot):
    section = at_section(page, "groups")
    assert cells(section) == []
    qtbot.keyClick(section.add_button, Qt.Key.Key_Insert)
    retype(qtbot, section.name, "West")
    section.members.table.setFocus()
    go_to(section.members.table, 0, 1)
    qtbot.keyClick(section.members.table, Qt.Key.Key_Space)
    assert section.members.rows == (("Northgate", True),)
    assert section.ahead.text() == (
        "Northgate will be in the group from the beginning. "
        "Figures by group are counted again since then."
    )
    with qtbot.waitSignal(page.context.changed) as caught:
        qtbot.keyClick(section.name, Qt.Key.Key_Return)
    assert Changes.SITES in caught.args[0]
    assert cells(section) == [["West", "Panel", "Northgate"]]
    assert [membership.from_on for membership in groups_of(page)] == [None]


def test_a_site_moves_to_another_group_from_a_day_on(page, west):
    west.add()
    west.name.setText("East")
    west.start.set_text("1/7/2024")
    tick(west)
    assert "Northgate (now in West) will be in the group from 1 July 2024." in west.ahead.text()
    west.press_save()
    ids = {group.name: group.id for group in page.context.services.groups.groups()}
    assert groups_of(page) == (
        GroupMembership(GroupKind.PANEL, ids["West"]),
        GroupMembership(GroupKind.PANEL, ids["East"], date(2024, 7, 1)),
    )
    west.show_item(ids["West"])
    assert west.history.text() == "1 site from the beginning and 0 sites from 1 July 2024."
    assert west.members.rows == (("Northgate", False),)
    west.start.set_text("1/4/2024")
    assert west.members.rows == (("Northgate", True),)
    tick(west, ticked=False)
    assert "Northgate will be in no panel from 1 April 2024." in west.ahead.text()
    assert west.is_dirty
    west.start.set_text("1/8/2024")
    assert west.members.rows == (("Northgate", False),)


def test_a_group_with_a_site_is_not_deleted_and_another_is(page, west):
    assert not west.remove_item(west.item)
    assert "belongs to West" in west.reason.text()
    west.add()
    west.name.setText("Empty")
    west.kind.set_key(GroupKind.REGION)
    west.press_save()
    item = west.item
    assert cells(west)[1] == ["Empty", "Region", "none"]
    assert west.remove_item(item)
    assert west.put_back(item)


def test_a_panel_has_volunteers_and_a_region_has_none(page, west):
    tablemodel = west.people.tablemodel
    assert west.people_row.isVisibleTo(west)
    assert not any(ticked for _, ticked in west.people.rows)
    first = tablemodel.index(0, 1)
    tablemodel.setData(first, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    west.press_save()
    name = west.people.rows[0][0]
    in_panel = [p.name for p in page.context.services.people.people() if p.panels]
    assert in_panel == [name]
    assert west.people.rows[0] == (name, True)
    west.start.edit.setText("")
    assert west.people.rows[0] == (name, False), "not from the beginning"
    west.cancel()
    west.add()
    west.kind.set_key(GroupKind.REGION)
    west.kind.chosen.emit(GroupKind.REGION)
    assert not west.people_row.isVisibleTo(west)


def test_names_of_sites_are_not_typed_over(west):
    tablemodel = west.members.tablemodel
    name, tickbox = tablemodel.index(0, 0), tablemodel.index(0, 1)
    assert not name.flags() & Qt.ItemFlag.ItemIsEditable
    spoken = tickbox.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Northgate, In the group: ticked"
    assert not west.members.add_button.isVisibleTo(west)


def test_a_day_that_cannot_be_read_is_refused(west):
    west.start.set_text("1/4")
    west.start.edit.setText("soon")
    west.press_save()
    assert west.reason.text()
