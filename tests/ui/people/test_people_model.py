"""Who may visit, and why not, as the view model of the page People tells it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import ANIMALS, BEN, CUSTODY, LONG_AGO
from visitapp.domain.office.people import Clearance, Membership
from visitapp.domain.office.register import RegisterPart
from visitapp.ui.people.viewmodel import PeopleViewModel

TODAY = date(2025, 4, 10)


@pytest.mark.parametrize(
    ("memberships", "clearance", "answer", "standing"),
    [
        ((Membership(CUSTODY, date(2025, 5, 3)),), Clearance(), "No, joins on 3 May 2025",
         RegisterPart.ACTIVE),
        ((Membership(CUSTODY, LONG_AGO, status="VETTING"),), Clearance(), "No, vetting",
         RegisterPart.CHECKS),
        ((Membership(CUSTODY, LONG_AGO, date(2025, 3, 1), "LEFT"),), Clearance(), "No, left",
         RegisterPart.LEFT),
        ((Membership(CUSTODY, LONG_AGO, date(2025, 4, 30), "LEFT"),), Clearance(),
         "Yes, until 30 April 2025", RegisterPart.ACTIVE),
        ((Membership(CUSTODY, LONG_AGO, status="LEAVE"), Membership(ANIMALS, LONG_AGO)),
         Clearance(), "Yes, for animal welfare only", RegisterPart.ACTIVE),
        ((Membership(CUSTODY, LONG_AGO),), Clearance(vetted_until=date(2025, 4, 9)),
         "No, vetting ended 9 April 2025", RegisterPart.ACTIVE),
        ((Membership(CUSTODY, LONG_AGO),), Clearance(vetted_until=date(2025, 4, 30)),
         "Yes, vetting ends on 30 April 2025, in 20 days", RegisterPart.ACTIVE),
        ((Membership(CUSTODY, LONG_AGO),), Clearance(vetted_until=date(2025, 6, 10)), "Yes",
         RegisterPart.ACTIVE),
        ((Membership(CUSTODY, LONG_AGO),), Clearance(vetted_until=TODAY),
         "Yes, vetting ends today",
         RegisterPart.ACTIVE),
    ],
)  # fmt: skip
def test_each_reason_in_words(furnished_context, memberships, clearance, answer, standing):
    people = furnished_context.services.people
    ben = next(person for person in people.people() if person.id == BEN)
    people.save(replace(ben, memberships=memberships, clearance=clearance))
    row = PeopleViewModel(furnished_context).person(BEN)
    assert row.standing is standing
    assert ", ".join(filter(None, (row.answer, row.reason))) == answer


def test_the_view_model_asks_the_file_and_no_widget(furnished_context):
    viewmodel = PeopleViewModel(furnished_context)
    assert [row.person.name for row in viewmodel.rows] == [
        "Anne Example", "Cara Instance", "Ben Sample",
    ]  # fmt: skip
    assert viewmodel.leaving_reasons((CUSTODY, ANIMALS))[0] == ("WORK", "Work")


def test_the_demonstration_has_its_thirty_three_people(demo_context):
    viewmodel = PeopleViewModel(demo_context)
    counts = [viewmodel.count(part) for part in (*RegisterPart, None)]
    assert counts[-1] == sum(counts[:-1]) == 33
    assert counts[2] == 2  # two left in the published year
