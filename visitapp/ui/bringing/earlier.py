"""The file that a visitor used before joining, where it was opened on this computer."""

from pathlib import Path

from visitapp.domain.office.scheme import Role
from visitapp.paths import whole_path
from visitapp.ui.context import Context


def note_begun(context: Context, path: Path) -> None:
    """Remember the open file if it is a visitor's that has not joined, so that its reports can be
    offered after joining. A demonstration, which is never the last file, is not remembered."""
    services, last = context.services, context.preferences.settings.last_file
    if services.access.actor.role is not Role.VISITOR or str(whole_path(path)) != last:
        return
    if services.exchange.own() is None:
        context.preferences.change(begun_file=last)


def earlier_file(context: Context) -> Path | None:
    """The file that is remembered. Nothing looks whether it is still there: its drive might not
    answer."""
    begun = context.preferences.settings.begun_file
    return Path(begun) if begun else None


def forget_begun(context: Context) -> None:
    """Offer its reports no more."""
    context.preferences.change(begun_file="")
