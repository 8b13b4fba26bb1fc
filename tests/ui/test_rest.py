"""A window that nobody touches does nothing: no event comes, whatever page is in sight.

Events are counted, not time: what answers a request for layout with the next one is seen at
once, on a machine of any speed.
"""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import NOW
from tests.ui.log.drafts import whole_of
from visitapp import bootstrap
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.office.scheme import Kind, Role
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.settings import Settings
from visitapp.ui.context import Context
from visitapp.ui.coverage.view import CoverageView
from visitapp.ui.frame.collector import collecting_between_events
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.log.view import LogView
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.pages import places_for
from visitapp.ui.session import Session
from visitapp.ui.widgets.arranging import align, stretch, turn

LOOKS = [
    ("light", 100), ("dark", 150),
    pytest.param("dark", 100, marks=pytest.mark.long),
    pytest.param("light", 150, marks=pytest.mark.long),
]  # fmt: skip
"""Each theme and each size of text; every pair of them with `--long`."""
_TRIES = 40


class Events(QObject):
    """Counts what comes to anything in the application."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.seen[f"{event.type().name} to a {type(watched).__name__}"] += 1
        return False


@pytest.fixture
def events(qapp: QApplication) -> Iterator[Events]:
    """Watches; a cursor that blinks is the field's own, and stands still meanwhile."""
    flash = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    made = Events()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)
    qapp.setCursorFlashTime(flash)


@pytest.fixture
def window(
    qtbot: QtBot, appearance: Appearance, _demonstration: Path, tmp_path: Path, key: bytes
) -> Iterator[MainWindow]:
    """The demonstration, open for its manager."""
    import shutil

    path = Path(shutil.copy2(_demonstration, tmp_path / "demonstration.visits"))
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.resize(1366, 720)
    made.show()
    with bootstrap.open_with_key(path, key, clock=lambda: NOW) as opened:
        made.session.adopt(opened)
        yield made
        made.close()
        made.session.end()
    made.deleteLater()


def restless(window: MainWindow, events: Events) -> str:
    """What still comes after all that was to be done is done; nothing is the answer wanted.

    Events count once the worker has nothing to do. A page is at rest when a while passes without
    any, and nothing will come round again by itself.
    """
    again: list[QTimer] = []
    for _ in range(_TRIES):
        while window.session.jobs.is_busy:
            _turn_round()
        events.seen.clear()
        _turn_round()
        again = [t for t in window.findChildren(QTimer) if t.isActive() and not t.isSingleShot()]
        if not events.seen and not again:
            return ""
    at = "" if window.shell is None else window.shell.page_name
    return f"{at}: {events.seen.most_common(4)}, {len(again)} timers"


def _turn_round() -> None:
    for _ in range(20):
        QApplication.processEvents()
        time.sleep(0.003)


@pytest.mark.parametrize(("theme", "percent"), LOOKS)
def test_every_page_comes_to_rest(
    window: MainWindow, events: Events, theme: str, percent: int
) -> None:
    window.preferences.change(theme=theme, text_percent=percent)
    found = []
    with collecting_between_events(window):
        for place in places_for(Role.MANAGER):
            window.go(place.name)
            found.append(restless(window, events))
    assert [one for one in found if one] == []


@pytest.mark.parametrize("percent", [100, pytest.param(150, marks=pytest.mark.long)])
def test_so_does_what_is_opened_on_a_page(window: MainWindow, events: Events, percent: int) -> None:
    window.preferences.change(text_percent=percent)
    assert window.shell is not None
    found = []
    window.go("coverage")
    page = window.shell.page
    assert isinstance(page, CoverageView)
    for width in (1920, 1366, 1000):  # three, two and one column of the visits listed
        window.resize(width, 720)
        grid = page.grids.panels[0].heatmap
        grid.chosen.emit(grid.model().index(0, 0))
        assert page.cell_list.isVisible()
        found.append(restless(window, events))
    window.resize(1366, 720)
    context = page.context
    for kind in Kind:
        window.go("log", _draft(context, kind))
        form = window.shell.page
        assert isinstance(form, LogView)
        for section in form.viewmodel.sections():
            form.form.open_section(section.key)
            found.append(f"{section.key} {why}" if (why := restless(window, events)) else "")
    window.go("visits", context.services.visits.page(VisitQuery(limit=1)).rows[0].id)
    found.append(restless(window, events))
    for section_name in ("office", "sites", "questions", "words", "backup"):
        window.go("settings", section_name)
        found.append(restless(window, events))
    assert [one for one in found if one] == []


def _draft(context: Context, kind: Kind) -> UUID:
    """A draft in which every question is asked; rows of animals would need one on strength."""
    schemes = context.services.setup.schemes()
    draft, _ = context.services.drafts.begin(next(s.id for s in schemes if s.kind is kind))
    content = whole_of(kind)
    if kind is not Kind.CUSTODY:
        content["rows"] = []
    return context.services.drafts.save(
        replace(draft, report=typed_report(content), section="visit")
    ).id


def test_setting_what_a_box_has_already_asks_for_no_layout(qtbot: QtBot, events: Events) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    box = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
    words = QLabel("Words")
    box.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
    box.addStretch()
    holder.show()

    def set_all(*, below: bool) -> int:
        middle = Qt.AlignmentFlag.AlignVCenter
        turn(box, below=below, spacing=8 if below else 4)
        align(box, words, Qt.AlignmentFlag(0) if below else middle)
        stretch(box, 0, 2 if below else 1)
        events.seen.clear()
        QApplication.processEvents()
        return events.seen["LayoutRequest to a QWidget"]

    assert set_all(below=True)
    assert set_all(below=True) == 0
    assert set_all(below=False)
    assert set_all(below=False) == 0
    with pytest.raises(ValueError, match="not in this box"):
        align(box, holder, Qt.AlignmentFlag(0))
