"""The coded values, grids and limits that a new scheme starts with, from `db/reference`."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from visitapp.domain.office.codes import Code
from visitapp.domain.office.grid import Band, DayGroup, Grid
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.site import SiteKind
from visitapp.domain.report.copies import Audience, Recipient
from visitapp.domain.report.form import Form
from visitapp.paths import reference_folder
from visitapp.persistence import schemes
from visitapp.persistence.database import Connection
from visitapp.persistence.forms import read_form


def _read(kind: Kind) -> dict[str, Any]:
    path = reference_folder() / f"{kind.value}.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def reference_scheme(kind: Kind, scheme_id: UUID, name: str = "") -> Scheme:
    """A scheme with the default limits and times of shift changes."""
    content = _read(kind)
    limits = content["limits"]
    return Scheme(
        scheme_id,
        kind,
        name or content["scheme_name"],
        limits["immediate"],
        limits["delay"],
        issue_days=limits["issue_days"],
        handovers=tuple(Band(start, end) for start, end in content["handovers"]),
    )


def reference_codes(kind: Kind, scheme_id: UUID) -> tuple[Code, ...]:
    """All coded lists. Ids are derived from the scheme's, so that copies of the file agree."""
    return tuple(
        Code(
            id=uuid5(scheme_id, f"{list_name}/{value['code']}"),
            scheme_id=scheme_id,
            list_name=list_name,
            code=value["code"],
            label=value["label"],
            position=position,
            group=value["group"],
        )
        for list_name, values in _read(kind)["codes"].items()
        for position, value in enumerate(values)
    )


def reference_grid(kind: Kind, scheme_id: UUID) -> Grid:
    """The default timeslots: 35 a week for suites, 12 for kennels."""
    grid = _read(kind)["grid"]
    return Grid(
        id=uuid5(scheme_id, "grid"),
        scheme_id=scheme_id,
        name=grid["name"],
        days=tuple(DayGroup(label, tuple(weekdays)) for label, weekdays in grid["days"]),
        bands=tuple(Band(start, end) for start, end in grid["bands"]),
    )


def begin_scheme(
    connection: Connection, kind: Kind, scheme_id: UUID, office_id: UUID, name: str = ""
) -> None:
    """Write a new scheme of an office, with everything it starts with."""
    scheme = reference_scheme(kind, scheme_id)
    scheme = replace(scheme, name=name or scheme.name)
    schemes.save_scheme(connection, scheme, office_id)
    schemes.insert_codes(connection, reference_codes(kind, scheme_id))
    schemes.save_grid(connection, reference_grid(kind, scheme_id))


def usual_grid_id(scheme_id: UUID, grids: Sequence[Grid]) -> UUID:
    """The grid for a new site of a scheme: the default one if it still exists."""
    own = [grid.id for grid in grids if grid.scheme_id == scheme_id]
    usual = uuid5(scheme_id, "grid")
    return usual if usual in own or not own else own[0]


def site_kind(kind: Kind) -> SiteKind:
    """What kind of sites a scheme has."""
    return SiteKind(_read(kind)["site_kind"])


def reference_recipients(kind: Kind, scheme_id: UUID) -> tuple[Recipient, ...]:
    """The default recipients of a scheme's reports. Ids are derived from the scheme's."""
    return tuple(
        Recipient(
            id=uuid5(scheme_id, f"recipient/{entry['key']}"),
            scheme_id=scheme_id,
            name=entry["name"],
            audience=Audience(entry["audience"]),
            position=position,
            tact_only=entry.get("tact_only", False),
        )
        for position, entry in enumerate(_read(kind)["recipients"], 1)
    )


def reference_form(kind: Kind) -> Form:
    """The report form that a new scheme starts with."""
    path = reference_folder() / "forms" / f"{kind.value}.json"
    return read_form(path.read_bytes())
