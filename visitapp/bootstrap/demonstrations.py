"""The demonstration of a role, in a folder that is thrown away: made when it is first opened."""

from pathlib import Path

from visitapp import bootstrap
from visitapp.bootstrap import DEMONSTRATION_PASSPHRASE, OpenedFile
from visitapp.domain.office.scheme import Role
from visitapp.domain.progress import Progress
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.paths import write_whole

_LATELY = 100
"""Of the office's reports, the newest: a visitor has those among them that they made."""


def open_for(role: Role, folder: Path, progress: Progress | None = None) -> OpenedFile:
    """Open a manager's or a visitor's demonstration for writing. Raises as
    `bootstrap.write_demonstration`."""
    return _visitors(folder, progress) if role is Role.VISITOR else _managers(folder, progress)


def _managers(folder: Path, progress: Progress | None) -> OpenedFile:
    path = folder / "demonstration.visits"
    return _opened(path) if path.exists() else bootstrap.open_demonstration(folder, progress)


def _visitors(folder: Path, progress: Progress | None) -> OpenedFile:
    """An invented visitor's copy, which joins the demonstration's office by an invitation."""
    from visitapp.demonstration import visitor

    path = folder / "visitor.visits"
    if path.exists():
        return _opened(path)
    invitation, reply = folder / "invitation.visitinvite", folder / "reply.visitmsg"
    with _managers(folder, progress) as office:
        services = office.services
        new, _ = services.exchange.invite(visitor.PERSON_ID)
        write_whole(invitation, new.file)
        bootstrap.join_scheme(invitation, new.code, path, DEMONSTRATION_PASSPHRASE, reply)
        services.exchange.take_in(reply.read_bytes())
        rows = services.visits.page(VisitQuery(limit=_LATELY)).rows
        signed = [services.visits.get(row.id) for row in rows]
    opened = _opened(path)
    visitor.fill(opened.database, signed)
    return opened


def _opened(path: Path) -> OpenedFile:
    return bootstrap.open_with_passphrase(path, DEMONSTRATION_PASSPHRASE, hold=True)
