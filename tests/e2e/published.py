"""Years that other bodies published: spreadsheets of visits that add up to their figures, and what
the program prints of them in every form."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Any

import openpyxl

from tests.e2e.pdf import pdf_text
from tests.reporting.web_page import parsed, words_of
from visitapp.domain.period import Period
from visitapp.domain.year.indicators import Publication
from visitapp.services import Services


@dataclass(frozen=True)
class PublishedYear:
    """The figures of one publication that the program brings, by name."""

    publication: Publication

    @classmethod
    def of(cls, services: Services, body: str, start: str) -> "PublishedYear":
        """Of the shortest period from that day on."""
        fits = [
            publication
            for publication in services.indicators.published()
            if publication.body == body and publication.period.start.isoformat() == start
        ]
        return cls(min(fits, key=lambda publication: publication.period.end))

    @property
    def period(self) -> Period:
        return self.publication.period

    def __call__(self, name: str, part: str = "") -> int:
        return int(self.exactly(name, part))

    def exactly(self, name: str, part: str = "") -> Decimal:
        [number] = [
            each.number
            for each in self.publication.indicators
            if (each.name, each.part) == (name, part)
        ]
        return number

    @property
    def parts(self) -> list[str]:
        """The regions or sites, in the order of the publication."""
        named = (each.part for each in self.publication.indicators if each.part)
        return list(dict.fromkeys(named))


def spread(total: int, rows: int) -> list[int]:
    """Numbers as equal as can be that add up to a total."""
    return [total * (at + 1) // rows - total * at // rows for at in range(rows)]


def visit_rows(period: Period, sites: Iterable[str], visitors: int = 2) -> list[dict[str, Any]]:
    """A visit by two visitors to each of these sites in turn, on days from first to last."""
    named = list(sites)
    names = [f"Visitor {chr(65 + at // 26)}{chr(65 + at % 26)}" for at in range(visitors)]
    days = (period.end - period.start).days
    last = max(1, len(named) - 1)
    pairs = zip(cycle(names), cycle(names[1:] + names[:1]), strict=False)
    return [
        {
            "visit_ref": f"{period.start.year}-{at:04}",
            "scheme": "custody",
            "site": site,
            "date": (period.start + timedelta(days=at * days // last)).isoformat(),
            "arrived": f"{8 + at % 12:02}:{at // 12 % 60:02}",
            "visitor_1": first,
            "visitor_2": second,
        }
        for at, (site, (first, second)) in enumerate(zip(named, pairs, strict=False))
    ]  # fmt: skip


def filled(rows: Sequence[dict[str, Any]], column: str, total: int) -> None:
    """Spread a total over a column of some rows."""
    for row, number in zip(rows, spread(total, len(rows)), strict=True):
        row[column] = number


def bring(services: Services, folder: Path, **sheets: Sequence[dict[str, Any]]) -> None:
    """Import rows as an office would: one CSV file for each sheet."""
    paths = {}
    for name, rows in sheets.items():
        paths[name] = folder / f"{name}-{rows[0]['visit_ref']}.csv"
        heads = list(dict.fromkeys(key for row in rows for key in row))
        with paths[name].open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads)
            writer.writeheader()
            writer.writerows(rows)
    plan = services.imports.dry_run(
        (paths["visits"], paths.get("detainees"), paths.get("issues")), create_missing=True
    )
    assert plan.problems == ()
    services.imports.carry_out(plan)


@dataclass(frozen=True)
class PrintedYear:
    """What is printed of a period: figures for other programs, the words of PDF and web page, and
    the rows of the spreadsheet by the caption of their table."""

    custody: dict[str, Any]
    pdf: str
    page: str
    sheets: dict[str, dict[str, tuple[Any, ...]]]

    @classmethod
    def of(cls, services: Services, period: Period, folder: Path) -> "PrintedYear":
        for form in ("pdf", "html", "xlsx"):
            services.reports.save_annual(period, folder / f"{period.start.year}.{form}")
        path = folder / f"{period.start.year}.html"
        book = openpyxl.load_workbook(path.with_suffix(".xlsx"), read_only=True)
        return cls(
            custody=json.loads(services.figures.figures_json(period))["schemes"]["custody"],
            pdf=pdf_text(path.with_suffix(".pdf")),
            page=words_of(parsed(path.read_bytes())),
            sheets=dict(map(_rows, book.worksheets[1:])),
        )

    def says(self, words: str) -> bool:
        """Whether PDF and web page both do."""
        return words in self.pdf and words in self.page

    def row(self, caption: str, name: str) -> tuple[Any, ...]:
        """A row of the spreadsheet, without its name."""
        return self.sheets[caption][name]


def _rows(sheet: Any) -> tuple[str, dict[str, tuple[Any, ...]]]:
    title, _, _, *rows = sheet.iter_rows(values_only=True)
    return title[0].partition(": ")[2], {row[0]: row[1:] for row in rows}
