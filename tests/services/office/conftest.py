"""What the tests of people who are in the register twice share."""

from datetime import date
from uuid import UUID

import pytest

from tests.builders import ANNE, CARA, CUSTODY, make_visit, sign
from tests.services.year.test_hours import claim
from visitapp.domain.office.people import Membership, Person
from visitapp.services import Services

A_EXAMPLE = UUID(int=399)
WHY = "The log wrote her first name short."


@pytest.fixture
def twice(furnished: Services) -> Services:
    """Anne made a visit with Ben, and two with Cara, of which one stands under `A. Example`, as
    whom she also claimed and who joined two years earlier, on a day that isn't known."""
    joined = Membership(CUSTODY, date(2017, 4, 1), joined_unknown=True)
    furnished.people.save(Person(A_EXAMPLE, "A. Example", (joined,), version=0))
    sign(furnished, make_visit(date(2025, 3, 5)))
    sign(furnished, make_visit(date(2025, 3, 12), visitors=(ANNE, CARA)))
    sign(furnished, make_visit(date(2025, 3, 19), visitors=(A_EXAMPLE, CARA)))
    furnished.hours.add(claim(person_id=A_EXAMPLE, minutes=40))
    return furnished
