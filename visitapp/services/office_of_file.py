"""The office that a file of records belongs to."""

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Office
from visitapp.persistence import schemes
from visitapp.persistence.database import Connection


def office_of(connection: Connection) -> Office:
    """The office. Raises BadInputError if there is none."""
    office = schemes.office(connection)
    if office is None:
        raise BadInputError("This file has no office. It was not made by visitapp.")
    return office
