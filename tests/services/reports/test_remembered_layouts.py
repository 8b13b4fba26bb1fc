"""What is remembered of a matched file holds for the next file of its shape, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.spreadsheets import write_csv, write_xlsx
from visitapp.domain.errors import BadInputError
from visitapp.domain.import_layout import NEW, PEOPLE, TITLE, ImportLayout
from visitapp.exchange import limits
from visitapp.exchange.sources import read_raw
from visitapp.services import Services
from visitapp.services.reports import matching
from visitapp.services.reports.imports import ImportService

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


def test_a_sheet_that_may_be_called_so_in_every_file_is_no_site(
    furnished: Services, tmp_path: Path
) -> None:
    imports = furnished.imports
    fixed = {"scheme": "Custody", "site": TITLE}
    one = write_xlsx(tmp_path / "one.xlsx", {"Sheet1": [ROW]})
    words = {"site": {"Sheet1": "Northgate", "Sheet2": "Northgate"}}
    imports.remember_layout(matched(furnished, one, fixed=fixed, words=words))
    remembered = imports.remembered_layout(one)
    assert remembered is not None
    assert remembered.fixed["site"] == ""
    two = write_xlsx(tmp_path / "two.xlsx", {"Sheet1": [ROW], "Sheet2": [ROW]})
    imports.remember_layout(matched(furnished, two, fixed=fixed, words=words))
    remembered = imports.remembered_layout(two)
    assert remembered is not None
    assert remembered.fixed["site"] == TITLE


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


def test_headings_in_capitals_are_the_same_headings(furnished: Services, tmp_path: Path) -> None:
    imports = furnished.imports
    row = ROW | {"Suite": "Northgate"}
    imports.remember_layout(matched(furnished, write_csv(tmp_path / "a.csv", [row])))
    capitals = {heading.upper(): cell for heading, cell in row.items()}
    later = write_csv(tmp_path / "b.csv", [capitals])
    remembered = imports.remembered_layout(later)
    assert remembered is not None
    plan = imports.dry_run((later, None, None), layout=remembered)
    assert (plan.problems, len(plan.visits)) == ((), 1)
    spreadsheet = imports.open_spreadsheet(later)
    assert spreadsheet.layout.columns["visits"]["SUITE"] == "site"


def test_a_match_of_one_file_fits_the_file_of_the_next_year(
    furnished: Services, tmp_path: Path
) -> None:
    rows = [ROW | {"Suite": "Northgate"}]
    layout = matched(furnished, write_csv(tmp_path / "2023.csv", rows))
    later = write_csv(tmp_path / "2024.csv", rows)
    for sheets in (layout.sheets, ()):
        ImportService.save_layout(tmp_path / "m.json", replace(layout, sheets=sheets), force=True)
        loaded = ImportService.load_layout(tmp_path / "m.json")
        plan = furnished.imports.dry_run((later, None, None), layout=loaded)
        assert (plan.problems, len(plan.visits)) == ((), 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"columns": {"visits": {"Notes": "sumary"}}}', "There is no column “sumary”"),
        ('{"columns": {"visit": {"Notes": "summary"}}}', "“visit” is not one of: visits"),
        ('{"fixed": {"sight": "Northgate"}}', "There is no column “sight”"),
        ('{"words": {"persons": {"A": "B"}}}', "There is no column “persons”"),
        ('{"x": ' + "[" * 100_000, "nested too deeply"),
        ("no", "is not a file of matched columns"),
    ],
)
def test_a_file_that_is_no_match_is_refused_with_a_sentence(
    tmp_path: Path, content: str, sentence: str
) -> None:
    path = tmp_path / "m.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInputError, match=sentence):
        ImportService.load_layout(path)


def test_a_file_too_large_for_a_match_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "_LARGEST_MATCH", 10)
    (tmp_path / "m.json").write_text('{"sheets": []}', encoding="utf-8")
    with pytest.raises(BadInputError, match="too large"):
        ImportService.load_layout(tmp_path / "m.json")


def test_only_the_first_rows_are_read_to_know_a_shape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [ROW] * 30
    for path in (
        write_csv(tmp_path / "a.csv", rows),
        write_xlsx(tmp_path / "a.xlsx", {"Visits": rows, "More": rows}),
    ):
        first = read_raw(path, only_first_rows=True)
        assert {len(sheet.rows) for sheet in first} == {limits.HEADINGS_WITHIN}
        assert first[0].rows == read_raw(path)[0].first_rows
    monkeypatch.setattr(limits, "MOST_CELLS", 150)  # a sheet has 93
    with pytest.raises(BadInputError, match="more than 150 cells"):
        read_raw(path)
