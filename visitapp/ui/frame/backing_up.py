"""Saving a backup from the menu, from any page."""

from pathlib import Path

from visitapp.domain.records.health import Health
from visitapp.ui.context import Context
from visitapp.ui.opening_messages import backup_words
from visitapp.ui.widgets.page import Page


def save_backup(page: Page, context: Context, out: Path) -> None:
    """Save a backup, and show at once what is wrong with the records in it."""
    maintenance = context.services.maintenance

    def done(answer: tuple[Path | None, Health]) -> None:
        kept, health = answer
        context.note_backup()
        context.say(backup_words(out, kept))
        if problem := health.of_backup():
            page.show_banner("warn", problem, key="backup", closes=True)

    context.jobs.run(lambda: maintenance.backup_and_look(out, force=True), owner=page, done=done)
