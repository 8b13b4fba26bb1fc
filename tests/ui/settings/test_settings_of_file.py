"""Settings kept in the file: office, schemes, sites, timeslots, lists and amounts."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.builders import ANIMALS, CUSTODY, KENNELS, SUITE, make_visit, sign
from tests.ui.settings.settings_page import at_section, cells, page, retype, words
from visitapp.domain.changes import Changes
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import OpenPeriod
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.rows_editor import RowsEditor

__all__ = ["page"]

WEDNESDAY = date(2025, 3, 5)
YEAR = APRIL_YEARS.year_of(WEDNESDAY)


# -- office ------------------------------------------------------------------------------


def test_the_office_is_renamed_by_keyboard_alone(page, qtbot):
    section = page.section
    retype(qtbot, section.name, "Office of the Commissioner for Anyshire")
    with qtbot.waitSignal(page.context.changed) as caught:
        qtbot.keyClick(section.name, Qt.Key.Key_Return)
    assert caught.args[0] is Changes.SETTINGS
    assert page.context.services.setup.office().name == "Office of the Commissioner for Anyshire"
    assert section.done_text == "Office details saved."


def test_the_office_gets_a_crest_and_gives_it_up(page, qtbot, tmp_path, monkeypatch):
    drawn = tmp_path / "crest.png"
    Image.new("RGBA", (900, 300), (255, 255, 255, 128)).save(drawn)
    asked = [tmp_path / "notes.txt", drawn]
    asked[0].write_text("No picture")
    monkeypatch.setattr("visitapp.ui.settings.office.ask_crest", lambda _: asked.pop(0))
    section, setup = page.section, page.context.services.setup
    choose = section.crest.choose_button
    qtbot.keyClick(choose, Qt.Key.Key_Space)
    assert section.reason.text() == "That is not a PNG or JPEG picture. Choose another file."
    qtbot.keyClick(choose, Qt.Key.Key_Space)
    assert section.reason.text() == ""
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    kept = Image.open(BytesIO(setup.office().crest))
    assert (kept.format, kept.size, kept.getpixel((9, 9))) == (
        "PNG",
        (472, 157),
        (255,) * 3 + (128,),
    )
    qtbot.keyClick(section.crest.clear_button, Qt.Key.Key_Space)
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    assert setup.office().crest == b""


def test_the_office_gets_a_word_template_and_numbers_paragraphs(page, qtbot, tmp_path, monkeypatch):
    letter = tmp_path / "letter.docx"
    Document().save(letter)
    asked = [tmp_path / "notes.txt", letter]
    asked[0].write_text("No document")
    monkeypatch.setattr("visitapp.ui.settings.office.ask_word_template", lambda _: asked.pop(0))
    section, setup = page.section, page.context.services.setup
    choose = section.template.choose_button
    qtbot.keyClick(choose, Qt.Key.Key_Space)
    assert section.reason.text().startswith("This is not a Word document.")
    qtbot.keyClick(choose, Qt.Key.Key_Space)
    assert section.reason.text() == ""
    qtbot.keyClick(section.numbers, Qt.Key.Key_Space)
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    office = setup.office()
    assert (office.word_template, office.numbers_paragraphs) == (letter.read_bytes(), True)
    qtbot.keyClick(section.template.clear_button, Qt.Key.Key_Space)
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    assert setup.office().word_template == b""


def test_an_office_without_a_name_is_refused_in_place(page, qtbot):
    section = page.section
    section.name.clear()
    section.press_save()
    assert section.name_row.error() == "Enter the name of the office."
    qtbot.keyClick(section.name, Qt.Key.Key_Escape)
    assert section.name.text() == "Office of the Commissioner"
    assert not section.name_row.error()


# -- sites ---------------------------------------------------------------------------------


def test_a_site_is_added_with_its_open_periods(page, qtbot):
    section = at_section(page, "sites")
    section.table.setFocus()
    qtbot.keyClick(section.table, Qt.Key.Key_Insert)
    retype(qtbot, section.name, "Southgate")
    section.cells.setText("24")
    section.open.show_rows([["1/4/2020", "31/3/2022"], ["1/10/2023", ""]])
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    site = next(s for s in page.context.services.setup.sites() if s.name == "Southgate")
    assert (site.cells, site.scheme_id, site.position) == (24, CUSTODY, 1)
    assert site.open_periods == (
        OpenPeriod(date(2020, 4, 1), date(2022, 3, 31)),
        OpenPeriod(date(2023, 10, 1)),
    )
    assert section.done_text == "Southgate saved."
    assert section.table.hasFocus()


@pytest.mark.parametrize(
    ("periods", "sentence"),
    [
        ([["1/4/2020", ""], ["1/4/2022", ""]], "Two open periods overlap"),
        ([["1/4/2020", "1/3/2020"]], "The closing day is earlier than the opening day."),
        ([["31/2/2020", ""]], "There is no such day"),
        ([["", "1/3/2020"]], "Open period 1: enter a date"),
        ([["Not known", ""]], "“Not known” is not a date."),
    ],
)
def test_open_periods_that_make_no_sense_are_refused(page, periods, sentence):
    section = at_section(page, "sites")
    section.open.show_rows(periods)
    section.press_save()
    assert sentence in section.reason.text()
    assert page.context.services.setup.sites()[0].version == 1


def test_sites_are_put_in_order_in_one_go(page, qtbot):
    section = at_section(page, "sites")
    section.show_item(SUITE)
    with qtbot.waitSignal(page.context.changed) as caught:
        qtbot.mouseClick(section.earlier_button, Qt.MouseButton.LeftButton)
    assert Changes.SITES in caught.args[0]
    assert [site.id for site in page.context.services.setup.sites()] == [SUITE, KENNELS]
    assert section.item.id == SUITE
    assert section.done_text == "Northgate is now number 1 of 2."
    assert not section.viewmodel.move_site(section.item, -1)


def test_a_closed_site_keeps_its_visits(page):
    sign(page.context.services, make_visit(WEDNESDAY))
    section = at_section(page, "sites")
    section.open.show_rows([["1/4/2019", "31/3/2025"]])
    section.press_save()
    assert cells(section)[0][1] == "closed 31 March 2025"
    figures = page.context.services.figures.summary(YEAR).schemes[Kind.CUSTODY]
    assert figures.visits == 1


# -- timeslots -----------------------------------------------------------------------------


def test_an_edited_grid_counts_the_past_anew_and_says_so(page, qtbot):
    sign(page.context.services, make_visit(WEDNESDAY))
    section = at_section(page, "timeslots")
    grid = page.context.services.setup.grids(CUSTODY)[0]
    section.show_item(grid.id)
    assert section.recount.text() == (
        "1 past visit is counted with these timeslots. If you change the days or times, they "
        "will be recounted."
    )
    before = page.context.services.figures.coverage(YEAR, (SUITE,))[0]
    assert before.counts[2][2] == 1
    section.bands.show_rows([["00:00", "13:59", ""], ["16:00", "23:59", "Evening"]])
    with qtbot.waitSignal(page.context.changed) as caught:
        section.press_save()
    assert Changes.VISITS in caught.args[0]
    assert section.done_text == "Timeslots saved. We have recounted 1 visit."
    after = page.context.services.figures.coverage(YEAR, (SUITE,))[0]
    assert (after.total, after.outside, after.cells) == (0, 1, 14)
    assert [band.label for band in after.grid.bands] == ["00:00–13:59", "Evening"]


def test_a_new_name_alone_recounts_nothing(page):
    sign(page.context.services, make_visit(WEDNESDAY))
    section = at_section(page, "timeslots")
    section.show_item(page.context.services.setup.grids(CUSTODY)[0].id)
    section.name.setText("Five by seven")
    section.press_save()
    assert section.done_text == "Timeslots saved."


def test_timeslots_are_written_in_their_cells_by_keyboard(page, qtbot):
    section = at_section(page, "timeslots")
    section.add()
    section.name.setText("Nights only")
    editor: RowsEditor = section.bands
    editor.table.setFocus()
    editor.table.setCurrentIndex(editor.tablemodel.index(0, 0))
    qtbot.keyClick(editor.table, Qt.Key.Key_Return)
    field = editor.table.findChild(QLineEdit)
    qtbot.keyClicks(field, "20:00")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    field = next(f for f in editor.table.findChildren(QLineEdit) if f.isVisible())
    qtbot.keyClicks(field, "23:59")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.rows == (("20:00", "23:59", ""),))
    days: RowsEditor = section.days
    days.table.setFocus()
    days.table.setCurrentIndex(days.tablemodel.index(0, 2))
    qtbot.keyClick(days.table, Qt.Key.Key_Space)
    assert days.rows[0] == ("Monday", True, True, *[False] * 5)
    days.table.setCurrentIndex(days.tablemodel.index(1, 0))
    days.remove_row()
    section.press_save()
    grid = next(g for g in page.context.services.setup.grids() if g.name == "Nights only")
    assert (len(grid.days), grid.days[0].weekdays, grid.cells) == (6, (0, 1), 6)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["08:00", "07:00", ""]], "A time band must begin before it ends, on the same day."),
        ([["08:00", "12:00", ""], ["11:00", "13:00", ""]], "must not overlap"),
        ([["8am", "", ""]], "Time band 1: enter both times"),
        ([["25:00", "26:00", ""]], "not a time of day"),
        ([], "at least one row of days and one time band"),
    ],
)
def test_bands_that_make_no_sense_are_refused(page, rows, sentence):
    section = at_section(page, "timeslots")
    section.bands.show_rows(rows)
    section.press_save()
    assert sentence in section.reason.text()
    assert [grid.version for grid in page.context.services.setup.grids()] == [1, 1]


def test_a_row_of_days_needs_a_day(page):
    section = at_section(page, "timeslots")
    section.days.show_rows([["Nothing", *[False] * 7]])
    section.press_save()
    assert section.reason.text() == "Row of days 1: tick at least one day, or remove it."


# -- lists ---------------------------------------------------------------------------------


def test_a_value_is_added_with_how_it_counts(page):
    section = at_section(page, "lists")
    section.choose(CUSTODY, "issue_category")
    section.add()
    section.label_edit.setText("Prayer mats")
    section.group.set_key("conditions")
    section.press_save()
    book = page.context.services.setup.codes(CUSTODY)
    code = book.find("issue_category", "Prayer mats")
    assert (code.code, code.group) == ("PRAYER_MATS", "conditions")
    assert code.position == len(book["issue_category"]) - 1
    assert section.done_text == "Prayer mats added. You can now choose it in reports."


def test_a_value_is_relabelled_and_closed_but_never_deleted(page):
    section = at_section(page, "lists")
    section.choose(CUSTODY, "delay_reason")
    busy = page.context.services.setup.codes(CUSTODY).find("delay_reason", "BUSY")
    section.show_item(busy.id)
    assert section.remove_button.isHidden()
    section.label_edit.setText("The suite was busy")
    section.end.set_text("31/3/2025")
    section.press_save()
    book = page.context.services.setup.codes(CUSTODY)
    assert book.label("delay_reason", "BUSY") == "The suite was busy"
    assert "BUSY" not in [code.code for code in book.offered("delay_reason", date(2025, 4, 1))]
    assert cells(section)[0] == ["The suite was busy", "An ordinary option", "closed 31 March 2025"]


def test_a_value_alike_or_closed_before_it_began_is_refused(page):
    section = at_section(page, "lists")
    section.choose(CUSTODY, "delay_reason")
    section.add()
    section.label_edit.setText("suite very-busy")
    section.press_save()
    assert section.reason.text() == "There is already an option like this: Suite very busy."
    section.cancel()
    section.start.set_text("1/4/2025")
    section.end.set_text("1/3/2025")
    section.press_save()
    assert section.reason.text() == "The last day is earlier than the first day."


def test_every_list_of_both_schemes_can_be_seen(page):
    section = at_section(page, "lists")
    for scheme_id in (CUSTODY, ANIMALS):
        book = page.context.services.setup.codes(scheme_id)
        for name in book.lists:
            section.choose(scheme_id, name)
            assert [row[0] for row in cells(section)] == [code.label for code in book[name]]
            assert all(row[1] for row in cells(section))
    section.choose(CUSTODY, "issue_severity")
    assert section.add_button.isHidden()


# -- what is entered by hand ---------------------------------------------------------------


def test_a_rate_of_four_decimals_values_past_hours(page):
    sign(page.context.services, make_visit(WEDNESDAY))
    section = at_section(page, "rates")
    assert "No rate yet" in words(section)
    section.start.set_text("1/4/2024")
    section.amount.setText("£18.3515")
    section.press_save()
    rates = page.context.services.setup.rates(CUSTODY)
    assert [rate.gbp_per_hour for rate in rates] == [Decimal("18.3515")]
    figures = page.context.services.figures.summary(YEAR).schemes[Kind.CUSTODY]
    assert figures.value == Decimal("36.70")  # two hours
    assert section.done_text == "Rate saved. It also applies to past hours from that day."


@pytest.mark.parametrize("text", ["18.35155", "-1", "lots", "", "NaN"])
def test_a_rate_that_is_no_amount_is_refused(page, text):
    section = at_section(page, "rates")
    section.amount.setText(text)
    section.press_save()
    assert section.reason.text() == "Enter pounds with up to four decimal places, such as 18.3515."
    assert page.context.services.setup.rates(CUSTODY) == ()


def test_an_entry_is_taken_out_when_the_person_is_sure(page, monkeypatch, qtbot):
    section = at_section(page, "rates")
    section.amount.setText("18")
    section.press_save()
    monkeypatch.setattr(SureDialog, "ask", lambda *_: False)
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)
    assert len(page.context.services.setup.rates(CUSTODY)) == 1
    monkeypatch.setattr(SureDialog, "ask", lambda *_: True)
    section.table.setFocus()
    qtbot.keyClick(section.table, Qt.Key.Key_Delete)
    assert page.context.services.setup.rates(CUSTODY) == ()
    assert "No rate yet" in words(section)


def test_throughput_is_entered_for_a_site_and_a_period(page):
    section = at_section(page, "throughput")
    section.site.set_key(SUITE)
    section.number.setText("10,312")
    section.press_save()
    entry = page.context.services.setup.throughputs(CUSTODY)[0]
    assert (entry.site_id, entry.number, entry.period) == (SUITE, 10312, YEAR)
    section.add()
    section.site.set_key(SUITE)
    section.number.setText("1")
    section.press_save()
    assert section.reason.text() == "Part of that period has already been entered: 2024/25."


def test_an_earlier_year_is_known_as_a_total(page):
    section = at_section(page, "earlier")
    section.number.setText("98")
    section.press_save()
    entry = page.context.services.setup.earlier_totals(CUSTODY)[0]
    assert (entry.figure, entry.number, entry.period) == (
        "visits", 98, APRIL_YEARS.year_of(date(2023, 5, 1)),
    )  # fmt: skip
    summary = page.context.services.figures.summary(YEAR)
    assert summary.earlier[Kind.CUSTODY][0].totals == {"visits": 98}
    section.first.set_text("")
    section.press_save()
    assert section.reason.text() == "First day: enter a date, such as 1/4/2025."
