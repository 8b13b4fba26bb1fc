"""The whole scheme as JSON comes in again without loss."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import PASSPHRASE
from tests.e2e.killing import quick_key
from visitapp import bootstrap
from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.persistence import integrity, whole_records
from visitapp.security import vault
from visitapp.services import Services

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))


def rows_in(services: Services) -> dict[str, whole_records.Rows]:
    with services.access.database.reading() as connection:
        return whole_records.every_row(connection)


def test_the_demonstration_comes_in_again_the_same(
    shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "_argon2", quick_key)
    source, path = tmp_path / "scheme.json", tmp_path / "again.visits"
    office = shown.services
    assert office.exports.save(source) > 0
    bootstrap.create_from_scheme(path, PASSPHRASE, source)
    with bootstrap.open_with_passphrase(path, PASSPHRASE) as again:
        ours, theirs = rows_in(office), rows_in(again.services)
        del ours["access_entry"], theirs["access_entry"]  # exporting and opening are noted
        assert theirs == ours
        assert again.services.figures.summary(YEAR).schemes == office.figures.summary(YEAR).schemes
        assert integrity.look(again.services.access.database).faults == []


def test_keys_and_planned_moments_stay_in_the_file(
    planned_office: Services, tmp_path: Path
) -> None:
    target = tmp_path / "scheme.json"
    planned_office.exports.save(target)
    tables = json.loads(target.read_text(encoding="utf-8"))["tables"]
    assert not set(tables) & whole_records.LEFT_OUT
    assert {"visit", "person", "issue", "ledger"} <= set(tables)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"version": "0001"}, "another version"),
        ({"tables": {"nobody": []}}, "no table nobody"),
        ({"tables": {"office": [{"id": 1}]}}, "other columns"),
        ({"tables": 3}, "no scheme written by visitapp"),
    ],
)
def test_what_is_no_scheme_is_refused_and_leaves_nothing(
    furnished: Services, tmp_path: Path, changed: dict[str, object], said: str
) -> None:
    source, path = tmp_path / "scheme.json", tmp_path / "again.visits"
    furnished.exports.save(source)
    content = json.loads(source.read_text(encoding="utf-8"))
    source.write_text(json.dumps(content | changed), encoding="utf-8")
    with pytest.raises(BadInputError, match=said):
        bootstrap.create_from_scheme(path, PASSPHRASE, source)
    assert not path.exists()
