"""The recovery code on paper: readable, copied whole, kept apart, and not left by mistake."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from visitapp.security.recovery import as_code, secret_of
from visitapp.services.records.recovery_sheet import RecoverySheet
from visitapp.ui.recovery import recovery_sheet, sheet_view
from visitapp.ui.widgets.dialogs import SureDialog

SECRET = bytes(range(40, 60))
CODE = as_code(SECRET)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that were asked; each is answered with no."""
    found: list[str] = []

    def ask(_parent: object, title: str, *_: str, **__: str) -> bool:
        found.append(title)
        return False

    monkeypatch.setattr(SureDialog, "ask", ask)
    return found


@pytest.fixture
def view(qtbot: QtBot, tmp_path: Path) -> sheet_view.SheetView:
    made = sheet_view.SheetView(tmp_path / "my.visits", CODE)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def save_as(view: sheet_view.SheetView, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    def save(target: Path) -> None:
        monkeypatch.setattr(sheet_view, "ask_pdf", lambda *_: target)
        view.save_button.click()

    return save


def _words(view: sheet_view.SheetView) -> str:
    return "\n".join(one.text() for one in view.findChildren(QLabel))


def test_the_pdf_gives_every_digit_back_and_is_large_enough_to_read(tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    RecoverySheet(tmp_path / "my.visits", CODE, date(2025, 4, 10)).save(target)
    with pypdfium2.PdfDocument(target) as document:
        assert len(document) == 1
        page = document[0].get_textpage()
        text = page.get_text_bounded()
        heights = {
            round(box[3] - box[1], 1)
            for at in range(page.count_chars())
            if (page.get_text_range(at, 1) or " ").isalpha()
            for box in [page.get_charbox(at)]
        }
        page.close()
    assert min(heights) > 3.5  # an x of 9 points; it had been 0.9 for the whole letter
    whole = re.search("-".join(["([0-9A-Z]{6})"] * 6), text)
    assert whole is not None
    assert secret_of(whole[0]) == SECRET
    groups = re.findall(r"Group \d\s+([0-9A-Z]{6})", text)
    assert "-".join(groups) == CODE
    with pikepdf.open(BytesIO(target.read_bytes())) as tagged:
        assert bool(tagged.Root.MarkInfo.Marked)
        assert "pdfuaid:part" in str(tagged.open_metadata())
    assert target.stat().st_mode & 0o077 == 0


def test_the_printer_gets_the_page_as_large_as_the_paper(qapp: object, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    sheet = RecoverySheet(tmp_path / "my.visits", CODE, date(2025, 4, 10))
    assert recovery_sheet.paint(sheet, printer)
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as document:
        page = document[0].render(scale=1).to_pil().convert("L")
    assert page.size in ((595, 842), (596, 842))
    inked = page.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert inked is not None
    left, top, right, bottom = inked
    assert left < 70
    assert right > 500
    assert top < 60
    assert bottom > 450


def test_it_is_offered_apart_from_the_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, desktop = tmp_path / "Documents", tmp_path / "Desktop"
    for folder in (documents, desktop):
        folder.mkdir()
    where = {
        QStandardPaths.StandardLocation.DocumentsLocation: str(documents),
        QStandardPaths.StandardLocation.DesktopLocation: str(desktop),
        QStandardPaths.StandardLocation.HomeLocation: str(tmp_path),
    }
    monkeypatch.setattr(QStandardPaths, "writableLocation", where.__getitem__)
    for records, folder in (
        (tmp_path / "own" / "my.visits", documents),
        (documents / "my.visits", desktop),
    ):
        sheet = RecoverySheet(records, CODE, date(2025, 4, 10))
        assert recovery_sheet.place_for(sheet) == folder / "my recovery sheet.pdf"


def test_beside_the_records_it_is_saved_after_a_question_only(
    view: sheet_view.SheetView, save_as: Callable[[Path], None], asked: list[str], tmp_path: Path
) -> None:
    save_as(tmp_path / "sheet.pdf")
    assert asked == ["Save it in the same folder as your records?"]
    assert not (tmp_path / "sheet.pdf").exists()
    (tmp_path / "elsewhere").mkdir()
    save_as(tmp_path / "elsewhere" / "sheet.pdf")
    assert len(asked) == 1
    assert (tmp_path / "elsewhere" / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert "Saved as sheet.pdf" in _words(view)


def test_what_can_not_be_written_is_a_sentence_and_not_saved(
    view: sheet_view.SheetView, save_as: Callable[[Path], None], asked: list[str], tmp_path: Path
) -> None:
    save_as(tmp_path / "none" / "sheet.pdf")
    assert "can't be written" in _words(view)
    assert not view.may_leave()


def test_leaving_asks_until_the_code_is_on_paper(
    qtbot: QtBot, view: sheet_view.SheetView, asked: list[str]
) -> None:
    left: list[bool] = []
    view.ready.connect(lambda: left.append(True))
    view.show()
    for press, taken in (("cancel", []), ("go", [True])):
        view.go.click()
        question = QApplication.activeModalWidget()
        assert isinstance(question, SureDialog)
        assert question.windowTitle() == "Leave without the recovery code?"
        assert left == []
        getattr(question, press).click()
        assert left == taken
    view.go.click()
    assert left == [True, True]


def test_a_code_that_was_written_down_is_left_without_a_question(
    view: sheet_view.SheetView, asked: list[str]
) -> None:
    left: list[bool] = []
    view.ready.connect(lambda: left.append(True))
    assert not view.may_leave()
    assert asked == ["Leave without the recovery code?"]
    view.written.click()
    view.go.click()
    assert left == [True]
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("way", ["print", "save"])
def test_printed_or_saved_it_may_be_left(
    view: sheet_view.SheetView,
    save_as: Callable[[Path], None],
    asked: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    if way == "print":
        monkeypatch.setattr(recovery_sheet, "print_out", lambda *_: True)
        view.print_button.click()
    else:
        (tmp_path / "elsewhere").mkdir()
        save_as(tmp_path / "elsewhere" / "sheet.pdf")
    assert view.may_leave()
    assert asked == []
