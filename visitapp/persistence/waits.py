"""How long visitors waited for access, by the limits of their scheme."""

from sqlalchemy import ColumnElement, and_, case, literal

from visitapp.domain.office.codes import CountingCodes
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.report.visit_codes import FACE_TO_FACE, AccessBand
from visitapp.persistence import tables as t


def wait_band(codes: CountingCodes, scheme: Scheme) -> ColumnElement[str]:
    """The value of the `AccessBand` of a visit."""
    visit, wait = t.visit.c, t.visit.c.wait_minutes
    return case(
        (visit.mode != FACE_TO_FACE, literal(AccessBand.NOT_APPLICABLE.value)),
        (
            and_(wait.is_(None), visit.status.not_in(codes.not_made)),
            literal(AccessBand.UNKNOWN.value),
        ),
        (wait.is_(None), literal(AccessBand.NOT_ADMITTED.value)),
        (wait <= scheme.immediate_limit, literal(AccessBand.IMMEDIATE.value)),
        (wait <= scheme.delay_limit, literal(AccessBand.DELAY.value)),
        else_=literal(AccessBand.LONG.value),
    )
