"""Sections of the office's own, kept with the year."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from tests.builders import make_person, make_visit, sign
from tests.reporting.meeting_papers import meeting
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.office.volunteer_file import new_file
from visitapp.domain.report.issue import Issue
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.own_sections import LIST
from visitapp.reporting.annual import annual_report
from visitapp.reporting.web.page import render_html
from visitapp.services import Services

YEAR, NEXT = (APRIL_YEARS.year_of(date(year, 3, 5)) for year in (2025, 2026))


def test_sections_are_added_renamed_placed_and_removed_with_their_words(
    furnished: Services,
) -> None:
    texts, reports = furnished.year_texts, furnished.reports
    titles = texts.section_titles(YEAR)
    training, _ = texts.add_section(YEAR, " Training  days ", "Visits made", titles)
    thanks, _ = texts.add_section(YEAR, "Thanks", "Visits made", titles)
    assert training.title == "Training days"
    with pytest.raises(BadInputError, match="Another section has this title"):
        texts.add_section(YEAR, "training days", "", titles)
    with pytest.raises(BadInputError, match="Another section has this title"):
        texts.rename_section(YEAR, thanks.key, "Visits made", titles)
    texts.rename_section(YEAR, thanks.key, "THANKS", titles)
    texts.place_sections(YEAR, (texts.own_sections(YEAR)[1], training))
    assert [each.title for each in texts.own_sections(YEAR)] == ["THANKS", "Training days"]
    assert thanks.key in {field.key for field in reports.text_fields(YEAR)}
    reports.keep_typed(YEAR, thanks.key, "To everybody.")
    texts.remove_section(YEAR, thanks.key)
    assert [each.title for each in texts.own_sections(YEAR)] == ["Training days"]
    texts.remove_section(YEAR, training.key)
    assert list(reports.texts(YEAR)) == [LIST]
    assert texts.own_sections(YEAR) == ()


def test_a_year_begins_with_texts_of_the_year_before_and_prints_none_until_it_is_read(
    furnished: Services,
) -> None:
    texts, reports = furnished.year_texts, furnished.reports
    added, _ = texts.add_section(YEAR, "Training", "Visits made", texts.section_titles(YEAR))
    for key, words in (
        ("running", "Run by one person."), ("plans", "Recruit."), (added.key, "A course a year."),
    ):  # fmt: skip
        reports.save_text(replace(reports.text(YEAR, key), text=words))
    summary = furnished.figures.summary(NEXT)
    assert summary.unread == {"running": "Run by one person.", added.key: "A course a year."}
    assert "running" not in summary.texts
    assert texts.own_sections(NEXT) == (added,)
    printed = render_html(annual_report(summary)).decode()
    assert "Run by one person." not in printed
    assert "A course a year." not in printed
    (check,) = [each for each in reports.checks(NEXT) if "not yet read" in each.sentence]
    assert check.sentence.startswith("2 texts are from 2024/25, not yet read.")
    unread = [
        item.target for item in furnished.missing.missing(NEXT)
        if item.sentence == "From 2024/25, not yet read."
    ]  # fmt: skip
    assert unread == ["running", added.key]

    reports.save_text(replace(reports.text(NEXT, "running"), text="Run by one person."))
    texts.remove_section(NEXT, added.key)
    summary = furnished.figures.summary(NEXT)
    assert summary.texts["running"] == "Run by one person."
    assert texts.own_sections(NEXT) == (), "last year's doesn't come back"
    assert all("not yet read" not in each.sentence for each in reports.checks(NEXT))
    assert furnished.figures.summary(YEAR).unread == {}


def test_first_drafts_know_meetings_courses_and_what_the_force_has_not_answered(
    furnished: Services,
) -> None:
    concern = Issue(uuid4(), "FOOD", description="No halal meals in date")
    sign(furnished, make_visit(date(2025, 3, 3), issues=(concern,)))
    furnished.meetings.save(meeting())
    course = Credential(CredentialKind.COURSE, "First aid", date(2024, 10, 1))
    for number in range(5):
        person = make_person(f"Volunteer {number}")
        furnished.people.save(person, replace(new_file(person.id, "A B"), credentials=(course,)))
    drafts = furnished.year_texts.first_drafts(YEAR)
    assert "One team meeting was held, on" in drafts["meetings"]
    assert drafts["recruitment"].endswith("Training taken:\n- First aid: 5 volunteers")
    assert drafts["response"].endswith(
        "On 10 April 2025, one issue was without an answer of the force."
    )
    assert furnished.year_texts.first_drafts(YEAR, furnished.figures.summary(YEAR)) == drafts
    assert furnished.reports.texts(YEAR) == {}
