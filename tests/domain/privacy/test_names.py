"""Which words of a sentence are taken for somebody's name: a sentence for each rule, and one beside
it that looks alike and names nobody. Names are marked by square brackets."""

import re

import pytest

from visitapp.domain.privacy.guard import spans
from visitapp.services.reports.privacy import lexicon

TITLES = """
[DO Marsh] came.
We asked [Sgt Novovic] about it.
[Sgt. Joan] came.
Cold. [Insp. Fox] knows.
[PC 1234 Jones] came.
[PC no. 1234 Jones] came.
PC 1 [Jones] came.
PC 123456 [Jones] came.
[Mr smith] came.
[Mr zblik] came.
Mr ok came.
[Mr and Mrs Smith] came.
[mr & mrs barlow] came.
[Mr Cleaning] came.
[Sgt Cleaning] came.
Sgt Very came.
Sgt Reading came.
We told the [inspector May] so.
do marsh it.
Ask the DO. Will check again.
DO: Wait here.
DO: [Joan] here.
DO = [Joan]
[Sgt SMITH] came.
Sgt ZBLI came.
We told [Sgt Hartwell]'s colleague.
The [inspector Joan] and [Sgt Smith] came.
The sergeants' room was cold.
"""
WHERE_NAMES_END = """
[Joan Mary Ann Grace Smith] [Jones] came.
Sgt J [P Q R Smith] came.
We met [Joan]. [Smith] came.
We met [Joan] de
We met [Joan de Souza]
We met [Joan P.] there.
We met [Joan P Smith] there.
We met [Joan P. Smith] there.
We saw [J. Smith]. He came.
Told by [J. Smith]'s dog.
told by [joan smith]
told by [joan]
joan
smith joan
[joan] was asleep
[Mr zbl] came.
Mr zb came.
Mr table came.
[Sgt. Zblik] came.
DO: Zblik here.
sgt ZBLIK came.
SGT ZBLI came.
We told the Sgt Keyham Lane was closed.
We gave [Joan] Costa Coffee.
"""
TWO_WORDS = """
DO = Zblik here.
We told the Sgt Costa Coffee was closed.
We saw [Joan Zbling] there.
Told by [J Smith]
J A [Smith] came.
J, [Smith] came.
Then Black Zblik stayed inside.
Then Black Zblik, [Joan] and others stayed inside.
We saw Nala Zblik at the kennels; the spaniels ran.
We met [JOAN GRACE] there.
We met GRACE HOPE there.
We met ZBLIK SMITH there.
Then [Joan May] stayed inside.
Then [Zblik Krom] stayed inside.
Then [Grace] stayed inside.
WE TOLD BLACK THERE NOW
We told Reading of it.
We saw [Bella Duke] at the kennels; the spaniels ran.
We saw [Zblik Krom] there.
WE MET [JOAN] MARK AND JOAN ZBLIK
JOAN MARK CAME IN NOW
JOAN ZBLIK CAME IN NOW
MARK GRACE CAME IN NOW
Then [Black Zblik] went.
Told by [Zblik] Black today.
[Mark] went.
At [Mark], who said so.
We told May of Leeds.
WE TOLD MAY SO
"""
INITIALS = """
[J Smith] came.
[J. Zblik] came.
J [Zblik] came.
A [Smith] came.
I [Smith] came.
[Sgt A Smith] came.
Sgt J came.
[Sgt J. Smith] came.
[Sgt J P Q Smith] came.
[J. P. Thornton] came.
J SMITH came.
We saw D. Black today.
D. [May] said so.
"""
SEVERAL_WORDS = """
We saw [Joan May] there.
We saw [Joan] May 2024.
We saw [Mark] May there.
We saw [Joan Xiaoming] there.
We saw [Grace Hope] there.
We saw [Zblik Xiaoming] there.
We saw Hope Street there.
[Mr Joan de Souza] came.
[Mr Joan] de was here.
[JOAN SMITH] CAME IN
We met [JOAN SMITH] there.
We met [JOAN] there.
We met MARK HOPE there.
We told SMITH there.
We met [Smith-Jones].
We met [Jones-Zblik].
We met [Zblik-Krom].
We met Anti-Rip Suit.
[Joan] SMITH came.
"""
SINGLE_WORDS = """
[Mark] came.
In Mark we saw it.
We told [Mark] there.
We told May so.
[May] said so.
The door has stuck since May, said the sergeant.
[Zblik] said so.
We met [Zblik].
We saw [Zblik]'s room.
We went with [Zblik].
We waited in Zblik.
We spoke to [McTavish].
We met [Ólafur].
We met [Olafúr].
We asked [O'Reilly] about it.
The Smiths were in.
[Petrski] was there.
[Joan] and I arrived.
"""
LOWER_CASE = """
told [sarah smith] so
told [sarah] mark so
[sarah smith] slept
sarah slept
[sarah] was asleep
ann was asleep
M4 [karim]
M4 = [karim]
M4 [smith], F2 [jones]
the dog rex, M4 rex
"""
LISTS = """
We met [Sarah], [Danny] and [Pawel].
We met [sarah], [danny] and [pawel].
We met [Sarah]/[Danny] & [Pawel].
We met [Sarah] and Nowhere.
We met [Sarah] and danny.
"""
PLACES = """
[Sgt Park] came.
[John Park] came.
Regent Park came.
Murphy's Law applies.
[Murphy]'s room was cold.
We met [Joan] at HMP Smith.
from Lee, Fox & Sons
We rang Lee & Fox Solicitors.
[Joan] of Leeds came.
Black of Leeds came.
The kennels at Reading are fine.
At Smith we stopped.
At [Smith], who said so, we stopped.
I met St. Clair.
"""
HOW_A_WORD_LOOKS = """
Then [Zusson] stayed inside.
Then Zsson stayed inside.
Then [McZblik] stayed inside.
Then Mczblik stayed inside.
Then [O'Zblik] stayed inside.
Then [Žblik] stayed inside.
Then [Zblïk] stayed inside.
Then [Smith-Zblik] stayed inside.
Then [Zblik-Smith] stayed inside.
Then Zblik-Krom stayed inside.
Then Zblik stayed inside.
Then [Zblik-Krom] said so.
We saw Zoning there.
We saw [Zling] there.
We saw Pillows there.
We saw Boxes there.
We saw [Zblis] there.
We saw Door-Handle there.
We saw Door‐Handle there.
"""
SAID_OF_A_PERSON = """
[Hope] said so.
We hope so.
We told [Black] who came.
[Zblik] in F4 was cold.
Zblik had a cold.
[Zblik] is the sergeant.
We told [Zblik] in cell 4.
In the van. [Mark] was upset.
[D. Marsh] said so. [K. Fox] came.
[Joan] came; [Mark] came.
I met [Joan Smith] & [Grace Hope].
The nurse, [Joan], came.
[Mary-Ann] said so.
[Mr A Smith]'s room.
[Mr O'Brien] came.
[Mrs. Smith]'s dog.
Told by D.
Mr A. came
"""
ANIMALS = """
[Bella] was upset.
[Bella Smith]'s paws were sore.
Bella's paws were sore.
Two spaniels, Bella and Duke.
Joan (the spaniel) came.
[Joan] the vet came.
PD Joan came.
PD Dawn was well.
PD Nala, Dawn were well.
PD Nala & Dawn were well.
We saw the dog Nala, Dawn and the cat.
We saw the dog Nala & Dawn.
We met PD Rex and [Joan Smith].
We fed PD Nala and then met [Dawn].
We fed PD Bruno. [Joan] said so.
We saw PD Bruno, asleep, [Joan] told us.
We saw [Joan] at Keyham Lane and [Grace] there.
Joan Road was closed.
We told [Hartwell] about it, as was written down for us in the office of the suite.
"""
CAPITALS = """
WE MET [JOAN] AND J SMITH
TOLD [JOAN], J SMITH
We met [Sarah] and [J] there.
Then JO stayed inside.
It was cold. Grace stayed inside.
We saw det. [Grace] inside.
Cells, Food, Drink, Blankets, Grace Given
Food Door Yard Cell Grace Here
Food Door Yard Cell Told Black Here
Food Door. Yard Cell [Grace]
Food Door Yard Cell Grace
All was calm. Food Door Yard Cell Grace
Food Door Yard [Grace]
Food Door Yard cell here [Grace] now
Food Door Yard Cell here Grace now
We saw the cell door here and [Grace] now
Food Door Yard Cell. We saw [Grace] there.
We saw [Grace]. Food Door Yard Cell.
[SGT BARLOW] SAID SO TODAY
[SGT ZBLIK] SAID SO TODAY
FOOD OK SARAH
To Be Given Food And Drink By [Sarah] Every Morning.
JOAN WAS VERY UPSET
We met [Joan]. GRACE WAS VERY UPSET
Kennel Block Cleaned And Dry With Fresh Water. [Joan] ate well.
KENNEL BLOCK FOUR CLEANED. We met [Joan].
Mr. [May] said so.
"""


