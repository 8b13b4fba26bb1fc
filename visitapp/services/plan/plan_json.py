"""A plan as JSON: weeks, sites, pairs. Days and times only if explicitly requested."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from visitapp.domain.office.grid import clock
from visitapp.domain.plan.planned import Gravity, PlannedVisit, PlanNote, PlanSheet
from visitapp.domain.text.wording import number_of


def plan_json(sheet: PlanSheet, visits: Sequence[PlannedVisit] | None = None) -> str:
    """`week` is the first day of the week (for kennels, of the month, as `span` says). With
    `visits`, each has its `day` and `time`, which are null where only the pair knows them and where
    it is `stood_down`; without, no sentence follows from them."""
    drawn = None if visits is None else {visit.id: visit for visit in visits}
    sites = {site.id: site for site in sheet.sites}
    content = {
        "period": {
            "start": sheet.period.start.isoformat(),
            "end": sheet.period.end.isoformat(),
        },
        "status": sheet.state.value if sheet.state else None,
        "proven": sheet.proven,
        "visits": [
            _visit(sheet, sites[row.site_id], row, drawn)
            for row in sorted(
                sheet.rows,
                key=lambda r: (r.span.start, sites[r.site_id].position, sites[r.site_id].name),
            )
        ],
        "says": [
            {
                "kind": note.gravity.value,
                "sentence": note.sentence,
                "helps": list(note.helps),
            }
            for note in (sheet.notes if drawn is not None else _without_moments(sheet.notes))
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _without_moments(notes: Sequence[PlanNote]) -> list[PlanNote]:
    """The notes without those that follow from the day and time of a visit; of these only how many
    visits they are about. Which visits lack somebody is seen of their pairs."""
    of_moments = Counter(note.gravity for note in notes if note.is_of_moment)
    counted = [
        PlanNote(gravity, f"{_COUNTED[gravity]} {number_of(number, 'visit')}. {_WHERE}")
        for gravity, number in of_moments.items()
    ]
    return counted + [note for note in notes if not note.is_of_moment]


_WHERE = "The page Plan says which and why."
_COUNTED = {
    Gravity.MISSING: "Somebody is still needed for",
    Gravity.BROKEN: "A rule is broken at",
    Gravity.UNEVEN: "Somebody would rather not go at the time of",
}


def _visit(
    sheet: PlanSheet, site: Any, row: Any, drawn: Mapping[UUID, PlannedVisit] | None
) -> dict[str, Any]:
    content: dict[str, Any] = {
        "week": row.span.start.isoformat(),
        "span": {7: "week", 14: "fortnight"}.get(row.span.days, "month"),
        "site": site.name,
        "pair": [sheet.names.get(person_id, "") for person_id in row.pair],
        "mode": row.mode.value,
        "pinned": row.is_pinned,
        "status": row.standing.value,
    }
    if drawn is not None:
        visit = drawn[row.visit_id]
        content |= {
            "day": None if visit.day is None else visit.day.isoformat(),
            "time": None if visit.minute is None else clock(visit.minute),
        }
        if visit.is_stood_down:
            content |= {"day": None, "time": None, "stood_down": True}
    return content
