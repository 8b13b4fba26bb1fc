"""What offices call their columns."""

import re

from visitapp.domain.import_layout import PAIR, WAIT
from visitapp.domain.importing import AVAILABILITY_SHEET
from visitapp.exchange.weekly import day_column

_HEADINGS = {
    "visits": {
        "visit_ref":
            "visit ref; visit no; visit number; visit id; reference; ref; ref no; no; id; "
            "number; serial; serial no; report no; report number; report ref",
        "scheme": "scheme; type of scheme; scheme name",
        "site":
            "site; custody suite; suite; station; police station; location; custody centre; "
            "custody site; place; venue; kennels; unit; suite visited; where",
        "type": "type; visit type; type of visit; kind; kind of visit",
        "mode": "mode; how; method",
        "status": "status; visit status; ended; how it ended",
        "date": "date; date of visit; visit date; day; date visited; day of visit; when",
        "arrived":
            "arrived; time in; time of visit; arrival; arrival time; time of arrival; start; "
            "start time; time; time arrived; visit time; am pm; time of day; in",
        "admitted":
            "admitted; time admitted; let in; access time; time of access; time entered; time "
            "of entry; entry time; admitted at; time granted access",
        "left":
            "left; out; time out; departure; departed; finish; finish time; end; end time; time "
            "left; time of departure; departure time",
        "visitor_1":
            "visitor 1; icv 1; icv1; first visitor; visitor a; volunteer 1; custody visitor 1; "
            "first icv; lead visitor; visitor one",
        "visitor_2":
            "visitor 2; icv 2; icv2; second visitor; visitor b; volunteer 2; custody visitor 2; "
            "second icv; visitor two",
        PAIR:
            "visitors; icvs; icv; volunteers; names; team; pair; visited by; visit by; custody "
            "visitors; names of visitors; names of icvs; who went; who attended; "
            "icv names; visitor names; who; attendees",
        "observer": "observer; observers; trainee; accompanied by; shadow",
        WAIT:
            "delay; delay y n; delays; delayed; wait; waiting time; waited; any delay; minutes "
            "waited; delay minutes; delay mins; wait mins; delay in access; access delay",
        "delay_reason": "delay reason; reason for delay; reason for wait",
        "delay_explanation": "delay explanation; delay details; explanation of delay",
        "in_custody":
            "in custody; no detained; no in custody; number detained; detained; detainees; dps; "
            "no of dps; dp count; number in custody; total in custody; no of detainees; number "
            "of detainees; total detainees; held; total held; detainees in custody; no held; "
            "dps in custody; in cells; no in cells; number in cells",
        "seen":
            "seen; no spoken to; spoke with; spoken to; number spoken to; no seen; number seen; "
            "visited; no visited; interviewed; detainees seen; dps seen; accepted; agreed; "
            "spoke to; detainees visited",
        "refused":
            "refused; declined; no declined; no refused; refused visit; number declined; "
            "refusals; refused to be seen; refused interview",
        "not_offered":
            "not offered; advised against; on sergeants advice; not offered on advice; not "
            "advised",
        "not_available":
            "not available; unavailable; in interview; interview; at hospital; in hospital; "
            "hospital; with solicitor; solicitor; in court; court; out of cell; na",
        "asleep": "asleep; sleeping; observed; no asleep; observed asleep",
        "other_not_seen": "other; other not seen; not seen; other reason; other reasons",
        "animals_seen":
            "animals seen; dogs seen; dogs; horses seen; no of dogs; number of dogs",
        "extra_minutes": "extra minutes; travel minutes; travel time; travel; travel mins",
        "satisfactory": "satisfactory; visit satisfactory; all satisfactory; overall",
        "summary":
            "summary; comments; comment; notes; remarks; findings; observations; general "
            "comments; feedback; narrative; report",
    },
    "detainees": {
        "visit_ref": "visit ref; visit no; visit number; visit id; reference; ref; visit",
        "outcome": "outcome; result; what happened; status; seen",
        "reason": "reason; reason not seen; why not seen; why not; why",
        "gender": "gender; sex; m f",
        "age_group": "age group; age; age band; age range",
        "ethnicity":
            "ethnicity; ethnic group; ethnic origin; self defined ethnicity; sde; 16 1",
        "count": "count; number; no; how many",
    },
    "issues": {
        "visit_ref": "visit ref; visit no; visit number; visit id; reference; ref; visit",
        "category": "category; theme; type; issue type; type of issue; subject; topic",
        "severity": "severity; serious; seriousness; priority; level; rag",
        "origin": "origin; raised by; source; who raised it",
        "status": "status; state; open closed; progress",
        "resolved_during_visit":
            "resolved during visit; resolved; resolved on the day; dealt with",
        "description":
            "description; issue; details; detail; issue raised; what; comments; concern",
    },
    "people": {
        "name":
            "name; full name; whole name; volunteer; visitor; icv; icv name; name of icv; "
            "volunteer name; "
            "name of volunteer; visitor name; custody visitor; names; person; who",
        "given_name":
            "given name; first name; forename; forenames; first names; christian name; known as; "
            "fname; first",
        "surname": "surname; last name; family name; second name; sname; last",
        "telephone":
            "telephone; phone; tel; tel no; telephone no; telephone number; phone no; phone "
            "number; mobile; mobile no; mobile number; mobile phone; contact number; contact no; "
            "contact tel; home tel; cell; contact telephone; mob",
        "email":
            "email; e mail; email address; e mail address; mail; contact email; personal email",
        "home_area":
            "home area; area; town; home town; lives in; locality; district; postcode area; "
            "postcode; area of residence; residence; borough; lives",
        "scheme": "scheme; schemes; panel; team; scheme name; programme",
        "joined":
            "joined; date joined; joined on; start date; started; appointed; date appointed; "
            "appointment date; date of appointment; date started; joining date; start; since; "
            "recruited; accredited; date accredited; date of accreditation; joined "
            "scheme; day of joining",
        "status":
            "status; current status; state; active; position; stage; active y n; still active",
        "status_from":
            "status from; status date; date of status; status since; since when; status changed",
        "left_on":
            "left; date left; leaving date; left on; end date; resigned; date resigned; date of "
            "leaving; resignation date; finished; last day; leave date",
        "leaving_reason":
            "leaving reason; reason for leaving; reason left; why left; why they left; reason",
        "vetted_until":
            "vetted until; vetting until; vetting expiry; vetting expires; vetting expiry date; "
            "vetting; vetting "
            "end; vetting due; vetting renewal; vetting renewal date; vetting valid until; "
            "vetting end date; vetting to; nppv expiry; nppv expires; nppv until; nppv; vetting "
            "exp; security clearance; vetting expires on; vetting runs out; expiry of vetting; "
            "next vetting",
        "probation_until":
            "probation until; probation end; probation ends; end of probation; probation; "
            "probation end date; probation complete; probation completed; probation to",
        "term_from": "term from; term start; start of term; term began; term start date",
        "term_until":
            "term until; term end; end of term; term ends; term end date; term expires; term "
            "expiry; term of office ends; appointment ends; appointment end; end of appointment; "
            "renewal; renewal "
            "date; term to; reappointment due; accreditation expires; contract end",
        "card":
            "card; identity card; id card; card no; card number; id card no; id card number; id "
            "no; id number; identity card number; badge; badge no; badge number; warrant card; "
            "pass no; pass number; id badge; "
            "number of the identity card",
        "card_until":
            "card until; identity card until; card expiry; id card expiry; id expiry; "
            "identity card expiry; card "
            "expires; id card expires; badge expiry; pass expiry; id card valid until; id badge "
            "expiry",
        "undertaking":
            "undertaking; undertaking signed; date undertaking signed; signed undertaking; "
            "memorandum signed; memorandum of understanding; mou; mou signed; "
            "undertaking signed on",
        "kennels":
            "kennels; kennel; kennel qualified; kennels qualified; kennel visitor; kennel trained; "
            "dog welfare; animal welfare; animal welfare visitor; awv; dogs; lay visitor dogs; "
            "kennel qualification; dog visitor; awls; animal welfare scheme; kennel visits; "
            "qualified for kennels; kennels y n; kennels?; police dogs; may visit kennels",
        "kennels_from":
            "kennels from; kennel qualified on; kennel training; kennel training date; kennels "
            "since; kennel qualification date; date kennel qualified; animal welfare training; "
            "kennel trained on; dog welfare training; kennel qualified since; "
            "kennels qualified on; "
            "may visit kennels since",
    },
    "availability": {
        "name":
            "name; full name; whole name; volunteer; visitor; icv; icv name; name of icv; "
            "volunteer name; "
            "name of volunteer; visitor name; custody visitor; names; person; who",
        "given_name": "given name; first name; forename; forenames; first names; first",
        "surname": "surname; last name; family name; second name; last",
        "day": "day; weekday; day of week; day of the week; days; week day",
        "from":
            "from; start; start time; available from; time from; from time; begins; free from; "
            "from "
            "(time)",
        "to":
            "to; until; end; end time; finish; available to; available until; till; time to; to "
            "time; ends; free until; free to; until (time)",
        "time":
            "time; times; slot; slots; timeslot; time slot; shift; part of day; part of the day; "
            "session; period; am pm; time of day; hours; when; times or part of the day",
        "available": "available; can visit; free; yes no; y n; can do; ok; can visit, yes or no",
    },
}  # fmt: skip
"""For each kind of sheet and column the headings that mean it."""

_SPLIT = re.compile(r"[^a-z0-9]+")
_JOINED = re.compile(r"(?<=[a-z])(?=[0-9])")


def heading_key(heading: str) -> str:
    """The words of a heading, without case and signs: `Delay Y/N` is `delay y n`."""
    plain = heading.casefold().replace("'", "").replace("\u2019", "")
    return " ".join(_JOINED.sub(" ", _SPLIT.sub(" ", plain)).split())


_BY_KEY = {
    kind: {
        heading_key(heading): column
        for column, headings in columns.items()
        for heading in (column, *headings.split(";"))
    }
    for kind, columns in _HEADINGS.items()
}


def column_of_heading(kind: str, heading: str) -> str:
    """Our column that a heading means; empty if it is none that offices use."""
    column = _BY_KEY[kind].get(heading_key(heading[:200]), "")
    return column or (day_column(heading[:200]) if kind == AVAILABILITY_SHEET else "")
