"""What is said of a pair that should not have gone: it warns, for the visit did happen."""

from datetime import date

import pytest

from tests.builders import ANNE, BEN, CUSTODY, make_person, make_site, make_visit
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.people import Clearance
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.report import rules
from visitapp.services.office.reference import reference_codes

DAY = date(2024, 3, 4)
BOOK = CodeBook.of(reference_codes(Kind.CUSTODY, CUSTODY))
CLEAR = Clearance(vetted_until=date(2025, 1, 1), tact_trained=True)


def said(first: Clearance, second: Clearance, kind: str = "ROUTINE") -> list[str]:
    people = [
        make_person("Anne Example", id=ANNE, clearance=first),
        make_person("Ben Example", id=BEN, clearance=second),
    ]
    visit = make_visit(DAY, visitors=(ANNE, BEN), type=kind)
    found = rules.findings(
        visit,
        scheme=Scheme(CUSTODY, Kind.CUSTODY, "Custody"),
        site=make_site(),
        people={person.id: person for person in people},
        book=BOOK,
        others=(),
        today=DAY,
    )
    assert not [finding for finding in found if finding.blocks]
    return [finding.sentence for finding in found if str(finding.place) == "visitors"]


def test_a_cleared_pair_has_nothing_against_it() -> None:
    assert said(CLEAR, Clearance()) == []
    assert said(CLEAR, CLEAR, "TACT") == []
    assert said(CLEAR, Clearance(probation_until=DAY)) == []


@pytest.mark.parametrize(
    ("first", "second", "kind", "sentence"),
    [
        (
            Clearance(vetted_until=date(2024, 3, 3)),
            CLEAR,
            "ROUTINE",
            "The vetting of Anne Example ran out on Sun 3 Mar 2024.",
        ),
        (
            Clearance(probation_until=DAY),
            Clearance(probation_until=date(2024, 9, 1)),
            "ROUTINE",
            "All the visitors were on probation. One of a pair should have finished theirs.",
        ),
        (
            CLEAR,
            Clearance(),
            "TACT",
            "A TACT visit needs two visitors trained for it. Check who went.",
        ),
    ],
)
def test_what_is_against_a_pair_is_said(
    first: Clearance, second: Clearance, kind: str, sentence: str
) -> None:
    assert said(first, second, kind) == [sentence]
