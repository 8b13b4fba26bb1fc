"""What is missing before a period is published: one thing a line, with the place it leads to."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

from tests.builders import ANNE, BEN, at, make_kennel_visit, make_person, make_visit, sign
from tests.services.reports.test_imports import bring
from tests.services.year.test_record_reviews import review
from tests.spreadsheets import visit_row, write_csv
from visitapp.domain.office.people import Clearance
from visitapp.domain.office.scheme import YearText
from visitapp.domain.office.site import OpenPeriod
from visitapp.domain.period import Period
from visitapp.domain.report.issue import Issue
from visitapp.domain.year.missing import Missing, MissingKind
from visitapp.domain.year.year_texts import TEXT_FIELDS
from visitapp.services import Services

UNCOUNTED = dict.fromkeys(("in_custody", "seen", "refused", "not_available", "asleep"))
YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))


def of_kind(services: Services, kind: MissingKind) -> list[Missing]:
    return [item for item in services.missing.missing(YEAR) if item.kind is kind]


def test_every_text_is_missing_until_something_is_written(furnished: Services) -> None:
    keys = [item.target for item in of_kind(furnished, MissingKind.TEXT)]
    assert keys == [field.key for field in TEXT_FIELDS if not field.is_optional]
    furnished.reports.save_text(YearText(uuid4(), YEAR, "plans", "We will recruit."))
    assert [item.target for item in of_kind(furnished, MissingKind.TEXT)] == [
        key for key in keys if key != "plans"
    ]


def test_what_reports_leave_open_leads_to_each_visit(furnished: Services, tmp_path: Path) -> None:
    sign(furnished, make_visit(date(2025, 3, 1)))
    rows = [
        visit_row(visit_ref="V2", date="2/3/2025", left=None, **UNCOUNTED),
        visit_row(visit_ref="V3", date="4/3/2025", type="training", left=None),
    ]
    bring(furnished, write_csv(tmp_path / "visits.csv", rows), create_missing=True)
    (time,) = of_kind(furnished, MissingKind.TIME)
    assert (time.ref, time.on) == ("NOR-2024-002", date(2025, 3, 2))
    assert (time.about, time.sentence) == (
        "Northgate, Sun 2 Mar 2025", "The report does not say when they left.",
    )  # fmt: skip
    (count,) = of_kind(furnished, MissingKind.COUNT)
    assert count.target == time.target
    assert furnished.visits.get(time.target).source_ref == "V2"


def test_visits_outside_every_timeslot_are_named(furnished: Services) -> None:
    day = date(2025, 3, 4)
    between = {"arrived": at(day, 14), "admitted": at(day, 14), "left": at(day, 15)}
    outside, inside = (
        sign(furnished, make_kennel_visit(day, **between)),
        sign(furnished, make_kennel_visit(day)),
    )
    (item,) = of_kind(furnished, MissingKind.OUTSIDE)
    assert item.target == outside.id != inside.id


def test_an_answer_is_due_until_the_force_has_given_it(furnished: Services) -> None:
    concern = Issue(uuid4(), "FOOD", description="No halal meals in date")
    sign(furnished, make_visit(date(2025, 3, 3), issues=(concern,)))
    (due,) = of_kind(furnished, MissingKind.ANSWER)
    assert due.target == concern.id
    assert due.sentence == (
        "The force has not answered “No halal meals in date” (38 days, 24 over)."
    )
    later = Period(date(2025, 4, 1), date(2026, 3, 31))
    assert not [i for i in furnished.missing.missing(later) if i.kind is MissingKind.ANSWER]


def test_a_recommendation_waits_for_its_reply(furnished: Services) -> None:
    furnished.record_reviews.save(review())
    (due,) = of_kind(furnished, MissingKind.REPLY)
    assert (due.about, due.sentence, due.target) == (
        "Scrutiny Panel, January to March 2025", "No reply to “Count the searches”.", "reviews",
    )  # fmt: skip
    assert '"kind": "reply_due"' in furnished.missing.missing_json(YEAR)
    later = Period(date(2025, 4, 1), date(2026, 3, 31))
    assert not [i for i in furnished.missing.missing(later) if i.kind is MissingKind.REPLY]


def test_people_without_a_vetting_date_are_named(furnished: Services) -> None:
    vetted = Clearance(vetted_until=date(2026, 1, 1))
    people = {person.id: person for person in furnished.people.people()}
    furnished.people.save(replace(people[ANNE], clearance=vetted))
    unknown = make_person("Zoe Later")
    membership = replace(unknown.memberships[0], joined_unknown=True)
    furnished.people.save(replace(unknown, memberships=(membership,)))
    names = {item.about for item in of_kind(furnished, MissingKind.VETTING)}
    assert names == {"Ben Sample", "Cara Instance", "Zoe Later"}
    assert BEN in {item.target for item in of_kind(furnished, MissingKind.VETTING)}
    assert [item.about for item in of_kind(furnished, MissingKind.JOINING)] == ["Zoe Later"]


def test_sites_of_an_import_are_named_until_their_first_day_is_entered(
    furnished: Services, tmp_path: Path
) -> None:
    rows = [visit_row(site="Southgate", date="2/3/2025")]
    bring(furnished, write_csv(tmp_path / "visits.csv", rows), create_missing=True)
    (item,) = of_kind(furnished, MissingKind.OPENING)
    assert (item.about, item.sentence) == (
        "Southgate", "The day it opened is not known. Its first visit was on Sun 2 Mar 2025.",
    )  # fmt: skip
    later = Period(date(2025, 4, 1), date(2026, 3, 31))
    assert not [i for i in furnished.missing.missing(later) if i.kind is MissingKind.OPENING]
    site = next(site for site in furnished.setup.sites() if site.id == item.target)
    furnished.setup.save_site(replace(site, open_periods=(OpenPeriod(date(2024, 1, 6)),)))
    assert not of_kind(furnished, MissingKind.OPENING)


def test_a_report_on_some_sites_lacks_neither_texts_nor_people(furnished: Services) -> None:
    sign(furnished, make_visit(date(2025, 3, 2), issues=(Issue(uuid4(), "FOOD"),)))
    chosen = furnished.chosen_sites.named(YEAR, ["Northgate"], None)
    kinds = {item.kind for item in furnished.missing.missing(YEAR, chosen)}
    assert kinds == {MissingKind.ANSWER}
