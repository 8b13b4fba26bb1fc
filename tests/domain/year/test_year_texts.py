"""The texts of a year and what a change touched."""

from dataclasses import replace

from visitapp.domain.changes import Changes
from visitapp.domain.year.year_texts import TEXT_FIELDS, Sentence


def test_each_text_has_a_key_a_title_and_a_place_of_its_own():
    assert len({field.key for field in TEXT_FIELDS}) == len(TEXT_FIELDS)
    assert len({(field.section, field.title) for field in TEXT_FIELDS}) == len(TEXT_FIELDS)
    assert all(field.hint for field in TEXT_FIELDS)


def test_the_texts_of_a_section_stand_together():
    sections = [field.section for field in TEXT_FIELDS]
    runs = [one for one, before in zip(sections, [None, *sections], strict=False) if one != before]
    assert len(runs) == len(set(sections))


def test_a_sentence_is_edited_when_other_words_stand_for_it():
    assert not Sentence("lead", "Visits made", "As drafted.", "As drafted.").is_edited
    assert Sentence("lead", "Visits made", "In our words.", "As drafted.").is_edited


def test_an_edited_sentence_may_no_longer_hold_when_the_figures_say_other_words():
    edited = Sentence("lead", "Visits made", "In our words.", "101 visits.", "101 visits.")
    assert not edited.is_outdated
    assert replace(edited, drafted="102 visits.").is_outdated
    assert not Sentence("lead", "Visits made", "101 visits.", "101 visits.").is_outdated


def test_everything_is_each_kind_of_change():
    every = Changes.NONE
    for one in Changes:
        every |= one
    assert every == Changes.EVERYTHING
    assert not Changes.EVERYTHING & Changes.NONE
