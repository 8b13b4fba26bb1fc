"""Numbers and addresses that identify a person, in the forms used in the UK.

Telephone numbers follow Ofcom's numbering plan (ten or eleven digits after a 0 or +44). Postcodes
follow the Royal Mail's pattern (a whole one: a district alone is no address). Vehicle registrations
are those issued since 1963; older and Northern Irish ones count only if the text mentions a
vehicle. National Insurance numbers are two letters, six digits and A to D. Custody numbers are
written as forces do, or are any number that the text calls one.
"""

import re
from collections.abc import Iterator
from itertools import chain

from visitapp.domain.privacy import span as kinds
from visitapp.domain.privacy.span import Span

_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"(?<![\w.+'\u2019-])[\w+][\w.+'\u2019-]*+@\w[\w-]*(?:\.[\w-]*\w)+")
_NI = re.compile(r"(?<!\w)[A-Za-z]{2}[ -]?(?:\d{2}[ -]?){3}[A-Da-d](?!\w)")
_PHONE = re.compile(
    r"(?<![\w./:-])(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?\d|\(?0\d|[Oo]7)(?:[ ()-]{0,2}\d){7,9}"
    r"(?!\w|[/:.-]\d)"
)
_PHONE_ABROAD = re.compile(r"(?<![\w.])\+(?!44)[1-9]\d{0,2}(?:[ ()-]{0,2}\d){7,11}(?!\w)")
_PHONE_SAID = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob|landline)\b\.?(?: (?:no|number)\.?)?(?: is| was|:)? "
    r"(\d{3,4}[ -]?\d{3,4})(?![\w/]|[:.-]\d)",
    re.IGNORECASE,
)
_PHONE_DIGITS = (10, 11)
_NO_PHONE = re.compile(
    r"\b(?:serial|batch|asset|part|model|bar ?code|order|account|invoice|meter|lot|item|tag|"
    r"reference|ref|job)\b(?: (?:no|number|code|id))?[.:#]?\s*$",
    re.IGNORECASE,
)

_POSTCODE = re.compile(
    r"(?<![\w/])([A-Za-z]{1,2}\d[A-Za-z\d]?) ?(\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})(?![\w/])"
)
_ORDINALS = {"1ST", "2ND", "3RD", "4TH", "5TH", "6TH", "7TH", "8TH", "9TH", "0TH"}
_UNITS = {
    "am", "pm", "hr", "yr", "ft", "st", "nd", "rd", "th",
    "wk", "xl", "xs", "pt", "lb", "dp", "dr", "hp",
}  # fmt: skip
"""Two letters after a digit that are a unit, not a postcode, in lower case."""

_CLOSE = 30
"""How many characters may be between a number and the words that say what it is."""
_VEHICLE_SAID = re.compile(
    r"\b(?:reg|registration|registered|vrm|vehicles?|car|van|lorry|truck|trailer|horse ?box|"
    r"plates?|number plate|parked|driv(?:es?|ing|er)|transit|land rover|motorbike|motorcycle|moped|"
    r"scooter|cab|taxi)\b",
    re.IGNORECASE,
)
_VEHICLE_NEW = re.compile(r"(?<![\w/])(?:[A-Z]{2}\d{2} ?[A-Z]{3}|[a-z]{2}\d{2} ?[a-z]{3})(?![\w/])")
_VEHICLE_SPACED = re.compile(r"(?<![\w/])[A-Z](?:[A-Z] \d{2}| \d{1,3}) [A-Z]{3}(?![\w/])")
_VEHICLE_OLD = re.compile(r"(?<![\w/])(?:[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z])(?![\w/])")
_VEHICLE_NORTHERN = re.compile(r"(?<![\w/])[A-Z]{1,2}[IZ][A-Z]? ?\d{2,4}(?![\w/:])")
_VEHICLE_UNDATED = re.compile(
    r"\b(?:reg|registration|vrm|plates?)\b(?: (?:no|number|mark))?\.?(?: is| was|:)? "
    r"([A-Z]{1,3} ?\d{1,4}|\d{1,4} ?[A-Z]{1,3})(?![\w/:])"
)
_THREE_DIGITS = re.compile(r"[A-Z]\d{3} ?[A-Z]{3}|[A-Z]{3} ?\d{3}[A-Z]")
_NO_VEHICLE = re.compile(r"(?:DI|ICV|DIV|MIN|VIA|SIX) ?\d")
_WORDS_OF_THREE = {
    "AND", "ARE", "ASK", "BUT", "CAN", "DAY", "DID", "DNA", "FOR", "GOT", "HAD", "HAS", "HCP",
    "HER", "HIM", "HIS", "HOT", "MIN", "NOT", "NOW", "OFF", "ONE", "OUT", "SAW", "SHE", "THE",
    "TOO", "TWO", "WAS", "WHO", "YES", "YET", "HRS", "GPS", "MHA", "TVS", "DOB",
}  # fmt: skip

