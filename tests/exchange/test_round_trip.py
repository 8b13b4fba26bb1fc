"""Random visits, written as offices write them and read again, come back equal."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import ANIMALS, ANNE, BEN, CARA, CUSTODY, KENNELS, SUITE
from tests.spreadsheets import write_csv, write_xlsx
from visitapp.domain.moment import Moment
from visitapp.domain.office.codes import Code
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.services import Services
from visitapp.services.office.reference import reference_codes

NAMES = {ANNE: "Anne Example", BEN: "Ben Sample", CARA: "Cara Instance"}
SITES = {SUITE: "Northgate", KENNELS: "Hillside kennels"}
SCHEMES = {CUSTODY: "custody", ANIMALS: "animal_welfare"}
CODES: dict[tuple[UUID, str], list[Code]] = {}
for kind, scheme_id in ((Kind.CUSTODY, CUSTODY), (Kind.ANIMAL_WELFARE, ANIMALS)):
    for code in reference_codes(kind, scheme_id):
        CODES.setdefault((scheme_id, code.list_name), []).append(code)

TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), include_characters="\n"), max_size=60
).map(lambda text: "\n".join(" ".join(line.split()) for line in text.strip().split("\n")).strip())


def codes(scheme_id: UUID, list_name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([code.code for code in CODES[scheme_id, list_name]])


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def detail(draw: st.DrawFn) -> OutcomeCount:
    outcome = draw(codes(CUSTODY, "outcome"))
    reasons = [c.code for c in CODES[CUSTODY, "outcome_reason"] if c.group in ("", outcome)]
    return OutcomeCount(
        outcome,
        draw(st.integers(1, 9)),
        draw(maybe(st.sampled_from(reasons))) if reasons else None,
        *(draw(maybe(codes(CUSTODY, name))) for name in ("gender", "age_group", "ethnicity")),
    )


@st.composite
def issue(draw: st.DrawFn, scheme_id: UUID) -> Issue:
    return Issue(
        id=UUID(int=0),
        category=draw(codes(scheme_id, "issue_category")),
        severity=draw(st.integers(1, 4)),
        origin=draw(codes(scheme_id, "issue_origin")),
        status=draw(codes(scheme_id, "issue_status")),
        resolved_during_visit=draw(st.booleans()),
        description=draw(TEXTS),
    )


@st.composite
def visit(draw: st.DrawFn) -> Visit:
    scheme_id = draw(st.sampled_from([CUSTODY, ANIMALS]))
    day = draw(
        st.dates(date(2019, 4, 1), date(2025, 4, 8)).filter(
            # The two Sundays a year on which clocks change are told of in tests of their own.
            lambda d: not (d.month in (3, 10) and d.day > 23)
        )
    )
    arrived = Moment.at(day, draw(st.integers(0, 1439)))
    admitted = draw(maybe(st.integers(0, 600).map(lambda wait: later(arrived, wait))))
    left = draw(maybe(st.integers(0, 600).map(lambda stay: later(admitted or arrived, stay))))
    people = draw(st.permutations([ANNE, BEN, CARA]))
    named = draw(st.integers(0, 2))
    counts, present = draw(counted(scheme_id))
    return Visit(
        id=UUID(int=0),
        scheme_id=scheme_id,
        site_id=SUITE if scheme_id == CUSTODY else KENNELS,
        arrived=arrived,
        admitted=admitted,
        left=left,
        type=draw(codes(scheme_id, "visit_type")),
        mode=draw(codes(scheme_id, "visit_mode")),
        status=draw(codes(scheme_id, "visit_status")),
        visitors=tuple(people[:named]),
        observers=tuple(people[2:]) if draw(st.booleans()) else (),
        delay_reason=draw(maybe(codes(scheme_id, "delay_reason"))),
        delay_explanation=draw(TEXTS),
        present=present,
        counts=counts,
        extra_minutes=draw(st.integers(0, 300)),
        summary=draw(TEXTS),
        issues=tuple(draw(st.lists(issue(scheme_id), max_size=2))),
    )


def later(moment: Moment, minutes: int) -> Moment:
    return Moment(moment.utc_minute + minutes, moment.offset)


@st.composite
def counted(draw: st.DrawFn, scheme_id: UUID) -> tuple[tuple[OutcomeCount, ...], int | None]:
    if scheme_id == ANIMALS:
        number = draw(st.integers(0, 20))
        return ((OutcomeCount("SEEN", number),) if number else ()), None
    if draw(st.booleans()):
        return (), None
    details = draw(st.lists(detail(), max_size=5, unique_by=lambda d: replace(d, number=0)))
    return tuple(details), sum(item.number for item in details)


@st.composite
def spelt(draw: st.DrawFn, scheme_id: UUID, list_name: str, code: str | None) -> str:
    """A code or its label as somebody may write it."""
    if code is None:
        return ""
    found = next(c for c in CODES[scheme_id, list_name] if c.code == code)
    # A label may be the code of another value; it is then read as that.
    taken = {c.code.casefold() for c in CODES[scheme_id, list_name]} - {code.casefold()}
    text = found.label if draw(st.booleans()) and found.label.casefold() not in taken else code
    return draw(st.sampled_from([text, text.upper(), text.lower(), text.replace(" ", "-")]))


@st.composite
def rows(draw: st.DrawFn, visits: list[Visit], typed: bool) -> dict[str, list[dict[str, Any]]]:
    sheets: dict[str, list[dict[str, Any]]] = {"visits": [], "detainees": [], "issues": []}
    for number, item in enumerate(visits):
        ref, scheme_id = f"V{number}", item.scheme_id
        times = {name: getattr(item, name) for name in ("arrived", "admitted", "left")}
        day = item.arrived.day
        people = [NAMES[person] for person in item.visitors]
        by_column = scheme_id == ANIMALS
        sheets["visits"].append(
            {
                "visit_ref": ref,
                "scheme": SCHEMES[scheme_id],
                "site": SITES[item.site_id],
                "type": draw(spelt(scheme_id, "visit_type", item.type)),
                "mode": draw(spelt(scheme_id, "visit_mode", item.mode)),
                "status": draw(spelt(scheme_id, "visit_status", item.status)),
                "date": day if typed else f"{day.day}/{day.month}/{day.year}",
                **{name: written(moment, typed) for name, moment in times.items()},
                **{f"visitor_{n}": name for n, name in enumerate(people, 1)},
                "observer": NAMES[item.observers[0]] if item.observers else "",
                "delay_reason": draw(spelt(scheme_id, "delay_reason", item.delay_reason)),
                "delay_explanation": item.delay_explanation,
                "in_custody": "" if item.present is None else item.present,
                "animals_seen": item.accounted if by_column else "",
                "extra_minutes": item.extra_minutes,
                "summary": item.summary,
            }
        )
        for count in () if by_column else item.counts:
            sheets["detainees"].append(
                {
                    "visit_ref": ref,
                    "outcome": draw(spelt(scheme_id, "outcome", count.outcome)),
                    "reason": draw(spelt(scheme_id, "outcome_reason", count.reason)),
                    "gender": draw(spelt(scheme_id, "gender", count.gender)),
                    "age_group": draw(spelt(scheme_id, "age_group", count.age_group)),
                    "ethnicity": draw(spelt(scheme_id, "ethnicity", count.ethnicity)),
                    "count": count.number,
                }
            )
        for raised in item.issues:
            sheets["issues"].append(
                {
                    "visit_ref": ref,
                    "category": draw(spelt(scheme_id, "issue_category", raised.category)),
                    "severity": raised.severity,
                    "origin": draw(spelt(scheme_id, "issue_origin", raised.origin)),
                    "status": draw(spelt(scheme_id, "issue_status", raised.status)),
                    "resolved_during_visit": "yes" if raised.resolved_during_visit else "no",
                    "description": raised.description,
                }
            )
    return sheets


def written(moment: Moment | None, typed: bool) -> time | str:
    if moment is None:
        return ""
    return moment.local.time() if typed else f"{moment.local:%H:%M}"


def plain(item: Visit) -> Visit:
    """What of a visit a spreadsheet can tell."""
    return replace(
        item,
        id=UUID(int=0),
        counts=tuple(sorted(item.counts, key=str)),
        issues=tuple(replace(issue, id=UUID(int=0)) for issue in item.issues),
        source_ref=None,
        source_digest="",
        locked_at=None,
    )


@settings(suppress_health_check=[*HealthCheck])
@given(data=st.data(), visits=st.lists(visit(), min_size=1, max_size=4))
def test_random_visits_come_back_equal(
    furnished: Services, tmp_path: Path, data: st.DataObject, visits: list[Visit]
) -> None:
    as_xlsx = data.draw(st.booleans())
    sheets = data.draw(rows(visits, typed=as_xlsx))
    if as_xlsx:
        written = {name: found for name, found in sheets.items() if found or name == "visits"}
        sources = (write_xlsx(tmp_path / "past.xlsx", written), None, None)
    else:
        delimiter = data.draw(st.sampled_from(",;\t"))
        files = [
            write_csv(tmp_path / f"{name}.csv", found, delimiter=delimiter) if found else None
            for name, found in sheets.items()
        ]
        assert files[0] is not None
        sources = (files[0], files[1], files[2])
    plan = furnished.imports.dry_run(sources)
    assert plan.problems == ()
    assert [plain(item) for item in plan.visits] == [plain(item) for item in visits]
