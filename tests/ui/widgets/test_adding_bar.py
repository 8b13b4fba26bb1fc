"""The bar that adds up: widths, words, patterns."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.adding_up import Part, Sum
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.theme import theme
from visitapp.ui.widgets.adding_bar import AddingBar, Swatch, paint_part
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.form_grid import FormGrid


def sum_of(whole: int | None, *numbers: int) -> Sum:
    parts = tuple(
        Part(f"p{i}", f"Part {i}", i % 6 + 1, "X", ("X",), number)
        for i, number in enumerate(numbers)
    )
    return Sum(Kind.CUSTODY, whole, parts)


def bar_of(qtbot: QtBot, of: Sum, width: int = 808) -> AddingBar:
    made = AddingBar()
    qtbot.addWidget(made)
    made.show_sum(of)
    made.resize(width, made.sizeHint().height())
    return made


def test_segments_stand_in_proportion_and_name_the_rest(qtbot: QtBot) -> None:
    segments = bar_of(qtbot, sum_of(11, 3, 1, 0, 3, 2)).segments()
    assert [words for _, words in segments] == ["3", "1", "3", "2", "2 left"]
    widths = [round(rect.width()) for rect, _ in segments]
    assert widths == [216, 72, 216, 144, 144]
    gaps = [b.left() - a.right() for (a, _), (b, _) in itertools.pairwise(segments)]
    assert gaps == pytest.approx([4] * 4)


def test_too_many_and_nothing_counted_are_told(qtbot: QtBot) -> None:
    over = bar_of(qtbot, sum_of(2, 3))
    assert [words for _, words in over.segments()] == ["3", "1 too many"]
    assert over.accessibleName() == "2 in custody = 3 part 0; 1 too many"
    assert bar_of(qtbot, sum_of(None)).segments() == []
    assert [w for _, w in bar_of(qtbot, sum_of(None, 4)).segments()] == ["4"]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6), st.integers(0, 900))
def test_no_segment_is_too_narrow_to_read_and_all_fill_the_bar(
    qtbot: QtBot, numbers: list[int], whole: int
) -> None:
    made = AddingBar()
    made.show_sum(sum_of(whole, *numbers))
    made.resize(600, 30)
    rects = [rect for rect, _ in made.segments()]
    made.deleteLater()
    if rects:
        assert all(rect.width() >= 26 for rect in rects)
        assert rects[0].left() == 0
        assert rects[-1].right() == pytest.approx(600)


def drawn(tone: int) -> QImage:
    image = QImage(60, 30, QImage.Format.Format_RGB32)
    image.fill(theme().colour("panel"))
    painter = QPainter(image)
    paint_part(painter, QRectF(0, 0, 60, 30), tone, theme())
    painter.end()
    return image


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_lines_and_dots_tell_parts_apart_without_colour(
    qtbot: QtBot, appearance: Appearance, choice: str
) -> None:
    appearance.choose(choice, 100)

    def patterned(tone: int) -> bool:
        image = drawn(tone)
        inner = {image.pixel(x, y) for x in range(10, 50) for y in range(8, 22)}
        return len(inner) > 1

    assert [patterned(tone) for tone in range(1, 7)] == [False, True, False, True, True, False]
    pictures = [drawn(tone) for tone in range(1, 7)]
    assert all(a != b for i, a in enumerate(pictures) for b in pictures[i + 1 :])


def test_the_bar_and_its_swatch_grow_with_the_text(qtbot: QtBot, appearance: Appearance) -> None:
    bar, swatch = bar_of(qtbot, sum_of(4, 4)), Swatch(2)
    qtbot.addWidget(swatch)
    assert (bar.sizeHint().height(), swatch.sizeHint().width()) == (30, 12)
    appearance.choose("light", 200)
    assert (bar.sizeHint().height(), swatch.sizeHint().width()) == (60, 24)
    for widget in (bar, swatch):
        widget.resize(widget.sizeHint())
        assert not widget.grab().isNull()


def test_rows_of_a_form_stand_beside_each_other_where_there_is_room(qtbot: QtBot) -> None:
    grid = FormGrid(columns=3, least=200)
    qtbot.addWidget(grid)
    labels = [QLabel(str(i)) for i in range(4)]
    for one in labels[:3]:
        grid.add(one)
    grid.add(labels[3], wide=True)
    grid.resize(900, 200)
    grid.show()
    assert [one.y() for one in labels[:3]] == [labels[0].y()] * 3
    assert labels[3].y() > labels[0].y()
    grid.resize(300, 200)
    qtbot.waitUntil(lambda: labels[1].y() > labels[0].y())
    assert [one.x() for one in labels] == [0] * 4


def test_a_widget_can_be_put_before_another_in_a_row(qtbot: QtBot) -> None:
    row = FlowRow(gap=0, down=12)
    qtbot.addWidget(row)
    first, last, between = QLabel("first"), QLabel("last"), QLabel("between")
    row.add(first)
    row.add(last)
    row.add(between, at=1)
    row.resize(400, 40)
    row.show()
    assert first.x() < between.x() < last.x()
    narrow = max(w.sizeHint().width() for w in (first, between, last))
    lines = [first.sizeHint().height()] * 3
    assert row.heightForWidth(narrow) == sum(lines) + 2 * 12
