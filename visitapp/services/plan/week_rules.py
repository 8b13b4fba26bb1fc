"""Rules for the weeks of a site: which of them have a visit, what that buys, what it costs."""

from random import Random
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.plan.planned import SitePolicy
from visitapp.domain.plan.week_rule import RuleFigures, WeekRule
from visitapp.domain.plan.weeks import with_spare_visits
from visitapp.domain.progress import Progress
from visitapp.persistence import plans as stored
from visitapp.persistence import schemes
from visitapp.persistence.database import Connection
from visitapp.planning.reach import Ground
from visitapp.services.access import Access
from visitapp.services.plan.plan_world import keeps, read_world
from visitapp.services.plan.planning import weeks_from
from visitapp.services.roles import MANAGER, changes, reads

_NOT_KEPT = (
    "Visits can be at most so many days apart only where the office knows their days, and where "
    "the scheme does not ask two pairs for every week."
)


class WeekRuleService:
    """`random` is the operating system's generator, for the simulated years."""

    def __init__(self, access: Access, random: Random) -> None:
        self._access, self._random = access, random

    @changes(MANAGER)
    def set_rule(self, site_id: UUID, rule: WeekRule) -> Changes:
        """Set which weeks of a site have a visit, from the next plan on. Raises BadInputError if
        none can be chosen for it."""
        with self._access.database.transaction() as connection:
            ground = self._ground(connection, site_id)
            policy = ground.policy
            if not keeps(schemes.scheme(connection, ground.site.scheme_id), rule):
                raise BadInputError(_NOT_KEPT)
            stored.save_policy(
                connection,
                SitePolicy(site_id, policy.visits_a_year, policy.cap, policy.floor, rule),
            )
        return Changes.PLANS

    @reads(MANAGER)
    def compare(self, site_id: UUID, progress: Progress | None = None) -> tuple[RuleFigures, ...]:
        """What each rule buys and costs at a site, on its grid and with its visits a year.

        Raises BadInputError, and CancelledError if `progress` returns False.
        """
        from visitapp.planning.rule_figures import compare_rules

        with self._access.database.reading() as connection:
            ground = self._ground(connection, site_id)
        year = ground.years.year_of(self._access.today())
        return compare_rules(ground, year, self._random, progress)

    def _ground(self, connection: Connection, site_id: UUID) -> Ground:
        today = self._access.today()
        world = read_world(connection, today, weeks_from(today))
        if site_id not in {site.id for site in with_spare_visits(world.sites, today)}:
            raise BadInputError("Only suites with a target of once a week have a rule for weeks.")
        return world.ground(site_id)
