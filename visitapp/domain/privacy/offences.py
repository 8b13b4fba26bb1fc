"""Words that say why somebody is held.

Flagged: an offence as the reason for an arrest, charge, suspicion, conviction or detention, and
words that hardly ever mean anything else ("burglary", "drug dealer"). Not flagged: an allegation of
ill-treatment ("he says he was assaulted by an officer"), which visitors must be able to record, and
theft, damage, drink or drugs as a matter of the building or of welfare ("theft of blankets is a
problem", "he was drunk on arrival").
"""

import re
from collections.abc import Callable, Iterator, Sequence

from visitapp.domain.privacy.lexicon import Lexicon
from visitapp.domain.privacy.span import LEFT_OUT, OFFENCE, Span
from visitapp.domain.privacy.tokens import Token

_LAW = (
    r"(?:arrest(?:ed|ing|s)?(?: \w+){0,3}? for|arrested(?: \w+){0,3}? on suspicion of|"
    r"on suspicion of|suspected of|(?:re)?charged(?: \w+)? with|charges? of|accused of|"
    r"convict(?:ed|ions?) (?:of|for)|guilty of|sentenced for|remanded for|prosecuted for|"
    r"cautioned for)"
)
_CHARGE = (
    r"(?:arrested(?: \w+){0,3}? (?:for|on suspicion of)|(?:re)?charged(?: \w+)? with|"
    r"convict(?:ed|ions?) (?:of|for)|prosecuted for)"
)
_TALK = (
    r"(?:(?:is|was|are|were|he's|she's|been|being|both|lads?|men|women|all|only)(?: back)? "
    r"(?:in|held|here|inside) for|(?:held|here|in|inside|custody|wanted|detained|nicked|"
    r"lifted|picked up|brought in|taken in|pulled in|stopped|done|up|previous|bailed|in court) "
    r"(?:for|over)|detention for|(?:have|has|had) committed|alleged|suspected|"
    r"charge will be|reason (?:is|was|for (?:the |his |her |their )?(?:arrest|detention) "
    r"(?:is|was))|offences? (?:of|is|was|are)|crime (?:of|is|was)|"
    r"nominal for|sus(?:p|pected)?(?: of)?|(?:in|here|held|back) (?:on|re|about)|"
    r"caught (?:with|for)|(?:remand|bail|custody) for|in (?:connection with|relation to)|"
    r"it was (?:only |just )?(?:an? )?)"
)
_LINK = (
    r"(?: (?:an?|the|another|some|alleged|attempted|attempt|att|just|poss|"
    r"possible|suspected|being|having|his|her|their|two|three|several|"
    r"counts? of|common|minor|serious))*"
)
_LABELLED = r"(?:arrested|offences?|charges?|crimes?)\s*[:(\u2013-]\s*"
_LEADS = re.compile(rf"\b(?:(?:{_LAW}|{_TALK}){_LINK}\s+|{_LABELLED})$", re.IGNORECASE)
_BY_CHARGE = re.compile(
    rf"\b{_CHARGE}{_LINK}\s+((?!(?:keeping|caring|looking|running|ensuring|an?|the|another|some|alleged|his|her|their|two|three|several|being|having|no|not|nothing|something|anything|what|this|that|it|first|second|"
    r"third|last|time|reason|reasons|which|whom|him|her|them|me|you|us|a\s+\w+\s+time|whatever|"
    r"concussion|everything|murky|hours?|days?|\d)\b)"
    r"[^\W\d_][\w'\u2019-]{0,40}(?:\s+(?!(?:and|but|who|which|when|while|at|on|he|she|they|we|was|is|"
    r"had|has|as|because|so|yesterday|today|last|this|overnight|again|earlier|says?|said)\b)"
    r"[^\W\d_][\w'\u2019-]{0,40}){0,4})",
    re.IGNORECASE,
)
_OFFENDER = re.compile(r"^\s+(?:suspects?|charges?|offences?|case|arrest)\b", re.IGNORECASE)
_STAFF = (
    r"(?:officers?|staff|dos?|pcs?|sergeants?|sgts?|ps|police|guards?|gaolers?|nurses?|inspectors?|"
    r"constables?|handlers?|detention officers?|custody staff)"
)
_BY_STAFF = re.compile(
    rf"^[^.;!?]{{0,20}}?\b(?:by|against)\s+(?:an?\s+|members?\s+of\s+|the\s+|two\s+|some\s+|one\s+of\s+the\s+|several\s+|"
    rf"male\s+|female\s+|custody\s+|arresting\s+|police\s+)*{_STAFF}\b",
    re.IGNORECASE,
)
_STAFF_ACCUSED = re.compile(
    rf"\b{_STAFF}\b[^.;!?]{{0,25}}\b(?:accused|suspected|guilty)\s+of[^.;!?]{{0,15}}$",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"\b(?:he|she|they|i|who|detainee|man|woman|boy|girl|lad)\s+(?:had\s+|has\s+|have\s+|only\s+|"
    r"just\s+)*(stabbed|robbed|raped|murdered|killed|burgled|mugged|glassed|strangled|kidnapped|"
    r"shoplifted)\b(?!\s+by\b)",
    re.IGNORECASE,
)
_BREACH = re.compile(
    r"\bbreach(?:ed|ing|es)?(?: of)?(?: (?:his|her|their|the|an?|police|court))* "
    r"(bail|curfew|tag|licence|cbo|asbo|conditions|non[- ]?mol\w*|restraining order|dvp[no]|shpo|"
    r"injunction|peace|(?:community|court|protection) order)\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b((?:on|wanted on)(?: an?| no[- ]bail| bench| court| arrest| fta)* warrants?(?! card)|"
    r"recall(?:ed)? (?:back )?to (?:prison|jail|gaol|hmp)|(?:prison|licence) recall|"
    r"fail(?:ed|ing|ure|s)? to (?:appear|surrender|answer (?:his |her |their )?bail))\b",
    re.IGNORECASE,
)
_FTA = re.compile(r"\b(FTA)\b")
_POSSESSION = re.compile(
    r"\bposs(?:ession)?\.?(?: of)?(?: an?)? (?:offensive|off|bladed|knife|class [abc]|"
    r"cannabis|weed|cocaine|heroin|crack|spice|drugs|with intent|w/?i|"
    r"(?:imitation )?firearm|weapon)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:assault(?:ed|ing)|stabb(?:ed|ing)|bit|biting|punch(?:ed|ing)|headbutt(?:ed|ing)|"
    r"glass(?:ed|ing)|strangl(?:ed|ing)|attack(?:ed|ing)|robb(?:ed|ing)|rap(?:ed|ing)|"
    r"abduct(?:ed|ing)|kidnapp(?:ed|ing)|threaten(?:ed|ing)|hit(?:ting)?|batter(?:ed|ing)|"
    r"harass(?:ed|ing)|stalk(?:ed|ing)) "
    r"(?:someone|somebody|police|(?:an?|the|his|her|their|my)(?: own| ex)? (?:pc|police\w*|"
    r"emergency worker|bouncer|doorman|ex|partner|girlfriend|boyfriend|wife|husband|mother|mum|"
    r"father|dad|sister|brother|son|daughter|kids?|child(?:ren)?|neighbour|paramedic|"
    r"shop ?keeper|security guard|taxi driver|bloke|lad|girl|woman|man))\b",
    re.IGNORECASE,
)
"""Done to somebody outside. If staff or a dog did it, it is an allegation, not an offence."""
_BEGINS = re.compile(r"(?:^|[.;:(\u2013\n+/&]\s*|\b(?:DP|[A-Z]\d{1,2})\s*[:=\u2013(-]?\s*)$")
_ENDS = re.compile(r"\s*(?:[,;.)+/&\u2013-]|$|x ?\d|so\b|but\b|[A-Z]\d|DP\b)")
_ALLEGED = re.compile(
    rf"\b(?:alleg|complain|claim|disclos|referral|poster|leaflet|help ?line|dogs?\b|{_STAFF}\b)",
    re.IGNORECASE,
)
_SEARCH = re.compile(r"\s*(?:PACE )?(?:house |address )?search|\s+authori", re.IGNORECASE)
_CLOSE = 80


