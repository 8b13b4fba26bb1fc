"""The page Log a visit in sight, and reports that wait for their names as drafts."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from pytestqt.qtbot import QtBot

from tests.builders import make_kennel_visit, make_visit
from visitapp.domain.draft.draft import Draft
from visitapp.domain.draft.draft_content import content_of, typed_report
from visitapp.domain.draft.typed_visit import typed_visit
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.report import Report
from visitapp.ui.context import Context
from visitapp.ui.log.view import LogView


def draft_of(context: Context, kind: Kind = Kind.CUSTODY, **changed: Any) -> Draft:
    """A whole report that waits for its names, as a draft."""
    visit = make_visit() if kind is Kind.CUSTODY else make_kennel_visit()
    draft, _ = context.services.drafts.begin(visit.scheme_id)
    report = Report(1, {"overall": "SATISFACTORY"})
    content = content_of(typed_visit(replace(visit, summary="Calm.", report=report))) | changed
    return context.services.drafts.save(
        replace(draft, report=typed_report(content), section="visit")
    )


REX = UUID(int=701)
"""A dog that a test puts on strength."""


def whole_of(kind: Kind) -> dict[str, Any]:
    """Changes of a draft so that every question with words in its answer is asked: a wait, an
    issue, a child not seen, somebody seen who asked for something, also in earlier words."""
    issue: dict[str, Any] = {"id": str(uuid4()), "category": "FOOD", "severity": 2}
    common: dict[str, Any] = {
        "delay_reason": "BUSY", "issues": [issue], "nothing_raised": False, "counts": [],
        "counting": "rows", "answers": {"overall": "SATISFACTORY"},
    }  # fmt: skip
    if kind is Kind.CUSTODY:
        rows = [
            {
                "id": str(uuid4()),
                "outcome": "SEEN",
                "gender": "MALE",
                "answers": {
                    "out_of_hearing": "NO",
                    "request": "Rest. ",
                    "requests_made": [{"kind": "FOOD", "put_right": "NO"}],
                },
            },
            {"id": str(uuid4()), "outcome": "ASLEEP", "age_group": "A14_17"},
        ]
        answers = common["answers"] | {"delay_authorised": "YES", "sergeant_seen": "YES"}
        return common | {"admitted": "14:40", "present": 2, "rows": rows, "answers": answers}
    row = {"id": str(uuid4()), "outcome": "KENNEL", "animal_id": str(REX)}
    return common | {"admitted": "10:40", "present": 1, "rows": [row]}


def stored(page: LogView) -> dict[str, Any]:
    page.viewmodel.flush()
    return content_of(page.context.services.drafts.drafts()[0].report)


def shown(context: Context, qtbot: QtBot) -> LogView:
    """The page at the size it has on a small laptop."""
    view = LogView(context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    with qtbot.waitExposed(view):
        view.show()
    return view
