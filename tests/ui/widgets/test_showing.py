import threading

import pytest
from PySide6.QtCore import QObject, QStringListModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from visitapp.domain.errors import BadInputError
from visitapp.services.reports.privacy import look_at
from visitapp.ui.jobs import Jobs
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.widgets.banner import Banner
from visitapp.ui.widgets.buttons import button, glyph_button, link_button, primary_button
from visitapp.ui.widgets.dialogs import ReasonDialog, SureDialog
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Columns, Panel
from visitapp.ui.widgets.passphrase_field import PassphraseField
from visitapp.ui.widgets.progress import ProgressPanel
from visitapp.ui.widgets.summary_list import SummaryList
from visitapp.ui.widgets.table import TableWidget
from visitapp.ui.widgets.tag import Tag
from visitapp.ui.widgets.text_area import TextArea


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page(None, "Visits")  # type: ignore[arg-type]  # a frame needs no services
    qtbot.addWidget(made)
    made.resize(1170, 700)
    made.show()
    return made


def test_a_problem_is_a_banner_that_can_be_closed(qtbot: QtBot, page: Page) -> None:
    page.show_problem(BadInputError("The date is in the future."))
    [banner] = page.banners()
    assert banner.accessibleName() == "Problem: The date is in the future."
    page.show_problem(BadInputError("Choose a site."))
    [banner] = page.banners()
    assert banner.sentence == "Choose a site."
    banner.close_banner()
    assert page.banners() == ()


def test_banners_of_other_keys_stand_below_each_other(page: Page) -> None:
    page.show_banner("info", "One", key="a")
    page.show_banner("warn", "Two", key="b")
    assert [banner.sentence for banner in page.banners()] == ["One", "Two"]
    page.clear_banner("a")
    assert [banner.sentence for banner in page.banners()] == ["Two"]
    page.clear_banner()
    assert page.banners() == ()


def test_a_banner_has_at_most_two_actions(qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="two actions"):
        Banner("info", "x", [("a", int), ("b", int), ("c", int)])


def test_a_wide_page_has_margins(page: Page) -> None:
    assert page.body.contentsMargins().left() == 20
    page.resize(1920, 900)
    assert page.body.contentsMargins().left() == 240


def test_a_page_takes_no_more_height_than_a_small_window_has(page: Page) -> None:
    for number in range(60):
        page.body.addWidget(label(f"Line {number} " * 20, wrap=True))
    page.set_foot(button("Back"), None, primary_button("Next"))
    assert page.minimumSizeHint().height() < 300


def test_a_form_row_names_its_field_and_says_what_is_wrong(qtbot: QtBot) -> None:
    field = QLineEdit()
    row = FormRow("Office", field, "As it is printed")
    qtbot.addWidget(row)
    row.show()
    assert field.accessibleName() == "Office"
    assert field.accessibleDescription() == "As it is printed"
    row.set_error("Enter the name of the office.")
    assert field.accessibleDescription() == "Enter the name of the office."
    assert field.property("wrong") is True
    assert row.reason.isVisible()
    row.set_error("")
    assert field.accessibleDescription() == "As it is printed"
    assert not row.reason.isVisible()


def test_a_text_area_grows_with_its_text_and_tab_leaves_it(qtbot: QtBot) -> None:
    area = TextArea("Summary", lines=2, most_lines=6)
    qtbot.addWidget(area)
    area.resize(300, 50)
    area.show()
    small = area.height()
    area.set_text("\n".join("abcdef"))
    grown = area.height()
    area.set_text("\n".join("abcdefghijklmnop"))
    assert small < grown
    assert area.height() == grown
    assert area.tabChangesFocus()


def test_setting_a_text_tells_nobody_and_typing_does(qtbot: QtBot) -> None:
    area = TextArea("Summary")
    qtbot.addWidget(area)
    told: list[int] = []
    area.changed.connect(lambda: told.append(1))
    area.set_text("Quiet.")
    assert told == []
    qtbot.keyClicks(area, "No")
    assert told == [1, 1]


