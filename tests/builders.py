"""Things of the domain, valid as they come; `changed` says what a test is about."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from visitapp.domain.draft.report_texts import texts
from visitapp.domain.moment import Moment
from visitapp.domain.office.people import Membership, Person
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import OpenPeriod, Site, SiteKind
from visitapp.domain.report.answers import answered_of
from visitapp.domain.report.form import Form
from visitapp.domain.report.visit import Confirmation, OutcomeCount, Visit
from visitapp.services import Services

CUSTODY, ANIMALS = UUID(int=101), UUID(int=102)
SCHEME_IDS = {Kind.CUSTODY: CUSTODY, Kind.ANIMAL_WELFARE: ANIMALS}
SUITE, KENNELS = UUID(int=201), UUID(int=202)
ANNE, BEN, CARA = UUID(int=301), UUID(int=302), UUID(int=303)
LONG_AGO = date(2019, 4, 1)


def at(day: date, hour: int, minute: int = 0, *, fold: int = 0) -> Moment:
    """A moment by UK clocks."""
    return Moment.at(day, hour * 60 + minute, fold=fold)


def make_site(**changed: Any) -> Site:
    """A custody suite with 30 cells on the 35 timeslots, open since long ago."""
    values: dict[str, Any] = {
        "id": SUITE,
        "scheme_id": CUSTODY,
        "kind": SiteKind.SUITE,
        "name": "Northgate",
        "cells": 30,
        "open_periods": (OpenPeriod(LONG_AGO),),
    } | changed
    values.setdefault("grid_id", uuid5(values["scheme_id"], "grid"))
    return Site(**values)


def make_kennels(**changed: Any) -> Site:
    """Kennels of the animal welfare scheme."""
    values = {
        "id": KENNELS,
        "scheme_id": ANIMALS,
        "kind": SiteKind.KENNELS,
        "name": "Hillside kennels",
        "cells": 12,
    }
    return make_site(**values | changed)


def make_person(name: str = "Anne Example", **changed: Any) -> Person:
    """An active volunteer of both schemes since long ago."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "name": name,
        "memberships": (Membership(CUSTODY, LONG_AGO), Membership(ANIMALS, LONG_AGO)),
    }
    return Person(**values | changed)


def make_visit(day: date = date(2025, 3, 5), **changed: Any) -> Visit:
    """A custody visit by Anne and Ben from 14:00 to 15:00, six in custody, all accounted for."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "scheme_id": CUSTODY,
        "site_id": SUITE,
        "arrived": at(day, 14),
        "admitted": at(day, 14, 3),
        "left": at(day, 15),
        "visitors": (ANNE, BEN),
        "present": 6,
        "counts": (
            OutcomeCount("SEEN", 3),
            OutcomeCount("REFUSED", 1),
            OutcomeCount("ASLEEP", 1),
            OutcomeCount("UNAVAIL", 1, "INTERVIEW"),
        ),
    }
    return Visit(**values | changed)


def make_kennel_visit(day: date = date(2025, 3, 5), **changed: Any) -> Visit:
    """A kennel visit by Anne and Ben from 10:00 to 11:00, four dogs seen of five."""
    values: dict[str, Any] = {
        "scheme_id": ANIMALS,
        "site_id": KENNELS,
        "arrived": at(day, 10),
        "admitted": at(day, 10),
        "left": at(day, 11),
        "present": 5,
        "counts": (OutcomeCount("SEEN", 4), OutcomeCount("DEPLOYED", 1)),
    }
    return make_visit(day, **values | changed)


def answers_of(form: Form) -> dict[str, str]:
    """An answer to every question of a form that has one for each case; nothing is raised."""
    first_choices = {
        q.key: q.choices[0].code for q in form.questions() if q.kind in ("check", "choice")
    }
    return first_choices | {
        q.key: "NO"
        for q in form.questions()
        if q.kind == "yes_no" and q.when in ("", "completed", "by_numbers")
    }


def furnish(services: Services) -> None:
    """Put the builders' sites and people into a file."""
    services.setup.save_site(make_site())
    services.setup.save_site(make_kennels())
    for person_id, name in ((ANNE, "Anne Example"), (BEN, "Ben Sample"), (CARA, "Cara Instance")):
        services.people.save(make_person(name, id=person_id))


def confirmed(services: Services, visit: Visit) -> Visit:
    """The visit with the names of its visitors typed under it."""
    people, now = {person.id: person for person in services.people.people()}, services.access.now()
    names = {visitor: people[visitor].name for visitor in visit.visitors if visitor in people}
    typed = tuple(Confirmation(visitor, name, now) for visitor, name in names.items())
    return replace(visit, confirmations=typed)


def decided(services: Services, visit: Visit) -> Visit:
    """The visit with a decision to keep whatever in its texts leads to a person."""
    report = visit.report
    assert report is not None
    form = services.forms.form(visit.scheme_id, report.form_number)
    guard = services.privacy.guard(about_animals=visit.scheme_id == ANIMALS)
    kept = [
        guard.keep(text.question, span, "It has to be said.")
        for text in texts(visit, answered_of(visit), form)
        for span in guard.look_at(text.words)
        if not text.is_entry
    ]
    return replace(visit, report=replace(report, kept_words=tuple(kept)))


def sign(services: Services, visit: Visit) -> Visit:
    """Sign a report as the window does, with both names typed; the visit as it was locked."""
    draft, _ = services.drafts.begin(visit.scheme_id)
    return services.visits.sign(confirmed(services, visit), draft)[0]
