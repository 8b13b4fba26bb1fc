"""What the window and documents say of a time that was kept, whatever zone the machine is in."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import CUSTODY, furnish, make_visit, sign
from tests.conftest import PASSPHRASE
from tests.zones import ZONES_AND_TIMES, machine_in
from visitapp import bootstrap, clock
from visitapp.domain.changes import Changes
from visitapp.domain.draft.draft import Draft
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.report.visit import Visit
from visitapp.domain.text.wording import short_date
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.log.view import LogView
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.restore.viewmodel import RestoreViewModel
from visitapp.ui.session import Session
from visitapp.ui.settings.backup import BackupSection
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.unlock.view import UnlockView

pytestmark = pytest.mark.parametrize(("zone", "now", "wall"), ZONES_AND_TIMES)


@pytest.fixture(autouse=True)
def _machine(zone: str, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(clock, "now", lambda: now)
    with machine_in(zone):
        yield


@pytest.fixture
def window(
    qtbot: QtBot, appearance: Appearance, locked: Path, key: bytes, now: datetime
) -> Iterator[MainWindow]:
    with bootstrap.open_with_key(locked, key, clock=lambda: now) as opened:
        furnish(opened.services)
    made = MainWindow(appearance, Session(), Preferences())
    made.session.adopt(bootstrap.open_with_key(locked, key, hold=True, clock=lambda: now))
    made.show()
    yield made
    made.close()
    made.deleteLater()


def _words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.text())


def _page(window: MainWindow, name: str, target: object = None) -> QWidget:
    window.go(name, target)
    assert window.shell is not None
    assert window.shell.page is not None
    return window.shell.page


def _context(window: MainWindow):
    assert window.shell is not None
    assert window.shell.page is not None
    return window.shell.page.context


@pytest.fixture
def draft(window: MainWindow) -> Draft:
    drafts = _context(window).services.drafts
    return drafts.save(replace(drafts.begin(CUSTODY)[0], report=typed_report({"summary": "Calm"})))


@pytest.fixture
def visit(window: MainWindow, now: datetime) -> Visit:
    day = now.date() - timedelta(days=2)
    return sign(_context(window).services, make_visit(day))


def test_a_draft_was_saved_by_uk_clocks(window, visit, draft, wall):
    _context(window).tell(Changes.VISITS | Changes.DRAFTS)
    assert f"Saved at {wall}" in _words(_page(window, "home"))
    page = _page(window, "log", draft.id)
    assert isinstance(page, LogView)
    assert page.viewmodel.keeper.saved_text == f"Saved {wall}"
    page.viewmodel.leave()
    assert f", {wall[:5]}" in _words(page.start)


def test_the_status_line_says_when_something_was_saved(window, wall):
    _context(window).note_saved()
    assert window.status.saved.words() == f"Saved {wall}"


def test_a_report_was_confirmed_locked_and_withdrawn_by_uk_clocks(window, visit, now, wall):
    shown = f"{short_date(now.date())}, {wall[:5]}"
    words = _words(_page(window, "visits", visit.id))
    assert f"typed their name, {shown}" in words
    assert f"Locked\n{shown}" in words
    services = _context(window).services
    services.visits.withdraw(visit.id, "Of another suite")
    window.go("home")
    assert f"Withdrawn on {shown}" in _words(_page(window, "visits", visit.id))


def test_a_copy_says_when_its_report_was_confirmed(window, visit, now, wall):
    services = _context(window).services
    due = services.recipients.recipients(CUSTODY)[0]
    pdf = services.copies.pdf(visit.id, due.id)
    words = " ".join(
        services.reports.page_text(pdf, page) for page in range(services.reports.page_count(pdf))
    )
    assert f" at {wall[:5]}" in " ".join(words.split())


def test_a_backup_was_made_by_uk_clocks(window, qtbot, now, wall, tmp_path):
    services = _context(window).services
    services.maintenance.backup(tmp_path / "backup.visits")
    section = BackupSection(SettingsViewModel(_context(window)))
    qtbot.addWidget(section)
    section.reload()
    assert f"Last verified backup: today at {wall[:5]}" in _words(section)


def test_a_lock_says_when_it_came_by_uk_clocks(window, qtbot, wall):
    window.lock()
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
    assert isinstance(window.centralWidget(), UnlockView)
    assert f"Locked at {wall[:5]}." in _words(window.centralWidget())


def test_a_second_copy_is_told_since_when_the_file_is_open(window, locked, quick, wall):
    with pytest.raises(bootstrap.CantOpenError, match=f"since {wall[:5]} on "):
        bootstrap.open_with_passphrase(locked, PASSPHRASE, hold=True)


def test_a_backup_to_restore_says_when_it_was_saved(locked, now, wall, qapp):
    # with --in-july, the clock of files is moved as the program's is
    moved = clock.written_at(locked) - datetime.fromtimestamp(locked.stat().st_mtime, UTC)
    written = (now - moved).timestamp()
    os.utime(locked, (written, written))
    viewmodel = RestoreViewModel(Session(qapp), locked, locked)
    assert viewmodel.about_backup() == f"saved {short_date(now.date())}, {wall[:5]}"
    viewmodel._session.end()
