"""Who may call a service's methods: declared above each, and checked before its body runs.

    @reads(MANAGER, VISITOR)
    def page(self, query): ...

    @reads(MANAGER, VISITOR, noted=RecordKind.REPORT)
    def get(self, visit_id): ...

    @changes(MANAGER)
    def save_site(self, item): ...

Static methods have no records at hand, so they declare nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import NotAllowedError
from visitapp.domain.office.scheme import Role
from visitapp.domain.records.record_kind import RecordKind
from visitapp.services.access import Access

MANAGER, VISITOR, READER = Role.MANAGER, Role.VISITOR, Role.READER


class _Service(Protocol):
    @property
    def _access(self) -> Access: ...


S = TypeVar("S", bound=_Service)
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Declaration:
    """The roles that may call a method, whether it changes records, and the kind of record that
    the access register says was read. It decorates the method."""

    roles: frozenset[Role]
    does_change: bool
    noted: RecordKind | None = None

    def __call__(self, method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        """The method with the check before it, which raises NotAllowedError."""
        checked = _checked(self, method)
        _DECLARATIONS[checked] = self
        return checked

    def refusal(self, role: Role) -> str:
        """Why somebody in another role may not call it."""
        if role is READER:
            if self.does_change:
                return "Nothing can be changed in a copy to read."
            return "A copy to read only has what is counted."
        if MANAGER not in self.roles:
            return "Only a visitor can do this, in their own copy."
        verb = "change" if self.does_change else "see"
        return f"Only the volunteer manager can {verb} this."


_DECLARATIONS: dict[Callable[..., object], Declaration] = {}


def reads(*roles: Role, noted: RecordKind | None = None) -> Declaration:
    """The method changes no records, and these roles may call it. `noted`: what the access register
    says was read, for what shows a person or a record as a whole."""
    return Declaration(frozenset(roles), does_change=False, noted=noted)


def changes(*roles: Role) -> Declaration:
    """The method may change records, and these roles may call it."""
    return Declaration(frozenset(roles), does_change=True)


def declaration_of(method: Callable[..., object]) -> Declaration | None:
    """What was declared above a method; None where nothing was."""
    return _DECLARATIONS.get(method)


def _checked(
    declaration: Declaration, method: Callable[Concatenate[S, P], R]
) -> Callable[Concatenate[S, P], R]:
    roles, noted = declaration.roles, declaration.noted

    @wraps(method)
    def checked(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        role = self._access.actor.role
        if role not in roles:
            raise NotAllowedError(declaration.refusal(role))
        answer = method(self, *args, **kwargs)
        if noted is not None:
            self._access.database.note_reading(noted)
        return answer

    return checked
