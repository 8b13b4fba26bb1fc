"""Charts as data: what is counted, and the alternative text made from the same values.

Each has `table`, the number of the table with the same figures (0: none), `alt`, and `figures`:
each part that is drawn, in words and as the number beside it, in the order of drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from visitapp.domain.figures import Share
from visitapp.domain.text.wording import count_text, lowered, out_of, spelled_number

Shown = tuple[tuple[str, str], ...]
"""Parts of a chart in words, and the number of each as printed."""


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar: how many, what they are, and how the alternative text says it."""

    number: int
    label: str
    spoken: str = ""

    @property
    def words(self) -> str:
        """For the alternative text."""
        return self.spoken or f"{count_text(self.number)} {self.label}"


@dataclass(frozen=True, slots=True)
class DividedBar:
    """One bar for the whole, divided into parts, the first solid; six parts at most look best. It
    is low on sheets that have little room."""

    counted: str
    parts: tuple[BarPart, ...]
    table: int = 0
    is_low: bool = False

    @property
    def alt(self) -> str:
        """Kind, then every part in order, then where to find the same figures."""
        parts = ", ".join(part.words for part in self.parts)
        return (
            f"Bar divided in {spelled_number(len(self.parts))}. "
            f"{self.counted}: {parts}.{_same_figures(self.table)}"
        )

    @property
    def figures(self) -> Shown:
        """Its parts."""
        return tuple((part.words, count_text(part.number)) for part in self.parts)


MOST_BARS = 20
"""Charts with a bar or a row for each site are drawn for at most as many: more don't fit on a page,
and the table says the same."""


@dataclass(frozen=True, slots=True)
class DueBar:
    """A site: visits made, visits due, and the share as printed."""

    label: str
    done: int
    due: int
    share: str

    @property
    def words(self) -> str:
        """For the alternative text."""
        if not self.due:
            return f"{self.label} {count_text(self.done)}, none due"
        return f"{self.label} {out_of(self.done, self.due)} due ({self.share})"


@dataclass(frozen=True, slots=True)
class BarsAgainstDue:
    """A bar for each site in a frame as long as the visits due."""

    counted: str
    bars: tuple[DueBar, ...]
    table: int = 0

    @property
    def alt(self) -> str:
        """Kind, then each site, then where to find the same figures."""
        bars = "; ".join(bar.words for bar in self.bars)
        return f"Bar chart. {self.counted}: {bars}.{_same_figures(self.table)}"

    @property
    def figures(self) -> Shown:
        """Its bars."""
        return tuple((bar.words, count_text(bar.done)) for bar in self.bars)


@dataclass(frozen=True, slots=True)
class CascadeStep:
    """A bar of a cascade: those who stay (`stays`), or those who drop out before the next bar."""

    label: str
    number: int
    share: str
    stays: bool

    @property
    def words(self) -> str:
        """For the alternative text."""
        share = f" ({self.share})" if self.share else ""
        return f"{self.label} {count_text(self.number)}{share}"


@dataclass(frozen=True, slots=True)
class Cascade:
    """From a whole down to a part of it: solid bars stay, pale bars drop out."""

    counted: str
    steps: tuple[CascadeStep, ...]
    table: int = 0

    @property
    def alt(self) -> str:
        """Kind, then every step in order, then where to find the same figures."""
        steps = "; ".join(step.words for step in self.steps)
        return f"Cascade of bars. {self.counted}: {steps}.{_same_figures(self.table)}"

    @property
    def figures(self) -> Shown:
        """Its steps."""
        return tuple((step.words, count_text(step.number)) for step in self.steps)


@dataclass(frozen=True, slots=True)
class StackedBar:
    """A category and its parts, in the order of the chart's `parts`."""

    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CategoryBars:
    """Bars by category, each of the same parts (at most three: solid, light, hatched)."""

    counted: str
    parts: tuple[str, ...]
    bars: tuple[StackedBar, ...]
    table: int = 0

    @property
    def alt(self) -> str:
        """Kind, then every category with its parts, then where to find the same figures."""
        bars = "; ".join(self._in_words(bar) for bar in self.bars)
        return f"Bar chart. {self.counted}: {bars}.{_same_figures(self.table)}"

    def _in_words(self, bar: StackedBar) -> str:
        total = count_text(sum(bar.numbers))
        if len(self.parts) < 2:
            return f"{bar.label} {total}"
        parts = ", ".join(
            f"{count_text(number)} {part}"
            for number, part in zip(bar.numbers, self.parts, strict=True)
        )
        return f"{bar.label} {total} ({parts})"

    @property
    def figures(self) -> Shown:
        """The parts of each bar."""
        return tuple(
            (f"{bar.label}: {count_text(number)} {part}", count_text(number))
            for bar in self.bars
            for number, part in zip(bar.numbers, self.parts, strict=True)
        )


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """A column for each month or quarter; `before` is the year before, in outline."""

    counted: str
    labels: tuple[str, ...]
    numbers: tuple[int, ...]
    before: tuple[int, ...] = ()
    name: str = ""
    before_name: str = ""
    table: int = 0

    @property
    def alt(self) -> str:
        """Kind, then every column, with the year before if it is known."""
        columns = _series(self.labels, self.numbers)
        if self.before:
            columns = (
                f"{self.name}: {columns}. {self.before_name}: {_series(self.labels, self.before)}"
            )
        return f"Column chart. {self.counted}. {columns}.{_same_figures(self.table)}"

    @property
    def figures(self) -> Shown:
        """Each column, and beside it that of the year before."""
        series = [(self.name, self.numbers)]
        series += [(self.before_name, self.before)] if self.before else []
        return tuple(
            (f"{name} {label}: {count_text(numbers[at])}".strip(), count_text(numbers[at]))
            for at, label in enumerate(self.labels)
            for name, numbers in series
        )


