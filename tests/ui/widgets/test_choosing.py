from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS, JANUARY, ReportingYears
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.ui.widgets import period_chooser
from visitapp.ui.widgets.buttons import link_button, menu_action
from visitapp.ui.widgets.choice_card import ChoiceCard
from visitapp.ui.widgets.period_chooser import DatesDialog, PeriodChooser
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.site_chooser import SiteChooser

TODAY = date(2025, 4, 10)
EUSTON, KEYHAM, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
REASONS = [
    ("B", "Suite very busy", "BUSY"),
    ("S", "Staff shortage", "STAFF"),
    ("H", "Handover", "HAND"),
]


@pytest.fixture
def picker(qtbot: QtBot) -> Picker:
    made = Picker("Reason")
    qtbot.addWidget(made)
    made.set_choices(REASONS)
    made.show()
    return made


@pytest.mark.parametrize(
    "typed", ["Staff shortage", "staff", "STAFF", "shortage", "staff-shortage"]
)
def test_a_choice_is_found_by_code_or_word(qtbot: QtBot, picker: Picker, typed: str) -> None:
    chosen: list[object] = []
    picker.chosen.connect(chosen.append)
    qtbot.keyClicks(picker._edit, typed)
    qtbot.keyClick(picker._edit, Qt.Key.Key_Tab)
    picker._edit.editingFinished.emit()
    assert (picker.key(), picker.currentText(), picker.error()) == ("S", "Staff shortage", "")
    assert chosen[-1] == "S"


def test_what_fits_no_choice_is_kept_and_marked(qtbot: QtBot, picker: Picker) -> None:
    qtbot.keyClicks(picker._edit, "weather")
    picker._edit.editingFinished.emit()
    assert picker.key() is None
    assert picker.currentText() == "weather"
    assert "not in the list" in picker.error()
    assert picker.property("wrong") is True


def test_the_completer_searches_words_and_fills_in_the_label(qtbot: QtBot, picker: Picker) -> None:
    picker._completer.setCompletionPrefix("hand")
    found = picker._completer.completionModel()
    assert found.rowCount() == 1
    picker._completer.activated[QModelIndex].emit(found.index(0, 0))
    assert picker.key() == "H"


def test_other_choices_keep_the_one_chosen_if_it_is_there(picker: Picker) -> None:
    picker.set_key("B")
    picker.set_choices(REASONS[:2])
    assert picker.key() == "B"
    picker.set_choices(REASONS[1:])
    assert (picker.key(), picker.currentText()) == (None, "")


def test_segments_are_moved_by_arrows_and_tell_once(qtbot: QtBot) -> None:
    segments = Segmented("Reading", [("need", "Need"), ("count", "Count")])
    qtbot.addWidget(segments)
    segments.show()
    segments.set_key("need")
    told: list[object] = []
    segments.chosen.connect(told.append)
    first = segments.segments()[0]
    segments.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert (segments.key(), told) == ("count", ["count"])
    segments.set_key(None)
    assert (segments.key(), told) == (None, ["count"])


def test_the_chosen_segment_has_a_mark_besides_its_colour(qtbot: QtBot) -> None:
    segments = Segmented("Reading", [("need", "Need"), ("count", "Count")])
    qtbot.addWidget(segments)
    segments.set_key("count")
    assert [not one.icon().isNull() for one in segments.segments()] == [False, True]


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2025, 4, 10), ["This year, 2025/26", "Last year, 2024/25",
                             "This quarter, Apr\u2013Jun 2025", "Last quarter, Jan\u2013Mar 2025"]),
        (date(2025, 3, 31), ["This year, 2024/25", "Last year, 2023/24",
                             "This quarter, Jan\u2013Mar 2025", "Last quarter, Oct\u2013Dec 2024"]),
    ],
)  # fmt: skip
def test_the_periods_offered_follow_the_day(today: date, words: list[str]) -> None:
    offered = period_chooser.offered(today, APRIL_YEARS)
    assert [text for text, _ in offered][:4] == words
    assert dict(offered)["Last 12 months"].end == today


