"""What only one of two entries of a person has is the kept person's, until the two are apart."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from tests.builders import ANNE, CUSTODY, make_visit
from tests.services.office.conftest import A_EXAMPLE, WHY
from tests.services.office.test_same_person import person_of, visits_of
from visitapp import bootstrap
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.monitoring import Characteristic, MonitoringAnswers
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.rota import FreeTime
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import visits
from visitapp.services import Services


def test_when_only_the_other_entry_can_visit_is_the_kept_persons(twice: Services) -> None:
    free = (FreeTime(1, 8 * 60, 12 * 60),)
    twice.availability.save(Availability(A_EXAMPLE, free=free))
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    assert twice.availability.of(ANNE).free == free
    own = (FreeTime(2, 8 * 60, 12 * 60),)
    twice.availability.save(replace(twice.availability.of(ANNE), free=own))
    assert twice.availability.of(ANNE).free == own
    twice.same_people.count_apart(twice.same_people.decisions()[0].id)
    assert [twice.availability.of(each).free for each in (ANNE, A_EXAMPLE)] == [own, free]


def test_the_panel_of_the_other_entry_fills_the_gap_and_stays_its_own(twice: Services) -> None:
    panel = SiteGroup(uuid4(), CUSTODY, GroupKind.PANEL, "West")
    twice.groups.save(panel, (), None, {A_EXAMPLE})
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    day = date(2025, 3, 1)
    assert person_of(twice, ANNE).panel_on(CUSTODY, day) == panel.id
    twice.people.save(person_of(twice, ANNE))
    twice.same_people.count_apart(twice.same_people.decisions()[0].id)
    panels = [person_of(twice, each).panel_on(CUSTODY, day) for each in (ANNE, A_EXAMPLE)]
    assert panels == [None, panel.id]


def test_a_report_of_both_that_came_later_counts_once(
    opened: bootstrap.OpenedFile, twice: Services
) -> None:
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    both = make_visit(date(2025, 3, 26), visitors=(ANNE, A_EXAMPLE), state=State.LOCKED)
    with opened.database.transaction() as connection:
        visits.insert_visits(connection, [both])
    assert visits_of(opened, ANNE) == 4


def test_answers_under_either_entry_are_seen_and_erased(twice: Services) -> None:
    service, age = twice.monitoring, Characteristic.AGE
    service.save(MonitoringAnswers(A_EXAMPLE, {age: "60"}))
    twice.same_people.count_as(A_EXAMPLE, ANNE, WHY)
    shown = service.of(ANNE)
    assert shown.answers == {age: "60"}
    service.save(MonitoringAnswers(ANNE, {age: "70"}))
    assert service.of(ANNE).answers == {age: "70"}
    service.save(replace(service.of(ANNE), answers={}))
    assert service.of(ANNE) == MonitoringAnswers(ANNE)
    twice.same_people.count_apart(twice.same_people.decisions()[0].id)
    assert service.of(A_EXAMPLE) == MonitoringAnswers(A_EXAMPLE)
