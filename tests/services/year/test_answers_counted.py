"""What answers add up to is what a plain loop over the reports finds, on any reports."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from uuid import uuid4

import pytest

from tests.builders import ANIMALS, CUSTODY, SUITE, make_site, make_visit
from tests.conftest import NOW
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.report.form import Form, FormSection, Question, RowGroup
from visitapp.domain.report.kinds import Option
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import forms, visits
from visitapp.services import Services

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
FIRST = date(2023, 1, 1)
HALF = Fraction(1, 200)
OPTIONS = (Option("A", "Well"), Option("B", "Badly"))
LIGHTS = Question("lights", "Lights?", "check", category="LIGHT", is_counted=True)
STAFF = Question("staff", "Staff on duty?", "number", when="completed", is_counted=True)
WHY = Question("why", "Why not?", "choice", options=OPTIONS, when="lights=CONCERN", is_counted=True)
FLAGS = Question("flags", "Flags?", "choices", options=OPTIONS, is_counted=True)
TOLD = Question("told", "Told?", "yes_no", is_counted=True)
WOMEN = Question("for_women", "Offered?", "yes_no", when="female", is_counted=True)
HOURS = Question("hours", "Hours held?", "number", is_counted=True)
GONE = Question("gone", "Still here?", "yes_no", is_counted=True)
QUIET = Question("quiet", "Quiet?", "yes_no")
EVERY = (LIGHTS, STAFF, WHY, FLAGS, TOLD, WOMEN, HOURS, GONE, QUIET)
NEW_WHY = replace(WHY, options=(Option("A", "Fine"), Option("C", "Else")))
NEW_LIGHTS = replace(LIGHTS, ask="All lights?", meaning=2)


def a_form(number: int, *suite: Question) -> Form:
    rows = (
        RowGroup("row", "The detainee", (FLAGS,)),
        RowGroup("rights", "Rights", (TOLD, WOMEN, HOURS), seen_only=True),
    )
    return Form(number, (FormSection("suite", "The suite", suite),), rows, "detainee")


FORMS = (
    a_form(1, LIGHTS, STAFF, WHY, GONE, QUIET),
    a_form(2, NEW_LIGHTS, STAFF, NEW_WHY, QUIET),
)


class Maker:
    """Makes reports from one seed."""

    def __init__(self, seed: int, sites) -> None:
        self.random, self.sites = Random(seed), sites

    def answers(self, questions):
        answers = {}
        for question in questions:
            codes = [option.code for option in question.choices] or [0, 3, 17]
            answer = self.random.choice([None, *codes])
            if question.kind == "choices":
                answer = self.random.sample(codes, self.random.randint(0, len(codes)))
            if answer is not None:
                answers[question.key] = answer
        return answers

    def row(self):
        outcome = self.random.choice(["SEEN", "SEEN", "REFUSED", "ASLEEP"])
        gender = self.random.choice([None, "FEMALE", "MALE"])
        row = ReportRow("M1", answers=self.answers((FLAGS, TOLD, WOMEN, HOURS)))
        return OutcomeCount(outcome, 1, gender=gender, row=row)

    def visit(self):
        random = self.random
        form = random.choice(FORMS)
        report = Report(form.number, self.answers(form.questions()))
        return make_visit(
            FIRST + timedelta(days=random.randint(0, 900)),
            site_id=random.choice(self.sites),
            type=random.choice(["ROUTINE", "ROUTINE", "TRAINING"]),
            status=random.choice(["COMPLETED", "COMPLETED", "ABANDONED"]),
            state=random.choice([State.LOCKED, State.LOCKED, State.WITHDRAWN]),
            counts=tuple(self.row() for _ in range(random.randint(0, 3))),
            report=random.choice([report, report, None]),
        )


def asked_at(visit):
    """(question, its answer) of everything that a report asks, by the rules of this form."""
    answers = visit.report.answers
    asked = [LIGHTS if visit.report.form_number == 1 else NEW_LIGHTS, QUIET]
    if visit.report.form_number == 1:
        asked.append(GONE)
    if visit.status == "COMPLETED":
        asked.append(STAFF)
    if answers.get("lights") == "CONCERN":
        asked.append(WHY)
    yield from ((question, answers.get(question.key)) for question in asked)
    for count in visit.counts:
        of_row = [FLAGS]
        if count.outcome == "SEEN":
            of_row += [TOLD, HOURS]
            if count.gender == "FEMALE":
                of_row.append(WOMEN)
        yield from ((question, count.row.answers.get(question.key)) for question in of_row)


def naive(reports, period, sites, key, meaning):
    """asked, answered, not checked, (answers by code) or (sum, largest number)."""
    asked = answered = not_checked = total = 0
    codes, numbers = Counter(), []
    for visit in reports:
        counts = visit.state is State.LOCKED and visit.type != "TRAINING" and visit.report
        if not counts or visit.site_id not in sites or visit.arrived.day not in period:
            continue
        for question, answer in asked_at(visit):
            if (question.key, question.meaning) != (key, meaning):
                continue
            asked += 1
            if answer == "NOT_CHECKED":
                not_checked += 1
            elif answer not in (None, []):
                answered += 1
                if question.kind == "number":
                    numbers.append(answer)
                    total += answer
                codes.update(answer if isinstance(answer, list) else [answer])
    return asked, answered, not_checked, codes, total, max(numbers, default=None)


def compare(figures, reports, period, sites):
    newest = {**{q.key: q for q in EVERY}, "lights": NEW_LIGHTS}
    seen = {of_question.key: of_question for of_question in figures}
    before = period.year_before()
    for key, question in newest.items():
        asked, answered, not_checked, codes, total, most = naive(
            reports, period, sites, key, question.meaning
        )
        if not asked or key == "quiet":
            assert key not in seen
            continue
        item = seen[key]
        assert (item.asked, item.answered, item.not_checked) == (asked, answered, not_checked), key
        if question.kind == "number":
            numbers = item.numbers
            assert (numbers.total, numbers.most) == (total, most)
            assert (numbers.mean is None) == (not answered)
            assert not answered or abs(Fraction(numbers.mean) - Fraction(total, answered)) <= HALF
            continue
        assert {a.code: a.number for a in item.answers if a.number} == codes, key
        assert all(answer.share.whole == answered for answer in item.answers)
        _, earlier, _, earlier_codes, _, _ = naive(reports, before, sites, key, question.meaning)
        for answer in item.answers:
            expected = (codes[answer.code], answered, earlier_codes[answer.code], earlier)
            change = answer.change
            assert (change is None) == (before.end >= period.start or not (answered and earlier))
            assert change is None or expected == (
                change.part, change.whole, change.earlier_part, change.earlier_whole,
            )  # fmt: skip


@pytest.fixture
def written(furnished: Services):
    """The furnished office with a second suite and both versions of the form; writes reports."""
    other = make_site(name="Southgate", id=ANIMALS)
    furnished.setup.save_site(other)

    def write(seed: int, number: int):
        maker = Maker(seed, [SUITE, other.id])
        reports = [maker.visit() for _ in range(number)]
        with furnished.access.database.transaction() as connection:
            if forms.newest(connection, CUSTODY) is None:
                for form in FORMS:
                    forms.add(connection, CUSTODY, form, "Mary Manager", NOW)
            visits.insert_visits(connection, reports)
        return reports

    return write


def test_every_figure_is_what_a_loop_over_the_reports_finds(furnished: Services, written) -> None:
    reports, random = [], Random(13)
    sites = [SUITE, ANIMALS]
    for seed in range(8):
        reports += written(seed, 1 + 4 * seed)
        day = FIRST + timedelta(days=random.randint(0, 700))
        for period in (YEAR, Period(day, day + timedelta(days=random.randint(0, 800)))):
            all_of_them = furnished.figures.findings(period, Kind.CUSTODY)
            compare(all_of_them, reports, period, sites)
            of_one = furnished.figures.findings(period, Kind.CUSTODY, [SUITE])
            compare(of_one, reports, period, [SUITE])
    assert furnished.figures.findings(YEAR, Kind.ANIMAL_WELFARE) == ()


def test_labels_are_the_newest_and_a_question_no_longer_asked_is_still_counted(
    furnished: Services, written
) -> None:
    written(4, 120)
    figures = {f.key: f for f in furnished.figures.findings(YEAR, Kind.CUSTODY)}
    assert figures["lights"].ask == "All lights?"
    labels = [(answer.code, answer.label) for answer in figures["why"].answers]
    assert labels == [("A", "Fine"), ("B", "Badly"), ("C", "Else")]
    assert figures["gone"].asked
    assert list(figures)[-1] == "gone"
    assert figures["lights"].concerns == figures["lights"].answers[1].number
    assert [figures["told"].section, figures["told"].of_people] == ["Rights", True]


def test_other_programs_get_the_figures_without_small_numbers_of_people(
    furnished: Services, written
) -> None:
    assert json.loads(furnished.figures.figures_json(YEAR))["schemes"]["custody"]["findings"] == {}
    written(4, 40)
    content = json.loads(furnished.figures.figures_json(YEAR))["schemes"]["custody"]["findings"]
    figures = {f.key: f for f in furnished.figures.findings(YEAR, Kind.CUSTODY)}
    assert content.keys() == figures.keys()
    lights = figures["lights"]
    assert content["lights"]["answers"] == {a.label: a.number for a in lights.answers}
    assert sum(content["lights"]["percent"].values()) in (0, 100)
    assert content["staff"]["total"] == figures["staff"].numbers.total
    assert content["hours"]["most"] is None
    small = [a.label for a in figures["flags"].answers if 0 < a.number < 5]
    assert small
    assert all(content["flags"]["answers"][label] is None for label in small)


def test_other_programs_get_the_figures_of_each_site(furnished: Services, written) -> None:
    written(4, 60)
    scheme = json.loads(furnished.figures.figures_json(YEAR))["schemes"]["custody"]
    sites = {"Northgate": SUITE, "Southgate": ANIMALS}
    for name, site_id in sites.items():
        here = {f.key: f for f in furnished.figures.findings(YEAR, Kind.CUSTODY, [site_id])}
        shown = scheme["by_site"][name]["findings"]
        assert shown.keys() == here.keys()
        for key, figures in here.items():
            assert shown[key]["asked"] == figures.asked
            answered = shown[key]["answered"]
            assert answered == figures.answered or (answered is None and figures.is_several)
            numbers = {a.label: a.number for a in figures.answers}
            assert numbers.keys() == shown[key]["answers"].keys()
            for label, number in shown[key]["answers"].items():
                assert number == numbers[label] or (number is None and figures.of_people)
    for key, figures in scheme["findings"].items():
        for part in ("asked", "answered", "not_checked"):
            at_sites = [site["findings"].get(key, {}) for site in scheme["by_site"].values()]
            numbers = [of_site.get(part, 0) for of_site in at_sites]
            if None in numbers:  # never one alone: it would follow from the others
                assert (key, part) == ("flags", "answered")
                assert figures[part] is None or numbers.count(None) > 1
            else:
                assert sum(numbers) == figures[part]


def test_answers_of_a_group_are_those_of_its_sites_while_they_were_in_it(
    furnished: Services, written
) -> None:
    reports = written(3, 60)
    day = date(2024, 8, 20)
    west = SiteGroup(uuid4(), CUSTODY, GroupKind.PANEL, "West", version=0)
    furnished.groups.save(west, {SUITE}, day)
    summary = furnished.figures.summary(YEAR, findings=True, by_site=True)
    lines = {line.name: line for line in summary.schemes[Kind.CUSTODY].by_group}
    assert list(lines) == ["West", "In no panel"]
    in_west = [visit for visit in reports if visit.site_id == SUITE and visit.arrived.day >= day]
    parts = {"West": in_west, "In no panel": [v for v in reports if v not in in_west]}
    for name, of_part in parts.items():
        seen = {figures.key: figures for figures in lines[name].findings}
        assert set(seen) <= {"lights", "staff", "why", "gone"}, "none is about people"
        for question in (NEW_LIGHTS, STAFF, WHY, GONE):
            asked, answered, not_checked, codes, total, _ = naive(
                of_part, YEAR, [SUITE, ANIMALS], question.key, question.meaning
            )
            assert (question.key in seen) == bool(asked)
            if asked:
                figures = seen[question.key]
                counted = (figures.asked, figures.answered, figures.not_checked)
                assert counted == (asked, answered, not_checked)
                if question.kind == "number":
                    assert figures.numbers.total == total
                else:
                    assert {a.code: a.number for a in figures.answers if a.number} == codes
    figures = json.loads(furnished.figures.figures_json(YEAR))["schemes"]["custody"]
    for key in ("asked", "answered"):
        by_group = [group["findings"]["staff"][key] for group in figures["by_group"].values()]
        assert sum(by_group) == figures["findings"]["staff"][key] > 0