def _sentences() -> list[str]:
    groups = (
        TITLES, WHERE_NAMES_END, TWO_WORDS, INITIALS, SEVERAL_WORDS, SINGLE_WORDS, LOWER_CASE,
        LISTS, PLACES,
        HOW_A_WORD_LOOKS, SAID_OF_A_PERSON, ANIMALS, CAPITALS,
    )  # fmt: skip
    return [line for group in groups for line in group.strip().splitlines()]


@pytest.mark.parametrize("marked", _sentences())
def test_names_and_nothing_else_are_pointed_out(marked):
    text = re.sub(r"[\[\]]", "", marked)
    names = [span.words for span in spans(text, lexicon=lexicon())]
    assert names == re.findall(r"\[(.*?)\]", marked)


@pytest.mark.parametrize(
    ("text", "places", "names"),
    [
        ("We met at Keyham Lane LE5 1FY.", ("Keyham Lane", "Keyham Lane LE5 1FY"), []),
        ("We saw Sgt Hartwell's desk.", ("Hartwell",), []),
        ("At Hill PS Joan waited.", ("Hill PS",), ["Joan"]),
        ("We saw Sgt Hartwell at Hartwell.", ("Hartwell Road",), ["Sgt Hartwell"]),
        ("We met Joan at  hope   barlow house.", ("Hope Barlow House", " "), ["Joan"]),
    ],
)
def test_a_known_place_hides_its_own_words_only(text, places, names):
    found = spans(text, lexicon=lexicon(), known_places=places)
    assert [span.words for span in found] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We met Bruno.", []),
        ("We met Bruno Smith.", ["Bruno Smith"]),
        ("We met Mr Bruno.", ["Mr Bruno"]),
        ("We met Sarah, Bruno and Joan.", ["Sarah", "Joan"]),
    ],
)
def test_the_name_of_a_known_animal_is_a_persons_only_with_a_title_or_another_name(text, names):
    found = spans(text, lexicon=lexicon(), known_animals=("Bruno",))
    assert [span.words for span in found] == names


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Joan, who was in the cell, slept.", "The detainee"),
        ("The cell was cold, and a long while after that we met Joan by the door.", "[left out]"),
        ("We met Joan by the door, where it was warm, before we saw the cells.", "[left out]"),
        ("We met Joan near cell 4, where it was cold, and she told us all about the food.",
         "the detainee"),
        ("Near cell 4 we met Joan, who said that it was cold there and that the food was late.",
         "the detainee"),
        ("Joan and I arrived.", "My colleague"),
        ("Cold. Joan and I arrived.", "My colleague"),
        ("We met Joan and I arrived.", "[left out]"),
        ("Joan arrived.", "[left out]"),
        ("We asked Sgt Joan Smith in M4.", "the sergeant"),
        ("The nurse, Joan, who had come early and stayed for the rest of that night, slept.", ""),
    ],
)  # fmt: skip
def test_what_is_offered_instead_says_who_it_was_as_far_as_the_words_around_tell(text, suggestion):
    (span,) = spans(text, lexicon=lexicon())
    assert span.suggestion == suggestion