@dataclass(frozen=True, slots=True)
class StrengthStage:
    """A stage of the scheme's strength. `kind`: `level` (solid), `down` or `up` (a change);
    `spoken` is how the alternative text says it."""

    label: str
    number: int
    kind: str = "level"
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class StrengthSteps:
    """Visitors at the start, those who joined and left, visitors at the end."""

    counted: str
    steps: tuple[StrengthStage, ...]
    table: int = 0

    @property
    def alt(self) -> str:
        """Kind, then every step, then where to find the same figures."""
        steps = ", ".join(words for words, _ in self.figures)
        return f"Steps. {self.counted}: {steps}.{_same_figures(self.table)}"

    @property
    def figures(self) -> Shown:
        """Its steps."""
        return tuple(
            (step.spoken or f"{step.number} {step.label}", count_text(step.number))
            for step in self.steps
        )


@dataclass(frozen=True, slots=True)
class SpanSquare:
    """A week, or what else a target counts by: its visits. `is_over`: whether it is past, so that a
    visit due in it and not made `is_missed`."""

    visits: int
    is_missed: bool = False
    is_due: bool = True
    is_over: bool = True

    @property
    def spoken(self) -> str:
        """For the alternative text."""
        if self.visits or self.is_missed:
            return count_text(self.visits) + (" (missed)" if self.is_missed else "")
        return "still to come" if self.is_due and not self.is_over else "none due"


@dataclass(frozen=True, slots=True)
class SquareRow:
    """A site and its squares."""

    label: str
    squares: tuple[SpanSquare, ...]


@dataclass(frozen=True, slots=True)
class SpanSquares:
    """A row of squares for each site, one for each week; `labels` say when each begins, `spans`
    which it is."""

    counted: str
    labels: tuple[str, ...]
    rows: tuple[SquareRow, ...]
    spans: tuple[str, ...]
    table: int = 0

    @property
    def alt(self) -> str:
        """Kind, then every site with its weeks in order."""
        rows = "; ".join(
            f"{row.label}: {', '.join(square.spoken for square in row.squares)}"
            for row in self.rows
        )
        return f"Rows of squares. {self.counted}: {rows}.{_same_figures(self.table)}"

    @property
    def figures(self) -> Shown:
        """The squares of each site."""
        return tuple(
            (f"{row.label}, {span}: {square.spoken}", count_text(square.visits))
            for row in self.rows
            for span, square in zip(self.spans, row.squares, strict=True)
        )


@dataclass(frozen=True, slots=True)
class BesideBars:
    """A group: its share of those counted, and its share of others, if that is known; `of` is the
    whole that groups of one `of` make up."""

    of: str
    label: str
    share: Share
    beside: Share | None = None


@dataclass(frozen=True, slots=True)
class SharesBeside:
    """For each group a bar of its share of those `counted` above one of its share of others; groups
    of one whole stand together, with its name above them."""

    counted: str
    names: tuple[str, str]
    groups: tuple[BesideBars, ...]
    table: int = 0

    @property
    def alt(self) -> str:
        """Kind, then every group with its shares, then where to find the same figures."""
        wholes = dict.fromkeys(group.of for group in self.groups)
        groups = ". ".join(
            f"{of}: {'; '.join(self._in_words(g) for g in self.groups if g.of == of)}"
            for of in wholes
        )
        return f"Bar chart. {self.counted}. {groups}.{_same_figures(self.table)}"

    def _in_words(self, group: BesideBars) -> str:
        beside = f" ({lowered(self.names[1])} {group.beside.text})" if group.beside else ""
        return f"{group.label} {group.share.text}{beside}"

    @property
    def figures(self) -> Shown:
        """The share of each group of those counted, which alone is from records."""
        return tuple(
            (f"{group.of}, {group.label}: {group.share.text}", group.share.text)
            for group in self.groups
        )


Chart = (
    DividedBar
    | BarsAgainstDue
    | Cascade
    | CategoryBars
    | ColumnChart
    | StrengthSteps
    | SpanSquares
    | SharesBeside
)


def _series(labels: Sequence[str], numbers: Sequence[int]) -> str:
    pairs = zip(labels, numbers, strict=True)
    return ", ".join(f"{label} {count_text(number)}" for label, number in pairs)


def _same_figures(table: int) -> str:
    return f" The same figures are in table {table}." if table else ""
