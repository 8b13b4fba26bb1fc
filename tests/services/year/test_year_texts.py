"""Sections of the office's own, kept with the year."""

from datetime import date

import pytest

from visitapp.domain.errors import BadInputError
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.services import Services

YEAR = APRIL_YEARS.year_of(date(2025, 3, 5))


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
    assert reports.texts(YEAR) == {}
