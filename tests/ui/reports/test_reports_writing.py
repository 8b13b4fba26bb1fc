"""Texts of the year and drafted sentences, written on the page Reports."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.builders import CUSTODY, make_visit, sign
from tests.ui.conftest import Settle
from tests.ui.reports.reports_page import EARLIER, YEAR, pages_of, press, shown, words
from tests.ui.widgets.test_written_area import CLIPBOARD, put_on_clipboard
from visitapp.domain.changes import Changes
from visitapp.domain.office.record_review import RecordReview
from visitapp.domain.period import Period
from visitapp.domain.year.summary import AnnualSummary
from visitapp.reporting.annual.reviews import REVIEWS
from visitapp.services.year.figures import FigureService
from visitapp.ui.context import Context
from visitapp.ui.reports.report import make_report
from visitapp.ui.reports.view import ReportsView


@pytest.fixture
def small(furnished_context: Context, qtbot: QtBot, settle: Settle) -> ReportsView:
    """Over two visits of March 2025 and no text."""
    sign(furnished_context.services, make_visit())
    sign(furnished_context.services, make_visit(date(2025, 3, 12)))
    return shown(furnished_context, qtbot, settle)


def test_a_text_is_saved_as_it_is_typed_and_printed(
    small: ReportsView, qtbot: QtBot, settle: Settle
) -> None:
    press(small.side, "Write the next")
    assert small.viewmodel.is_writing
    small.write("The year in words", "plans")
    area = small.writer.fields["plans"]
    assert small.window().focusWidget() is area
    qtbot.keyClicks(area, "Train 15 visitors.")
    qtbot.waitUntil(lambda: small.writer.saved.text().startswith("Saved "))
    kept = small.context.services.reports.text(YEAR, "plans")
    assert kept.text == "Train 15 visitors."
    assert "3 words" in words(small.side)
    qtbot.keyClick(area, Qt.Key.Key_Escape)
    settle(small.context)
    assert not small.viewmodel.is_writing
    printed = pages_of(small)["The year in words"]
    pdf = small.viewmodel.report.pdf
    assert "Train 15 visitors." in small.context.services.reports.page_text(pdf, printed)


def test_a_first_draft_once_it_was_read_and_text_pasted_from_word_are_printed(
    small: ReportsView, qtbot: QtBot, settle: Settle
) -> None:
    small.write("Visits made", "sites")
    area = small.writer.fields["sites"]
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    offer = small.window().focusWidget()
    assert offer.accessibleName() == "Draft from the figures: About the sites"
    qtbot.keyClick(offer, Qt.Key.Key_Space)
    draft = small.viewmodel.report.drafts["sites"]
    assert area.text() == draft
    assert "- Northgate: 2 visits; 52 were due" in draft
    assert "Drafted from the figures, not yet read" in words(small.writer)
    small.viewmodel.keeper.flush()
    assert small.context.services.reports.text(YEAR, "sites").text == ""
    assert small.window().focusWidget() is area
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    qtbot.keyClick(small.window().focusWidget(), Qt.Key.Key_Space)
    assert "not yet read" not in words(small.writer)
    small.viewmodel.keeper.flush()
    assert small.context.services.reports.text(YEAR, "sites").text == draft
    small.write("The year in words", "plans")
    html = (CLIPBOARD / "word.html").read_text(encoding="utf-8")
    put_on_clipboard(html, "Plans for next year")
    qtbot.keyClick(small.writer.fields["plans"], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    small.viewmodel.keeper.flush()
    kept = small.context.services.reports.text(YEAR, "plans").text
    assert f"{kept}\n" == (CLIPBOARD / "word.txt").read_text(encoding="utf-8")
    small.viewmodel.renew()
    settle(small.context)
    pdf, printed = small.viewmodel.report.pdf, pages_of(small)["The year in words"]
    visits_made = small.context.services.reports.page_text(pdf, pages_of(small)["Visits made"])
    assert "Visits to each suite:" in visits_made
    lines = small.context.services.reports.page_text(pdf, printed)
    assert "1.vetting" in lines.replace(" ", "")
    assert "**" not in lines
    small.write("Visits made", "sites")
    area = small.writer.fields["sites"]
    named = "Draft from the figures: About the sites"
    (offer,) = [b for b in small.writer.findChildren(QPushButton) if b.accessibleName() == named]
    assert not offer.isVisibleTo(small.writer)
    qtbot.keyClick(area, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(area, Qt.Key.Key_Delete)
    assert offer.isVisibleTo(small.writer)


def test_what_was_typed_is_kept_when_the_page_is_left_at_once(
    small: ReportsView, qtbot: QtBot
) -> None:
    small.write("The year in words", "plans")
    qtbot.keyClicks(small.writer.fields["plans"], "One")
    small.prepare_to_leave()
    assert small.context.services.reports.text(YEAR, "plans").text == "One"
    qtbot.keyClicks(small.writer.fields["plans"], " two")
    small.hide()
    assert small.context.services.reports.text(YEAR, "plans").text == "One two"


def test_words_typed_while_the_report_is_made_are_not_lost(
    small: ReportsView, qtbot: QtBot, settle: Settle
) -> None:
    small.write("The year in words", "plans")
    area = small.writer.fields["plans"]
    qtbot.keyClicks(area, "One")
    small.viewmodel.renew()
    qtbot.keyClicks(area, " two")
    settle(small.context)
    assert small.viewmodel.text("plans") == "One two"
    small.viewmodel.keeper.flush()
    assert small.context.services.reports.text(YEAR, "plans").text == "One two"
    assert area.text() == "One two"


def test_a_text_belongs_to_its_year(small: ReportsView, qtbot: QtBot, settle: Settle) -> None:
    small.write("The year in words", "plans")
    qtbot.keyClicks(small.writer.fields["plans"], "One")
    small.period.chosen.emit(EARLIER)
    settle(small.context)
    assert not small.viewmodel.is_writing
    assert small.viewmodel.text("plans") == ""
    assert small.context.services.reports.text(YEAR, "plans").text == "One"


def _row(view: ReportsView, key: str):
    return view.writer.fields[key].parentWidget()


def test_a_drafted_sentence_can_be_edited_and_brought_back(
    small: ReportsView, qtbot: QtBot, settle: Settle
) -> None:
    small.write("The year at a glance", "point.visits")
    row = _row(small, "point.visits")
    assert row.tag.word == "As drafted"
    assert not row.back.isVisibleTo(row)
    row.area.selectAll()
    qtbot.keyClicks(row.area, "Two visits were made.")
    small.viewmodel.keeper.flush()
    assert row.tag.word == "Edited"
    assert "Drafted: Visitors made 2 visits" in row.drafted.text()
    small.viewmodel.renew()
    settle(small.context)
    pdf = small.viewmodel.report.pdf
    printed = pages_of(small)["The year at a glance"]
    assert "Two visits were made." in small.context.services.reports.page_text(pdf, printed)
    press(row, "Use the drafted words")
    small.viewmodel.keeper.flush()
    assert row.tag.word == "As drafted"
    assert row.area.text().startswith("Visitors made 2 visits")
    assert small.context.services.reports.texts(YEAR) == {}


def test_an_edited_sentence_is_marked_once_its_figures_change(
    small: ReportsView, qtbot: QtBot, settle: Settle
) -> None:
    sentence = next(s for s in small.viewmodel.report.sentences if s.key == "point.visits")
    small.viewmodel.put_sentence(sentence, "Two visits were made.")
    small.viewmodel.keeper.flush()
    sign(small.context.services, make_visit(date(2025, 3, 19)))
    small.viewmodel.renew()
    settle(small.context)
    assert "Figures have changed since this was edited" in words(small.side)
    press(small.side, "Open")
    row = _row(small, "point.visits")
    assert row.tag.word == "Figures have changed since"
    assert "Drafted now: Visitors made 3 visits" in row.drafted.text()
    assert small.window().focusWidget() is row.area


def test_what_changes_elsewhere_is_in_the_report_without_asking(
    small: ReportsView, qtbot: QtBot, settle: Settle
) -> None:
    before = small.viewmodel.report
    sign(small.context.services, make_visit(date(2025, 3, 19)))
    small.context.tell(Changes.VISITS)
    qtbot.waitUntil(lambda: small.viewmodel.report is not before, timeout=10_000)
    settle(small.context)
    assert small.viewmodel.report.section_figures["Visits made"].visits == 3


def test_a_review_of_custody_records_is_in_the_report_without_asking(
    small: ReportsView, qtbot: QtBot, settle: Settle
) -> None:
    before, march = small.viewmodel.report, Period(date(2025, 3, 1), date(2025, 3, 31))
    review = RecordReview(uuid4(), CUSTODY, march, "Scrutiny panel", (("STRIP", 3),))
    small.context.tell(small.context.services.record_reviews.save(review))
    qtbot.waitUntil(lambda: small.viewmodel.report is not before, timeout=10_000)
    settle(small.context)
    assert REVIEWS in {section.title for section in small.viewmodel.sections()}


def test_a_text_of_last_year_is_marked_until_somebody_has_read_it(
    small: ReportsView, qtbot: QtBot, settle: Settle
) -> None:
    reports, key = small.context.services.reports, "running"
    reports.keep_typed(EARLIER, key, "Run by one person.")
    reports.keep_typed(EARLIER, "plans", "Recruit.")
    small.viewmodel.renew()
    settle(small.context)
    small.viewmodel.go_to_section("The scheme and its duty")
    assert "not yet read" in words(small.side)
    small.write("The scheme and its duty", key)
    area = small.writer.fields[key]
    assert area.text() == "Run by one person."
    assert "From 2023/24, not yet read" in words(small.writer)
    assert reports.text(YEAR, key).text == "", "looking at it isn't reading it"
    press(small.writer, "Read, print it as it is")
    small.viewmodel.keeper.flush()
    assert reports.text(YEAR, key).text == "Run by one person."
    assert "not yet read" not in words(small.writer)
    small.write("The year in words", "plans")
    assert small.writer.fields["plans"].text() == "", "plans are of one year"


def test_a_section_that_waits_for_its_first_text_can_be_written(small: ReportsView) -> None:
    sections = pages_of(small)
    assert sections["The year in words"] is None
    small.list.selectRow(small.tablemodel.row_of("The year in words"))
    assert small.viewmodel.is_writing
    assert set(small.writer.fields) == {"awards", "region", "findings", "plans"}
    small.list.selectRow(small.tablemodel.row_of("How the figures are counted"))
    assert "notes" in small.writer.fields


def test_all_that_a_report_shows_is_of_figures_that_are_counted_once(
    furnished_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, counts = furnished_context.services, FigureService.summary
    periods = []

    def noted(figures: FigureService, period: Period, **how: Any) -> AnnualSummary:
        periods.append(period)
        return counts(figures, period, **how)

    monkeypatch.setattr(FigureService, "summary", noted)
    report = make_report(services, YEAR, None, lambda *_: True)
    assert periods == [YEAR]
    assert report.sentences == services.reports.sentences(YEAR)
    assert report.checks == services.reports.checks(YEAR)
    assert report.fields == services.reports.text_fields(YEAR)
