"""The words around a word, which suggest a person, a place, a firm or an animal."""

import re
from collections.abc import Sequence
from functools import lru_cache

from visitapp.domain.privacy.lexicon import Lexicon, Word
from visitapp.domain.privacy.tokens import Token

_BACK, _AHEAD = 60, 60
"""How many characters before and after a word are looked at."""
_MOST_ANIMALS = 8

_STREETS = r"Street|Road|Lane|Avenue|Close|Drive|Crescent|Terrace|Square|Way|Mews|Court"
_PARKS = r"Park|Hall|House|Green|Hill|Gardens?|Place|Fields?|Mill|Mount|Wood"
_BODIES = (
    r"Solicitors|LLP|Ltd|Limited|PLC|plc|Hospital|Infirmary|Clinic|Surgery|School|College|University|"
    r"Bros|Partners|League|Academy|Centre|Center|Unit|Ward|Wing|Trust|Foundation|Schemes?|Services?|Teams?|Network|Group|"
    r"Association|Society|Charity|Protocol|Act|Inquiry|Prison|Station|Suite|Church|Mosque|Temple|"
    r"Gurdwara|Building|Room|Estate|Hotel|Inn|Arms|City|Town|United|Rovers|FC|County|Council|Cup|"
    r"Kennels|Constabulary|Police|Panel|Board|Bank|Stores|Pharmacy|Foods?|Brothers|Airport|Magistrates|Awards?|Medal|Prize"
)
_NAMED_PLACE = re.compile(
    rf"(?<!\w)(?:[A-Z][\w'\u2019-]{{0,40}}(?:\s+&)?\s+){{1,3}}(?P<end>{_STREETS}|{_BODIES}|{_PARKS}|pub|"
    r"street|road|rd|avenue|hotel)(?!\w)"
)
_LAW = re.compile(
    r"(?<!\w)[A-Z][a-z]+['\u2019]s\s+(?:Law|Rule|Day|Place|Hospital|Trust|House|Eve)\b"
)
_OF_PLACE = re.compile(
    r"(?<!\w)(?:HMP|HMYOI|HM\s+Prison|University\s+of|City\s+of|St\.?|Saint|Operation|Op|Project|"
    r"Mount|Isle\s+of|Newcastle\s+upon|Bishop|Market|Glen|Storm|Newton|Great|Little|Stoke)"
    r"(?:\s+(?:the\s+)?[A-Z][\w'\u2019-]{0,40}){1,2}"
)
_FIRM = re.compile(
    r"\b(?:from|of|at|by)\s+((?:[A-Z][\w'\u2019-]{0,40},?\s+){1,3}&\s+[A-Z][\w'\u2019-]{0,40})"
)
_PARK = re.compile(rf"(?:{_PARKS})$")
_BODY = re.compile(rf"(?:{_BODIES})$")

