"""Settings: animals are put on strength, changed, and leave with a last day."""

from datetime import date

from tests.builders import KENNELS
from tests.ui.settings.settings_page import at_section, cells, page, words
from visitapp.domain.changes import Changes

__all__ = ["page"]


def test_an_animal_is_put_on_strength_and_named_as_long_unseen(page, qtbot):
    section = at_section(page, "animals")
    assert "The unit has no animals." in words(section)
    section.name.setText("Bruno")
    section.species.set_key("DOG")
    section.work.set_key("GP")
    section.first.set_text("1/4/2020")
    with qtbot.waitSignal(page.context.changed) as caught:
        section.press_save()
    assert caught.args[0] is Changes.ANIMALS
    (bruno,) = page.context.services.animals.animals(KENNELS)
    assert (bruno.name, bruno.work, bruno.from_on) == ("Bruno", "GP", date(2020, 4, 1))
    assert cells(section) == [
        ["Bruno", "Hillside kennels", "Dog", "General purpose", "since Wed 1 Apr 2020"]
    ]
    assert "0 of the unit\u2019s 1 animal" in section.coverage.text()


def test_an_animal_that_leaves_gets_a_last_day_and_stays_readable(page):
    section = at_section(page, "animals")
    section.name.setText("Tess")
    section.press_save()
    section.last.set_text("9/4/2025")
    section.first.set_text("1/4/2024")
    section.press_save()
    (tess,) = page.context.services.animals.animals(KENNELS)
    assert tess.to_on == date(2025, 4, 9)
    assert cells(section)[0][4].endswith("until Wed 9 Apr 2025")
    assert page.context.services.animals.animals(KENNELS, on=date(2025, 4, 10)) == ()


def test_what_can_not_be_kept_is_said_in_place(page):
    section = at_section(page, "animals")
    section.press_save()
    assert section.reason.text()
    assert page.context.services.animals.animals(KENNELS) == ()
    section.name.setText("Rex")
    section.first.set_text("31/2/2024")
    section.press_save()
    assert "no such day" in section.reason.text()
    section.first.set_text("1/4/2024")
    section.last.set_text("1/3/2024")
    section.press_save()
    assert "earlier than its first day" in section.reason.text()
