"""Summaries to write reports of: the published year of Leicestershire, and awkward ones."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from visitapp.domain.office.grid import WEEKDAYS, Band, DayGroup, Grid
from visitapp.domain.office.scheme import Kind, Office, Scheme
from visitapp.domain.period import Period
from visitapp.domain.year.attempts import Attempts, Labelled, SiteFigures, Target
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.people_figures import PeopleFigures
from visitapp.domain.year.register import Volunteers
from visitapp.domain.year.summary import (
    AccessFigures,
    AnimalFigures,
    AnnualSummary,
    CategoryFigures,
    CountedFigures,
    EarlierYear,
    IssueFigures,
    SchemeFigures,
)
from visitapp.reporting.pictures import crest_png

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))


def _id(number: int) -> UUID:
    return UUID(int=number)


BANDS = (
    Band(0, 480), Band(480, 720), Band(720, 960), Band(960, 1200), Band(1200, 1440),
)  # fmt: skip
WEEK = Grid(
    _id(1), _id(10), "Week", tuple(DayGroup(d, (i,)) for i, d in enumerate(WEEKDAYS)), BANDS
)
KENNEL_DAYS = (*(DayGroup(d, (i,)) for i, d in enumerate(WEEKDAYS[:5])),
               DayGroup("Saturday or Sunday", (5, 6)))  # fmt: skip
KENNEL_GRID = Grid(_id(2), _id(11), "Kennels", KENNEL_DAYS, (Band(420, 780), Band(900, 1200)))

EUSTON = ((1, 2, 2, 2, 3), (0, 1, 1, 2, 1), (1, 0, 1, 2, 2), (1, 1, 1, 1, 3), (1, 1, 2, 2, 2),
          (1, 2, 1, 1, 1), (1, 3, 2, 2, 1))  # fmt: skip
KEYHAM = ((0, 3, 2, 3, 2), (0, 1, 0, 4, 1), (1, 2, 0, 1, 2), (1, 1, 1, 2, 2), (1, 3, 1, 1, 1),
          (1, 3, 1, 2, 1), (1, 1, 2, 1, 1))  # fmt: skip
DOGS = ((1, 1), (1, 1), (1, 1), (1, 1), (1, 2), (0, 1))
NOTHING = ((0, 0, 0, 0, 0),) * 7


def by_month(*numbers: int, period: Period = YEAR) -> tuple[tuple[Period, int], ...]:
    """Counts of the months of a period."""
    return tuple(zip(period.touched_months(), numbers, strict=True))


def by_quarter(*numbers: int, period: Period = YEAR) -> tuple[tuple[Period, int], ...]:
    """Counts of the quarters of a period."""
    return tuple(zip(period.quarters(), numbers, strict=True))


def in_person(visits: int) -> Attempts:
    """Visits that were all made, in person."""
    by_mode = (("Face to face", visits),) if visits else ()
    return Attempts(completed=visits, by_mode=by_mode, at_site=visits)


def suite(
    visits: int, immediate: int, people: tuple[int, ...], issues: tuple[int, ...], minutes: int,
    hours: str, delayed: int = 0, reasons: dict[str, Labelled] | None = None,
) -> CountedFigures:  # fmt: skip
    """What was counted at one suite: its parts are invented, their sums are those published."""
    return CountedFigures(
        in_person(visits),
        AccessFigures(immediate, delayed, visits - immediate - delayed, 0, 0),
        PeopleFigures(sum(people), *people, reasons=reasons or {}),
        AnimalFigures(0),
        IssueFigures((CategoryFigures("FOOD", "Food and drink", *issues),) if issues else ()),
        minutes,
        Decimal(hours),
    )


def custody() -> SchemeFigures:
    """The published custody figures; issues and months are invented."""
    return SchemeFigures(
        scheme=Scheme(_id(10), Kind.CUSTODY, "Leicestershire Independent Custody Visiting Scheme"),
        period=YEAR,
        attempts=in_person(101),
        sites=(
            SiteFigures(_id(20), "Euston Street", 36, True, in_person(51), Target(52, 51, 52, 50)),
            SiteFigures(_id(21), "Keyham Lane", 18, True, in_person(50), Target(52, 50, 52, 49)),
            SiteFigures(_id(22), "Beaumont Leys", 14, False, in_person(0), Target(0, 0, 0, 0)),
        ),
        by_site={
            _id(20): suite(51, 46, (195, 22, 40, 122, 215, 0), (30, 6, 1), 13400, "223.33", 1, {
                "not_offered": (("Aggressive", 17), ("Intoxicated", 15), ("Health and safety", 8)),
                "not_available": (
                    ("In interview", 66), ("At hospital", 16), ("Out of the cell", 40),
                ),
            }),
            _id(21): suite(50, 45, (170, 20, 32, 100, 180, 0), (19, 4, 1), 13146, "219.10", 0, {
                "not_offered": (("Aggressive", 14), ("Intoxicated", 12), ("Health and safety", 6)),
                "not_available": (
                    ("In interview", 54), ("At hospital", 16), ("Out of the cell", 30),
                ),
            }),
            _id(22): suite(0, 0, (0,) * 6, (), 0, "0.00"),
        },
        target=Target(104, 101, 104, 99),
        minutes=26546,
        hours=Decimal("442.43"),
        value=Decimal("8119.32"),
        rates=(Decimal("18.3515"),),
        unknown_length=0,
        coverage=(
            SiteCoverage(_id(20), "Euston Street", WEEK, EUSTON, 0, 36),
            SiteCoverage(_id(21), "Keyham Lane", WEEK, KEYHAM, 0, 18),
            SiteCoverage(_id(22), "Beaumont Leys", WEEK, NOTHING, 0, 14),
        ),
        access=AccessFigures(
            91, 1, 9, 0, 0,
            reasons=(("Suite very busy", 6), ("Staff shortage", 3), ("Staff handover", 1)),
        ),
        people=PeopleFigures(
            present=1096, seen=365, refused=42, not_offered=72, not_available=222, asleep=395,
            other=0, throughput=15475,
            reasons={
                "not_offered": (("Aggressive", 31), ("Intoxicated", 27), ("Health and safety", 14)),
                "not_available": (
                    ("In interview", 120), ("At hospital", 32), ("Out of the cell", 70),
                ),
            },
            seen_by={"gender": (("Female", 61), ("Male", 300), ("Not stated", 4))},
        ),
        animals=AnimalFigures(0),
        issues=IssueFigures(
            by_category=(
                CategoryFigures("FOOD", "Food and drink", 20, 3, 0),
                CategoryFigures("CELL", "Cell and its contents", 15, 2, 1),
                CategoryFigures("HEALTH", "Health care", 5, 3, 1),
                CategoryFigures("RIGHTS", "Rights and information", 5, 1, 0),
                CategoryFigures("WASH", "Washing and exercise", 4, 1, 0),
            ),
            by_month=by_month(5, 5, 5, 6, 4, 5, 5, 6, 5, 5, 5, 5),
            positive=(("Helpful staff", 12), ("Clean cells", 7)),
            by_matter=(
                CategoryFigures("welfare", "Welfare", 33, 8, 1),
                CategoryFigures("conditions", "Conditions", 15, 2, 1),
                CategoryFigures("allegations", "Allegations", 1, 0, 0),
            ),
        ),
        by_month=by_month(8, 9, 8, 9, 8, 9, 8, 9, 8, 8, 8, 9),
        by_quarter=by_quarter(25, 26, 25, 25),
    )  # fmt: skip


def kennels() -> SchemeFigures:
    """The published animal welfare figures."""
    target = Target(12, 12, 12, 12)
    name = "Leicestershire Police Dog Unit"
    return replace(
        custody(),
        scheme=Scheme(_id(11), Kind.ANIMAL_WELFARE, "Animal Welfare Scheme"),
        attempts=in_person(12),
        by_site={_id(30): suite(12, 12, (0,) * 6, (), 0, "0.00")},
        sites=(SiteFigures(_id(30), name, None, True, in_person(12), target),),
        target=target,
        minutes=0,
        hours=Decimal("0.00"),
        value=None,
        rates=(),
        coverage=(SiteCoverage(_id(30), name, KENNEL_GRID, DOGS, 0),),
        access=AccessFigures(12, 0, 0, 0, 0),
        people=PeopleFigures(0, 0, 0, 0, 0, 0, 0),
        animals=AnimalFigures(84, (("In the kennel", 70), ("In a vehicle", 14), ("At the vet", 2))),
        issues=IssueFigures(by_month=by_month(*[0] * 12)),
        by_month=by_month(*[1] * 12),
        by_quarter=by_quarter(3, 3, 3, 3),
    )


TEXTS = {
    "author": "Volunteers Manager",
    "questions": "The panel is asked:\n\n- Are 18 visitors enough?",
    "own_sections": "own.1\tHow this report was made\tThe volunteers\nown.2\tNot begun\t",
    "own.1": "Two visitors read it before it was published.",
    "reported": "Reported to the Police and Crime Panel on 18 June 2024",
    "contact": "custodyvisiting@example.org",
    "view": "The volunteers give an independent view of custody.\n\nWithout them the public could "
    "not be assured of it.",
    "view_by": "Police and Crime Commissioner",
    "history": "Custody visiting began in 1983 as a voluntary scheme.\n\nSection 51 of the Police "
    "Reform Act 2002 placed it on a statutory footing.",
    "running": "The scheme is overseen by the Director of Governance and Performance and run from "
    "day to day by the Volunteers Manager.",
    "sites": "Euston Street and Keyham Lane are the primary suites. Beaumont Leys is a secondary "
    "suite: it was closed for most of the year.",
    "access": "Visitors have been advised to avoid arriving during handover.",
    "response": "Every detainee is offered suitable food; records are audited.",
    "animals": "The Commissioner launched the scheme on 1 April 2022.",
    "animals_seen": "- Helpful staff and clean kennels.\n- Food in date.\n- Records checked.",
    "awards": "The scheme holds the Investing in Volunteers award.",
    "findings": "- Cells, kitchen and yard were generally kept well.\n- Access was prompt.",
    "plans": "- Train 15 new visitors.\n- Make some visits during handover.",
    "notes": "The report of June 2024 printed 9 as the total of visits to Keyham Lane between "
    "20:00 and 23:59. Its cells sum to 10, and this report prints 10.",
}


def published_year() -> AnnualSummary:
    """Both schemes, texts, a register, a year before and one known as totals."""
    earlier = custody()
    before = Period(date(2022, 4, 1), date(2023, 3, 31))
    last_year = replace(
        earlier,
        period=before,
        attempts=in_person(99),
        target=Target(104, 99, 104, 97),
        by_month=by_month(*[8] * 9, 9, 9, 9, period=before),
        by_quarter=by_quarter(24, 24, 24, 27, period=before),
    )
    return AnnualSummary(
        office=Office(
            _id(5),
            "Office of the Police and Crime Commissioner for Leicestershire",
            "Leicester, Leicestershire and Rutland",
            "Made up to match published totals.",
        ),
        period=YEAR,
        schemes={Kind.CUSTODY: earlier, Kind.ANIMAL_WELFARE: kennels()},
        previous={Kind.CUSTODY: last_year},
        earlier={
            Kind.CUSTODY: (
                EarlierYear(
                    Period(date(2021, 4, 1), date(2022, 3, 31)), {"visits": 88, "due": 104}
                ),
            )
        },
        volunteers={Kind.CUSTODY: Volunteers(18, 0, 2, 16, long_serving=11)},
        texts=TEXTS,
    )


def empty_year() -> AnnualSummary:
    """A first year without a visit, a text, a register or a year before."""
    full = published_year()
    nothing = replace(
        custody(),
        attempts=in_person(0),
        by_site={},
        sites=(
            SiteFigures(_id(20), "Euston Street", 36, True, in_person(51), Target(52, 0, 52, 0)),
        ),
        target=Target(52, 0, 52, 0),
        minutes=0,
        hours=Decimal("0.00"),
        value=Decimal("0.00"),
        coverage=(SiteCoverage(_id(20), "Euston Street", WEEK, NOTHING, 0),),
        access=AccessFigures(0, 0, 0, 0, 0),
        people=PeopleFigures(0, 0, 0, 0, 0, 0, 0),
        issues=IssueFigures(by_month=by_month(*[0] * 12)),
        by_month=by_month(*[0] * 12),
        by_quarter=by_quarter(0, 0, 0, 0),
    )
    return AnnualSummary(office=replace(full.office, made_up_note="", area=""), period=YEAR,
                         schemes={Kind.CUSTODY: nothing})  # fmt: skip


def awkward_year() -> AnnualSummary:
    """Long, Welsh and accented names, many sites, visits outside the grid, a long text, a crest."""
    full = published_year()
    long = "Gorsaf Heddlu Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
    names = (
        long,
        "Caf\u00e9 Stra\u00dfe \u0174ybr \u0176 & <Sons>",
        *(f"Suite {i}" for i in range(3, 9)),
    )
    sites = tuple(
        SiteFigures(
            _id(40 + i),
            name,
            None if i == 1 else 12,
            True,
            in_person(3 * i),
            Target(13, 3 * i, 13, min(13, 2 * i)),
        )
        for i, name in enumerate(names)
    )
    base = custody()
    figures = replace(
        base,
        attempts=in_person(84),
        by_site={},
        sites=sites,
        target=Target(104, 84, 104, 55),
        coverage=tuple(
            SiteCoverage(site.site_id, site.name, WEEK, KEYHAM if i else NOTHING, 2 * i)
            for i, site in enumerate(sites)
        ),
        access=AccessFigures(1, 1, 1, 1, 80),
        people=replace(
            base.people, other=7, present=1103, uncounted_visits=3,
            reasons={"other": (("Access refused by Inspector", 3), ("Not selected", 4))},
        ),
        value=None,
    )  # fmt: skip
    texts = {**TEXTS, "running": "A paragraph that goes on over the page. " * 120,
             "view": "A quotation that goes on. " * 150}  # fmt: skip
    return replace(
        full, office=replace(full.office, crest=_crest()), schemes={Kind.CUSTODY: figures},
        previous={}, earlier={}, texts=texts,
    )  # fmt: skip


def _crest() -> bytes:
    """A white ring on nothing."""
    picture = Image.new("RGBA", (600, 600))
    ImageDraw.Draw(picture).ellipse((20, 20, 580, 580), outline=(255, 255, 255, 255), width=60)
    content = BytesIO()
    picture.save(content, "PNG")
    return crest_png(content.getvalue())
