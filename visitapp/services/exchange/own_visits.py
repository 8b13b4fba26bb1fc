"""In a visitor's copy: the visits that the office has given, and the moments of those that the pair
draws itself.

They are drawn again whenever somebody looks, and never stored.
"""

from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.given_back import AssignedWeek, GivenDraw, ShownMoments
from visitapp.exchange.message_content import encoded
from visitapp.persistence import assigned, exchange, people, schemes
from visitapp.services.access import Access
from visitapp.services.roles import VISITOR, reads

_GONE = "This visit has changed. Look at your visits again."
_NO_KEYS = (
    "The keys of your partner’s copy can’t be used, so we can’t show the day and time. Ask your "
    "manager for help."
)


class OwnVisitService:
    """What this visitor is to make, and when."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(VISITOR)
    def weeks(self) -> tuple[AssignedWeek, ...]:
        """Each week in which the visitor has visits at a site, the next one first."""
        today = self._access.today()
        with self._access.database.reading() as connection:
            visits = [visit for visit in assigned.visits(connection) if visit.span.end >= today]
            draws = {
                (draw.site_id, draw.span): (draw, is_again)
                for draw, is_again in assigned.draws(connection)
            }
            names = people.names(connection, {visit.partner_id for visit in visits})
            sites = schemes.site_names(connection)
        weeks = []
        for visit in {(v.site_id, v.span, v.partner_id): v for v in visits}.values():
            draw, drawn_again = draws.get((visit.site_id, visit.span), (None, False))
            weeks.append(
                AssignedWeek(
                    site_id=visit.site_id,
                    site_name=sites[visit.site_id],
                    span=visit.span,
                    partner_name=names[visit.partner_id],
                    is_of_pair=visit.is_of_pair,
                    draw_id=None if draw is None else draw.id,
                    frozen_on=None if draw is None else draw.frozen_on,
                    is_again=drawn_again,
                    is_stood_down=visit.is_stood_down,
                )
            )
        return tuple(weeks)

    @reads(VISITOR)
    def moments(self, draw_id: UUID) -> ShownMoments:
        """The days and times of a week's visits, as the partner's copy shows them too.

        Raises BadInputError for a week that changed meanwhile, and for keys that are none.
        """
        from visitapp.planning.pair_draw import pair_moments
        from visitapp.security import copy_keys
        from visitapp.security.pair_stream import shared_stream, shared_words

        with self._access.database.reading() as connection:
            own = exchange.own_copy(connection)
            draws = [draw for draw, _ in assigned.draws(connection) if draw.id == draw_id]
        if own is None or not draws:
            raise BadInputError(_GONE)
        (draw,) = draws
        subject = _subject(draw)
        try:
            stream = shared_stream(own, draw.partner_keys, subject)
            words = shared_words(own, draw.partner_keys, subject)
        except ValueError:
            raise BadInputError(_NO_KEYS) from None
        moments = pair_moments(draw.inputs, draw.span, stream)
        return ShownMoments(moments, words, copy_keys.fingerprint(draw.partner_keys))


def _subject(draw: GivenDraw) -> bytes:
    """All that both copies were told alike: whatever differs gives other moments and words."""
    return encoded((draw.id, draw.site_id, draw.span, draw.inputs.known_to_all))