@pytest.mark.parametrize(
    ("today", "half", "month"),
    [
        (date(2025, 4, 10), "Last half-year, Oct 2024 \u2013 Mar 2025", "Last month, Mar 2025"),
        (date(2025, 10, 1), "Last half-year, Apr\u2013Sep 2025", "Last month, Sep 2025"),
        (date(2025, 1, 31), "Last half-year, Apr\u2013Sep 2024", "Last month, Dec 2024"),
    ],
)
def test_a_half_year_and_a_month_that_have_ended_are_offered(
    today: date, half: str, month: str
) -> None:
    offered = dict(period_chooser.offered(today, APRIL_YEARS))
    assert APRIL_YEARS.kind_of_report(offered[half]) == "Half-year report"
    assert APRIL_YEARS.kind_of_report(offered[month]) == "Monthly report"
    assert max(offered[half].end, offered[month].end) < today


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2025, 2, 28), date(2025, 4, 10)])
def test_the_last_twelve_months_are_a_year_that_ends_today(today: date) -> None:
    period = dict(period_chooser.offered(today, APRIL_YEARS))["Last 12 months"]
    assert period.days in (365, 366)
    assert period.end == today


def test_an_office_with_calendar_years_is_offered_those(qtbot: QtBot) -> None:
    calendar_years = ReportingYears(((date.min, JANUARY),))
    offered = period_chooser.offered(date(2025, 3, 31), calendar_years)
    assert [text for text, _ in offered][:4] == [
        "This year, 2025", "Last year, 2024",
        "This quarter, Jan\u2013Mar 2025", "Last quarter, Oct\u2013Dec 2024",
    ]  # fmt: skip
    chooser = PeriodChooser(TODAY, lambda: calendar_years)
    qtbot.addWidget(chooser)
    assert chooser.period() == Period(date(2025, 1, 1), date(2025, 12, 31))
    earlier = next(a.menu() for a in chooser.menu_of_periods().actions() if a.menu())
    assert isinstance(earlier, QMenu)
    assert [action.text() for action in earlier.actions()][:2] == ["2023", "2022"]


def test_a_period_is_chosen_from_the_menu(qtbot: QtBot) -> None:
    chooser = PeriodChooser(TODAY, ReportingYears)
    qtbot.addWidget(chooser)
    menu = chooser.menu_of_periods()
    with qtbot.waitSignal(chooser.chosen) as told:
        menu.actions()[1].trigger()
    assert told.args == [APRIL_YEARS.year_of(date(2024, 5, 1))]
    assert chooser.text() == "Last year, 2024/25"
    assert chooser.accessibleName() == "Period: Last year, 2024/25"


