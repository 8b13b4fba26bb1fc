"""The headings of an import and what each column contains."""

from dataclasses import dataclass
from enum import Enum, auto

from visitapp.domain.text.folding import folded
from visitapp.exchange.weekly import WEEK


class CellKind(Enum):
    """What the cells of a column contain."""

    TEXT = auto()
    NAME = auto()
    CODE = auto()
    DAY = auto()
    TIME = auto()
    WHOLE = auto()
    YES_NO = auto()


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """`coded_list` is the list of the codes; `longest` is in characters. Names and codes, which are
    looked up, always have a limit."""

    name: str
    holds: CellKind
    explanation: str
    required: bool = False
    coded_list: str = ""
    longest: int | None = None


_LONGEST_NAME = 200
"""The most characters in a name to be looked up."""
_TEXT, _NAME, _CODE, _WHOLE = CellKind.TEXT, CellKind.NAME, CellKind.CODE, CellKind.WHOLE
_DAY = CellKind.DAY
_REF = "Your own reference for the visit. Use each one only once."
_PARENT = "The reference of the visit it belongs to."

VISITS = (
    ImportColumn("visit_ref", _TEXT, _REF, required=True, longest=200),
    ImportColumn("scheme", _TEXT, "custody or animal_welfare.", required=True, longest=200),
    ImportColumn("site", _NAME, "The suite or kennels, as named in Settings.", required=True,
           longest=200),
    ImportColumn("type", _CODE, "Routine if empty.", coded_list="visit_type"),
    ImportColumn("mode", _CODE, "Face to face if empty.", coded_list="visit_mode"),
    ImportColumn("status", _CODE, "Completed if empty.", coded_list="visit_status"),
    ImportColumn("date", CellKind.DAY, "The day visitors arrived, like 4/3/2024 or 2024-03-04.",
           required=True),
    ImportColumn("arrived", CellKind.TIME,
                 "At the police station, like 14:30. Without it the visit is in no timeslot."),
    ImportColumn("admitted", CellKind.TIME,
                 "Let in. A time before the last one is on the next day."),
    ImportColumn("left", CellKind.TIME, "When visitors left."),
    ImportColumn("visitor_1", _NAME, "A name from the register of people.", longest=200),
    ImportColumn("visitor_2", _NAME, "A name from the register of people.", longest=200),
    ImportColumn("observer", _NAME, "Someone whose time is not counted.", longest=200),
    ImportColumn("delay_reason", _CODE, "Why visitors had to wait.", coded_list="delay_reason"),
    ImportColumn("delay_explanation", _TEXT, "What was said about the wait."),
    ImportColumn("in_custody", _WHOLE,
                 "Detainees when visitors called: the total of the next six."),
    ImportColumn("seen", _WHOLE, "Detainees who agreed to a visit."),
    ImportColumn("refused", _WHOLE, "Detainees who were offered a visit and declined."),
    ImportColumn("not_offered", _WHOLE, "Not offered, on the sergeant\u2019s advice."),
    ImportColumn("not_available", _WHOLE, "In interview, at hospital, out of the cell."),
    ImportColumn("asleep", _WHOLE, "Asleep, observed."),
    ImportColumn("other_not_seen", _WHOLE, "Not seen for another reason, or no reason recorded."),
    ImportColumn("animals_seen", _WHOLE, "Animals seen, for animal welfare visits."),
    ImportColumn("extra_minutes", _WHOLE, "Extra minutes for each visitor, such as travel."),
    ImportColumn("satisfactory", CellKind.YES_NO,
                 "yes or no: whether the visit was satisfactory, all in all."),
    ImportColumn("summary", _TEXT, "What visitors found."),
)  # fmt: skip

DETAINEES = (
    ImportColumn("visit_ref", _TEXT, _PARENT, required=True, longest=200),
    ImportColumn("outcome", _CODE, "What happened, such as Seen or Asleep, observed.",
                 required=True, coded_list="outcome"),
    ImportColumn("reason", _CODE, "Why not, such as In interview.", coded_list="outcome_reason"),
    ImportColumn("gender", _CODE, "As recorded.", coded_list="gender"),
    ImportColumn("age_group", _CODE, "As recorded, such as 18\u201324.", coded_list="age_group"),
    ImportColumn("ethnicity", _CODE, "As recorded.", coded_list="ethnicity"),
    ImportColumn("count", _WHOLE, "How many people this row is about; 1 if empty."),
)  # fmt: skip

