"""The whole scheme as JSON comes in again without loss."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PASSPHRASE
from tests.e2e.killing import quick_key
from visitapp import bootstrap
from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import integrity, whole_records
from visitapp.security import vault
from visitapp.services import Services
from visitapp.services.records import exports

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
        words = VisitQuery(text="cell")
        assert again.services.visits.page(words).total == office.visits.page(words).total > 0
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
    assert not {"plan_notice", "import_layout"} & set(tables)


def exported(services: Services, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """The scheme of a file as JSON, and what is in it."""
    source = tmp_path / "scheme.json"
    services.exports.save(source)
    return source, json.loads(source.read_text(encoding="utf-8"))


def refused(source: Path, content: object, sentence: str) -> None:
    path = source.with_name("again.visits")
    source.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    with pytest.raises(BadInputError, match=sentence):
        bootstrap.create_from_scheme(path, PASSPHRASE, source)
    assert not path.exists()


def test_what_is_no_scheme_is_refused_and_leaves_nothing(
    furnished: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "_argon2", quick_key)
    source, content = exported(furnished, tmp_path)
    tables = content["tables"]
    person = tables["person"][0]
    no_office = {**tables, "office": [{"id": 1}]}
    no_visits = {name: rows for name, rows in tables.items() if name != "visit"}
    for changed, sentence in (
        ({"version": "0001"}, "another version"),
        ({"tables": {"nobody": []}}, "no table nobody"),
        ({"tables": no_office}, "other columns"),
        ({"tables": 3}, "not exported by visitapp"),
        ({"tables": {}}, "The table office is missing"),
        ({"tables": no_visits}, "The table visit is missing"),
        ({"tables": {**tables, "office": []}}, "The table office has no rows"),
        ({"tables": {**tables, "scheme": []}}, "The table scheme has no rows"),
        ({"tables": {**tables, "person": [person | {"name": None}]}}, "person, name: there is no"),
        ({"tables": {**tables, "person": [person | {"version": 10**30}]}}, "number is too large"),
        ({"tables": {**tables, "person": [person, person]}}, "rows of person do not fit together"),
        ({"tables": {**tables, "site": []}}, "belongs to a row of site that is missing"),
    ):
        refused(source, content | changed, sentence)
    refused(source, "[" * 100_000, "not exported by visitapp")


def test_a_file_that_is_too_large_is_not_read(
    furnished: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "_argon2", quick_key)
    monkeypatch.setattr(exports, "_LARGEST_SCHEME", 1000)
    source, content = exported(furnished, tmp_path)
    refused(source, content, "too large")


def test_reading_people_for_an_export_is_noted(furnished: Services, tmp_path: Path) -> None:
    exported(furnished, tmp_path)
    furnished.access.database.write_readings()
    with furnished.access.database.reading() as connection:
        kinds = {row["kind"] for row in whole_records.every_row(connection)["access_entry"]}
    assert {"person", "report", "review", "monitoring"} <= kinds
