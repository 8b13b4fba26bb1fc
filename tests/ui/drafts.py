"""The page Log a visit in sight, and reports that wait for their names as drafts."""

from dataclasses import replace
from typing import Any

from pytestqt.qtbot import QtBot

from tests.builders import make_kennel_visit, make_visit
from visitapp.domain.draft import Draft
from visitapp.domain.report import Report
from visitapp.domain.report_content import content_of
from visitapp.domain.scheme import Kind
from visitapp.ui.context import Context
from visitapp.ui.log.view import LogView


def draft_of(context: Context, kind: Kind = Kind.CUSTODY, **changed: Any) -> Draft:
    """A whole report that waits for its names, as a draft."""
    visit = make_visit() if kind is Kind.CUSTODY else make_kennel_visit()
    draft, _ = context.services.drafts.begin(visit.scheme_id)
    report = Report(1, {"overall": "SATISFACTORY"})
    content = content_of(replace(visit, summary="Calm.", report=report)) | changed
    return context.services.drafts.save(replace(draft, content=content, section="visit"))


def stored(page: LogView) -> dict[str, Any]:
    page.model.flush()
    return dict(page.context.services.drafts.drafts()[0].content)


def shown(context: Context, qtbot: QtBot) -> LogView:
    """The page at the size it has on a small laptop."""
    made = LogView(context)
    qtbot.addWidget(made)
    made.resize(1170, 712)
    with qtbot.waitExposed(made):
        made.show()
    return made
