"""The program draws by the law that is harder to predict; a scheme can choose."""

import json
from dataclasses import replace

from tests.builders import KENNELS, SUITE
from tests.planners import QUARTER, START, of_site, planned, planner
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.services import Services


def test_a_scheme_chooses_the_law_and_drawn_weeks_keep_theirs(planning_office: Services) -> None:
    office = planning_office
    service = planner(office)
    service.make(START, 4)
    assert {visit.law for visit in of_site(planned(office), SUITE)} == {VisitLaw.DAYS}
    assert {visit.law for visit in of_site(planned(office), KENNELS)} == {VisitLaw.TIMESLOTS}
    before = office.foresight.plan(QUARTER)[0]
    assert "drawn by even days, which makes them harder to predict" in before.law_words
    scheme = office.setup.scheme(Kind.CUSTODY)
    office.setup.save_scheme(replace(scheme, law=VisitLaw.TIMESLOTS))
    after = office.foresight.plan(QUARTER)[0]
    assert after.foresight.day == before.foresight.day
    assert "by even timeslots, as the scheme chose" in after.law_words
    service.plan_again(QUARTER)
    assert {visit.law for visit in of_site(planned(office), SUITE)} == {VisitLaw.TIMESLOTS}


def test_predictability_compares_what_each_law_would_achieve(planning_office: Services) -> None:
    planner(planning_office).make(START, 4)
    content = json.loads(planning_office.foresight.plan_json(SUITE, QUARTER))["law"]
    assert (content["in_force"], content["chosen_by_scheme"]) == ("days", False)
    even, days = (content["compared"][law.value]["alert_day"] for law in VisitLaw)
    assert 0.34 <= days < even - 0.01 < 0.41
    kennels = planning_office.foresight.law_choice(KENNELS)
    assert kennels is not None
    assert (kennels.law, kennels.weighed) == (VisitLaw.TIMESLOTS, ())
