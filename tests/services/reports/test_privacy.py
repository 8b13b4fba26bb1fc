"""The guard knows the names of the file's sites, office and animals."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.builders import ANIMALS, KENNELS, make_site
from tests.conftest import NOW
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.animal import Animal
from visitapp.domain.report.kept_words import still_in_text, undecided
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords


def words(found):
    return [span.words for span in found]


def test_sites_and_the_office_of_the_file_are_never_flagged(furnished):
    text = "Northgate is in Anyshire; Sgt Fox came from Hartwell."
    assert words(furnished.privacy.look_at(text)) == ["Sgt Fox"]
    text = "We told Hartwell about it."
    assert words(furnished.privacy.look_at(text)) == ["Hartwell"]
    site = next(s for s in furnished.setup.sites() if s.id == make_site().id)
    furnished.setup.save_site(replace(site, name="Hartwell"))
    assert words(furnished.privacy.look_at(text)) == ["Hartwell"]
    furnished.privacy.refresh()
    assert furnished.privacy.look_at(text) == ()


def test_animals_of_the_register_are_animals_in_a_report_about_animals(furnished):
    furnished.animals.add(Animal(uuid4(), ANIMALS, KENNELS, "Esmeray"))
    text = "We saw Grace with Esmeray in the yard."
    assert words(furnished.privacy.look_at(text)) == ["Grace", "Esmeray"]
    assert words(furnished.privacy.look_at(text, about_animals=True)) == ["Grace"]


def test_a_decision_to_keep_words_has_a_reason_an_author_and_a_time(furnished):
    guard = furnished.privacy.guard()
    (span,) = guard.look_at("We told Sgt Hartwell.")
    found = guard.keep(Place("summary"), span, " She asked for it. ")
    assert found == KeptWords(
        Place("summary"), "Sgt Hartwell", "name", "She asked for it.", "Mary Manager",
        NOW,
    )  # fmt: skip
    assert undecided((span,), (found,)) == ()
    assert still_in_text((found,), ()) == ()
    with pytest.raises(BadInputError, match="Explain why"):
        guard.keep(Place("summary"), span, "  ")
