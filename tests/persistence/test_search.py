"""Reports are found by their words, whatever the accents, case or marks typed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from tests.builders import ANNE, CUSTODY, make_visit, sign
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords, Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services import Services

O_BRIEN = KeptWords(
    Place("summary"),
    "O\u2019Brien",
    "name",
    "The name of a dish",
    "Anne",
    datetime(2024, 3, 4, tzinfo=UTC),
)


@pytest.fixture
def written(furnished: Services) -> Services:
    sign(
        furnished,
        make_visit(
            date(2024, 3, 4),
            summary="The caf\u00e9 trolley was late; O\u2019Brien\u2013style porridge (cold).",
            issues=(Issue(uuid4(), "CELL", description="Blanket missing", place="Cell M4"),),
            report=Report(1, {"overall": "SATISFACTORY"}, kept_words=(O_BRIEN,)),
        ),
    )
    sign(
        furnished,
        make_visit(
            date(2024, 3, 11),
            counts=(
                OutcomeCount(
                    "SEEN", 1, row=ReportRow(answers={"request": "asked for a \u0174elsh Bible"})
                ),
            ),
            present=1,
            report=Report(
                1,
                {
                    "overall": "SATISFACTORY",
                    "good_practice": "Reading glasses lent",
                    "staff_on_duty": 4,
                },
            ),
        ),
    )
    return furnished


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("cafe", [4]),
        ("CAF\u00c9", [4]),
        ("porr", [4]),
        ("blanket missing", [4]),
        ("m4", [4]),
        ("glasses", [11]),
        ("welsh bib", [11]),
        ("welsh blanket", []),
        ("northg", [11, 4]),
        ('"', []),
        ("*", []),
        ("o'brien", [4]),
        ("AND OR NOT", []),
        ("xyz", []),
        ("", [11, 4]),
    ],
)
def test_words_are_found_by_their_beginning(written: Services, typed: str, days: list[int]) -> None:
    page = written.visits.page(VisitQuery(text=typed))
    assert [row.arrived.day.day for row in page.rows] == days
    assert page.total == len(days)


@pytest.mark.parametrize("typed", ["oisin", "o'brien", "OBRIEN ois", "oxbow"])
def test_people_and_sites_are_found_without_their_accents(furnished: Services, typed: str) -> None:
    people, setup = furnished.people, furnished.setup
    anne = next(person for person in people.people() if person.id == ANNE)
    people.save(replace(anne, name="Ois\u00edn O\u2019Brien"))
    site = next(site for site in setup.sites(CUSTODY))
    setup.save_site(replace(site, name="\u00d3xb\u00f8w Road"))
    sign(furnished, make_visit(date(2024, 3, 4)))
    assert furnished.visits.page(VisitQuery(text=typed)).total == 1


def test_visits_are_listed_by_the_name_of_their_site_whatever_its_accents(
    furnished: Services,
) -> None:
    first = next(site for site in furnished.setup.sites(CUSTODY))
    names = ["Zeal Road", "\u00c9toile Street", "abbey Lane"]
    for number, name in enumerate(names):
        site = replace(first, id=uuid4(), name=name, position=number, version=1)
        furnished.setup.save_site(site)
        sign(furnished, make_visit(date(2024, 3, 4 + number), site_id=site.id))
    page = furnished.visits.page(VisitQuery(sort="site", descending=False))
    assert [row.site_name for row in page.rows] == ["abbey Lane", "\u00c9toile Street", "Zeal Road"]
