"""What lines of the access register are about, and what was done."""

from enum import StrEnum


class RecordKind(StrEnum):
    """What a line of the register is about. Files keep the values: never to be changed."""

    REPORT = "report"
    DRAFT = "draft"
    ISSUE = "issue"
    COPY = "copy"
    INBOX = "inbox"
    PERSON = "person"
    AVAILABILITY = "availability"
    PLAN = "plan"
    MOMENT = "moment"
    TEXT = "text"
    IMPORT = "import"
    SETTINGS = "settings"
    EXCHANGE = "exchange"
    BACKUP = "backup"
    READERS_COPY = "readers_copy"
    MEETING = "meeting"
    REVIEW = "review"
    MONITORING = "monitoring"

    @property
    def label(self) -> str:
        """In words, in the plural."""
        return _LABELS[self]


_LABELS = {
    RecordKind.REPORT: "Visit reports",
    RecordKind.DRAFT: "Drafts of reports",
    RecordKind.ISSUE: "Issues",
    RecordKind.COPY: "Copies of reports for others",
    RecordKind.INBOX: "Reports in the inbox",
    RecordKind.PERSON: "People",
    RecordKind.AVAILABILITY: "Availability",
    RecordKind.PLAN: "Plans of visits",
    RecordKind.MOMENT: "Days and times of planned visits",
    RecordKind.TEXT: "Texts of the year",
    RecordKind.IMPORT: "Imports",
    RecordKind.SETTINGS: "Settings",
    RecordKind.EXCHANGE: "Invitations and visitors\u2019 copies",
    RecordKind.BACKUP: "Backups",
    RecordKind.READERS_COPY: "What is counted, for a copy to read",
    RecordKind.MEETING: "Meetings",
    RecordKind.REVIEW: "Reviews of custody records",
    RecordKind.MONITORING: "Equality monitoring",
}


class Deed(StrEnum):
    """What was done."""

    READ = "read"
    CHANGED = "changed"
