"""A form for visits that weren't written with one, such as imported ones."""

from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.form import Form, FormSection, Question

_SECTIONS = (
    ("visit", "The visit", (
        ("site_id", "Site"), ("date", "Date"), ("type", "Kind of visit"),
        ("visitors", "Visitors"), ("observers", "Observer"),
    )),
    ("access", "Times and access", (
        ("arrived", "Arrived"), ("admitted", "Let in"), ("delay_reason", "Why the wait"),
        ("left", "Left"), ("extra_minutes", "Extra time"),
    )),
    ("counted", "", (("present", ""), ("counts", ""))),
    ("issues", "Issues", (("issues", "Issues"),)),
    ("overall", "Summary", (("summary", "Summary"),)),
)  # fmt: skip


def plain_form(kind: Kind) -> Form:
    """The form of a scheme with nothing but the core questions."""
    custody = kind is Kind.CUSTODY
    counted = "Detainees" if custody else "Animals"
    return Form(
        number=0,
        sections=tuple(
            FormSection(
                key,
                title or counted,
                tuple(
                    Question(name, _ask(name, ask, custody=custody), "core") for name, ask in own
                ),
            )
            for key, title, own in _SECTIONS
        ),
        row_groups=(),
        row_of="detainee" if custody else "animal",
    )


def _ask(key: str, ask: str, *, custody: bool) -> str:
    asked = {
        "site_id": "Suite" if custody else "Kennels",
        "present": "In custody" if custody else "On site",
        "counts": "What happened",
    }
    return asked.get(key, ask)
