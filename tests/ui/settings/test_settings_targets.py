"""Settings: a site gets another target from a day on, and what that counts again is said."""

from datetime import date
from uuid import uuid4

from tests.builders import CUSTODY, SUITE
from tests.ui.settings.settings_page import at_section, cells, page, retype
from visitapp.domain.changes import Changes
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget

__all__ = ["page"]


def targets_of(page):
    sites = page.context.services.setup.sites()
    return next(site.targets for site in sites if site.id == SUITE)


def test_each_site_begins_with_the_usual_target_of_its_kind(page):
    assert cells(at_section(page, "targets")) == [
        ["Hillside kennels", "always", "once a month (usual)"],
        ["Northgate", "always", "once a week (usual)"],
    ]


def test_a_target_from_a_day_on_is_added_and_counts_the_past_again(page, qtbot):
    section = at_section(page, "targets")
    section.add()
    section.site.set_key(SUITE)
    section.site.chosen.emit(SUITE)
    section.start.set_text("1/4/2024")
    retype(qtbot, section.number, "2")
    assert section.recounted.text().startswith("Saving this counts again: 2025/26, ")
    with qtbot.waitSignal(page.context.changed) as caught:
        section.press_save()
    assert caught.args[0] is Changes.SITES
    assert targets_of(page) == (VisitTarget(2, TargetUnit.WEEK, date(2024, 4, 1)),)
    assert cells(section)[1:] == [
        ["Northgate", "1 Apr 2024", "twice a week"],
        ["Northgate", "always", "once a week (usual)"],
    ]
    assert "2024/25, 104 visits due instead of 52." in section.done_text


def test_the_usual_target_is_changed_from_the_beginning_but_not_deleted(page):
    section = at_section(page, "targets")
    section.show_item((SUITE, None))
    section.rule.set_key(TargetRule.IN_USE.value)
    section.unit.set_key(TargetUnit.MONTH.value)
    section.press_save()
    assert targets_of(page) == (VisitTarget(1, TargetUnit.MONTH, None, TargetRule.IN_USE),)
    assert section.remove_item(section.item)
    assert targets_of(page) == ()
    section.reload()
    section.show_item((SUITE, None))
    assert not section.remove_item(section.item)
    assert "usual target" in section.reason.text()


def test_two_targets_from_one_day_and_what_is_no_number_are_refused(page):
    section = at_section(page, "targets")
    for _ in range(2):
        section.add()
        section.start.set_text("1/4/2024")
        section.press_save()
    assert "already has a target from that day" in section.reason.text()
    section.start.set_text("1/4/2025")
    section.number.setText("none")
    section.press_save()
    assert "whole number" in section.reason.text()
    section.number.setText("100")
    section.press_save()
    assert "from 1 to 99 visits" in section.reason.text()
    sites = page.context.services.setup.sites()
    assert [len(site.targets) for site in sites] == [1, 0]


def test_a_site_without_a_target_asks_for_no_number(page):
    section = at_section(page, "targets")
    section.show_item((SUITE, None))
    section.rule.set_key(TargetRule.NONE.value)
    section.rule.chosen.emit(section.rule.key())
    assert not section.number_row.isVisibleTo(section)
    section.press_save()
    assert [target.rule for target in targets_of(page)] == [TargetRule.NONE]


def test_a_group_has_a_target_for_its_sites_together(page):
    west = SiteGroup(uuid4(), CUSTODY, GroupKind.PANEL, "West", version=0)
    services = page.context.services
    services.groups.save(west, {SUITE})
    section = at_section(page, "targets")
    section.add()
    section.site.set_key(west.id)
    section.site.chosen.emit(west.id)
    assert "any of its sites count together" in section.rule_row.hint.text()
    section.start.set_text("1/4/2024")
    section.unit.set_key(TargetUnit.WEEK.value)
    section.number.setText("2")
    assert "2024/25, 104 visits due instead of 0" in section.recounted.text()
    section.press_save()
    assert services.groups.groups()[0].targets == (VisitTarget(2, from_on=date(2024, 4, 1)),)
    assert cells(section)[-1] == ["West (panel)", "1 Apr 2024", "twice a week"]
    section.show_item((west.id, date(2024, 4, 1)))
    item = section.item
    assert section.remove_item(item)
    assert services.groups.groups()[0].targets == ()
    assert section.put_back(item)
    assert services.groups.groups()[0].targets == (item.target,)
