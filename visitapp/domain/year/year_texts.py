"""The texts that people write for a year's report: their keys, titles and places.

A text is plain: a blank line begins a new paragraph, lines that begin with `- `, or with `1. `,
`2. ` and so on, are a list, and `**words**` are bold (`domain/text/pasted.py`, `bold_words.py`). A
section or subheading without its text is left out of the report.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.scheme import YearText


@dataclass(frozen=True, slots=True)
class TextField:
    """`key` as stored with the year; `section` and `title` as printed in the report. Nothing is
    missing if nobody writes one that `is_optional`."""

    key: str
    section: str
    title: str
    hint: str
    is_optional: bool = False

    def is_missing(self, texts: Mapping[str, str]) -> bool:
        """Whether nobody has written it, though every report has it."""
        return not self.is_optional and not texts.get(self.key, "").strip()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that the program drafts from figures. `text` is what is printed: the edited
    sentence if there is one, otherwise `drafted`. `edited_from` is the draft that was edited, or
    empty."""

    key: str
    section: str
    text: str
    drafted: str
    edited_from: str = ""

    @property
    def is_edited(self) -> bool:
        """Whether somebody's words replace the draft."""
        return self.text != self.drafted

    def in_words(self, words: str) -> "Sentence":
        """The sentence with somebody's words instead of the draft. Empty words, or the draft
        itself, bring the draft back."""
        sentence = " ".join(words.split())
        if sentence in ("", self.drafted):
            return replace(self, text=self.drafted, edited_from="")
        return replace(self, text=sentence, edited_from=self.drafted)

    @property
    def is_outdated(self) -> bool:
        """Whether the draft was different when it was edited, so the edited sentence may be wrong
        now."""
        return bool(self.edited_from) and self.edited_from != self.drafted


@dataclass(frozen=True, slots=True)
class Check:
    """Something to know before publishing a report. `good`: nothing to do. `key`: the sentence it
    is about, if any."""

    sentence: str
    good: bool = False
    key: str = ""


YEAR_IN_WORDS = "The year in words"
QUESTIONS = "Questions to the panel"
TEXT_FIELDS: tuple[TextField, ...] = (
    TextField("reported", "Cover", "Reported to", "Who receives the report, and when."),
    TextField("author", "Cover", "Author", "A name or a job title.", is_optional=True),
    TextField(
        "classification",
        "Cover",
        "Protective marking",
        "Such as Official. Printed at the head and foot of every page.",
        is_optional=True,
    ),
    TextField("contact", "Contents", "Contact", "An e-mail address for other formats."),
    TextField("view", "The scheme and its duty", "The body\u2019s view", "Shown as a quotation."),
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
    TextField("awards", YEAR_IN_WORDS, "Awards and quality assurance", "Standards held."),
    TextField("region", YEAR_IN_WORDS, "Working with the region", "Shared work."),
    TextField("findings", YEAR_IN_WORDS, "What visitors found", "The conclusion."),
    TextField("plans", YEAR_IN_WORDS, "Plans for next year", "What comes next."),
    TextField(
        "questions",
        QUESTIONS,
        QUESTIONS,
        "What its members are asked to decide or to answer.",
        is_optional=True,
    ),
    TextField("notes", "How the figures are counted", "Notes on the figures", "Corrections."),
)
"""Every text of the year in the report's order."""
OF_EVERY_REPORT = frozenset({"contact", "author", "classification"})
"""Texts that a report on some sites has too; the others are about the whole."""
_STANDING = frozenset(
    {"contact", "author", "classification", "view_by", "history", "running", "sites", "hours",
     "recognition", "animals", "awards", "region"}
)  # fmt: skip
"""Texts about the scheme and how it works, which are mostly true a year later too. What a year
brought, what somebody said of it and what was planned is written anew."""
OWN = "own"
"""The first part of the keys of the words of sections of the office's own."""


def from_last_year(before: Iterable[YearText], now: Mapping[str, str]) -> dict[str, str]:
    """The words that texts of a year begin with until somebody has read them: those of the year
    `before`, by key, for texts that aren't written `now`."""
    return {
        text.key: text.text
        for text in before
        if text.key.partition(".")[0] in (*_STANDING, OWN)
        and text.text.strip()
        and not now.get(text.key, "").strip()
    }
