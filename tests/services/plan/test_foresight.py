"""How predictable the demonstration's visits were, by service and by command."""

import json
from datetime import date
from uuid import uuid4

import pytest

from visitapp import bootstrap
from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.services.plan.foresight import foresight_json

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))


def test_each_site_of_the_published_year_is_judged_from_its_visits(
    shown: bootstrap.OpenedFile,
) -> None:
    services = shown.services
    sites = {site.name: site.id for site in services.setup.sites()}
    euston = services.foresight.history(sites["Euston Street"], YEAR)
    assert (euston.visits, euston.days) == (51, 366)
    assert euston.day.caught.low <= euston.day.caught.share <= euston.day.caught.high
    assert euston.day.chance == pytest.approx(1 / 7)
    assert euston.sentence.startswith("Euston Street: someone on the alert one day a week could")
    content = json.loads(foresight_json(euston, YEAR))
    assert content["visits"] == 51
    assert content["alert_day"]["caught"] == round(euston.day.caught.share, 3)
    assert content["rota_leaked"]["alert_day"]["caught"] >= content["alert_day"]["caught"]
    assert content["exact"] is False
    assert content["alert_day"]["watcher"] in content["watchers"]
    assert (len(content["watchers"]), content["left_out"]) == (11, [])
    kennels = next(name for name in sites if "Dog" in name)
    assert services.foresight.history(sites[kennels], YEAR).visits == 12


def test_a_site_without_a_visit_has_nothing_to_judge(shown: bootstrap.OpenedFile) -> None:
    sites = {site.name: site.id for site in shown.services.setup.sites()}
    empty = shown.services.foresight.history(sites["Beaumont Leys"], YEAR)
    assert "too few" in empty.sentence
    content = json.loads(foresight_json(empty, YEAR))
    assert content["next_cell"]["caught"] is content["safe_days"] is None
    with pytest.raises(BadInputError, match="no longer in the file"):
        shown.services.foresight.history(uuid4(), YEAR)
