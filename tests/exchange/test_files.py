"""CSV and XLSX files, well made, odd and hostile."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.spreadsheets import kennel_row, visit_row, write_csv, write_xlsx
from visitapp.domain.errors import BadInputError, CancelledError
from visitapp.exchange import sheets as limits
from visitapp.exchange import sources
from visitapp.exchange.csv_file import read_csv
from visitapp.exchange.lines import lines_of
from visitapp.exchange.sheets import ImportSheet
from visitapp.exchange.sources import read_sources

FOURTH_OF_MARCH = datetime.fromisoformat("2024-03-04T00:00")
AFTERNOON = datetime.fromisoformat("2024-03-04T15:45")


def visits_of(path: Path) -> ImportSheet:
    return read_sources((path, None, None)).sheets["visits"]


def csv_of(content: bytes, name: str = "visits") -> ImportSheet:
    return read_csv(io.BytesIO(content), name)


def numbers(sheet: ImportSheet) -> list[int]:
    return [row.number for row in sheet.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_csv_is_read_with_any_usual_delimiter_and_ending(
    tmp_path: Path, delimiter: str, encoding: str, ending: str
) -> None:
    row = visit_row(summary="Tea, sugar;\tand \u201cbiscuits\u201d\u2026", site="Ch\u00e2teau")
    path = write_csv(
        tmp_path / "past.csv", [row], delimiter=delimiter, encoding=encoding, lineterminator=ending
    )
    sheet = visits_of(path)
    assert (sheet.problems, sheet.warnings) == ((), ())
    assert dict(sheet.rows[0].cells) == row


def test_the_line_that_excel_writes_for_itself_is_not_a_row() -> None:
    content = b"sep=;\r\nvisit_ref;scheme;site;date;arrived\r\nV1;custody;A;1/2/2024;10:00\r\n"
    sheet = csv_of(content)
    assert (sheet.problems, numbers(sheet)) == ((), [2])


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    rows = [
        visit_row(summary="Two\nlines\nand three"),
        {},
        {"visit_ref": "  "},
        visit_row(visit_ref="V2"),
    ]
    columns = list(visit_row(summary=""))
    as_csv = visits_of(write_csv(tmp_path / "past.csv", rows, columns=columns))
    as_xlsx = visits_of(write_xlsx(tmp_path / "past.xlsx", {"visits": rows}))
    assert numbers(as_csv) == numbers(as_xlsx) == [2, 5]


def test_headings_are_read_in_any_case_order_and_spacing() -> None:
    content = b" Arrived ,SITE,Visit Ref,Left,Scheme,date,Visitor-1,in custody\n"
    content += b"10:00,A,V1,,custody,1/2/2024,Ann,3\n"
    (row,) = csv_of(content).rows
    assert dict(row.cells) == {
        "arrived": "10:00", "site": "A", "visit_ref": "V1", "scheme": "custody", "date": "1/2/2024",
        "visitor_1": "Ann", "in_custody": "3",
    }  # fmt: skip


def test_unknown_columns_are_warned_of_once_and_not_read() -> None:
    content = b"visit_ref,scheme,site,date,arrived,weather,\n"
    content += b"V1,custody,A,1/2/2024,10:00,fine,note\nV2,custody,A,1/2/2024,10:00,wet,note\n"
    sheet = csv_of(content)
    assert [(w.row, w.column) for w in sheet.warnings] == [(1, "weather"), (2, "column 7")]
    assert sheet.problems == ()
    assert "weather" not in sheet.rows[0].cells


def test_two_columns_of_one_name_are_a_problem() -> None:
    sheet = csv_of(b"visit_ref,scheme,site,date,arrived,Date\n")
    assert [(p.row, p.column, p.structural) for p in sheet.problems] == [(1, "date", True)]


def test_a_report_may_be_long() -> None:
    content = b"visit_ref,scheme,site,date,arrived,summary\nV1,custody,A,1/2/2024,10:00,%s\n"
    sheet = csv_of(content % (b"long " * 40_000))
    assert (sheet.problems, numbers(sheet)) == ((), [2])


def test_a_comma_without_quotation_marks_is_a_problem_of_its_row() -> None:
    content = (
        b"visit_ref,scheme,site,date,arrived,summary\nV1,custody,A,1/2/2024,10:00,tea,sugar,milk\n"
    )
    sheet = csv_of(content)
    assert [(p.row, p.column, p.structural) for p in sheet.problems] == [
        (2, "after the last column", False)
    ]
    assert lines_of(sheet)[0].problems == list(sheet.problems)


@pytest.mark.parametrize("end", [b'"never closed\n\n', b'"a"b\n'])
def test_quotation_marks_that_dont_match_are_a_problem_of_their_row(end: bytes) -> None:
    content = b"visit_ref,scheme,site,date,arrived\nV1,custody,A,1/2/2024,10:00\n" + end
    sheet = csv_of(content)
    assert [(p.row, p.structural) for p in sheet.problems] == [(3, True)]
    assert numbers(sheet) == [2]


def test_a_wrong_letter_in_a_heading_is_a_problem_of_the_sheet() -> None:
    sheet = csv_of("visit_ref,scheme,site,dat\u00e9,arrived".encode("latin-1"), "visits")
    assert [(p.row, p.structural) for p in sheet.problems] == [(1, True), (1, True)]
    assert "UTF-8" in sheet.problems[0].sentence
    assert sheet.problems[1].sentence == "The column date is missing."


def test_an_empty_file_misses_every_required_column() -> None:
    assert [p.column for p in csv_of(b"").problems] == [
        "visit_ref", "scheme", "site", "date",
    ]  # fmt: skip


def test_real_dates_times_and_numbers_of_a_workbook_are_understood(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "past.xlsx",
        {
            "visits": [
                visit_row(
                    visit_ref=17, date=FOURTH_OF_MARCH, arrived=time(14, 30),
                    admitted=14.55 / 24, left=AFTERNOON, in_custody=6.0,
                ),
                visit_row(visit_ref=18.0, date=45355, arrived=0.5, admitted="", left="12.40"),
                visit_row(visit_ref="19", date=date(2024, 3, 4), arrived=930, admitted="9:33am"),
            ]
        },
    )  # fmt: skip
    found = [line.values for line in lines_of(visits_of(path))]
    assert [values["visit_ref"] for values in found] == ["17", "18", "19"]
    assert {values["date"] for values in found} == {date(2024, 3, 4)}
    assert [values["arrived"] for values in found] == [870, 720, 570]
    assert [values.get("admitted") for values in found] == [873, None, 573]
    assert [values["left"] for values in found] == [945, 760, 900]
    assert found[0]["in_custody"] == 6


def test_one_workbook_may_hold_all_three_sheets_and_others(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "past.xlsx",
        {
            "Notes": [{"about": "this"}],
            "Visits": [visit_row()],
            "DETAINEES": [{"visit_ref": "V1", "outcome": "SEEN"}],
            "issues ": [{"visit_ref": "V1", "category": "FOOD"}],
        },
    )
    read = read_sources((path, None, None))
    assert set(read.sheets) == {"visits", "detainees", "issues"}
    assert [(w.sheet, w.sentence) for w in read.warnings] == [("Notes", "This sheet is not read.")]
    assert set(read_sources((path, path, path)).sheets) == {"visits", "detainees", "issues"}


def test_a_sheet_that_stands_alone_may_be_called_anything(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "past.xlsx", {"Sheet1": [visit_row(), kennel_row()]})
    assert numbers(visits_of(path)) == [2, 3]


def test_detainees_given_twice_are_refused(tmp_path: Path) -> None:
    book = write_xlsx(
        tmp_path / "past.xlsx",
        {"visits": [visit_row()], "detainees": [{"visit_ref": "V1", "outcome": "SEEN"}]},
    )
    more = write_csv(tmp_path / "more.csv", [{"visit_ref": "V1", "outcome": "SEEN"}])
    with pytest.raises(BadInputError, match=r"Detainees were chosen twice"):
        read_sources((book, more, None))


def test_a_workbook_without_the_sheet_is_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "past.xlsx", {"one": [visit_row()], "two": [visit_row()]})
    with pytest.raises(BadInputError, match=r"past\.xlsx has no sheet called visits\."):
        read_sources((path, None, None))


def test_a_workbook_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "past.xlsx", {"visits": [visit_row(), visit_row(visit_ref="V2")]})
    _in_part(
        path, "xl/worksheets/sheet1.xml", lambda xml: _replaced(xml, 'ref="A1:N3"', 'ref="A1"')
    )
    assert numbers(visits_of(path)) == [2, 3]


def _replaced(xml: str, old: str, new: str) -> str:
    assert old in xml
    return xml.replace(old, new)


def _in_part(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode("utf-8")).encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
READER = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("attack", "used"), [(BOMB, "&c;"), (READER, "&a;")], ids=["bomb", "reader"]
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_hostile_xml_is_refused_with_a_sentence(
    tmp_path: Path, attack: str, used: str, part: str
) -> None:
    path = tmp_path / "past.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("visits").write_row(0, 0, list(visit_row()))
    _in_part(
        path,
        part,
        lambda xml: _replaced(xml, "?>", "?>" + attack).replace(">visit_ref<", f">{used}<"),
    )
    with pytest.raises(BadInputError, match="can do harm, so it is not read"):
        read_sources((path, None, None))


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "past.xlsx", {"visits": [visit_row()]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros", bytes(3_000_000))
    monkeypatch.setattr("visitapp.exchange.xlsx_file.LARGEST_UNPACKED", 2_000_000)
    with pytest.raises(BadInputError, match="too large when unpacked"):
        read_sources((path, None, None))


def test_other_files_are_told_in_words(tmp_path: Path) -> None:
    old, text, open_document = (tmp_path / name for name in ("a.xls", "a.xlsx", "a.ods"))
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    text.write_bytes(b"PK\x03\x04 no archive")
    with zipfile.ZipFile(open_document, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    for path, words in (
        (old, "older Excel file or has a password"), (text, "can't be read as a workbook"),
        (open_document, "can't be read as a workbook"), (tmp_path / "none.csv", "There is no file"),
        (tmp_path, "can't be read"),
    ):  # fmt: skip
        with pytest.raises(BadInputError, match=words):
            read_sources((path, None, None))


def test_files_that_are_too_large_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_csv(tmp_path / "past.csv", [visit_row(), visit_row(), visit_row()])
    monkeypatch.setitem(limits.MOST_ROWS, "visits", 2)
    with pytest.raises(
        BadInputError, match=r"more than 2 rows of visits\. .*, a few years at a time"
    ):
        read_sources((path, None, None))
    monkeypatch.setattr(sources, "LARGEST_FILE", 50)
    with pytest.raises(BadInputError, match="mport it in parts"):
        read_sources((path, None, None))


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "past.csv", [visit_row()])
    with pytest.raises(CancelledError):
        read_sources((path, None, None), lambda *_where: False)


def test_a_workbook_with_what_openpyxl_warns_of_is_read_in_silence(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "visits"
    book.active.append(list(visit_row()))
    book.active.append(list(visit_row().values()))
    made = io.BytesIO()
    book.save(made)
    path = tmp_path / "past.xlsx"
    path.write_bytes(made.getvalue())
    _in_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: _replaced(
            xml,
            "</worksheet>",
            '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>',
        ),
    )
    assert numbers(visits_of(path)) == [2]


def test_the_clock_of_a_date_in_another_zone_is_not_touched(tmp_path: Path) -> None:
    moment = datetime(2024, 7, 4, 23, 30, tzinfo=UTC).replace(tzinfo=None)
    path = write_xlsx(tmp_path / "past.xlsx", {"visits": [visit_row(date=moment, arrived=moment)]})
    (line,) = lines_of(visits_of(path))
    assert (line.values["date"], line.values["arrived"]) == (date(2024, 7, 4), 23 * 60 + 30)