def test_any_dates_are_asked_for_and_must_be_in_order(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chooser = PeriodChooser(TODAY, ReportingYears, any_time=True)
    qtbot.addWidget(chooser)
    assert (chooser.period(), chooser.text()) == (None, "Any time")
    dialog = DatesDialog(chooser, APRIL_YEARS.year_of(TODAY))
    dialog.first.set_text("5/6/2024")
    dialog.last.set_text("4/6/2024")
    dialog.accept()
    assert dialog._answer is None
    dialog.last.set_text("6/6/2024")
    dialog.accept()
    period = dialog._answer
    assert period == Period(date(2024, 6, 5), date(2024, 6, 6))
    monkeypatch.setattr(DatesDialog, "ask", lambda *_: period)
    with qtbot.waitSignal(chooser.chosen):
        chooser.menu_of_periods().actions()[-1].trigger()
    assert chooser.text() == "5 June 2024 to 6 June 2024"


def test_sites_are_ticked_and_none_means_all(qtbot: QtBot) -> None:
    chooser = SiteChooser([(EUSTON, "Euston Street"), (KEYHAM, "Keyham Lane")])
    qtbot.addWidget(chooser)
    chooser.show()
    assert chooser.text() == "All sites"
    qtbot.mouseClick(chooser, Qt.MouseButton.LeftButton)
    ticks = chooser._ticks.list
    ticks.setCurrentRow(1)
    with qtbot.waitSignal(chooser.chosen) as told:
        qtbot.keyClick(ticks, Qt.Key.Key_Space)
    qtbot.keyClick(ticks, Qt.Key.Key_Return)
    assert told.args == [(KEYHAM,)]
    assert chooser.text() == "Keyham Lane"
    assert not chooser._ticks.isVisible()
    chooser.set_sites([(EUSTON, "Euston Street")])
    assert (chooser.site_ids(), chooser.text()) == ((), "All sites")


def test_a_group_is_ticked_with_its_sites_and_the_cursor_stays(qtbot: QtBot) -> None:
    city = ChosenSites("panel City", frozenset({EUSTON, KEYHAM}), ("Euston Street", "Keyham Lane"))
    sites = [(EUSTON, "Euston Street"), (KEYHAM, "Keyham Lane"), (OTHER, "Beaumont Leys")]
    chooser = SiteChooser()
    qtbot.addWidget(chooser)
    chooser.set_sites(sites, [city])
    chooser.chosen.connect(chooser.set_site_ids)  # as a page does
    chooser.show()
    qtbot.mouseClick(chooser, Qt.MouseButton.LeftButton)
    ticks = chooser._ticks.list
    ticks.setCurrentRow(3)
    assert ticks.item(3).data(Qt.ItemDataRole.AccessibleDescriptionRole) == (
        "All of its sites: Euston Street and Keyham Lane"
    )
    qtbot.keyClick(ticks, Qt.Key.Key_Space)
    assert chooser.site_ids() == (EUSTON, KEYHAM)
    assert chooser.text() == "Panel City"
    assert chooser.accessibleName() == "Sites: Panel City"
    checked = [ticks.item(at).checkState() is Qt.CheckState.Checked for at in range(4)]
    assert (checked, ticks.currentRow()) == ([True, True, False, True], 3)
    ticks.setCurrentRow(2)
    qtbot.keyClick(ticks, Qt.Key.Key_Space)
    assert chooser.site_ids() == (EUSTON, KEYHAM, OTHER)
    assert ticks.item(3).checkState() is Qt.CheckState.Unchecked
    ticks.setCurrentRow(3)
    qtbot.keyClick(ticks, Qt.Key.Key_Space)
    assert chooser.site_ids() == (EUSTON, KEYHAM)
    qtbot.keyClick(ticks, Qt.Key.Key_Space)
    assert (chooser.site_ids(), chooser.text()) == ((), "All sites")


def test_a_card_is_chosen_anywhere_on_it(qtbot: QtBot) -> None:
    card = ChoiceCard("Custody visiting", "35 timeslots a week", single=False)
    qtbot.addWidget(card)
    card.show()
    with qtbot.waitSignal(card.chosen):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.rect().bottomRight() / 1.2)
    assert card.is_chosen()
    assert card.property("chosen") is True


def test_an_ampersand_in_a_name_is_shown_and_underlines_nothing(qtbot: QtBot) -> None:
    made = SiteChooser([(EUSTON, "Smith & Sons Yard")])
    qtbot.addWidget(made)
    made.set_site_ids([EUSTON])
    assert made.text() == "Smith && Sons Yard"  # Qt shows two as one, and one as a key's sign
    assert made.accessibleName() == "Sites: Smith & Sons Yard"
    link = link_button("List Smith & Sons Yard\u2019s")
    qtbot.addWidget(link)
    assert link.text() == "List Smith && Sons Yard\u2019s"
    menu = QMenu()
    qtbot.addWidget(menu)
    assert menu_action(menu, "Take Smith & Jones out", lambda: None).text().count("&&") == 1
