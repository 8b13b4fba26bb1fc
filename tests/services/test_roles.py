"""Each public method of each service declares its roles, and refuses all others."""

import inspect
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from random import Random
from typing import Any

import pytest

from tests.builders import ANNE, CUSTODY, SUITE
from visitapp.domain.errors import NotAllowedError
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.period import Period
from visitapp.services import Services
from visitapp.services.roles import Declaration, declaration_of

KEY = bytes(range(32))
YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
KNOWN = {"person_id": ANNE, "scheme_id": CUSTODY, "site_id": SUITE, "site_ids": (SUITE,)}
PROPERTIES = inspect.getmembers_static(Services, lambda value: isinstance(value, cached_property))
NAMES = sorted(name for name, _ in PROPERTIES)


def as_role(services: Services, role: Role) -> Services:
    access = replace(services.access, actor=Actor("Anne Example", role))
    return Services(access, KEY, Random(1))


def methods_of(service: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties, which can all reach the records."""
    for name in dir(service):
        value = inspect.getattr_static(service, name)
        if not name.startswith("_") and not isinstance(value, staticmethod):
            yield name, value.fget if isinstance(value, property) else value


def declared(service: type, name: str, method: Any) -> Declaration:
    declaration = declaration_of(method) if callable(method) else None
    assert declaration is not None, (
        f"{service.__name__}.{name} does not say who may call it. Write @reads(...) or "
        "@changes(...) of visitapp/services/roles.py above it, with the roles that may."
    )
    return declaration


def arguments_of(method: Any) -> list[Any]:
    """Ids and periods of the file for what has no default; None for anything else: a check that
    comes first never looks at it."""
    return [
        YEAR if parameter.annotation is Period else KNOWN.get(parameter.name)
        for parameter in list(inspect.signature(method).parameters.values())[1:]
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_POSITIONAL
    ]


@pytest.mark.parametrize("name", NAMES)
def test_each_method_declares_its_roles_and_refuses_all_others(
    furnished: Services, name: str
) -> None:
    service = type(getattr(furnished, name))
    for method_name, method in methods_of(service):
        declaration = declared(service, method_name, method)
        for role in Role:
            acting = getattr(as_role(furnished, role), name)
            refusals = {declaration.refusal(role), declaration.refusal(Role.VISITOR)}
            refusal = refusal_of(acting, method)
            if role in declaration.roles:
                assert refusal not in refusals, f"{method_name}: {role} is refused within it"
            else:
                assert refusal == declaration.refusal(role), f"{method_name} lets {role} in"


def refusal_of(service: Any, method: Any) -> str | None:
    """Why a call isn't allowed; None if it is, whatever else becomes of it."""
    try:
        method(service, *arguments_of(method))
    except NotAllowedError as error:
        return str(error)
    except Exception:  # noqa: BLE001  the arguments need not make sense
        return None
    return None


def test_a_copy_to_read_changes_nothing(services: Services) -> None:
    for name in NAMES:
        service = type(getattr(services, name))
        for method_name, method in methods_of(service):
            declaration = declared(service, method_name, method)
            assert not (declaration.does_change and Role.READER in declaration.roles), method_name


def test_a_method_without_declared_roles_is_named() -> None:
    class TestedService:
        def unheard_of(self) -> None: ...

    ((name, method),) = methods_of(TestedService)
    with pytest.raises(AssertionError, match=r"TestedService.unheard_of does not say who may"):
        declared(TestedService, name, method)


def test_reading_and_changing_are_refused_in_sentences_of_their_own(furnished: Services) -> None:
    visitor, reader = (as_role(furnished, role) for role in (Role.VISITOR, Role.READER))
    for call, sentence in (
        (visitor.inbox.lines, "Only the volunteer manager can see this."),
        (lambda: visitor.planning.discard(YEAR), "Only the volunteer manager can change this."),
        (reader.people.people, "A copy to read only has what is counted."),
        (lambda: reader.drafts.begin(CUSTODY), "Nothing can be changed in a copy to read."),
        (furnished.exchange.reply, "Only a visitor can do this, in their own copy."),
    ):
        with pytest.raises(NotAllowedError, match=sentence):
            call()
