"""What other bodies published comes out of an import of such visits, in every form.

The numbers to reach are those that the program brings with their sources.
"""

from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from tests.e2e.published import PrintedYear, PublishedYear, bring, filled, spread, visit_rows
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.scheme import Kind, Throughput
from visitapp.services import Services

BOARD = "Northern Ireland Policing Board"
DYFED = "Dyfed-Powys Police and Crime Commissioner"


def in_percent(share: Decimal, base: int) -> int:
    """The number of people that a published share of a base stands for."""
    number = int((share * base / 100).to_integral_value())
    assert (Decimal(number) * 100 / base).quantize(Decimal("0.1")) == share
    return number


def test_northern_ireland_publishes_satisfactory_visits_of_those_made(
    services: Services, tmp_path: Path
) -> None:
    year = PublishedYear.of(services, BOARD, "2014-04-01")
    attempted, made = year("visits_attempted"), year("visits")
    rows = visit_rows(year.period, ["Musgrave", "Antrim", "Strand Road"] * 242, year("visitors"))
    for at, row in enumerate(rows[:attempted]):
        row["satisfactory"] = "yes" if at < year("satisfactory") else "no"
        if at >= made:
            row |= {"status": "Abandoned" if at % 2 else "Refused entry", "satisfactory": ""}
    bring(services, tmp_path, visits=rows)

    printed = PrintedYear.of(services, year.period, tmp_path)
    visits, overall = printed.custody["visits"], printed.custody["findings"]["overall"]
    assert (visits["attempted"], visits["total"]) == (726, 705)
    assert (overall["asked"], overall["answered"]) == (705, 705)
    assert overall["answers"] == {"Satisfactory": 640, "Unsatisfactory": 65}
    assert overall["percent"] == {"Satisfactory": 91, "Unsatisfactory": 9}
    assert printed.custody["volunteers"]["at_end"] == 41
    assert list(printed.custody["findings"]) == ["overall"]  # nothing else was asked
    answers = "Satisfactory 640 (91%); Unsatisfactory 65 (9%)"
    assert printed.says(answers)
    question = "All in all, was the visit satisfactory?"
    assert printed.row("Custody: answers to each question", question) == (705, 705, 0, answers)
    endings = "Visits attempted, by how they ended"
    assert printed.row(endings, "Made") == (705,)
    assert printed.row(endings, "All visits attempted") == (726,)
    assert printed.says("All visits attempted 726")


