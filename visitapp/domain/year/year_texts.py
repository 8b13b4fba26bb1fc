"""The texts a person writes for a year's report: their keys, titles and places.

A text is plain: a blank line begins a new paragraph, a line that begins with `- ` is a point
of a list. A section or subhead whose text is missing is left out.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class TextField:
    """`key` as kept with the year; `section` and `title` as the report prints them."""

    key: str
    section: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence the program drafts from figures. `text` is what is printed: the edited one
    where there is one, else `drafted`. `edited_from` is what had been drafted when it was
    edited (empty: it was not)."""

    key: str
    section: str
    text: str
    drafted: str
    edited_from: str = ""

    @property
    def is_edited(self) -> bool:
        """Whether a person's words stand in place of the drafted ones."""
        return self.text != self.drafted

    def in_words(self, words: str) -> "Sentence":
        """The sentence with a person's words in place of the drafted ones; empty ones, or the
        drafted ones, bring the draft back."""
        sentence = " ".join(words.split())
        if sentence in ("", self.drafted):
            return replace(self, text=self.drafted, edited_from="")
        return replace(self, text=sentence, edited_from=self.drafted)

    @property
    def is_outdated(self) -> bool:
        """Whether the figures gave other words when it was edited: it may no longer hold."""
        return bool(self.edited_from) and self.edited_from != self.drafted


@dataclass(frozen=True, slots=True)
class Check:
    """Something to know before a report is published. `good`: nothing to do. `key`: the
    sentence it is about, if any."""

    sentence: str
    good: bool = False
    key: str = ""


TEXT_FIELDS: tuple[TextField, ...] = (
    TextField("reported", "Cover", "Reported to", "Who receives the report, and when."),
    TextField("contact", "Contents", "Contact", "An e-mail address for other formats."),
    TextField(
        "view", "The scheme and its duty", "The Commissioner\u2019s view", "Shown as a quotation."
    ),
    TextField(
        "view_by",
        "The scheme and its duty",
        "Whose view",
        "The name or job title of the person quoted.",
    ),
    TextField("history", "The scheme and its duty", "Where it comes from", "How it began."),
    TextField("running", "The scheme and its duty", "How it is run", "Who oversees and runs it."),
    TextField(
        "meetings", "The scheme and its duty", "Team meetings", "When, and what they dealt with."
    ),
    TextField("sites", "Visits made", "About the sites", "Which sites are in regular use."),
    TextField("hours", "Visits made", "About hours and value", "How the value was calculated."),
    TextField("coverage", "Days and times covered", "What follows from it", "Plans for gaps."),
    TextField("access", "Access to the suites", "Why visitors waited", "And what was done."),
    TextField("people", "The people in custody", "What visitors noticed", "In general words."),
    TextField("issues", "Issues raised and answered", "What was raised", "Themes of the year."),
    TextField("response", "Issues raised and answered", "The Force replied", "Its answer."),
    TextField("volunteers", "The volunteers", "About the volunteers", "Leavers, home areas."),
    TextField("recruitment", "The volunteers", "Recruitment and training", "And probation."),
    TextField("recognition", "The volunteers", "Recognition", "Awards for service."),
    TextField("animals", "Animal welfare visiting", "About the scheme", "How it works."),
    TextField("animals_seen", "Animal welfare visiting", "What visitors saw", "Good practice."),
    TextField("animals_next", "Animal welfare visiting", "Next year", "What is planned."),
    TextField("awards", "The year in words", "Awards and quality assurance", "Standards held."),
    TextField("region", "The year in words", "Working with the region", "Shared work."),
    TextField("findings", "The year in words", "What visitors found", "The conclusion."),
    TextField("plans", "The year in words", "Plans for next year", "What comes next."),
    TextField("notes", "How the figures are counted", "Notes on the figures", "Corrections."),
)
"""Every text of the year in the report's order."""
