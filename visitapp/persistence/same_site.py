"""The decisions that two sites are the same place."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection

from visitapp.persistence.group_tables import same_site
from visitapp.persistence.same_entries import DecisionTable

if TYPE_CHECKING:  # the first page lists no visits
    from visitapp.domain.report.visit import Visit


_DECIDED = DecisionTable(same_site.c.site_id)
decisions, kept_of = _DECIDED.decisions, _DECIDED.kept_of
add, withdraw = _DECIDED.add, _DECIDED.withdraw


def all_as_counted(connection: Connection, visits: "Iterable[Visit]") -> "list[Visit]":
    """Visits as they are counted now."""
    kept = kept_of(connection)
    return [as_counted(visit, kept) for visit in visits]


def as_counted(visit: "Visit", kept: Mapping[UUID, UUID]) -> "Visit":
    """A visit as it is counted: one that was signed for a site that counts under another there."""
    signed = visit.report_site_id
    counted = kept.get(signed, signed)
    own = None if counted == signed else signed
    if (visit.site_id, visit.signed_site_id) == (counted, own):
        return visit
    return replace(visit, site_id=counted, signed_site_id=own)