ISSUES = (
    ImportColumn("visit_ref", _TEXT, _PARENT, required=True, longest=200),
    ImportColumn("category", _CODE, "What it is about, such as Food and drink.", required=True,
           coded_list="issue_category"),
    ImportColumn("severity", _CODE, "1 (minor) to 4 (allegation); 1 if empty.",
           coded_list="issue_severity"),
    ImportColumn("origin", _CODE, "Who raised it; Visitors saw it if empty.",
           coded_list="issue_origin"),
    ImportColumn("status", _CODE, "Raised if empty.", coded_list="issue_status"),
    ImportColumn("resolved_during_visit", CellKind.YES_NO, "yes or no; no if empty."),
    ImportColumn("description", _TEXT, "What was raised."),
)  # fmt: skip

PEOPLE = (
    ImportColumn("name", _NAME, "The whole name, like Jane Smith or Smith, Jane.", required=True,
           longest=200),
    ImportColumn("given_name", _TEXT, "If names are in two columns.", longest=200),
    ImportColumn("surname", _TEXT, "If names are in two columns.", longest=200),
    ImportColumn("telephone", _TEXT, "Telephone number.", longest=200),
    ImportColumn("email", _TEXT, "E-mail address.", longest=200),
    ImportColumn("home_area", _TEXT, "Where they live: a town or an area.", longest=200),
    ImportColumn("scheme", _TEXT, "The name of the scheme.", required=True, longest=200),
    ImportColumn("joined", _DAY, "The day they joined the scheme. Not known if empty."),
    ImportColumn("status", _CODE, "Active if no column says it.", coded_list="volunteer_status"),
    ImportColumn("status_from", _DAY, "Since when they have that status. Not known if empty."),
    ImportColumn("left_on", _DAY, "Their last day in the scheme."),
    ImportColumn("leaving_reason", _CODE, "Why they left.", coded_list="leaver_reason"),
    ImportColumn("vetted_until", _DAY, "The last day of their vetting."),
    ImportColumn("probation_until", _DAY, "The last day of their probation."),
    ImportColumn("term_from", _DAY, "The first day of their term."),
    ImportColumn("term_until", _DAY, "The last day of their term."),
    ImportColumn("card", _TEXT, "The number of the identity card.", longest=200),
    ImportColumn("card_until", _DAY, "The last day of the identity card."),
    ImportColumn("undertaking", _DAY, "The day they signed the undertaking."),
    ImportColumn("kennels", CellKind.YES_NO,
                 "yes or no: whether they may visit kennels."),
    ImportColumn("kennels_from", _DAY, "Since when they may visit kennels."),
)  # fmt: skip

SHEET_COLUMNS = {"visits": VISITS, "detainees": DETAINEES, "issues": ISSUES}
_DAY_TEXTS = {
    **dict.fromkeys(WEEK, "A tick, or the times, like 9-12 or morning."),
    "weekdays": "A tick, or the times, on Monday to Friday.",
    "weekend": "A tick, or the times, on Saturday and Sunday.",
    "every_day": "A tick, or the times, on every day.",
}
AVAILABILITY = (
    *PEOPLE[:3],
    *(ImportColumn(column, _TEXT, words) for column, words in _DAY_TEXTS.items()),
    ImportColumn("day", _TEXT, "The day, if a row has only one: Monday, or Mon and Wed."),
    ImportColumn("from", _TEXT, "The time from which they can visit that day, like 18:00."),
    ImportColumn("to", _TEXT, "The time until which they can visit that day, like 21:00."),
    ImportColumn("time", _TEXT, "Or the times in words, like morning or 9-12. All day if empty."),
    ImportColumn("available", _TEXT, "yes or no: whether they can visit then."),
)
COLUMNS_OF = {**SHEET_COLUMNS, "people": PEOPLE, "availability": AVAILABILITY}
"""The columns of each kind of sheet that is read."""

PARTS = {
    "seen": "seen",
    "refused": "refused",
    "not_offered": "not_offered",
    "not_available": "not_available",
    "asleep": "asleep",
    "other_not_seen": "other",
}
"""The parts of `in_custody`: column -> group of the outcomes that it counts."""


_BY_NAME = {
    sheet: {folded(column.name): column for column in columns}
    for sheet, columns in COLUMNS_OF.items()
}


def column_named(sheet: str, heading: str) -> ImportColumn | None:
    """The column for a heading; case, spaces, hyphens and underscores are ignored."""
    return None if len(heading) > _LONGEST_NAME else _BY_NAME[sheet].get(folded(heading))
