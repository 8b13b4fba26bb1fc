"""What a figure of a preview opens: the visits it was counted from, or the people."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from visitapp.domain.year.figure_place import FigurePlace
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.reporting.annual.volunteers import VOLUNTEERS
from visitapp.reporting.evidence import MEETINGS, TRAINING

PAGES = {VOLUNTEERS: "people", TRAINING: "people", MEETINGS: "meetings"}
"""Sections whose figures are counted from other records than visits."""


def with_targets(
    places: Iterable[FigurePlace], queries: Mapping[str, VisitQuery]
) -> tuple[FigurePlace, ...]:
    """The figures behind which there is something. Where a section has no visits of its own
    (`queries`, by title), a number in a sentence may be a year or a paragraph of a law."""
    known = PAGES.keys() | queries.keys()
    return tuple(place for place in places if place.value or place.section in known)


def target_of(
    place: FigurePlace, queries: Mapping[str, VisitQuery], whole: VisitQuery
) -> tuple[str, object]:
    """(page, what it is to show); `whole` are all visits of the document."""
    if place.section in PAGES:
        return PAGES[place.section], None
    return "visits", replace(queries.get(place.section, whole), **place.origin.only)
