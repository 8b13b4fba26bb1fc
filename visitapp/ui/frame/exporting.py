"""Saving the lists of the records as a workbook, from the menu."""

from pathlib import Path

from visitapp.domain.text.wording import number_of
from visitapp.ui import window_dialogs
from visitapp.ui.context import Context
from visitapp.ui.widgets.page import Page


def save_lists(page: Page, context: Context, folder: Path) -> None:
    """Ask where to save the workbook, and save it. A banner says that it isn't encrypted."""
    from visitapp.services.records.exports import not_encrypted

    chosen = window_dialogs.ask_workbook(page, folder / f"lists-{context.today():%Y-%m-%d}.xlsx")
    if chosen is None:
        return

    def done(visits: int) -> None:
        context.say(f"Lists saved as {chosen.name}")
        page.show_banner(
            "warn",
            f"{number_of(visits, 'visit')} saved in {chosen.name}. {not_encrypted(chosen)}",
            key="lists",
            closes=True,
        )

    exports = context.services.exports
    context.jobs.run(lambda: exports.save(chosen, force=True), owner=page, done=done)