def test_a_tag_says_its_state_in_a_word(qtbot: QtBot) -> None:
    tag = Tag("Draft", "info", "pencil")
    qtbot.addWidget(tag)
    tag.show_state("Locked", "good", "lock")
    assert (tag.word, tag.accessibleName()) == ("Locked", "Locked")


def test_words_from_records_are_never_taken_as_markup(qtbot: QtBot) -> None:
    made = label("<b>Keyham</b> & Lane")
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.PlainText


def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    row = FlowRow(*(button(f"Button number {at}") for at in range(6)))
    qtbot.addWidget(row)
    row.resize(2000, 400)
    row.show()
    one_line = row.heightForWidth(2000)
    assert row.heightForWidth(400) > 2 * one_line
    row.resize(400, 400)
    tops = {widget.y() for widget in row.widgets()}
    assert len(tops) >= 3
    assert all(widget.geometry().right() <= 400 for widget in row.widgets())


def test_hidden_widgets_take_no_room_in_a_flow(qtbot: QtBot) -> None:
    first, second = button("First"), button("Second")
    row = FlowRow(first, second)
    qtbot.addWidget(row)
    row.resize(600, 60)
    row.show()
    at = second.x()
    first.hide()
    qtbot.waitUntil(lambda: second.x() < at)
    assert second.x() == 0


def test_the_side_column_goes_below_where_there_is_no_room(
    qtbot: QtBot, appearance: Appearance
) -> None:
    columns = Columns(QWidget(), QWidget(), side_width=300, least_main=500)
    qtbot.addWidget(columns)
    columns.resize(1000, 300)
    columns.show()
    assert not columns.is_stacked
    columns.resize(700, 300)
    assert columns.is_stacked
    columns.resize(1000, 300)
    assert not columns.is_stacked
    appearance.choose("light", 130)
    assert columns.is_stacked


def test_progress_is_quiet_at_first_and_can_be_cancelled(qtbot: QtBot, jobs: Jobs) -> None:
    panel, owner, gate, got = ProgressPanel(), QObject(), threading.Event(), []
    qtbot.addWidget(panel)
    window = QWidget()
    qtbot.addWidget(window)
    job = jobs.run(gate.wait, owner=owner, done=got.append)
    panel.follow(job, "Counting")
    assert not panel.isVisible()
    qtbot.waitUntil(panel.isVisible, timeout=20_000)
    panel.cancel()
    assert job.was_cancelled
    gate.set()
    qtbot.waitUntil(lambda: not panel.isVisible(), timeout=20_000)


def test_quick_work_shows_no_progress(qtbot: QtBot, jobs: Jobs) -> None:
    panel, owner = ProgressPanel(), QObject()
    qtbot.addWidget(panel)
    panel.follow(jobs.run(int, owner=owner), "Counting")
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert not panel._wait.isActive()


def test_a_summary_list_links_each_line_back(qtbot: QtBot) -> None:
    rows, pressed = SummaryList(), []
    qtbot.addWidget(rows)
    rows.add("Suite", "Keyham Lane", lambda: pressed.append("Suite"))
    rows.add("Timeslot", "Tuesday, 12:00 to 15:59", note="worked out")
    change = rows.findChild(QWidget, options=Qt.FindChildOption.FindChildrenRecursively)
    assert change is not None
    from PySide6.QtWidgets import QPushButton

    [link] = rows.findChildren(QPushButton)
    assert link.accessibleName() == "Change: Suite"
    link.click()
    assert pressed == ["Suite"]
    rows.clear()
    assert rows.layout().count() == 0


