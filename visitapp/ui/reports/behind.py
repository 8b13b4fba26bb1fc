"""What a figure of a preview opens: the visits that it was counted from, or other records."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from visitapp.domain.year.figure_place import REVIEWS, VISITS, FigurePlace
from visitapp.domain.year.visit_list import VisitQuery


def with_targets(
    places: Iterable[FigurePlace], queries: Mapping[str, VisitQuery]
) -> tuple[FigurePlace, ...]:
    """The figures behind which there is something. Where a section has no visits of its own
    (`queries`, by title), a number in a sentence may be a year or a paragraph of a law."""
    return tuple(
        place
        for place in places
        if place.value or place.section in queries or place.origin.records != VISITS
    )


def target_of(
    place: FigurePlace, queries: Mapping[str, VisitQuery], whole: VisitQuery
) -> tuple[str, object]:
    """(page, what it is to show); `whole` are all visits of the document."""
    if place.origin.records == REVIEWS:
        return "settings", REVIEWS
    if place.origin.records != VISITS:
        return place.origin.records, None
    return VISITS, replace(queries.get(place.section, whole), **place.origin.only)
