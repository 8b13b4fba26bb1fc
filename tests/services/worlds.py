"""Offices made up at random: sites with gaps, odd timeslots, every kind of visit and issue."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from uuid import UUID

from sqlalchemy import insert

from tests.builders import ANIMALS, CUSTODY
from visitapp.domain.moment import Moment
from visitapp.domain.office.codes import Code
from visitapp.domain.office.grid import Band, DayGroup, Grid
from visitapp.domain.office.group import GroupKind, GroupMembership, SiteGroup
from visitapp.domain.office.people import Membership, PanelMembership, Person
from visitapp.domain.office.scheme import EarlierTotal, Kind, Rate, Scheme, Throughput
from visitapp.domain.office.site import OpenPeriod, Site, SiteKind
from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget
from visitapp.domain.period import Period
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.report.visit_codes import State
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.persistence import groups, people, schemes, tables, visits
from visitapp.services.office.reference import reference_codes, reference_scheme

FIRST, LAST = date(2022, 3, 1), date(2025, 4, 20)
CLOCK_CHANGES = (date(2023, 10, 29), date(2024, 3, 31), date(2024, 10, 27))
KINDS = {CUSTODY: Kind.CUSTODY, ANIMALS: Kind.ANIMAL_WELFARE}


@dataclass
class World:
    """Everything that decides figures, as plain objects."""

    schemes: list[Scheme] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    groups: list[SiteGroup] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    throughputs: list[Throughput] = field(default_factory=list)
    earlier: list[EarlierTotal] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    batches: list[UUID] = field(default_factory=list)


class Maker:
    """Makes one world from one seed."""

    def __init__(self, seed: int, visits: int) -> None:
        self.seed, self.random = seed, Random(seed)
        self.world = World()
        for scheme_id, kind in KINDS.items():
            self._scheme(scheme_id, kind)
        self._people()
        self.world.batches = [self.id() for _ in range(2)]
        self.world.visits = [self._visit() for _ in range(visits)]
        for scheme_id in KINDS:
            self._rates(scheme_id)

    def id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128))

    def day(self, first: date = FIRST, last: date = LAST) -> date:
        return first + timedelta(days=self.random.randint(0, (last - first).days))

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # what stands before the visits

    def _scheme(self, scheme_id: UUID, kind: Kind) -> None:
        world, random = self.world, self.random
        first = random.randint(0, 8)
        world.schemes.append(
            replace(
                reference_scheme(kind, scheme_id),
                immediate_limit=first,
                delay_limit=first + random.randint(1, 20),
                remote_counts=self.chance(0.5),
            )
        )
        codes = list(reference_codes(kind, scheme_id))
        for list_name, group in (
            ("visit_type", "training"), ("outcome", "seen"), ("issue_category", "positive"),
            ("issue_category", "concern"), ("issue_category", "welfare"),
            ("issue_status", "closed"),
            ("visit_status", "completed"), ("visit_status", "refused_entry"),
        ):  # fmt: skip
            if self.chance(0.7):
                code = Code(self.id(), scheme_id, list_name, f"NEW{len(codes)}", "Added later",
                            random.randint(-1, 30), group)  # fmt: skip
                codes.append(code)
        world.codes += codes
        own_grids = [self._grid(scheme_id) for _ in range(2)]
        world.grids += own_grids
        world.groups += self._groups(scheme_id)
        for position in range(random.randint(1, 4 if kind is Kind.CUSTODY else 2)):
            world.sites.append(
                Site(
                    id=self.id(),
                    scheme_id=scheme_id,
                    kind=SiteKind.SUITE if kind is Kind.CUSTODY else SiteKind.KENNELS,
                    name=f"Site {position} \u0141\u00f3",
                    grid_id=random.choice(own_grids).id,
                    cells=random.choice([None, 3, 30]),
                    open_periods=self._open_periods(),
                    position=position,
                    targets=self._targets(position),
                    groups=self._memberships(scheme_id, position),
                )
            )
        self._entered_by_hand(scheme_id)

    def _rates(self, scheme_id: UUID) -> None:
        """Rates that change on any day, on that of a visit, or with a year."""
        random = self.random
        days = [self.day(), self.day(), date(2022, 4, 1), date(2023, 4, 1), date(2024, 4, 1)]
        days += [visit.arrived.day for visit in self.world.visits[:2]]
        amounts = [Decimal(random.randint(0, 300_000)) / 10_000 for _ in range(2)]
        for day in set(random.sample(days, random.randint(0, len(days)))):
            self.world.rates.append(Rate(self.id(), scheme_id, day, random.choice(amounts)))
        if self.chance(0.6):
            self.world.rates.append(
                Rate(self.id(), scheme_id, date(2000, 1, 1), Decimal("18.3515"))
            )

    def _grid(self, scheme_id: UUID) -> Grid:
        random = self.random
        weekdays = random.sample(range(7), random.randint(1, 7))
        rows: dict[int, list[int]] = {}
        for weekday in weekdays:
            rows.setdefault(random.randint(0, 3), []).append(weekday)
        edges = sorted(random.sample(range(1441), 2 * random.randint(1, 5)))
        if self.chance(0.5):  # bands that adjoin
            pairs = list(pairwise(edges))
        else:
            pairs = list(zip(edges[::2], edges[1::2], strict=True))
        return Grid(
            self.id(), scheme_id, "Any",
            tuple(DayGroup(f"Row {row}", tuple(days)) for row, days in rows.items()),
            tuple(Band(start, end) for start, end in pairs),
        )  # fmt: skip

    def _open_periods(self) -> tuple[OpenPeriod, ...]:
        if self.chance(0.1):
            return ()
        day = self.random.choice([date(2010, 1, 1), self.day(), self.day()])
        periods = []
        for _ in range(self.random.randint(0, 4)):
            end = day + timedelta(days=self.random.choice([0, 6, 30, 200, 5000]))
            periods.append(OpenPeriod(day, end))
            day = end + timedelta(days=self.random.choice([1, 1, 2, 40]))
        if not periods or self.chance(0.5):
            periods.append(OpenPeriod(day))
        return tuple(periods)

    def _targets(self, position: int | str) -> tuple[VisitTarget, ...]:
        """None, or some that follow one another; often the first is from the beginning."""
        random = Random(f"{self.seed}/{position}")
        later = [FIRST + timedelta(days=random.randint(0, 1100)) for _ in range(2)]
        days = [None, *later, date(2023, 4, 1)]
        return tuple(
            VisitTarget(
                random.choice([1, 1, 2, 5]),
                random.choice(list(TargetUnit)),
                day,
                random.choice([TargetRule.OPEN, *TargetRule]),
            )
            for day in dict.fromkeys(random.sample(days, random.choice([0, 0, 1, 2, 3])))
        )

    def _groups(self, scheme_id: UUID) -> list[SiteGroup]:
        """None, or two panels and a region."""
        random = Random(f"groups {self.seed} {scheme_id}")
        names = (("West", GroupKind.PANEL), ("East", GroupKind.PANEL), ("North", GroupKind.REGION))
        return [
            SiteGroup(
                UUID(int=random.getrandbits(128)),
                scheme_id,
                kind,
                name,
                version=0,
                targets=self._targets(name),
            )
            for name, kind in names[: random.choice([0, 2, 3])]
        ]

    def _memberships(self, scheme_id: UUID, position: int) -> tuple[GroupMembership, ...]:
        """A site's groups: often one from the beginning, and changes on any day."""
        random = Random(f"memberships {self.seed} {scheme_id} {position}")
        memberships = []
        for kind in (GroupKind.PANEL, GroupKind.REGION):
            known = [g.id for g in self.world.groups if (g.scheme_id, g.kind) == (scheme_id, kind)]
            later = [FIRST + timedelta(days=random.randint(0, 1100)) for _ in range(2)]
            days = [None, *later, date(2023, 4, 1)]
            if known:
                memberships += [
                    GroupMembership(kind, random.choice([*known, None]), day)
                    for day in dict.fromkeys(random.sample(days, random.choice([0, 1, 1, 2, 4])))
                ]
        return tuple(memberships)

    def _entered_by_hand(self, scheme_id: UUID) -> None:
        for site in self.world.sites:
            if site.scheme_id == scheme_id and self.chance(0.6):
                start = self.day()
                spans = [APRIL_YEARS.year_of(start), Period(start, start + timedelta(days=40))]
                self.world.throughputs.append(
                    Throughput(self.id(), scheme_id, site.id, self.random.choice(spans), 1000)
                )
        for year in range(2019, 2024):
            if self.chance(0.4):
                period = APRIL_YEARS.year_of(date(year, 6, 1))
                for figure in ("visits", "seen"):
                    self.world.earlier.append(
                        EarlierTotal(self.id(), scheme_id, period, figure, year)
                    )

    def _people(self) -> None:
        statuses = ["ACTIVE", "ACTIVE", "LEAVE", "PROBATION", "APPLICANT", "VETTING"]
        for number in range(8):
            memberships = []
            for scheme_id in KINDS:
                joined = self.day(date(2021, 1, 1))
                while self.chance(0.6) and joined < LAST:
                    left = joined + timedelta(days=self.random.choice([0, 20, 300, 900]))
                    if self.chance(0.5):
                        memberships.append(
                            Membership(scheme_id, joined, None, self.random.choice(statuses))
                        )
                        break
                    memberships.append(Membership(scheme_id, joined, left, "LEFT"))
                    joined = left + timedelta(days=self.random.choice([1, 30]))
            panels = self._panels(number)
            self.world.people.append(
                Person(self.id(), f"Person {number}", tuple(memberships), panels=panels)
            )

    def _panels(self, number: int) -> tuple[PanelMembership, ...]:
        """A person's panels: mostly one from the beginning, and changes on any day."""
        random = Random(f"panels {self.seed} {number}")
        panels = []
        for scheme_id in KINDS:
            known = [
                group.id
                for group in self.world.groups
                if (group.scheme_id, group.kind) == (scheme_id, GroupKind.PANEL)
            ]
            later = [FIRST + timedelta(days=random.randint(0, 1100)) for _ in range(2)]
            days = random.sample([None, *later], random.choice([0, 1, 2, 3]))
            for day in dict.fromkeys(days):
                chosen = random.choice([*known, None])
                membership = GroupMembership(GroupKind.PANEL, chosen, day)
                panels.append(PanelMembership(scheme_id, membership))
        return tuple(panels)

    # visits

    def _pick(self, scheme_id: UUID, list_name: str) -> str:
        if self.chance(0.03):
            return "UNKNOWN?"  # a code that the list no longer has
        return self.random.choice(
            [c.code for c in self.world.codes
             if c.list_name == list_name and c.scheme_id == scheme_id]
        )  # fmt: skip

    def _arrived(self) -> Moment:
        fold = self.random.randint(0, 1)
        if self.chance(0.1):
            day = self.random.choice(CLOCK_CHANGES)
            return Moment.at(day, self.random.randint(0, 200), fold=fold)
        day = self.day()
        if self.chance(0.3):  # about the turn of a quarter
            turn = self.random.choice(Period(FIRST, LAST).quarters()).end
            day = turn + timedelta(days=self.random.randint(-3, 4))
        return Moment.at(day, self.random.choice([0, 1439, self.random.randrange(1440)]))

    def _later(self, moment: Moment, minutes: int) -> Moment:
        return Moment(moment.utc_minute + minutes, moment.offset)

    def _visit(self) -> Visit:
        random = self.random
        site = random.choice(self.world.sites)
        scheme_id = site.scheme_id
        arrived = self._arrived()
        wait = random.choice([None, 0, random.randint(0, 30), random.randint(0, 30)])
        stay = random.choice([None, random.randint(30, 200), random.randint(30, 200)])
        counts = tuple(self._count(scheme_id) for _ in range(random.choice([0, 1, 3, 6])))
        named = random.sample(self.world.people, random.randint(0, 4))
        withdrawn = self.chance(0.2)
        return Visit(
            id=self.id(),
            scheme_id=scheme_id,
            site_id=site.id,
            arrived=arrived,
            admitted=None if wait is None else self._later(arrived, wait),
            left=None if stay is None else self._later(arrived, stay),
            type=self._pick(scheme_id, "visit_type"),
            mode=random.choice(["FACE", "FACE", "FACE", "TELEPHONE", "VIDEO"]),
            status=self._pick(scheme_id, "visit_status"),
            visitors=tuple(person.id for person in named[:3]),
            observers=tuple(person.id for person in named[3:]),
            delay_reason=None if self.chance(0.4) else self._pick(scheme_id, "delay_reason"),
            present=random.choice([None, sum(count.number for count in counts)]),
            counts=counts,
            extra_minutes=random.choice([0, 0, 35]),
            issues=tuple(self._issue(scheme_id) for _ in range(random.choice([0, 0, 1, 3]))),
            state=State.WITHDRAWN if withdrawn else State.LOCKED,
            batch_id=random.choice([None, None, *self.world.batches]),
        )

    def _count(self, scheme_id: UUID) -> OutcomeCount:
        custody = KINDS[scheme_id] is Kind.CUSTODY
        details = ("outcome_reason", "gender", "age_group", "ethnicity")
        reason, gender, age, ethnicity = (
            self._pick(scheme_id, name) if custody and self.chance(0.5) else None
            for name in details
        )
        number = self.random.choice([0, 1, 2, 9])
        outcome = self._pick(scheme_id, "outcome")
        return OutcomeCount(outcome, number, reason, gender, age, ethnicity)

    def _issue(self, scheme_id: UUID) -> Issue:
        return Issue(
            id=self.id(),
            category=self._pick(scheme_id, "issue_category"),
            severity=self.random.randint(1, 4),
            status=self._pick(scheme_id, "issue_status"),
            resolved_during_visit=self.chance(0.3),
        )


