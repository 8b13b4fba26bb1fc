"""What is typed in the forms of People, as stored until it is saved."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.json_values import as_id
from visitapp.domain.office.people import Membership, Person
from visitapp.ui.people.leave_form import LeaveForm
from visitapp.ui.people.membership_form import MembershipForm
from visitapp.ui.people.person_form import PersonForm
from visitapp.ui.people.viewmodel import PeopleViewModel
from visitapp.ui.widgets import form_fields


def in_sight(form: PersonForm, leaving: LeaveForm) -> dict[str, Any]:
    """The values of the visible form."""
    if form.isHidden():
        named = "" if leaving.person_id is None else leaving.person_id.hex
        return {"form": "leaving", "person": named} | _of_leaving(leaving)
    return {"form": "person", "person": form.person_id.hex} | _of_person(form)


def put(form: PersonForm | LeaveForm, content: Mapping[str, Any]) -> None:
    """Show stored values in a form, after `begin`."""
    if isinstance(form, PersonForm):
        _put_person(form, content)
    else:
        _put_leaving(form, content)


def title(form: PersonForm | LeaveForm, person: Person | None) -> str:
    """The title of the form."""
    if person is None:
        return "Add a person"
    return f"{person.name} left" if isinstance(form, LeaveForm) else f"Change {person.name}"


def sentence(form: PersonForm | LeaveForm, person: Person | None) -> str:
    """The sentence that says that the form is back."""
    if person is None:
        return "The person you were adding is still here, but is not saved yet."
    if isinstance(form, LeaveForm):
        return f"What you wrote about {person.name} leaving is here again. It isn\u2019t saved yet."
    return f"Your changes to {person.name} are still here, but they are not saved yet."


def _of_person(form: PersonForm) -> dict[str, Any]:
    return {
        "given": form.given_name.text(),
        "surname": form.surname.text(),
        "telephone": form.telephone.text(),
        "email": form.email.text(),
        "area": form.area.text(),
        "buddy": None if form.buddy.key() is None else str(form.buddy.key()),
        "credentials": form.credentials.typed_values(),
        "vetted": form.vetted.text(),
        "probation": form.probation.text(),
        "tact": form.tact.isChecked(),
        "parts": [_of_part(part) for part in form.parts],
    }


def _put_person(form: PersonForm, content: Mapping[str, Any]) -> None:
    form.given_name.setText(str(content.get("given", content.get("name", ""))))
    form.surname.setText(str(content.get("surname", "")))
    form.telephone.setText(str(content.get("telephone", "")))
    form.email.setText(str(content.get("email", "")))
    form.area.setText(str(content.get("area", "")))
    form.buddy.set_key(as_id(content.get("buddy")))
    form.credentials.put_values(content.get("credentials") or {})
    form.vetted.set_text(str(content.get("vetted", "")))
    form.probation.set_text(str(content.get("probation", "")))
    form.tact.setChecked(content.get("tact") is True)
    form.show_parts([(stored, fields) for stored, fields in map(_part, _listed(content)) if stored])


def _of_leaving(form: LeaveForm) -> dict[str, Any]:
    return {
        "left": [scheme_id.hex for scheme_id, tick in form.ticks.items() if tick.isChecked()],
        "day": form.day.text(),
        "why": form.why.value(),
        "words": form.words.text(),
    }


def _put_leaving(form: LeaveForm, content: Mapping[str, Any]) -> None:
    left = content.get("left", [])
    for scheme_id, tick in form.ticks.items():
        tick.setChecked(scheme_id.hex in left)
    form.day.set_text(str(content.get("day", "")))
    form.why.set_value(content.get("why"))
    form.words.set_text(str(content.get("words", "")))


def typed_person(viewmodel: PeopleViewModel, content: Mapping[str, Any]) -> Person | None:
    """The person that a stored form is about; None for a new one."""
    named = as_id(content.get("person"))
    row = viewmodel.person(named) if named is not None else None
    return None if row is None else row.person


def _of_part(part: MembershipForm) -> dict[str, Any]:
    kept = part.stored
    return {
        "scheme": kept.scheme_id.hex,
        "joined": kept.joined_on.isoformat(),
        "left": "" if kept.left_on is None else kept.left_on.isoformat(),
        "status": kept.status,
        "reason": kept.leaving_reason,
        "unknown": kept.joined_unknown,
        "fields": form_fields.named(part),
    }


def _listed(content: Mapping[str, Any]) -> list[Any]:
    parts = content.get("parts")
    return parts if isinstance(parts, list) else []


def _part(part: Any) -> tuple[Membership | None, dict[str, Any]]:
    """The membership as stored when the form was begun, and what was typed since."""
    with suppress(ValueError, TypeError, KeyError, AttributeError, BadInputError):
        left = date.fromisoformat(part["left"]) if part["left"] else None
        joined, scheme_id = date.fromisoformat(part["joined"]), UUID(part["scheme"])
        membership = Membership(scheme_id, joined, left, str(part["status"]), part["reason"])
        return replace(membership, joined_unknown=part["unknown"] is True), dict(part["fields"])
    return None, {}
