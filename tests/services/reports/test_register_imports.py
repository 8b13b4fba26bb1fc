"""People of an office's list come into the register: filled in, never overwritten, never made
up."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import ANIMALS, ANNE, BEN, CUSTODY
from tests.services.reports.test_matching import SHAPES
from tests.spreadsheets import visit_row, write_csv
from visitapp.domain.errors import BadInputError
from visitapp.domain.import_layout import NEW, PEOPLE, ImportLayout
from visitapp.domain.office.credential import CredentialKind
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.register_import import RegisterPlan
from visitapp.services import Services

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
LIST, TWO_COLUMNS = "list_of_volunteers.xlsx", "people_in_two_columns.csv"


def as_suggested(services: Services, path: Path, subject: str = "people") -> ImportLayout:
    spreadsheet = services.imports.open_spreadsheet(path, None, subject)
    return spreadsheet.with_likely(spreadsheet.words()).layout


def check(services: Services, path: Path, subject: str = "people") -> RegisterPlan:
    layout = as_suggested(services, path, subject)
    return services.register_imports.dry_run(subject, path, layout=layout)


def bring(services: Services, path: Path, subject: str = "people") -> RegisterPlan:
    plan = check(services, path, subject)
    services.register_imports.carry_out(plan)
    return plan


def rows(tmp_path: Path, *people: dict[str, str]) -> Path:
    return write_csv(tmp_path / "people.csv", people)


def named(services: Services, name: str) -> Person:
    (person,) = [person for person in services.people.people() if person.name == name]
    return person


def sentences(plan: RegisterPlan) -> str:
    return "\n".join(plan.lines())


def test_a_list_of_volunteers_comes_in_as_suggested(furnished: Services) -> None:
    plan = bring(furnished, SHAPES / LIST)
    assert plan.problems == ()
    assert plan.new_people == ("J. Smith", "Zoë Dvořáková", "Mary-Jo O’Neil")
    assert plan.outcome == "3 people were added and 2 people’s entries were filled in."
    files = furnished.people.files()
    smith, zoe = named(furnished, "J. Smith"), named(furnished, "Zoë Dvořáková")
    assert files[smith.id].telephone == "07700900123"
    assert files[zoe.id].telephone == "+447700900456"
    assert (files[zoe.id].given_name, files[zoe.id].surname) == ("Zoë", "Dvořáková")
    assert files[zoe.id].home_area == "Saint-Île"
    (custody,) = smith.memberships
    assert (custody.status, custody.joined_on) == ("LEAVE", date(2021, 5, 4))
    assert custody.status_on(date(2025, 1, 31)) == "ACTIVE"
    assert custody.status_on(date(2025, 2, 1)) == "LEAVE"
    assert smith.clearance.vetted_until == date(2025, 9, 30)
    held = {item.kind: item for item in files[smith.id].credentials}
    assert held[CredentialKind.TERM].until_on == date(2027, 5, 3)
    assert held[CredentialKind.CARD].name == "C 18"
    said = sentences(plan)
    assert "3 telephone numbers had lost the 0 at the start. We put it back." in said
    assert "Only the first number is taken: 01632 960 001." in said
    assert "Row 4: Anne Example, in the register already: telephone 07700900111;" in said


def test_what_the_list_does_not_say_is_not_known(furnished: Services) -> None:
    bring(furnished, SHAPES / LIST)
    gone = named(furnished, "Mary-Jo O’Neil")
    (custody, animals) = sorted(gone.memberships, key=lambda m: m.scheme_id != CUSTODY)
    assert (custody.joined_unknown, custody.left_on) == (True, date(2025, 1, 31))
    assert (animals.status, animals.left_on) == ("LEFT", date(2025, 1, 31))  # was qualified
    assert gone.is_active_on(CUSTODY, date(2020, 1, 1))
    assert gone.clearance.vetted_until is None
    register = furnished.figures.summary(YEAR).volunteers[Kind.CUSTODY]
    assert not register.is_start_known
    said = [item.sentence for item in furnished.reports.checks(YEAR)]
    assert any("without the day they joined" in sentence for sentence in said)


def test_the_same_list_again_changes_nothing(furnished: Services) -> None:
    bring(furnished, SHAPES / LIST)
    before = furnished.people.people(), furnished.people.files(), furnished.people.history()
    again = check(furnished, SHAPES / LIST)
    assert (again.changed, again.unchanged, again.problems) == (0, 5, ())
    furnished.register_imports.carry_out(again)
    after = furnished.people.people(), furnished.people.files(), furnished.people.history()
    assert after == before


def test_names_in_two_columns_and_days_of_kennel_training(furnished: Services) -> None:
    plan = bring(furnished, SHAPES / TWO_COLUMNS)
    assert plan.problems == ()
    both = named(furnished, "Łukasz Müller")
    joined = {m.scheme_id: (m.joined_on, m.status) for m in both.memberships}
    assert joined == {
        CUSTODY: (date(2022, 5, 3), "ACTIVE"), ANIMALS: (date(2023, 6, 12), "ACTIVE"),
    }  # fmt: skip
    applicant = named(furnished, "Nia Ap Rhys")
    assert furnished.people.files()[applicant.id].surname == "Ap Rhys"
    assert [m.scheme_id for m in applicant.memberships] == [CUSTODY]
    (first,) = furnished.people.history()[applicant.id]
    assert (first.status, first.from_on) == ("VETTING", None)
    assert first.by


def test_a_value_that_differs_is_named_and_stays(furnished: Services, tmp_path: Path) -> None:
    bring(furnished, rows(tmp_path, {"Name": "Anne Example", "Phone": "07700 900111",
                                     "Vetting expiry": "30/6/2026"}))  # fmt: skip
    plan = check(furnished, rows(tmp_path, {
        "Name": "Anne Example", "Phone": "07700 900999", "Vetting expiry": "1/1/2027",
        "Started": "1/5/2020", "Status": "Left", "Date left": "1/2/2025", "Kennels": "N",
        "Status since": "1/2/2025",
    }))  # fmt: skip
    assert plan.changed == 0
    said = sentences(plan)
    for words in (
        "Telephone: the register has “07700 900111”, the file has “07700 900999”.",
        "Vetting until: the register has “Tue 30 Jun 2026”, the file has “Fri 1 Jan 2027”.",
        "joined: the register has “Mon 1 Apr 2019”, the file has “Fri 1 May 2020”.",
        "status: the register has “Active”, the file has “Left on Sat 1 Feb 2025”.",
        "Animal welfare visiting: the register has “in the scheme”, the file has “not in it”.",
    ):
        assert words in said
    furnished.register_imports.carry_out(plan)
    assert named(furnished, "Anne Example").id == ANNE
    assert furnished.people.files()[ANNE].telephone == "07700 900111"


def test_somebody_who_came_with_visits_gets_the_day_and_status_of_the_list(
    furnished: Services, tmp_path: Path
) -> None:
    """An import of visits took them as active since their first visit, which nobody knows."""
    visits = write_csv(tmp_path / "visits.csv", [visit_row(visitor_1="Una New")])
    imports = furnished.imports
    imports.carry_out(imports.dry_run((visits, None, None), create_missing=True))
    una = {"Name": "Una New", "Started": "6/1/2020", "Status": "On leave", "Status date": ""}
    assert bring(furnished, rows(tmp_path, una)).problems == ()
    person = named(furnished, "Una New")
    (custody,) = person.memberships
    assert (custody.joined_on, custody.joined_unknown) == (date(2020, 1, 6), False)
    assert custody.status_on(date(2025, 4, 10)) == "LEAVE"
    assert furnished.people.history()[person.id][-1].from_on is None


def test_who_somebody_is_can_be_decided(furnished: Services, tmp_path: Path) -> None:
    path = rows(tmp_path, {"Name": "B. Sample", "Phone": "01632 960 002"},
                {"Name": "Jo Grey", "Phone": "01632 960 003"})  # fmt: skip
    layout = as_suggested(furnished, path)
    assert layout.words[PEOPLE] == {"B. Sample": "Ben Sample", "Jo Grey": NEW}
    chosen = replace(layout, words={PEOPLE: {"B. Sample": "Ben Sample", "Jo Grey": ""}})
    plan = furnished.register_imports.dry_run("people", path, layout=chosen)
    assert (plan.changed, plan.new_people, plan.problems) == (1, (), ())
    furnished.register_imports.carry_out(plan)
    assert furnished.people.files()[BEN].telephone == "01632 960 002"
    undecided = furnished.register_imports.dry_run("people", path)
    assert undecided.unknown_people == ("B. Sample", "Jo Grey")
    added = furnished.register_imports.dry_run("people", path, create_missing=True)
    assert added.new_people == ("B. Sample", "Jo Grey")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"Name": "Jo Grey", "E-mail": "jo at home"}, "Check the e-mail address."),
        ({"Name": "Jo Grey", "Phone": "ask Ann"}, "Check the telephone number."),
        ({"Name": "Jo Grey", "Status": "Left"}, "has left, and not when"),
        ({"Name": "Jo Grey", "Started": "1/2/2024", "Date left": "1/1/2024"}, "earlier than"),
        ({"Name": "Jo Grey", "Term start": "1/2/2024", "Term end": "1/1/2024"}, "earlier than"),
        ({"Name": "Jo Grey", "Started": "12/25/2023"}, "month comes first"),
        ({"Name": "Jo Grey", "Scheme": "Choir"}, "is not a scheme"),
    ],
)
def test_what_cannot_be_right_is_a_problem_of_its_row(
    furnished: Services, tmp_path: Path, row: dict[str, str], words: str
) -> None:
    both = ({"Scheme": "custody"} | row, {"Scheme": "custody", "Name": "Mo White"})
    plan = check(furnished, rows(tmp_path, *both))
    assert words in "\n".join(problem.sentence for problem in plan.problems)
    with pytest.raises(BadInputError, match="Nothing was imported"):
        furnished.register_imports.carry_out(plan)
    if plan.can_skip:
        furnished.register_imports.carry_out(plan, skip_bad=True)
        assert "Jo Grey" not in [person.name for person in furnished.people.people()]
        assert named(furnished, "Mo White")


def test_the_same_person_twice_in_a_file_is_a_problem(furnished: Services, tmp_path: Path) -> None:
    plan = check(furnished, rows(tmp_path, {"Name": "Jo Grey"}, {"Name": "Grey, Jo"}))
    assert "Jo Grey is in the file twice: also in row 2." in sentences(plan)


def test_totals_and_words_for_nothing_are_not_taken_for_something(
    furnished: Services, tmp_path: Path
) -> None:
    rest = {"Phone": "n/a", "Vetting expiry": "tbc", "Kennels": "-", "Started": "1/5/2024"}
    others = [{"Name": name} for name in ("Total: 1", "12", "Dr", "Grey - Jones, Dr Flo")]
    path = rows(tmp_path, {"Name": "Jo Grey", **rest}, *others)
    plan = check(furnished, path)
    assert plan.new_people == ("Jo Grey", "Flo Grey - Jones")
    assert [problem.sentence for problem in plan.problems] == [
        "“12” cannot be used as a name.", "“Dr” cannot be used as a name.",
    ]  # fmt: skip
    furnished.register_imports.carry_out(plan, skip_bad=True)
    grey = named(furnished, "Jo Grey")
    assert [m.scheme_id for m in grey.memberships] == [CUSTODY]
    assert furnished.people.files()[grey.id].telephone == ""
    assert grey.clearance.vetted_until is None


def test_the_next_list_of_the_shape_is_read_alike_and_its_scheme_named(
    furnished: Services, tmp_path: Path
) -> None:
    path = rows(tmp_path, {"Name": "Jo Grey", "Nr": "07700 900123"})
    layout = as_suggested(furnished, path)
    columns = {"people": layout.columns["people"] | {"Nr": "telephone"}}
    imports = furnished.imports
    imports.remember_layout(replace(layout, columns=columns, fixed={"scheme": "Custody"}))
    remembered = imports.remembered_layout(path, None, "people")
    assert remembered is not None
    assert (remembered.columns["people"]["Nr"], remembered.fixed) == (
        "telephone", {"scheme": "Custody"},
    )  # fmt: skip
    assert imports.remembered_layout(path) is None  # it is no file of visits
