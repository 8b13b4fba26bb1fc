"""Reports as files, for the tests of what is taken and of what is refused."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select

from visitapp.domain.errors import FaultyFileError
from visitapp.domain.report.visit import Visit
from visitapp.persistence import tables as t
from visitapp.services import Services


def plain(services: Services, reference: str) -> dict[str, Any]:
    """The JSON of a report, read."""
    values = json.loads(services.written_reports.as_json(reference))
    assert isinstance(values, dict)
    return values


def logged(services: Services, values: Any) -> Visit:
    """The report signed from these values."""
    return services.written_reports.sign(as_bytes(values))[0].visit


def problems(services: Services, values: Any) -> tuple[str, ...]:
    """What is wrong with these values; nothing was signed, and no draft is left."""
    with pytest.raises(FaultyFileError) as refused:
        services.written_reports.sign(values if isinstance(values, bytes) else as_bytes(values))
    assert not services.drafts.drafts()
    number = len(refused.value.sentences)
    counted = "1 problem" if number == 1 else f"{number} problems"
    assert str(refused.value) == f"Nothing was taken in: {counted} in the file."
    return refused.value.sentences


def as_bytes(values: Any) -> bytes:
    return json.dumps(values).encode()


def signed_reports(services: Services) -> int:
    with services.access.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(t.visit)).scalar_one()
