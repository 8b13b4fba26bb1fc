"""Saving a blank paper form from the menu."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from visitapp.domain.office.scheme import Scheme
from visitapp.ui import window_dialogs
from visitapp.ui.context import Context


def save_form(page: QWidget, context: Context, scheme: Scheme, folder: Path) -> None:
    """Ask where to save a scheme's blank form, and save it; a problem is shown on the page."""
    name = f"form-{scheme.kind.value.replace('_', '-')}.pdf"
    chosen = window_dialogs.ask_pdf(page, folder / name)
    if chosen is None:
        return
    services = context.services
    context.jobs.run(
        lambda: services.paper.save_blank_form(scheme.id, chosen, force=True),
        owner=page,
        done=lambda _: context.say(f"Blank form saved as {chosen.name}"),
    )
