"""Saving a form on paper, from the window's menu."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from visitapp.domain.office.scheme import Kind
from visitapp.ui import window_dialogs
from visitapp.ui.context import Context


def save_form(page: QWidget, context: Context, kind: Kind, folder: Path) -> None:
    """Ask where, and save a scheme's form to fill in by hand; trouble is said on the page."""
    name = f"form-{kind.value.replace('_', '-')}.pdf"
    chosen = window_dialogs.ask_pdf(page, folder / name)
    if chosen is None:
        return
    services = context.services
    scheme_id = services.setup.scheme(kind).id
    context.jobs.run(
        lambda: services.paper.save_blank_form(scheme_id, chosen, force=True),
        owner=page,
        done=lambda _: context.say(f"Blank form saved as {chosen.name}"),
    )
