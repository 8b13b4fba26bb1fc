"""The dialog that sets our figures beside those of others, on the demonstration."""

import json

import pytest
from PySide6.QtCore import Qt

from tests.ui.reports.reports_page import YEAR
from visitapp.domain.office.scheme import Kind
from visitapp.ui.context import Context
from visitapp.ui.reports.comparison import ComparisonDialog


@pytest.fixture
def dialog(demo_context: Context, qtbot):
    dialog = ComparisonDialog(None, demo_context.services.indicators, YEAR, demo_context.years())
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def rows(dialog):
    model = dialog.tablemodel
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def choose(dialog, name):
    dialog.name.set_key(name)
    dialog.name.chosen.emit(name)


def test_each_figure_stands_with_its_base_and_source(dialog):
    choose(dialog, "seen")
    shown = rows(dialog)
    ours = [row for row in shown if row[0].endswith("(these records)")]
    assert [row[1] for row in ours] == ["2024/25"]
    scotland = next(row for row in shown if row[0] == "Scottish Police Authority")
    assert scotland[2:5] == ["853", "69%", "Offered a visit: 1,228"]
    assert all(row[5] for row in shown)
    bodies = [dialog.tablemodel.item(row).publication.body for row in range(len(shown))]
    assert bodies == sorted(bodies, key=str.casefold)
    assert dialog.number.text() == f"{len(shown)} figures, {len(set(bodies))} bodies."
    assert len(set(bodies)) == 6


def test_another_kind_of_scheme_has_its_own_figures(dialog):
    dialog.scheme.set_key(Kind.ANIMAL_WELFARE)
    dialog.scheme.chosen.emit(Kind.ANIMAL_WELFARE)
    choose(dialog, "on_strength")
    assert {row[0] for row in rows(dialog)} == {
        "Office of the Police and Crime Commissioner for Leicestershire (these records)",
        "Northumbria Police and Crime Commissioner",
        "Hertfordshire, Bedfordshire and Cambridgeshire dog unit",
    }


def test_a_file_of_another_body_is_added_and_a_wrong_one_is_told(dialog, tmp_path):
    ours = tmp_path / "ours.json"
    dialog.save(ours)
    before = len(rows(dialog))
    values = json.loads(ours.read_text("utf-8"))
    for item in values["publications"]:
        item["body"] = "O'Brien-Ňgũgĩ <b>"
    theirs = tmp_path / "theirs.json"
    theirs.write_text(json.dumps(values), "utf-8")
    dialog.add_file(theirs)
    assert len(rows(dialog)) == before + 1
    assert any(row[0] == "O'Brien-Ňgũgĩ <b>" for row in rows(dialog))
    theirs.write_text("[]", "utf-8")
    dialog.add_file(theirs)
    assert len(rows(dialog)) == before + 1
    (banner,) = dialog._banners._banners.values()
    assert "Nothing was taken in" in banner.accessibleName()


def test_it_is_used_by_keys_alone(dialog, qtbot):
    dialog.scheme.setFocus()
    seen = set()
    for _ in range(12):
        widget = dialog.focusWidget()
        seen.add(widget.accessibleName() or widget.text())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert {"Kind of scheme", "Figure", "Compare with other schemes", "Close"} <= seen
    assert dialog.save_button.text() in seen