_SPOKE = (
    r"(?:spoke|speak|speaking|spoken|talk(?:ed|ing)?|chatt(?:ed|ing)|introduced|listened) "
    r"(?:to|with)|"
    r"\bmet(?: with)?|\b(?:told|seen|visited|escorted|accompanied|helped|shown(?: round| around)?|"
    r"authorised|signed|explained|examined|assessed|treated|assaulted|hit|pushed|let in|taken|"
    r"cleaned|mended|fixed|served|cooked|brought|given|checked|interviewed|searched|supervised|"
    r"greeted|welcomed|met|looked after|restrained|walked|fed|groomed|handled|trained) by|"
    r"\b(?:tell|told|ask(?:ed|ing|s)?|thank(?:ed|s)?|thanks to|saw|heard|called|named|"
    r"informed|phoned|"
    r"rang|ring|contact(?:ed)?|helped|watched|ask(?:ed|ing|s)? (?:for|after)|known as|introduced|"
    r"according to|raised (?:it |this |that )?with|reported (?:it |this |that )?to|"
    r"passed (?:it |this )?to|complaint (?:from|about|against|by)|note from|message (?:from|for)|"
    r"name(?:s)? (?:is|are|was|were|as|of)|name:|left with|with detainee|"
    r"(?:his|her|their|my|our) name (?:is|was))"
)
_LED_SURELY = re.compile(rf"\b(?:{_SPOKE}|name)\s+['\u2018\u201c\"]?$", re.IGNORECASE)
_SAYS = (
    r"said|says|told|tells|asked|asks|wants|wanted|refused|refuses|complained|complains|explained|"
    r"explains|promised|denied|denies|cried|cries|thinks|thanked|confirmed|apologised|agreed|"
    r"alleges|alleged|feels|felt|needs|has asked|had asked|would like|likes|prefers|declined|"
    r"mentioned|reported|admitted|swore|shouted|smiled|showed|fetched|gave|let us|met us|spoke|"
    r"speaks|went|came|looked|seemed|appeared|lives"
)
_FOLLOWED_SURELY = re.compile(
    rf"['\u2019]?s?(?: (?:also|then|just|already|now|kindly|only))?,? "
    rf"(?:(?:{_SAYS})\b|who\b|in (?:cell )?[A-Z]\d|in cell\b|is (?:only |just |still )?"
    rf"(?:\d\d\b|\w+teen\b|pregnant|diabetic|autistic|deaf|asleep|upset|unwell|very)|"
    rf"has (?:been in|asthma|diabetes|epilepsy|not (?:eaten|slept))|was (?:pleasant|upset|asleep|"
    rf"crying|tearful|calm|awake|rude|friendly|helpful|polite|sad|pleased|happy|unhappy|angry|"
    rf"grateful|hungry|released|very (?:upset|helpful|tearful|pleasant|kind|quiet))|"
    rf"had (?:eaten|slept|asked|been (?:seen|given|told|offered))|and I\b)"
)
_WITH = re.compile(r"\bwith\s+$", re.IGNORECASE)
_FOLLOWED = (
    r"['\u2019]?s?,? (?:(?:from|in) (?:the )?(?:health ?care|kitchen|front office|office)\b|"
    r"on (?:the )?(?:desk|days|nights|reception)\b|(?:the|an?|our|his|her|their|my) (?:\w+ )?"
    r"(?:ROLES)\b|(?:aged )?\d\d\b|\((?:aged |\d\d)|(?:had|has|did|does|knew|knows|looks)\b)"
)
_WHERE = re.compile(r"\b(?:in|at|near|from|via|towards|outside|of|to|through)\s+$", re.IGNORECASE)

_ANIMALS = re.compile(
    r"\b(?:PD|RPD|PH|(?:police )?(?:dogs?|horses?)|kennel\w*|pupp(?:y|ies)|pups?|spaniels?|"
    r"shepherds?|"
    r"malinois|labradors?|bitch|paws?|tail|vet|handlers?|runs|muzzle|mare|gelding|stables?|"
    r"gsd|bsd|cocker|springer|herder|hay|farrier|hooves|paddock)\b",
    re.IGNORECASE,
)
_MARKED_ANIMAL = re.compile(
    r"\b(?:PD|RPD|PH|dogs?|horses?|pupp(?:y|ies)|pups?|spaniel|shepherd|malinois|labrador|terrier|"
    r"bitch|mare|gelding|cat|kitten|rottweiler|staffie|collie)s?"
    r"(?:,| is| was| called| named| \()*\s*$",
    re.IGNORECASE,
)
_ANIMAL_AFTER = re.compile(
    r"['\u2019]?s?,? (?:(?:the|an?|our) (?:\w+ )?|\((?:\w+ )?)(?:gsd|bsd|dogs?|horse|"
    r"mare|gelding|shire|spaniel|springer|cocker|lab|labrador|malinois|mali|shepherd|collie|rottweiler|bloodhound|"
    r"pup|puppy)\b",
    re.IGNORECASE,
)
_CELL = re.compile(r"(?<![\w/-])[A-HJMa-hjm]\d{1,2}\s*[=:\u2013-]?\s*\(?$")
_DATE_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?(?: of)?|\b(?:in|of|until|since|by|last|next|to|and))\s+$|[\u2013/-]$"
)
_DATE_AFTER = re.compile(
    r"[\s\u2013/-]+(?:\d|(?:(?:and|to|or) )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_SEASONS = frozenset(
    {"may", "june", "april", "march", "august", "january", "july", "jan", "jun", "summer", "spring",
     "autumn", "winter"}
)  # fmt: skip


@lru_cache(maxsize=4)
def _of_roles(roles: str) -> tuple[re.Pattern[str], ...]:
    """What comes before a person, what comes after one, and "is his carer"."""
    somebody = rf" (?:is|was) (?:his|her|my|our|their|the) (?:\w+ )?(?:{roles})\b"
    followed = rf"(?:{_FOLLOWED.replace('ROLES', roles)})"
    led = rf"\b(?:{roles})(?:,| is| was| called| named| \(| name is)*\s*\(?$"
    return re.compile(led, re.IGNORECASE), re.compile(followed), re.compile(somebody)