def offence_spans(text: str, words: Sequence[Token], lexicon: Lexicon) -> Iterator[Span]:
    """Offences given as the reason for holding somebody; spans may overlap, the most certain
    first."""
    for phrases, is_meant in (
        (lexicon.sure_offences, _is_sure),
        (lexicon.cued_offences, _is_the_reason),
        (lexicon.lone_offences, _is_a_note),
    ):
        for token in words:
            match = phrases.at(text, token.start, token.key)
            if match and is_meant(text, match.start(), match.end()):
                yield _span(text, match.start(), match.end())
    for pattern, is_so in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span(1 if pattern.groups else 0)
            if is_so(text, start, end):
                yield _span(text, start, end)


def _is_outside(text: str, start: int, end: int) -> bool:
    """Whether the deed isn't alleged against staff."""
    is_alleged = _ALLEGED.search(text[max(0, start - _CLOSE) : start])
    return not is_alleged and not _is_about_treatment(text, start, end)


def _is_sure(text: str, start: int, end: int) -> bool:
    """Whether the words don't mean treatment or a power to search."""
    is_power = text[start:end].lower().startswith("section") and _SEARCH.match(text, end)
    return not is_power and not _is_about_treatment(text, start, end)


def _is_a_note(text: str, start: int, end: int) -> bool:
    """Whether the offence stands alone, as visitors note why somebody is held: "M4 theft"."""
    before, after = text[max(0, start - _CLOSE) : start], text[end : end + _CLOSE]
    if not (_BEGINS.search(before) and _ENDS.match(after)):
        return False
    return not (_ALLEGED.search(before) or _ALLEGED.search(after))


def _is_the_reason(text: str, start: int, end: int) -> bool:
    """Whether the words around an offence say that somebody is held for it."""
    before = text[max(0, start - _CLOSE) : start]
    led = _LEADS.search(before) or _OFFENDER.match(text[end : end + _CLOSE])
    return bool(led) and not _is_about_treatment(text, start, end)


def _is_about_treatment(text: str, start: int, end: int) -> bool:
    """Whether staff are accused: an allegation that a report must be able to carry."""
    before = text[max(0, start - _CLOSE) : start]
    return bool(_BY_STAFF.match(text[end : end + _CLOSE]) or _STAFF_ACCUSED.search(before))


def _span(text: str, start: int, end: int) -> Span:
    before = text[max(0, start - _CLOSE) : start]
    suggestion = "an offence" if _LEADS.search(before) and before[-2:-1] != "a" else LEFT_OUT
    return Span(start, end, OFFENCE, text[start:end], suggestion)


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[str, int, int], bool]], ...] = (
    *((pattern, _is_sure) for pattern in (_BREACH, _WANTED, _FTA, _POSSESSION)),
    (_AGAINST, _is_outside),
    *((pattern, _is_sure) for pattern in (_BY_CHARGE, _DEED)),
)
"""Patterns for offences, each with a further condition; a group marks the words to flag."""
