"""The page Log a visit with real widgets: written by keys, saved, checked, signed."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN, SUITE, make_visit, sign
from tests.ui.keyboard import focus, press, words, write
from tests.ui.log.drafts import draft_of, shown, stored
from visitapp.domain.draft.draft_content import content_of
from visitapp.domain.errors import StorageError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.place import Place
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services.reports.drafts import DraftService
from visitapp.ui.context import Context
from visitapp.ui.log import view as log_view
from visitapp.ui.log.view import LogView

Key = Qt.Key


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> LogView:
    return shown(furnished_context, qtbot)


def test_the_page_offers_both_kinds_and_drafts_to_go_on_with(
    page: LogView, furnished_context: Context, qtbot: QtBot
) -> None:
    draft = draft_of(furnished_context)
    page.hide()
    page.show()
    facts = "Custody visit by Anne Example and Ben Sample; 4 of 9 sections done; saved Thu"
    assert any(text.startswith(facts) for text in words(page))
    buttons = {b.text(): b for b in page.start.findChildren(QPushButton) if b.isVisible()}
    assert set(buttons) == {"Continue", "Custody visit", "Animal welfare visit"}
    buttons["Continue"].click()
    assert page.place() == draft.id
    assert page.title == "Northgate, Wednesday 5 March 2025"


def test_where_there_is_one_kind_and_no_draft_a_report_begins_at_once(
    context: Context, qtbot: QtBot
) -> None:
    from tests.builders import make_site

    context.services.setup.save_site(make_site())
    made = LogView(context)
    qtbot.addWidget(made)
    made.show()
    assert made.viewmodel.is_open
    assert made.title == "Northgate"  # the only site is known


def test_an_office_without_sites_is_told_what_comes_first(context: Context, qtbot: QtBot) -> None:
    made = LogView(context)
    qtbot.addWidget(made)
    made.show()
    assert any("when the volunteer manager has added a site" in text for text in words(made))


@pytest.mark.parametrize("kind", list(Kind))
def test_sections_open_by_their_number_and_page_down_goes_on(
    page: LogView, kind: Kind, qtbot: QtBot
) -> None:
    page.open_target(kind)
    control = Qt.KeyboardModifier.ControlModifier
    keys = [*(section.key for section in page.viewmodel.sections()), "check"]
    for number, key in enumerate(keys[:-1], 1):
        press(getattr(Key, f"Key_{number}"), control)
        assert page.viewmodel.keeper.section == key
    press(Key.Key_A, control | Qt.KeyboardModifier.ShiftModifier)
    assert page.viewmodel.keeper.section == "check"
    press(Key.Key_1, control)
    gone = []
    for _ in keys[1:]:
        press(Key.Key_PageDown, control)
        gone.append(page.viewmodel.keeper.section)
    assert gone == keys[1:]
    press(Key.Key_PageUp, control)
    assert page.viewmodel.keeper.section == "overall"


def test_signing_too_early_lists_what_to_put_right_each_a_link_to_its_field(
    page: LogView, qtbot: QtBot
) -> None:
    page.open_target(draft_of(page.context, present=7, arrived="25:10").id)
    page.form.open_section("check")
    page.sign.click()
    errors = page.form.check.errors
    assert "Fix these 2 things before you sign" in words(errors)
    links: Any = errors.links()
    assert [link.text() for link in links] == [
        "“25:10” is not a time of day.",
        "7 in custody, but the parts add up to 6.",
    ]
    assert links[0].hasFocus()
    links[1].setFocus()
    press(Key.Key_Space)
    assert page.viewmodel.keeper.section == "detainees"
    assert focus().accessibleName() == "In custody"
    page.form.open_section("check")
    links = errors.links()
    links[0].setFocus()
    press(Key.Key_Space)
    assert focus().accessibleName() == "Arrived at the station"


def test_every_line_leads_back_to_its_field(page: LogView, qtbot: QtBot) -> None:
    page.open_target(draft_of(page.context).id)
    page.form.open_section("check")
    admitted = "Let in to the suite"
    for about, name in (("Suite", "Suite"), (admitted, admitted), ("In custody", "In custody"),
                        ("Summary", "Summary")):  # fmt: skip
        change = next(
            b
            for b in page.form.check.findChildren(QPushButton)
            if b.accessibleName() == f"Change: {about}"
        )
        change.click()
        assert focus().accessibleName() == name
        page.form.open_section("check")


def test_both_names_are_typed_then_the_report_is_locked_and_shown(
    page: LogView, qtbot: QtBot
) -> None:
    page.open_target(draft_of(page.context).id)
    page.form.open_section("check")
    assert not page.sign.isEnabled()
    assert "Waiting for Anne Example and Ben Sample to confirm" in words(page)
    control = Qt.KeyboardModifier.ControlModifier
    press(Key.Key_PageDown, control)
    write("Ben Sample")
    press(Key.Key_Return)
    assert "Type your name as it appears in the register: Anne Example." in words(page)
    write("anne example")
    press(Key.Key_Return)
    assert "Confirmed at 13:00" in words(page)
    write("Ben Sample")
    press(Key.Key_Return)
    assert page.sign.isEnabled()
    assert page.sign.hasFocus()
    with qtbot.waitSignal(page.context.asked_for) as went:
        press(Key.Key_PageDown, control)
    [row] = page.context.services.visits.page(VisitQuery()).rows
    assert went.args == ["visits", row.id]
    assert not page.viewmodel.is_open
    assert page.title == "Log a visit"


def test_a_change_after_confirming_is_told(page: LogView, qtbot: QtBot) -> None:
    page.open_target(draft_of(page.context).id)
    page.viewmodel.confirm(ANNE, "Anne Example")
    page.viewmodel.confirm(BEN, "Ben Sample")
    page.form.open_section("overall")
    page.form.show_place(Place.parse("summary"))
    write("And quiet.")
    page.viewmodel.flush()
    page.form.open_section("check")
    said = "The report has changed since one of you confirmed it. Please confirm it again."
    assert said in words(page)


def test_a_report_of_the_same_visit_is_told_and_can_be_looked_at(
    page: LogView, qtbot: QtBot
) -> None:
    before = sign(page.context.services, make_visit())
    page.open_target(draft_of(page.context).id)
    page.form.open_section("check")
    told = f"Another visit to this site overlaps ({before.ref}). It may be the same visit."
    warnings: Any = page.form.check.warnings.links()
    assert [link.text() for link in warnings] == [told]
    with qtbot.waitSignal(page.context.asked_for) as went:
        page.form.check.day.click()
    name, query = went.args
    assert name == "visits"
    assert (query.site_ids, query.period.start) == ((SUITE,), date(2025, 3, 5))
    assert page.context.services.visits.page(query).total == 1


def test_a_full_disk_is_said_under_the_head_until_it_is_over(
    page: LogView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.open_target(draft_of(page.context).id)
    page.form.open_section("overall")
    page.form.show_place(Place.parse("summary"))

    def refuse(*_: object) -> None:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(DraftService, "save", refuse)
        write(" Quiet.")
        qtbot.waitUntil(lambda: len(page.banners()) == 1, timeout=20_000)
        assert page.banners()[0].sentence == (
            "The disk is full. What you wrote is safe here. We will save it as soon as we can."
        )
        assert "Not saved" in words(page)
    page.banners()[0].findChild(QPushButton).click()
    assert page.banners() == ()
    assert "Saved 13:00:00" in words(page)
    assert "Quiet." in stored(page)["summary"]


def test_leaving_and_hiding_the_page_saves_what_was_typed_last(page: LogView, qtbot: QtBot) -> None:
    page.open_target(draft_of(page.context).id)
    page.form.open_section("overall")
    page.form.show_place(Place.parse("summary"))
    for leave in (page.hide, page.prepare_to_leave, page.place):
        page.show()
        field = page.form.section("overall").lists[0].rows["summary"].field
        qtbot.keyClicks(field, "!")
        typed = page.viewmodel.report.summary
        leave()
        assert content_of(page.context.services.drafts.drafts()[0].report)["summary"] == typed


def test_discarding_asks_first(
    page: LogView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.open_target(draft_of(page.context).id)
    answers = [False, True]
    asked: list[str] = []

    def ask(_parent: object, title: str, *_: str) -> bool:
        asked.append(title)
        return answers.pop(0)

    monkeypatch.setattr(log_view.SureDialog, "ask", ask)
    page.form.discard.click()
    assert page.viewmodel.is_open
    page.form.discard.click()
    assert not page.viewmodel.is_open
    assert page.context.services.drafts.drafts() == ()
    assert asked == ["Discard the draft “Northgate, Wednesday 5 March 2025”?"] * 2


def test_a_draft_that_is_gone_is_told(page: LogView) -> None:
    draft = draft_of(page.context)
    page.context.services.drafts.discard(draft.id)
    page.open_target(draft.id)
    assert [banner.sentence for banner in page.banners()] == [
        "This draft has already been signed or discarded."
    ]