class WordContext:
    """Answers questions about the words around each word of one text."""

    def __init__(
        self,
        text: str,
        words: Sequence[Token],
        lexicon: Lexicon,
        masked: bytearray,
        animals: frozenset[str] = frozenset(),
    ) -> None:
        """`masked` has a byte for each character, 1 where it can't be part of a name. `animals` are
        the folded names of the scheme's animals."""
        self._text, self._words, self._lexicon = text, words, lexicon
        for start, end in self._places():
            masked[start:end] = bytes([1]) * (end - start)
        self._masked, self._known_animals = masked, animals
        self._is_about_animals = _ANIMALS.search(text) is not None
        self._led, self._followed, self._is_somebody = _of_roles(lexicon.role_alternatives)

    def _places(self) -> list[tuple[int, int]]:
        phrases = (
            self._lexicon.no_people.at(self._text, token.start, token.key) for token in self._words
        )
        spans = [match.span() for match in phrases if match]
        spans += [match.span() for match in _LAW.finditer(self._text)]
        spans += [match.span() for match in _OF_PLACE.finditer(self._text)]
        spans += [match.span(1) for match in _FIRM.finditer(self._text)]
        return spans + [
            match.span()
            for match in _NAMED_PLACE.finditer(self._text)
            if not self._is_person_park(match)
        ]

    def _is_person_park(self, match: re.Match[str]) -> bool:
        """Whether what looks like a place is a person: John Park."""
        if _BODY.fullmatch(match["end"]) or not _PARK.fullmatch(match["end"]):
            return False
        first = match[0].split()[0]
        key, kind = self._lexicon.look_up(first)
        return kind is Word.GIVEN or key in self._lexicon.titles

    def is_masked(self, index: int) -> bool:
        """Whether a word is part of a place, a firm or a law, or is known not to be a name."""
        token = self._words[index]
        return any(self._masked[token.start : token.end])

    def _before(self, index: int) -> str:
        start = self._words[index].start
        return self._text[max(0, start - _BACK) : start]

    def _after(self, index: int) -> str:
        end = self._words[index].end
        return self._text[end : end + _AHEAD]

    def is_led(self, index: int) -> bool:
        """Whether the words before introduce a person: told by, his brother, detainee."""
        return self._led.search(self._before(index)) is not None or self.is_led_surely(index)

    def is_of_cell(self, index: int) -> bool:
        """Whether a cell comes before, as in a list of who is where: M4 karim, C2 = Dave."""
        return _CELL.search(self._before(index)) is not None

    def is_led_surely(self, index: int) -> bool:
        """The same without bare roles ("the inspector May")."""
        return _LED_SURELY.search(self._before(index)) is not None

    def is_followed(self, index: int) -> bool:
        """Whether the words after are what one says of a person."""
        return self.is_followed_surely(index) or bool(self._followed.match(self._after(index)))

    def is_followed_surely(self, index: int) -> bool:
        """The same, without words that could also be said of a thing."""
        after = self._after(index)
        return bool(_FOLLOWED_SURELY.match(after) or self._is_somebody.match(after))

    def is_with(self, index: int) -> bool:
        """Whether "with" comes before, which may be followed by a person or a thing."""
        return _WITH.search(self._before(index)) is not None

    def is_where(self, index: int) -> bool:
        """Whether a place is more likely: in, at, near."""
        return _WHERE.search(self._before(index)) is not None

    def is_dated(self, index: int) -> bool:
        """Whether the word really is a month or season."""
        if self._words[index].key not in _SEASONS:
            return False
        return bool(
            _DATE_BEFORE.search(self._before(index)) or _DATE_AFTER.match(self._after(index))
        )

    def is_animal(self, index: int) -> bool:
        """Whether an animal is probably meant."""
        if self.is_marked_animal(index):
            return True
        if _ANIMAL_AFTER.match(self._after(index)):
            return True
        key = self._words[index].key
        usual = self._is_about_animals and key in self._lexicon.animals
        return usual or key in self._known_animals

    def is_marked_animal(self, index: int) -> bool:
        """Whether the text says that it is an animal: PD Bruno, his dog Tyson, PD Nala, Rex. After
        "and" may follow a person: PD Nala and Joan."""
        for place in range(index, max(-1, index - _MOST_ANIMALS), -1):
            if _MARKED_ANIMAL.search(self._before(place)):
                return True
            gap = self._text[self._words[place - 1].end : self._words[place].start]
            if gap not in {" & ", ", "} or not self._words[place - 1].is_capital:
                break
        return False
