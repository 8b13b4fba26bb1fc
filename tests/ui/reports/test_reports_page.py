"""The page Reports over a real file: pages, texts, sentences, checks, export."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from tests.ui.reports.reports_page import EARLIER, YEAR, pages_of, press, shown, words
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.year.visit_list import CountedVisits, VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.export_place import ExportPlace, ask_for_place
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.reports.document_preview import DocumentPreview
from visitapp.ui.reports.preview import FIT
from visitapp.ui.reports.view import ReportsView


@pytest.fixture
def page(demo_context: Context, qtbot: QtBot, settle: Settle) -> ReportsView:
    """Over the demonstration, whose last year is 2024/25."""
    return shown(demo_context, qtbot, settle)


def current(view: ReportsView) -> str:
    return view.tablemodel.section(view.list.currentIndex()).title


def test_last_year_is_shown_page_by_page_with_its_sections(page: ReportsView) -> None:
    assert page.viewmodel.period == YEAR
    assert "Annual report, 1 April 2024 to 31 March 2025" in words(page)
    titles = [page.tablemodel.index(row, 0).data() for row in range(page.tablemodel.rowCount())]
    assert titles[:3] == ["Cover", "Contents", "The year at a glance"]
    assert titles[-1] == "How the figures are counted"
    pages = page.viewmodel.report.pages
    assert page.preview.place.text() == f"Page 1 of {pages}"
    assert not page.preview.picture.isNull()
    assert "Independent custody visiting" in page.preview.desk.accessibleDescription()


def test_the_picture_is_as_sharp_as_the_screen(page: ReportsView) -> None:
    sheet = page.preview._sheet
    inner = sheet.contentsRect().width()
    assert page.preview.picture.width() == round(inner * page.devicePixelRatioF())


def test_keys_turn_the_pages(page: ReportsView, qtbot: QtBot, settle: Settle) -> None:
    desk, last = page.preview.desk, page.viewmodel.report.pages
    places = []
    for key in (
        Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp,
        Qt.Key.Key_PageUp, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Home,
    ):  # fmt: skip
        qtbot.keyClick(desk, key)
        places.append(page.viewmodel.page + 1)
    assert places == [2, 3, 2, 1, 1, last, last, 1]
    assert not page.preview.previous.isEnabled()
    assert page.preview.next.isEnabled()
    settle(page.context)


def test_the_list_follows_the_page_and_the_page_the_list(page: ReportsView, settle: Settle) -> None:
    row = page.tablemodel.row_of("Access to the suites")
    page.list.selectRow(row)
    settle(page.context)
    at = page.viewmodel.sections()[row].page
    assert page.viewmodel.page == at
    assert "Access to the suites" in page.preview.desk.accessibleDescription()
    page.viewmodel.go_to_page(at + 1)
    assert page.viewmodel.page == at + 1
    page.preview.turn_to(0)
    assert current(page) == "Cover"
    settle(page.context)


def test_a_page_can_be_larger_and_fits_the_width_again(page: ReportsView, settle: Settle) -> None:
    fitting = page.preview.picture.width()
    for _ in range(3):
        page.preview.larger.click()
    page.preview._settle.stop()
    page.preview._ask()
    settle(page.context)
    assert page.preview.size_words.text().endswith("%")
    assert page.preview.picture.width() > fitting
    while page.preview.zoom != FIT:
        page.preview.smaller.click()
    page.preview._settle.stop()
    page.preview._ask()
    settle(page.context)
    assert page.preview.size_words.text() == "Fit width"
    assert page.preview.picture.width() == fitting


def test_another_period_is_another_report(page: ReportsView, settle: Settle) -> None:
    page.period.chosen.emit(EARLIER)
    settle(page.context)
    assert page.viewmodel.report.period == EARLIER
    assert "97.1%" in page.context.services.reports.page_text(
        page.viewmodel.report.pdf, pages_of(page)["Visits made"]
    )
    assert page.viewmodel.file_name == "annual-report-2023-24.pdf"
    assert page.place() == EARLIER
    page.open_target(YEAR)
    settle(page.context)
    assert page.viewmodel.report.period == YEAR


def test_one_site_is_another_report_and_all_sites_come_back(
    page: ReportsView, qtbot: QtBot, settle: Settle
) -> None:
    assert page.sites.text() == "All sites"
    offered = page.sites_menu().actions()
    assert [action.text() for action in offered if action.isChecked()] == ["All sites"]
    names = [action.text() for action in offered]
    assert names[:3] == ["All sites", "Euston Street", "Keyham Lane"]
    offered[2].trigger()
    settle(page.context)
    assert "31 March 2025, Keyham Lane" in words(page)
    assert page.sites.accessibleName() == "Sites: Keyham Lane"
    assert page.viewmodel.file_name == "annual-report-2024-25-keyham-lane.pdf"
    assert "belong to the report on all sites" in words(page.side)
    page.viewmodel.go_to_section("Visits made")
    number = page.viewmodel.section_figure().visits
    with qtbot.waitSignal(page.context.asked_for) as asked:
        press(page.side, f"{number} visits")
    assert page.context.services.visits.page(asked.args[1]).total == number
    page.sites_menu().actions()[0].trigger()
    settle(page.context)
    page.viewmodel.go_to_section("Visits made")
    assert page.viewmodel.section_figure().visits > number
    assert page.viewmodel.report.fields


def test_the_visits_behind_a_figure_are_one_click_away(page: ReportsView, qtbot: QtBot) -> None:
    page.viewmodel.go_to_section("Visits made")
    assert "99.0%" in words(page.side)
    with qtbot.waitSignal(page.context.asked_for) as asked:
        press(page.side, "103 visits")
    custody = page.context.services.setup.scheme(Kind.CUSTODY)
    name, query = asked.args
    assert name == "visits"
    assert query == VisitQuery(scheme_id=custody.id, period=YEAR, counted=CountedVisits.MADE)
    assert page.context.services.visits.page(query).total == 103


@pytest.mark.parametrize(
    ("section", "figure", "visits"),
    [
        ("The year at a glance", "116", 116),
        ("Days and times covered", "69 of 70", 103),
        ("Animal welfare visiting", "13", 13),
    ],
)
def test_each_section_says_the_figure_it_prints(
    page: ReportsView, section: str, figure: str, visits: int
) -> None:
    page.viewmodel.go_to_section(section)
    section_figure = page.viewmodel.section_figure()
    assert section_figure.figure == figure
    assert section_figure.visits == visits
    assert page.context.services.visits.page(section_figure.query).total == visits


def test_checks_say_what_is_missing_and_what_agrees(page: ReportsView) -> None:
    said = words(page.side)
    assert "Totals agree" in said
    assert "2 texts are not written" in said
    assert "27 of 29 texts are written." in said


# -- export ------------------------------------------------------------------------------


def _choose(monkeypatch: pytest.MonkeyPatch, path: str, form: str = "") -> list[str]:
    asked: list[str] = []

    def ask(
        _parent: QWidget, _title: str, name: str, _forms: str, *, options: object
    ) -> tuple[str, str]:
        asked.append(name)
        return path, form

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return asked


def test_the_report_is_exported_where_the_person_says(
    page: ReportsView, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = _choose(monkeypatch, str(tmp_path / "out" / "year"))
    (tmp_path / "out").mkdir()
    said: list[str] = []
    page.context.message.connect(said.append)
    page.export_button.click()
    settle(page.context)
    written = tmp_path / "out" / "year.pdf"
    assert written.read_bytes() == page.viewmodel.report.pdf
    assert Path(asked[0]).name == "annual-report-2024-25.pdf"
    (banner,) = page.banners()
    assert f"year.pdf ({page.viewmodel.report.pages} pages) in {written.parent}" in banner.sentence
    assert said[-1] == banner.sentence


def test_the_form_is_that_of_the_name_or_else_the_one_chosen_in_the_list(
    page: ReportsView, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    web = "Web page and tables (*.html)"
    suggested = page.viewmodel.file_name
    for name, form, saved, asked_about in (
        ("year.html", "", "year.html", True),
        ("year", web, "year.html", False),
        ("year.pdf", web, "year.pdf", True),
        (suggested, web, suggested.replace(".pdf", ".html"), False),
    ):
        _choose(monkeypatch, str(tmp_path / name), form)
        place = ask_for_place(page, suggested)
        assert place == ExportPlace(tmp_path / saved, may_replace=asked_about)


def test_a_web_page_is_exported_with_its_tables(
    page: ReportsView, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _choose(monkeypatch, str(tmp_path / "year.html"))
    page.export_button.click()
    settle(page.context)
    (banner,) = page.banners()
    assert banner.kind == "good"
    assert "saved as year.html in" in banner.sentence
    assert "folder year-tables." in banner.sentence
    assert (tmp_path / "year.html").is_file()
    assert list((tmp_path / "year-tables").glob("table-01-*.csv"))


def test_further_documents_are_shown_page_by_page_and_saved(
    page: ReportsView, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:  # fmt: skip
    page.viewmodel.choose_period(Period(date(2025, 1, 1), date(2025, 3, 31)))
    settle(page.context)
    asked = _choose(monkeypatch, str(tmp_path / "update.pdf"))
    seen: list[str] = []

    def opened(dialog: DocumentPreview) -> DocumentPreview.DialogCode:
        dialog.show()
        desk = dialog.preview.desk
        qtbot.waitUntil(lambda: bool(desk.accessibleDescription()))
        seen.append(desk.accessibleDescription())
        qtbot.keyClick(desk, Qt.Key.Key_PageDown)
        seen.append(dialog.preview.place.text())
        qtbot.keyClick(dialog.save_button, Qt.Key.Key_Space)
        dialog.hide()
        return DocumentPreview.DialogCode(dialog.result())

    monkeypatch.setattr(DocumentPreview, "exec", opened)
    update, monthly, indicators, evidence, own, comparison, missing = (
        page.more.menu_of_documents().actions()
    )
    others = (update, monthly, indicators, evidence, own, comparison)
    assert [action.text() for action in others] == [
        "Quarterly update…", "Issues and police action…", "Regional indicators…",
        "Evidence for accreditation…", "Sections of your own…", "Compare with other schemes…",
    ]  # fmt: skip
    assert missing.text().startswith("What is missing (")
    update.trigger()
    settle(page.context)
    assert "Quarterly update" in seen[0]
    assert seen[1].startswith("Page ")
    assert Path(asked[0]).name == "quarterly-update-January-to-March-2025.pdf"
    assert (tmp_path / "update.pdf").read_bytes().startswith(b"%PDF-")
    (banner,) = page.banners()
    assert banner.sentence.startswith("Quarterly update saved as update.pdf (")


def test_no_place_chosen_writes_nothing(
    page: ReportsView, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(monkeypatch, "")
    page.export_button.click()
    settle(page.context)
    assert page.banners() == ()


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(
    page: ReportsView, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _choose(monkeypatch, str(tmp_path / "nowhere" / "year.pdf"))
    page.export_button.click()
    settle(page.context)
    (banner,) = page.banners()
    assert banner.kind == "bad"
    assert "can't be written" in banner.sentence


# -- making, stopping, nothing to show ---------------------------------------------------


def test_making_can_be_stopped_and_begun_again(page: ReportsView, settle: Settle) -> None:
    page.viewmodel.choose_period(EARLIER)
    page.progress.cancel()
    settle(page.context)
    assert page.viewmodel.report is None
    assert "The report was not made." in words(page)
    press(page, "Make the report")
    settle(page.context)
    assert page.viewmodel.report.period == EARLIER
    assert "The report was not made." not in words(page)


def test_a_report_that_is_made_anew_leaves_the_earlier_one_in_sight(
    page: ReportsView, settle: Settle
) -> None:
    before = page.viewmodel.report
    page.viewmodel.renew()
    assert page.viewmodel.report is before
    page.progress.cancel()
    settle(page.context)
    assert page.viewmodel.report is before
    assert page.preview.isVisibleTo(page)


def test_the_last_of_two_choices_wins(page: ReportsView, settle: Settle) -> None:
    page.viewmodel.choose_period(EARLIER)
    page.viewmodel.choose_period(YEAR)
    settle(page.context)
    assert page.viewmodel.report.period == YEAR
    assert not page.viewmodel.is_making


def test_an_office_without_a_site_is_told_the_first_step(
    context: Context, qtbot: QtBot, settle: Settle
) -> None:
    view = shown(context, qtbot, settle)
    assert "This page will show the annual report" in words(view)
    assert not view.export_button.isVisibleTo(view)
    with qtbot.waitSignal(context.asked_for) as asked:
        press(view, "Add a site")
    assert asked.args == ["settings", "sites"]


# -- for everybody -----------------------------------------------------------------------


@pytest.mark.parametrize(("theme", "factor"), [("light", 100), ("dark", 150), ("light", 200)])
def test_nothing_is_cut_off_at_any_text_size(
    demo_context: Context, qtbot: QtBot, settle: Settle, appearance: Appearance, theme: str,
    factor: int,
) -> None:  # fmt: skip
    appearance.choose(theme, factor)
    view = shown(demo_context, qtbot, settle)
    view.resize(1170, 644)
    for step in ("pages", "writing"):
        if step == "writing":
            view.write("Visits made", "")
        settle(demo_context)
        assert view._scroll.horizontalScrollBar().maximum() == 0, step
        assert view.export_button.isVisibleTo(view)
        for found in view.findChildren(QAbstractButton):
            if found.isVisibleTo(view) and found.text():
                assert found.width() >= found.minimumSizeHint().width(), found.text()
    assert view.drop.isVisibleTo(view) == (factor >= 150)


def test_every_control_has_a_name(page: ReportsView) -> None:
    page.write("Visits made", "")
    for found in page.findChildren(QWidget):
        if found.focusPolicy() & Qt.FocusPolicy.TabFocus and found.isVisibleTo(page):
            assert found.accessibleName(), found


def test_sections_can_be_chosen_from_a_menu_at_large_text(page: ReportsView) -> None:
    menu = page.sections_menu()
    action = next(one for one in menu.actions() if one.text().startswith("Access to the suites"))
    action.trigger()
    menu.deleteLater()
    assert page.viewmodel.section == "Access to the suites"