def test_northern_ireland_publishes_reasons_of_those_not_visited(
    services: Services, tmp_path: Path
) -> None:
    year = PublishedYear.of(services, BOARD, "2023-04-01")
    base = year("selected") - year("seen") - year("declined")
    asleep = in_percent(year.exactly("asleep"), base)
    interview = in_percent(year.exactly("in_interview"), base)
    rows = visit_rows(year.period, ["Musgrave", "Strand Road"] * 235, year("visitors"))
    assert len(rows) == year("visits")
    people = [
        ("Seen", "", year("seen")),
        ("Refused", "", year("declined")),
        ("Asleep, observed", "", asleep),
        ("Not available", "In interview", interview),
        ("Not available", "With solicitor", 71),
        ("Not offered, on the sergeant\u2019s advice", "Intoxicated", 52),
        ("Not selected", "", base - asleep - interview - 71 - 52),
    ]
    details = [
        {"visit_ref": row["visit_ref"], "outcome": outcome, "reason": reason, "count": row["n"]}
        for outcome, reason, number in people
        for row in _with(rows, number)
        if row["n"]
    ]
    others = year("conditions") - year("conditions_maintenance") - year("conditions_hazards")
    raised = [
        ("Medical care and medication", 2, year("medical_matters")),
        ("Staff conduct and use of force", 4, year("allegations")),
        ("Maintenance", 1, year("conditions_maintenance")),
        ("Safety and security", 2, year("conditions_hazards")),
        ("Cleanliness", 1, others),
    ]
    issues = [
        {"visit_ref": rows[at]["visit_ref"], "category": category, "severity": severity}
        for category, severity, number in raised
        for at in range(number)
    ]
    bring(services, tmp_path, visits=rows, detainees=details, issues=issues)

    printed = PrintedYear.of(services, year.period, tmp_path)
    detainees, why = printed.custody["detainees"], printed.custody["not_visited"]
    assert printed.custody["visits"]["total"] == 470
    assert printed.custody["volunteers"]["at_end"] == 23
    assert [detainees[part] for part in ("in_custody", "seen", "refused")] == [1048, 480, 15]
    assert why["total"] == sum(why["by_reason"].values()) == 553
    assert (why["percent"]["Asleep"], why["percent"]["In interview"]) == (58.0, 10.7)
    assert printed.says("Asleep, observed Asleep 321 58.0%")
    assert printed.says("In interview Not available 59 10.7%")
    assert printed.says("Shares are of the 553 people in the cells who neither")
    reasons = "Reasons for not being offered or seen"
    assert printed.row(reasons, "Asleep, observed") == ("Asleep", 321, 0.58, 160, 161)
    assert printed.row(reasons, "In interview") == ("Not available", 59, 0.107, 29, 30)
    outcome, people, share, *suites = printed.row(reasons, "All who were not visited")
    assert (outcome, people, share, sum(suites)) == ("", 553, 1, 553)
    assert printed.custody["issues"]["allegations"] == 6
    assert printed.custody["issues"]["by_matter"] == {
        "Welfare": 26, "Conditions": 54, "Allegations": 6,
    }  # fmt: skip
    assert printed.custody["issues"]["by_category"]["Maintenance"] == 25
    assert printed.custody["issues"]["by_category"]["Safety and security"] == 13
    matters = "Issues of welfare and of conditions"
    assert [printed.row(matters, name)[0] for name in ("Welfare", "Conditions", "Allegations")] == [
        26, 54, 6,
    ]  # fmt: skip
    assert printed.says("Conditions 54 0 0 54")


def _with(rows: list[dict[str, object]], number: int) -> list[dict[str, object]]:
    spread_over = [{"visit_ref": row["visit_ref"]} for row in rows]
    filled(spread_over, "n", number)
    return spread_over


def test_dyfed_powys_publishes_detainees_by_suite(services: Services, tmp_path: Path) -> None:
    year = PublishedYear.of(services, DYFED, "2015-04-01")
    sites = [suite for suite in year.parts for _ in range(year("visits", suite))]
    rows = visit_rows(year.period, sites, year("visitors"))
    for suite in year.parts:
        here = [row for row in rows if row["site"] == suite]
        for column in ("in_custody", "seen"):
            filled(here, column, year("seen", suite))
    bring(services, tmp_path, visits=rows)

    printed = PrintedYear.of(services, year.period, tmp_path)
    by_site = printed.custody["by_site"]
    counted = {
        name: (site["visits"]["total"], site["detainees"]["seen"]) for name, site in by_site.items()
    }
    assert counted == {
        "Llanelli": (48, 83),
        "Aberystwyth": (38, 38),
        "Haverfordwest": (35, 52),
        "Brecon and Newtown": (39, 15),
    }
    assert (printed.custody["visits"]["total"], printed.custody["detainees"]["seen"]) == (160, 188)
    assert printed.custody["volunteers"]["at_end"] == 19
    assert printed.custody["findings"] == {}
    caption = "What was counted at each suite"
    for name, (visits, seen) in {**counted, "All suites": (160, 188)}.items():
        row = printed.row(caption, name)
        assert (row[0], row[4]) == (visits, seen)
        assert printed.says(f"{name} {visits} ")


SPA = "Scottish Police Authority"
UNEXPLAINED = {"North": 20, "East": 30, "West": 52}
"""The source gives 102 people no part; where they, and those observed, were is made up."""
OBSERVED = {"North": 8, "East": 10, "West": 10}
TELEPHONE = {"North": 10, "East": 11, "West": 13}
NO_ACCESS = {"North": 1, "East": 1, "West": 2}