def write(database, world: World) -> None:
    """Put a world into a file that holds both schemes and nothing else."""
    with database.transaction() as connection:
        office = schemes.office(connection)
        for scheme in world.schemes:
            schemes.save_scheme(connection, scheme, office.id)
        stored = {code.id for scheme in world.schemes
                  for codes in schemes.codes(connection, scheme.id).lists.values()
                  for code in codes}  # fmt: skip
        schemes.insert_codes(connection, [code for code in world.codes if code.id not in stored])
        for grid in world.grids:
            schemes.save_grid(connection, grid)
        for group in world.groups:
            groups.save_group(connection, group)
        for site in world.sites:
            schemes.save_site(connection, site)
        for rate in world.rates:
            schemes.save_rate(connection, rate)
        for throughput in world.throughputs:
            schemes.save_throughput(connection, throughput)
        for total in world.earlier:
            schemes.save_earlier_total(connection, total)
        for person in world.people:
            people.save_person(connection, person)
        for batch_id in world.batches:
            at = datetime.combine(LAST, time(), UTC)
            values = {"imported_at": at, "imported_by": "Mary Manager",
                      "source": "past.csv", "visits": 1}  # fmt: skip
            connection.execute(insert(tables.batch).values(id=batch_id, **values))
        visits.insert_visits(connection, world.visits)
