"""What is remembered of a matched file holds for the next file of its shape, and nothing else."""

from dataclasses import replace
from pathlib import Path

from tests.spreadsheets import write_csv
from visitapp.domain.import_layout import NEW, PEOPLE, ImportLayout
from visitapp.services import Services

ROW = {"Date": "4/3/2025", "Visitors": "Anne Example & Ben Sample", "Time in": "14:00"}


def matched(services: Services, path: Path, **changed: object) -> ImportLayout:
    """As the file is likely to be read, with what somebody chose."""
    layout = services.imports.open_spreadsheet(path).layout
    return replace(layout, **changed)  # type: ignore[arg-type]


def test_the_site_of_one_file_is_not_the_site_of_the_next(
    furnished: Services, tmp_path: Path
) -> None:
    imports = furnished.imports
    path = write_csv(tmp_path / "first.csv", [ROW])
    layout = matched(furnished, path, fixed={"scheme": "Custody", "site": "Northgate"})
    imports.carry_out(imports.dry_run((path, None, None), layout=layout))
    imports.remember_layout(layout)
    later = write_csv(tmp_path / "second.csv", [ROW | {"Date": "5/3/2025"}])
    remembered = imports.remembered_layout(later)
    assert remembered is not None
    plan = imports.dry_run((later, None, None), layout=remembered)
    assert (plan.visits, plan.can_skip) == ((), False)
    assert [p.column for p in plan.problems] == ["site"]
    assert "Which site were these visits to?" in plan.problems[0].sentence


def test_only_the_names_chosen_as_new_are_added(furnished: Services, tmp_path: Path) -> None:
    rows = [ROW | {"Suite": "Southside", "Visitors": "Newcomer, Nadia & Ben Sample"},
            ROW | {"Suite": "Nrothgaet", "Visitors": "Anne Exmaple & Ben Sample"}]  # fmt: skip
    path = write_csv(tmp_path / "a.csv", rows)
    words = {"site": {"Southside": NEW}, PEOPLE: {"Newcomer, Nadia": NEW}}
    layout = matched(furnished, path, words=words)
    plan = furnished.imports.dry_run((path, None, None), layout=layout)
    assert [site.name for site in plan.new_sites] == ["Southside"]
    assert [person.name for person in plan.new_people] == ["Nadia Newcomer"]
    assert (plan.unknown_sites, plan.unknown_people) == (("Nrothgaet",), ("Anne Exmaple",))
    furnished.imports.remember_layout(layout)
    remembered = furnished.imports.remembered_layout(path)
    assert remembered is not None
    assert remembered.words == {"site": {}, PEOPLE: {"Newcomer, Nadia": "Nadia Newcomer"}}
