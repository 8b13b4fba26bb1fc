"""Words used in custody visiting and in this program that a new volunteer can't know."""

from dataclasses import dataclass

from visitapp.domain.text.folding import contains_words


@dataclass(frozen=True, slots=True)
class GlossaryWord:
    """A word, its meaning in plain text, and other words that people may search for."""

    word: str
    meaning: str
    also: tuple[str, ...] = ()


def entries(wanted: str = "") -> tuple[GlossaryWord, ...]:
    """Entries whose words contain `wanted`, then those whose meaning does; all if it is empty."""
    by_word = [
        entry for entry in GLOSSARY if any(contains_words(word, wanted) for word in _words(entry))
    ]
    by_meaning = [
        entry
        for entry in GLOSSARY
        if entry not in by_word and contains_words(entry.meaning, wanted)
    ]
    return (*by_word, *by_meaning)


def named(wanted: str) -> tuple[GlossaryWord, ...]:
    """Entries whose words contain `wanted`."""
    return tuple(
        entry for entry in GLOSSARY if any(contains_words(word, wanted) for word in _words(entry))
    )


def _words(entry: GlossaryWord) -> tuple[str, ...]:
    return (entry.word, *entry.also)


GLOSSARY = (
    GlossaryWord(
        "Abandoned visit",
        "A visit that began but could not be finished. The report says why.",
    ),
    GlossaryWord(
        "Allegation",
        "A complaint by a detainee that someone ill-treated them. It becomes an issue of its own. "
        "Ring the scheme manager at once. Copies for the police leave it out.",
        ("Ill-treatment",),
    ),
    GlossaryWord(
        "Amendment",
        "A new version of a signed report, with a reason. The old version can still be read but "
        "is no longer counted.",
        ("Amend", "Edition", "Version"),
    ),
    GlossaryWord(
        "Anti-rip clothing",
        "Clothing that is hard to tear, given to people who may harm themselves.",
    ),
    GlossaryWord(
        "Appropriate adult",
        "A person who supports a child or a vulnerable adult in custody: a parent, a social "
        "worker or a trained volunteer. They are not a police officer and not a lawyer.",
        ("AA",),
    ),
    GlossaryWord(
        "Asleep, observed",
        "The detainee was asleep, so visitors looked in through the hatch and did not wake them.",
        ("Hatch",),
    ),
    GlossaryWord(
        "AWV",
        "Animal welfare visitor: a volunteer who visits police dogs or horses, to see how they "
        "are housed, trained and transported.",
        ("Animal welfare visitor", "Animal welfare visiting"),
    ),
    GlossaryWord(
        "Briefing",
        "One page to read before a visit: open issues at the site, recent concerns, and what has "
        "not been checked recently.",
    ),
    GlossaryWord(
        "CCTV",
        "Cameras that watch the suite. In cells, the picture of the toilet should be hidden.",
    ),
    GlossaryWord(
        "Collar number",
        "The number by which a police officer is known. Reports use it instead of a name.",
    ),
    GlossaryWord(
        "Confirm",
        "To type your full name under a finished report. When both visitors have confirmed, the "
        "report is signed and locked.",
        ("Sign", "Signed", "Locked report"),
    ),
    GlossaryWord(
        "Count",
        "A way to show Coverage: each timeslot shows its number of visits, in shades of blue.",
        ("Reading",),
    ),
    GlossaryWord(
        "Coverage",
        "The days and times at which each site has been visited, shown as a grid.",
    ),
    GlossaryWord("CSV", "A simple kind of spreadsheet file that any spreadsheet program can save."),
    GlossaryWord(
        "Custody number",
        "The number the police give to a person’s stay in custody. It is never published, and "
        "copies shorten it.",
    ),
    GlossaryWord(
        "Custody record",
        "The police’s record of everything that happens to a person in custody. Visitors may "
        "check it if the detainee agrees.",
        ("Record check",),
    ),
    GlossaryWord(
        "Custody sergeant",
        "The police officer in charge of the suite and of the care of everyone held there. Also "
        "called the custody officer.",
        ("Custody officer",),
    ),
    GlossaryWord("Detainee", "A person held in police custody.", ("In custody",)),
    GlossaryWord(
        "Detention officer", "A member of police staff who looks after people in the cells."
    ),
    GlossaryWord(
        "Draft",
        "A report that is not signed yet. Drafts are saved at every change and are not counted.",
    ),
    GlossaryWord(
        "Escort",
        "The member of staff who goes round the suite with the visitors. The escort should see "
        "you but not hear what a detainee says to you.",
    ),
    GlossaryWord(
        "Force",
        "The police force that runs the suites and kennels. It replies to issues.",
        ("Response", "The force’s response"),
    ),
    GlossaryWord(
        "Handover",
        "The time when one shift of custody staff takes over from another. Visitors may have to "
        "wait then.",
        ("Change of shift", "Shift"),
    ),
    GlossaryWord(
        "ICV",
        "Independent custody visitor: a volunteer who visits people in police custody without "
        "notice, to check on their rights, health and conditions. Visitors are independent of the "
        "police.",
        ("Independent custody visitor", "Custody visiting"),
    ),
    GlossaryWord(
        "ICVA",
        "The Independent Custody Visiting Association. It supports schemes across the UK and sets "
        "national standards.",
        ("Independent Custody Visiting Association",),
    ),
    GlossaryWord(
        "Immediate access",
        "Visitors were let in to the suite within the scheme’s limit, such as 5 minutes, after "
        "they arrived at the police station.",
        ("Wait", "Delay", "Access"),
    ),
    GlossaryWord(
        "Independent Reviewer of Terrorism Legislation",
        "The person who checks how the terrorism laws are used. A report about someone held under "
        "the Terrorism Act is copied to them.",
    ),
    GlossaryWord(
        "Inspector’s review",
        "A check by a police inspector that a person still needs to be held. The law says when it "
        "must be done. Also called a review of detention.",
        ("Review of detention", "Reviews of detention", "PACE review"),
    ),
    GlossaryWord(
        "Issue",
        "Something raised at a visit that needs an answer. It is followed up until it is closed.",
    ),
    GlossaryWord(
        "Kennels",
        "The place where police dogs live. It is the site of an animal welfare visit.",
        ("Dog unit",),
    ),
    GlossaryWord(
        "Key file",
        "A small file saved with your records, ending in .key. The records cannot be opened "
        "without it. Keep both together.",
    ),
    GlossaryWord(
        "Ledger",
        "A list inside the file of everything that was signed, withdrawn, closed or copied. It "
        "shows if another program has changed a record.",
        ("Entries", "Printed page"),
    ),
    GlossaryWord(
        "Ligature point",
        "Anything in a cell that a cord or cloth could be tied to.",
        ("Ligature",),
    ),
    GlossaryWord(
        "Manager",
        "The volunteer manager runs the scheme: plans visits, follows up issues and publishes the "
        "annual report. Also called the scheme manager.",
        ("Scheme manager", "Volunteer manager"),
    ),
    GlossaryWord(
        "Need",
        "A way to show Coverage: green timeslots have had no visit yet, so please go. Red "
        "timeslots have been visited.",
        ("Reading",),
    ),
    GlossaryWord(
        "Not available",
        "The detainee could not be seen: in interview, at hospital or out of the cell.",
    ),
    GlossaryWord(
        "Not offered",
        "Visitors did not offer a visit, on the advice of the custody sergeant, for example "
        "because the person was aggressive or unwell.",
    ),
    GlossaryWord(
        "Observer",
        "Someone who goes along on a visit but is not one of its two visitors, such as a trainee "
        "or guest. Their time is not counted.",
        ("Trainee", "Guest"),
    ),
    GlossaryWord(
        "PACE",
        "The Police and Criminal Evidence Act 1984. Its Code C says how the police must treat "
        "people in custody in England and Wales.",
        ("Police and Criminal Evidence Act", "Code C"),
    ),
    GlossaryWord("PD number", "The number of a police dog.", ("PD",)),
    GlossaryWord(
        "PDF", "A document file that looks the same on every computer, for printing or sending."
    ),
    GlossaryWord("Pin", "To keep a planned visit as it is when the rest is planned again."),
    GlossaryWord("PNG", "A kind of picture file.", ("JPEG",)),
    GlossaryWord(
        "Policing body",
        "The elected person, authority or board that oversees the police force and to whom the "
        "visiting schemes belong. Settings, Body and year has its name and its law.",
        ("PCC", "Police and Crime Commissioner", "Commissioner", "Mayor", "Authority", "Board"),
    ),
    GlossaryWord(
        "Predictable",
        "How well someone who studied past visits could guess the next one. Visits should be hard "
        "to guess.",
        ("Gauge", "Predictability"),
    ),
    GlossaryWord(
        "Probation",
        "A new visitor’s first months. One of each pair should have finished theirs.",
    ),
    GlossaryWord(
        "Recovery code",
        "A code on paper that opens your file if you forget the passphrase.",
        ("Recovery sheet",),
    ),
    GlossaryWord(
        "Refused",
        "The detainee was offered a visit and said no. Refused entry means that the visitors were "
        "not let in.",
        ("Refused entry",),
    ),
    GlossaryWord(
        "Register",
        "The list of everyone who visits, wants to visit, or has visited.",
    ),
    GlossaryWord(
        "Reprisal",
        "Bad treatment of a detainee for talking to visitors. Tell only the scheme manager, never "
        "the suite.",
    ),
    GlossaryWord(
        "Section 136",
        "A power to take someone who seems to be mentally unwell to a place of safety. It is part "
        "of the Mental Health Act 1983.",
        ("Mental Health Act",),
    ),
    GlossaryWord("Site", "A suite, kennels or stables that the scheme visits."),
    GlossaryWord("Suite", "The part of a police station with the cells, where people are held."),
    GlossaryWord("SVG", "A kind of drawing file that stays sharp at any size."),
    GlossaryWord(
        "TACT",
        "The Terrorism Act. People held under it are visited by specially trained visitors, and "
        "the report is copied to the Independent Reviewer of Terrorism Legislation.",
        ("Terrorism Act",),
    ),
    GlossaryWord(
        "Throughput",
        "How many people were detained at a site in a period, as counted by the force.",
    ),
    GlossaryWord(
        "Timeslot",
        "One day of the week and one period of the day, such as Monday 08:00 to 11:59. A custody "
        "week usually has 35. A visit counts in the timeslot in which the visitors arrived.",
        ("Grid",),
    ),
    GlossaryWord("USB stick", "A small store for files that plugs into a computer.", ("USB",)),
    GlossaryWord("UTF-8", "A way to save text so that every letter can be read.", ("UTF",)),
    GlossaryWord(
        "Vetting",
        "The police check that a visitor must pass before visiting, and again when it runs out.",
    ),
    GlossaryWord(
        "Voluntary attender",
        "A person who comes to a police station to be interviewed without being arrested. They "
        "may leave at any time.",
        ("Voluntary attendee", "Voluntary interview"),
    ),
    GlossaryWord(
        "Vulnerable",
        "A person who may need extra help or protection, because of illness, disability or "
        "language, for example. Visitors see children and vulnerable people first.",
    ),
    GlossaryWord(
        "Week met",
        "A week in which a visit was due and at least one was made.",
        ("Visit due", "Target"),
    ),
    GlossaryWord(
        "Withdraw",
        "To stop counting a report or an import, with a reason. It can still be read, and can be "
        "put back.",
        ("Put back",),
    ),
    GlossaryWord("XLSX", "The kind of spreadsheet file that Excel saves.", ("Excel", "Workbook")),
)
