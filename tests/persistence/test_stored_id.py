"""How ids are read: each is made of its text once, and is the same as ever."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import Uuid, literal, select

from visitapp.bootstrap import OpenedFile
from visitapp.persistence.stored_id import _as_id


def test_an_id_is_read_as_it_was_written_and_made_once(opened: OpenedFile) -> None:
    written = uuid4()
    with opened.database.reading() as connection:
        query = select(literal(written, Uuid()), literal(None, Uuid()))
        first, second = (connection.execute(query).one() for _ in range(2))
    assert first[0] == written
    assert type(first[0]) is UUID
    assert first[0] is second[0]
    assert first[1] is None


def test_what_is_no_id_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="badly formed"):
            _as_id("northgate")
