"""Numbers, dates and offences in sentences, and what looks alike and is none of them. Whatever is
pointed out is marked by square brackets."""

import re

import pytest

from visitapp.domain.privacy.guard import spans
from visitapp.domain.privacy.span import Span
from visitapp.services.reports.privacy import lexicon

OF_KIND = {
    "date_of_birth": """
Born [4/5/1999].
He was born in Leicester [4/5/1999]
DOB [1999-05-04]
Her birthday is [4 May].
He turned 18 in [May 2020].
(b [1988])
[4/5/1999]
[4.5.99]
4/5/2019
40/5/1999
Opened 4/5/1999
On 12/03/1998 it was built.
Serviced 12/03/1998 by the firm, and everything was in order when we looked at it again.
Nothing else was out of order that day, and the extinguisher was serviced 12/03/1998.
""",
    "offence": """
M4 [theft], C5 [on a bench warrant]
He was arrested for [theft] and taken away.
He is in for [theft].
charged with a [burglary]
[Theft] suspect in M2.
detained on suspicion of [murder]
[burglary] in the night
He was arrested for [burglary by an officer]
[section 18] wounding
[Section 18].
[assaulted a police] officer
The theft of blankets is a problem.
He said the DO hit him, theft of his shoes too.
section 18 search of his room
He says an officer assaulted the lad.
The dog assaulted the lad.
burglary by an officer
M4 theft, complained to the inspector
The store keeps out theft, as we were told, by a lock on the door of that long corridor there.
He is in for [theft], as was written down for us to read in the office by the sergeant on duty.
Staff were accused of burglary.
Officers assaulted his mother, he says, and it was written down for us to read in the office.
He [assaulted his mother], as was written down for us to read in the office by the sergeant.
staff were accused and long afterwards, in another part of this same long note, he [hit the lad]
arrested for [theft], as was written down for us to read in the office by the sergeant on duty.
M4 [theft], and nothing else was noted on the board by the door of the long corridor there.
The store keeps theft out by a lock on the door of the long corridor, as it was told to us then.
""",
    "custody_number": """
Detainee [EU/12345/24] slept.
The record [EU/12345/24] was kept.
custody number [12345]
job EU/12345/24
The job EU/12345/24 was read out to us by the sergeant, who wrote it down on a sheet of paper.
Detainee 12345678 slept
""",
    "ni_number": """
[QQ123456C]
serial QQ123456C
Its serial QQ123456C was read out to us by the sergeant, who wrote it down on a sheet of paper.
""",
    "email": """
Write to [jo.smith@example.org] now.
""",
    "phone": """
Ring [07700 900123].
[+44 7700 900123]
[0044 7700 900123]
[o7700 900123]
[0770 090012]
tel [900123]
phone is [0116 496]
04700 900123
07700 9001234
serial 07700 900123
Its serial 07700 900123 was read out to us by the sergeant, who wrote it down on a sheet.
""",
    "postcode": """
[LE3 9QQ]
[le3 9qq]
[Le3 9qq]
M4 2nd
m4 2nd
M4 2ND
AT M4 2ND TIME
E1 6dp
[e14 6aa]
e1 6aa
E14 6aa
LE3 9qq
LE3 9Qq
Le3 9QQ
le3 6xl
""",
    "vehicle": """
[FX19 KLM]
fx19 klm
the van [fx19 klm]
[A123 BCD]
A12 BCD
the car [A12 BCD]
the car [IZ 1234]
IZ 1234
DI 1234 car
reg [A 1]
M12 THE
AB 12 CDE
the car [AB 12 CDE]
van [fx19 klm]
WE SAW FX19 THE DOOR
the van [fx19 klm] was parked there and nobody seemed to know whose it was or why it stood there.
The van came at ten, then we waited for a long time in the yard until they told us fx19 klm
""",
    "address": """
[14 Carver Road]
lives at [14 carver road]
14 carver road
1a carver road
at [14 carver road]
he lives at [14 carver road] which is a long way from the station, as he told us more than once.
[Flat 3, Keyham House]
[Flat 3, 14 Carver Road]
""",
}


def _found(text: str) -> list[Span]:
    return list(spans(text, lexicon=lexicon()))


@pytest.mark.parametrize(
    ("kind", "marked"),
    [(kind, line) for kind, lines in OF_KIND.items() for line in lines.strip().splitlines()],
)
def test_what_is_pointed_out_is_of_its_kind_and_nothing_else_is(kind, marked):
    found = _found(re.sub(r"[\[\]]", "", marked))
    assert [span.words for span in found] == re.findall(r"\[(.*?)\]", marked)
    assert {span.kind for span in found} <= {kind}


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("He was arrested for burglary.", "an offence"),
        ("Arrested for burglary.", "an offence"),
        ("He was arrested for a burglary.", "[left out]"),
        ("M4 theft", "[left out]"),
        ("Detainee EU/12345/24 slept.", ""),
        ("The record EU/12345/24 was kept.", "[left out]"),
    ],
)
def test_what_is_offered_instead_reads_well(text, suggestion):
    (span,) = _found(text)
    assert span.suggestion == suggestion


def test_what_is_part_of_one_thing_is_not_pointed_out_as_another():
    """A postcode begins like an old registration."""
    assert [(span.words, span.kind) for span in _found("It has the reg AB12 3DE.")] == [
        ("AB12", "vehicle")
    ]
