"""The animals on strength, how many of them were seen, and their injuries."""

from decimal import Decimal

from visitapp.domain.text.animals import noun_of, number_of_animals
from visitapp.domain.text.wording import (
    capitalised,
    count_text,
    counted,
    none_or,
    opening_number,
    or_none,
    plural,
    portion_were,
)
from visitapp.domain.year.animal_figures import (
    AnimalFigures,
    Injuries,
    SpeciesFigures,
    Strength,
)
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.in_lines import in_lines
from visitapp.reporting.blocks import Block, Column, Paragraph, Table, text
from visitapp.reporting.wording import NOT_KNOWN


def strength_words(author: Author, animals: AnimalFigures, section: str) -> list[Block]:
    """Animals at the start and at the end, joined and retired, and how many of them visitors saw;
    nothing without an animal in the register."""
    if not animals.strength.ever:
        return []
    return [Paragraph(text(author.say("text.strength", section, _sentence(author, animals))))]


def strength_tables(author: Author, animals: AnimalFigures) -> list[Block]:
    """The same by species."""
    if not animals.strength.ever:
        return []
    rows = [_row(each.label, each) for each in animals.by_species]
    return [
        in_lines(
            author,
            f"{capitalised(animals.nouns)} on strength",
            "species",
            (
                Column("At the start"),
                Column("Joined"),
                Column("Retired or left"),
                Column("Now" if author.goes_on else "At the end"),
                Column("Seen in six months", "right", 1.5),
                Column("Times each was seen", "right", 1.3),
            ),
            rows,
            _row(f"All {animals.nouns}", animals) if len(rows) > 1 else (),
        ),
    ]


def _row(label: str, figures: AnimalFigures | SpeciesFigures) -> tuple[str, ...]:
    strength = figures.strength
    return (
        label,
        or_none(strength.at_start),
        or_none(strength.joined),
        or_none(strength.retired),
        or_none(strength.at_end),
        _seen(strength),
        _times(figures.visits_per_animal),
    )


def _seen(strength: Strength) -> str:
    if strength.seen_recently is None:
        return NOT_KNOWN
    share = strength.seen_share
    return f"{or_none(share.part)} ({share.text})" if share.whole else "none"


def _times(each: Decimal | None) -> str:
    return "none on strength" if each is None else f"{each:,}"


def _sentence(author: Author, animals: AnimalFigures) -> str:
    """How many there were, came and went, and how many had been seen."""
    strength = animals.strength
    here = f"The unit had {number_of_animals(animals.species, strength.at_start)} at the start"
    now = f"{count_text(strength.at_end)} {'now' if author.goes_on else 'at the end'}"
    sentence = (
        f"{here} of the {author.span} and has {now}"
        if author.goes_on
        else f"{here} of the {author.span} and {now}"
    )
    sentence += f": {none_or(strength.joined)} joined and {none_or(strength.retired)} left."
    if strength.seen_recently is None:
        return f"{sentence} Reports do not say which of them visitors saw."
    share = strength.seen_share
    if not share.whole:
        return sentence
    them = portion_were(share.part, share.whole, noun_of(animals.species, 1))
    since = "in the last six months" if author.goes_on else "in the six months before the end"
    return f"{sentence} {them} seen {since} ({share.text})."


def injury_blocks(author: Author, animals: AnimalFigures, section: str) -> list[Block]:
    """Injuries by kind; nothing if no visitor answered whether an animal was injured."""
    injuries = animals.injuries
    if not injuries.checked and not injuries.recovered:
        return []
    words = author.say("text.injuries", section, _injury_sentence(animals, injuries))
    blocks: list[Block] = [Paragraph(text(words))]
    if injuries.by_kind:
        species = [each for each in animals.by_species if each.injuries.checked]
        if len(species) < 2:
            columns: tuple[Column, ...] = (Column("Injuries"),)
            rows: tuple[tuple[str, ...], ...] = tuple(
                (kind, count_text(number)) for kind, number in injuries.by_kind
            )
            total: tuple[str, ...] = ("All injuries", count_text(injuries.number))
        else:
            columns = (*(Column(each.label) for each in species), Column("All"))
            by_kind = [dict(each.injuries.by_kind) for each in species]
            rows = tuple(
                (kind, *(or_none(each.get(kind, 0)) for each in by_kind), count_text(number))
                for kind, number in injuries.by_kind
            )
            numbers = (or_none(each.injuries.number) for each in species)
            total = ("All injuries", *numbers, count_text(injuries.number))
        heads = (Column("Kind of injury", "left", 4), *columns)
        blocks.append(Table(author.number(), "Injuries that visitors saw", heads, rows, total))
    return blocks


def _injury_sentence(animals: AnimalFigures, injuries: Injuries) -> str:
    checked = number_of_animals(animals.species, injuries.checked)
    seen = counted(injuries.number, "injury", "injuries")
    sentence = f"Visitors saw {seen} in {checked} that they checked, counted at each visit."
    if injuries.recovered:
        healed = f"{opening_number(injuries.recovered)} earlier {_injury(injuries.recovered)}"
        sentence += f" {healed} had healed."
    return sentence


def _injury(number: int) -> str:
    return plural(number, "injury", "injuries")
