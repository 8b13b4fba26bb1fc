"""Making and opening a file of records."""

from tests.builders import make_kennel_visit, make_visit, sign
from visitapp.domain.scheme import Kind


def test_a_new_file_has_both_schemes_with_their_timeslots_and_nobody_in_it(services):
    assert [scheme.kind for scheme in services.setup.schemes()] == [
        Kind.CUSTODY, Kind.ANIMAL_WELFARE,
    ]  # fmt: skip
    cells = {
        scheme.kind: services.setup.grids(scheme.id)[0].cells for scheme in services.setup.schemes()
    }
    assert cells == {Kind.CUSTODY: 35, Kind.ANIMAL_WELFARE: 12}
    assert services.setup.sites() == ()
    assert services.people.people() == ()


def test_the_builders_visits_can_be_signed_as_they_come(furnished):
    for visit in (make_visit(), make_kennel_visit()):
        assert furnished.visits.findings(visit) == []
        locked = sign(furnished, visit)
        assert furnished.visits.get(locked.id) == locked