def a_region(year: PublishedYear, region: str) -> list[dict[str, object]]:
    """The visits to the two suites of a region."""
    suites = [f"{region} {number}" for number in (1, 2)]
    rows = visit_rows(year.period, (suites * year("visits", region))[: year("visits", region)])
    for at, row in enumerate(rows):
        row["visit_ref"] = f"{region}-{at}"
        if at < TELEPHONE[region]:
            row["mode"] = "Telephone"
    without = rows[-NO_ACCESS[region] :]
    for row in without:
        row["status"] = "Refused entry"
    here = rows[TELEPHONE[region] : -NO_ACCESS[region]]
    parts = {
        "seen": year("seen", region),
        "refused": year("offered", region) - year("seen", region),
        "not_available": year("not_available", region),
        "asleep": OBSERVED[region],
        "other_not_seen": UNEXPLAINED[region],
    }
    parts["not_offered"] = year("in_custody", region) - sum(parts.values())
    for column, number in parts.items():
        filled(here, column, number)
    for row in here:
        row["in_custody"] = sum(row[column] for column in parts)
    return rows


def test_scotland_publishes_people_by_region(services: Services, tmp_path: Path) -> None:
    year = PublishedYear.of(services, SPA, "2024-04-01")
    regions = {region: a_region(year, region) for region in year.parts}
    bring(services, tmp_path, visits=[row for rows in regions.values() for row in rows])
    scheme = next(s for s in services.setup.schemes() if s.kind is Kind.CUSTODY)
    for region in regions:
        sites = [s for s in services.setup.sites() if s.name.startswith(region)]
        group = SiteGroup(uuid4(), scheme.id, GroupKind.REGION, region, version=0)
        services.groups.save(group, [site.id for site in sites])
        for site, number in zip(sites, spread(year("throughput", region), 2), strict=True):
            services.setup.save_throughput(
                Throughput(uuid4(), scheme.id, site.id, year.period, number)
            )

    printed = PrintedYear.of(services, year.period, tmp_path)
    visits, people = printed.custody["visits"], printed.custody["detainees"]
    assert (visits["attempted"], visits["total"], visits["refused_entry"]) == (609, 605, 4)
    assert visits["by_mode"] == {"Face to face": 575, "Telephone": 34}
    names = ("throughput", "in_custody", "offered", "seen", "refused", "not_available",
             "not_offered", "asleep", "other")  # fmt: skip
    assert [people[name] for name in names] == [60180, 2553, 1228, 853, 375, 498, 697, 28, 102]
    by_region = {
        name: (
            group["visits"]["attempted"],
            *(group["detainees"][part] for part in names[:4]),
            group["detainees"]["not_available"],
        )
        for name, group in printed.custody["by_group"].items()
    }
    assert by_region == {
        "North": (144, 12623, 435, 196, 144, 97),
        "East": (213, 15495, 920, 456, 295, 193),
        "West": (252, 32062, 1198, 576, 414, 208),
    }
    of_people = "People in the cells at the time of a visit, by region"
    waits = "Visits by time from arrival to admittance, by region"
    for region, (attempted, throughput, present, offered, seen, not_available) in by_region.items():
        row = printed.row(of_people, region)
        assert (row[0], row[1], row[1] + row[2], row[4]) == (present, seen, offered, not_available)
        assert row[-1] == throughput
        assert printed.row(waits, region)[-1] == attempted
        assert printed.says(f"{region} {' '.join(f'{number:,}' for number in row)}")
    total = printed.row(of_people, "All")
    assert (total[0], total[1], total[-1]) == (2553, 853, 60180)
    endings = "Visits attempted, by how they ended"
    assert printed.row(endings, "Made") == (605,)
    assert printed.row(endings, "Refused entry") == (4,)
    assert printed.row(endings, "All visits attempted") == (609,)
    assert printed.row("Visits attempted, by how they were made", "Telephone") == (34,)
    assert printed.says("Made 605 Refused entry 4 All visits attempted 609")
    assert printed.says("Telephone 34 All visits attempted 609")
    happened = "What happened, and to how many"
    assert printed.row(happened, "In the cells at the time of a visit")[0] == 2553
    assert printed.row(happened, "Offered a visit, and spoke with visitors")[0] == 853
    assert printed.says("60,180 people were detained")
