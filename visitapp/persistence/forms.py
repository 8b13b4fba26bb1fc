"""The versions of a scheme's form: added to, never changed, never deleted."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from visitapp.persistence import report_tables as rt


def newest(connection: Connection, scheme_id: UUID) -> int | None:
    """The number of the newest version; None where none is kept yet."""
    number: int | None = connection.execute(
        select(rt.form.c.number)
        .where(rt.form.c.scheme_id == scheme_id)
        .order_by(rt.form.c.number.desc())
    ).scalar()
    return number


def content(connection: Connection, scheme_id: UUID, number: int) -> dict[str, Any] | None:
    """One version as JSON content."""
    stored = connection.execute(
        select(rt.form.c.content).where(
            rt.form.c.scheme_id == scheme_id, rt.form.c.number == number
        )
    ).scalar_one_or_none()
    return None if stored is None else json.loads(stored)


def add(
    connection: Connection,
    scheme_id: UUID,
    number: int,
    form: Mapping[str, Any],
    by: str,
    at: datetime,
) -> None:
    """Keep a version. Raises ConflictError (by the table) where the number is taken."""
    connection.execute(
        insert(rt.form).values(
            id=uuid4(),
            scheme_id=scheme_id,
            number=number,
            content=json.dumps(form, ensure_ascii=False, sort_keys=True),
            made_at=at,
            made_by=by,
        )
    )
