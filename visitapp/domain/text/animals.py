"""What the animals of the police, their injuries and the places they live in are called."""

from collections.abc import Collection, Mapping, Sequence

from visitapp.domain.text.wording import count_text, counted, joined, plural

DOG, HORSE, OTHER = "DOG", "HORSE", "OTHER"
"""Species, by the codes of the report's form; a scheme may add others."""
SPECIES: Mapping[str, str] = {DOG: "Dog", HORSE: "Horse", OTHER: "Other"}
"""As the form asks."""
NO_INJURY = "NONE"
INJURIES: Mapping[str, str] = {
    NO_INJURY: "No injury",
    "WOUND": "Cut or bite",
    "LAMENESS": "Lameness or strain",
    "SKIN": "Skin or coat",
    "EYE_EAR": "Eye or ear",
    "MOUTH": "Teeth or mouth",
    "HEAT": "Heat or exhaustion",
    "OTHER": "Another injury",
}
"""Kinds of injury, as the form asks."""
_SINGLE = {DOG: "dog", HORSE: "horse"}
_OTHERS = "other animal"


def animals_of(species: Collection[str]) -> str:
    """`dogs`, or of two species `dogs and horses`; `animals` of more, or of none."""
    nouns = dict.fromkeys(f"{_SINGLE.get(code, _OTHERS)}s" for code in species)
    return joined([*nouns]) if 0 < len(nouns) < 3 else "animals"


def counted_animals(numbers: Sequence[tuple[str, int]]) -> str:
    """`one dog`, `9 dogs and 5 horses`, `no dogs`, of (species, number). Species without an animal
    are left out, if there is any other."""
    by_noun: dict[str, int] = {}
    for code, number in numbers:
        noun = _SINGLE.get(code, _OTHERS)
        by_noun[noun] = by_noun.get(noun, 0) + number
    some = {noun: number for noun, number in by_noun.items() if number}
    return joined([counted(n, noun) for noun, n in (some or by_noun).items()]) or "no animals"


def noun_of(species: Collection[str], number: int) -> str:
    """The noun for a number of animals: `dog` or `dogs`; `animals` if there are several species."""
    nouns = {_SINGLE.get(code, "animal") for code in species}
    return plural(number, nouns.pop() if len(nouns) == 1 else "animal")


def number_of_animals(species: Collection[str], number: int) -> str:
    """`12 dogs`, `1,096 animals`."""
    return f"{count_text(number)} {noun_of(species, number)}"
