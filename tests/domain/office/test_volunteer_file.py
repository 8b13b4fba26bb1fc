"""What only the office keeps of a volunteer, and how a name is divided."""

from uuid import uuid4

import pytest

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.volunteer_file import VolunteerFile, divided_name, new_file


@pytest.mark.parametrize(
    ("name", "given_name", "surname"),
    [
        ("Anne Example", "Anne", "Example"),
        ("Zo\u00eb O\u2019Neil-Short", "Zo\u00eb", "O\u2019Neil-Short"),
        ("J. Smith", "J.", "Smith"),
        ("John A. B Smith", "John A. B", "Smith"),
        ("Anna van der Dijk", "Anna", "van der Dijk"),
        ("Li Na Zhou", "Li Na Zhou", ""),
        ("Smith, J.", "Smith, J.", ""),
        ("Mrs Smith", "Mrs Smith", ""),
        ("De Souza", "De Souza", ""),
        ("Anne Example (West)", "Anne Example (West)", ""),
        ("Visitor 3", "Visitor 3", ""),
        ("Prince", "Prince", ""),
    ],
)
def test_a_name_is_divided_where_it_can_be_told(name: str, given_name: str, surname: str) -> None:
    assert divided_name(name) == (given_name, surname)
    assert new_file(uuid4(), name).name == name


@pytest.mark.parametrize(
    "telephone", ["07700 900123", "+44 (0)116 496 0000", "0116 496 0000 ext 4"]
)
def test_telephone_numbers_as_people_write_them(telephone: str) -> None:
    assert VolunteerFile(uuid4(), telephone=telephone, email="a@b.example").contact == (
        f"{telephone}, a@b.example"
    )


def test_addresses_that_reach_nobody_are_refused() -> None:
    with pytest.raises(BadInputError, match="e-mail"):
        VolunteerFile(uuid4(), email="anne at example.org")
    with pytest.raises(BadInputError, match="telephone"):
        VolunteerFile(uuid4(), telephone="ask her sister")