_NOT_CUSTODY = re.compile(
    r"\b(?:job|estates?|asset|issue|serial|invoice|order|ticket|fault|incident|crime|works?|"
    r"maintenance|version|room|extension|ext|tag|log|entry|entries|collar|batch|lot|report|po)\b"
    r"[\w .:#-]{0,18}$",
    re.IGNORECASE,
)
_CUSTODY_FORM = re.compile(
    r"(?<![\w/-])(?!(?:PC|PS|DO|DC|DS|DI|PD|RPD|DV|NO)\b)"
    r"(?![A-Z]{3}-20\d{2}-\d{3}\b)"  # a report's own reference
    r"(?:\d{0,2}[A-Z]{2,3}[/ -]\d{3,6}[/ -]\d{2}(?:\d{2})?|\d{0,2}[A-Z]{2,3} ?\d{3,6}/\d{2,4}"
    r"|[A-Z]{2,3}[/-]\d{2,4}[/-]\d{3,6}|\d{2}[a-z]{2}/\d{3,6}/\d{2})(?![\w/:-])"
)
_CUSTODY_SAID = re.compile(
    r"\b(?:(?:custody|cust|detention|crn?|c/r|dp|det|detainee|prisoner)"
    r"(?:[ /]?(?:record|rec|ref|reference|log))?|"
    r"records? of)\b\.?"
    r"(?: (?:no|nos|num|number|numbers|ref|reference|id))*\.?(?: is| was| of|:|#| -| \u2013)?[ #]*"
    r"((?!dob)(?=[\w/-]*\d{3})[A-Za-z]{0,3}[\d/-][\w/-]*)",
    re.IGNORECASE,
)
_DETAINEE = re.compile(r"\b(?:detainee|prisoner)\s+$", re.IGNORECASE)
_CUSTODY_WORD = re.compile(
    r"\b(?:crn?|c/r|rec|no|nos|number|numbers|ref|reference|record|id)\b", re.IGNORECASE
)

_STREET = (
    r"Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Close|Drive|Way|Crescent|Cres|Court|Ct|Place|Terrace|"
    r"Gardens?|Grove|Hill|Row|Square|Walk|Mews|Rise|View|Green|Parade|Paddocks?|Fields?|Boulevard|"
    r"Croft|Gate|Wharf|Yard|Spinney|Leys|Meadows?|Vale|Villas|Approach|Chase|Quay"
)
_NO_STREET = (
    r"(?!(?:at|in|on|of|to|and|from|the|a|an|or|for|is|was|were|are|had|has|with|by|near|cells?|"
    r"visits?|detainees?|hours?|minutes?|mins?|days?|weeks?|years?|blankets?|people|staff|officers?|"
    r"dogs?|miles?|issues?|vans?|cars?|am|pm|per|other|of)\b)"
)
_DWELLING = r"(?:(?:Flat|Apartment|Apt|Room|Unit)\s+\w{1,4},?\s+)"
_ADDRESS = re.compile(
    rf"(?<![\w/:.\u00a3-])(?:{_DWELLING}(?:{_NO_STREET}[A-Z][\w'\u2019-]{{1,40}}\s+){{0,2}}"
    rf"(?:House|Court|Lodge)?,?\s*)?"
    rf"\d{{1,3}}(?:-\d{{1,3}})?[A-Ha-h]?,?\s+"
    rf"(?:(?:The|Upper|Lower|Old|New|St)\s+)?(?:{_NO_STREET}[^\W\d_][\w'\u2019-]{{0,40}}\.?\s+){{0,3}}"
    rf"(?:{_STREET})(?:\s+(?:North|South|East|West))?(?!\w)(?:,\s+[A-Z][a-z]{{2,}}(?=[.,;]|$))?",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"(?<!\w)(?:Flat|Apartment|Apt)\s+\d{1,3}[A-Ha-h]?,?\s+(?:[A-Z][\w'\u2019-]{1,40}\s+){1,2}"
    r"(?:House|Court|Ct|Lodge|Heights|Towers?|Point|Buildings?|Mansions|Flats)(?!\w)"
)
_ADDRESS_SURE = re.compile(r"(?:[A-Z][\w'\u2019.-]{0,40}\s+)+[A-Z][\w.]{0,40}")
_LIVES = re.compile(
    r"\b(?:lives?|living|address|home|house|from|resident|at|of|flat|apartment)\b[^.]{0,20}$",
    re.IGNORECASE,
)


def number_spans(text: str) -> Iterator[Span]:
    """Everything this module finds in a text; spans may overlap, the most certain first."""
    emails = _spans_of(_EMAIL, text, kinds.EMAIL) if "@" in text else iter(())
    if not _DIGIT.search(text):
        return emails
    return chain(
        emails,
        _national_insurance(text),
        _phones(text),
        _custody_numbers(text),
        _vehicles(text),
        _postcodes(text),
        _addresses(text),
    )