def test_a_reason_must_be_given(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ReasonDialog(parent, "Withdraw", "It counts nowhere then.", "Withdraw the visit")
    dialog.accept()
    assert dialog.result() == 0
    dialog.area.set_text("  Entered twice. ")
    dialog.accept()
    assert (dialog.result(), dialog.reason()) == (1, "Entered twice.")


def test_a_reason_that_leads_to_a_person_is_written_anew(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ReasonDialog(parent, "Amend", "A new version.", "Amend", look_at)
    dialog.area.set_text("Sgt Hartwell told us the count was wrong.")
    dialog.accept()
    assert dialog.result() == 0
    said = [one.text() for one in dialog.findChildren(QLabel)]
    assert any("“Sgt Hartwell” looks like a name." in text for text in said)
    dialog.area.set_text("The sergeant told us the count was wrong.")
    dialog.accept()
    assert dialog.result() == 1


def test_the_answer_to_a_question_that_cannot_be_undone_is_no_by_default(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SureDialog(parent, "Discard", "It is gone then.", "Discard this draft\u2026")
    assert dialog.go.text() == "Discard this draft\u2026"
    dialog.reject()
    assert dialog.result() == 0


def test_enter_opens_a_row_and_rows_grow_with_the_text(
    qtbot: QtBot, appearance: Appearance
) -> None:
    model = QStandardItemModel(0, 2)
    for row in range(3):
        model.appendRow([QStandardItem(f"EUS-{row}"), QStandardItem("Euston Street")])
    table = TableWidget("Visits", model)
    table.set_widths(160, 0)
    qtbot.addWidget(table)
    table.show()
    table.selectRow(1)
    with qtbot.waitSignal(table.activated) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args[0].row() == 1
    assert (table.rowHeight(0), table.columnWidth(0)) == (38, 160)
    appearance.choose("light", 150)
    assert (table.verticalHeader().defaultSectionSize(), table.columnWidth(0)) == (57, 240)


def test_a_passphrase_is_hidden_until_it_is_asked_for(qtbot: QtBot) -> None:
    field = PassphraseField("Passphrase")
    qtbot.addWidget(field)
    field.show()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    field.show_button.click()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal
    assert field.show_button.accessibleName() == "Hide: Passphrase"


def test_caps_lock_is_told(qtbot: QtBot) -> None:
    field = PassphraseField("Passphrase")
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClick(field.edit, "A", Qt.KeyboardModifier.NoModifier)
    assert field._caps.isVisible() == field.edit.text().isupper()
    qtbot.keyClick(field.edit, Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier)
    assert not field._caps.isVisible()


def test_buttons_have_names_and_glyphs_a_tooltip(qtbot: QtBot) -> None:
    names = []
    for made in (
        button("Log a visit", shortcut="Ctrl+N"),
        link_button("Change", about="Suite"),
        glyph_button("zoom-in", "Larger", shortcut="Ctrl++"),
    ):
        qtbot.addWidget(made)
        names.append((made.accessibleName(), made.toolTip()))
    assert names == [
        ("Log a visit", "Ctrl+N"),
        ("Change: Suite", ""),
        ("Larger", "Larger (Ctrl++)"),
    ]


def test_an_empty_page_says_what_will_be_here_and_offers_a_step(qtbot: QtBot) -> None:
    made = EmptyState("clipboard-list", "Visits will be listed here.", button("Log a visit"))
    qtbot.addWidget(made)
    words = {one.text() for one in made.findChildren(QLabel)}
    assert "Visits will be listed here." in words


def test_a_panel_is_named_by_its_title(qtbot: QtBot) -> None:
    panel = Panel("Needs you", "3 things")
    qtbot.addWidget(panel)
    panel.set_title("Needs you", "1 thing")
    assert panel.accessibleName() == "Needs you"


def test_models_are_shown_without_cutting_the_name(qtbot: QtBot) -> None:
    table = TableWidget("Sites")
    qtbot.addWidget(table)
    table.setModel(QStringListModel(["Euston Street"]))
    assert table.model().rowCount() == 1