def _spans_of(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield _span(match.start(), match.end(), kind, text)


def _span(start: int, end: int, kind: str, text: str) -> Span:
    """For a custody number after "detainee" it suggests leaving it out, since the word is
    enough."""
    words = text[start:end]
    if kind == kinds.CUSTODY_NUMBER and _DETAINEE.search(text[max(0, start - _CLOSE) : start]):
        return Span(start, end, kind, words, "")
    return Span(start, end, kind, words)


def _national_insurance(text: str) -> Iterator[Span]:
    for match in _NI.finditer(text):
        if not _NO_PHONE.search(text[max(0, match.start() - _CLOSE) : match.start()]):
            yield _span(match.start(), match.end(), kinds.NI_NUMBER, text)


def _phones(text: str) -> Iterator[Span]:
    for match in _PHONE.finditer(text):
        number = re.sub("^[Oo]", "0", match[0])
        digits = re.sub(r"^(?:\+44|0044)\D*0?|\(0\)|\D", "", number)
        national = digits if digits.startswith("0") else f"0{digits}"
        before = text[max(0, match.start() - _CLOSE) : match.start()]
        if _NO_PHONE.search(before):
            continue
        if len(national) in _PHONE_DIGITS and national[1] in "1235789":
            yield _span(match.start(), match.end(), kinds.PHONE, text)
    yield from _spans_of(_PHONE_ABROAD, text, kinds.PHONE)
    for match in _PHONE_SAID.finditer(text):
        yield _span(match.start(1), match.end(1), kinds.PHONE, text)


def _postcodes(text: str) -> Iterator[Span]:
    shouts = text.isupper()
    for match in _POSTCODE.finditer(text):
        outward, inward = match[1], match[2]
        letters = outward + inward
        if letters.upper() != letters and not _is_lower_postcode(outward, inward):
            continue
        if inward.upper() in _ORDINALS and (shouts or inward.islower()):
            continue
        yield _span(match.start(), match.end(), kinds.POSTCODE, text)


def _is_lower_postcode(outward: str, inward: str) -> bool:
    """All in lower case, or with a capital at the beginning only; not "M4 2nd", a cell and a
    word."""
    if not inward.islower() or inward[1:] in _UNITS:
        return False
    if outward[1].isdigit():
        return outward.islower() and len(outward) > 2
    return outward[1:].islower()


def _vehicles(text: str) -> Iterator[Span]:
    shouts = text.isupper()
    for pattern, is_sure in (
        (_VEHICLE_NEW, True), (_VEHICLE_OLD, False), (_VEHICLE_SPACED, False)
    ):  # fmt: skip
        for match in pattern.finditer(text):
            plate = match[0]
            sure = (is_sure and plate.isupper()) or _THREE_DIGITS.fullmatch(plate)
            likely = sure and not (shouts and plate[-3:] in _WORDS_OF_THREE)
            if likely or _is_of_vehicle(text, match):
                yield _span(match.start(), match.end(), kinds.VEHICLE, text)
    for match in _VEHICLE_NORTHERN.finditer(text):
        if _is_of_vehicle(text, match) and not _NO_VEHICLE.match(match[0]):
            yield _span(match.start(), match.end(), kinds.VEHICLE, text)
    for match in _VEHICLE_UNDATED.finditer(text):
        yield _span(match.start(1), match.end(1), kinds.VEHICLE, text)


def _is_of_vehicle(text: str, match: re.Match[str]) -> bool:
    """Whether a word for a vehicle is nearby."""
    near = text[max(0, match.start() - _CLOSE) : match.end() + _CLOSE]
    return _VEHICLE_SAID.search(near) is not None


def _custody_numbers(text: str) -> Iterator[Span]:
    for match in _CUSTODY_SAID.finditer(text):
        cue = match[0][: match.start(1) - match.start()]
        number = match[1].rstrip("/-")
        if _CUSTODY_WORD.search(cue) or not number.isdigit():
            start = match.start(1)
            yield _span(start, start + len(number), kinds.CUSTODY_NUMBER, text)
    for match in _CUSTODY_FORM.finditer(text):
        if not _NOT_CUSTODY.search(text[max(0, match.start() - 40) : match.start()]):
            yield _span(match.start(), match.end(), kinds.CUSTODY_NUMBER, text)


def _addresses(text: str) -> Iterator[Span]:
    yield from _spans_of(_FLAT, text, kinds.ADDRESS)
    for match in _ADDRESS.finditer(text):
        words = re.sub(r"^[\d\W]+[A-Ha-h]?\W+", "", match[0])
        before = text[max(0, match.start() - 40) : match.start()]
        if match[0][0].isalpha() or _ADDRESS_SURE.match(words) or _LIVES.search(before):
            yield _span(match.start(), match.end(), kinds.ADDRESS, text)
