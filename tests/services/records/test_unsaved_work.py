"""What the file could not take is kept encrypted, and comes back as it was typed."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.builders import CUSTODY
from visitapp import bootstrap
from visitapp.domain.draft.draft_content import content_of, typed_report
from visitapp.domain.errors import StorageError
from visitapp.domain.office.scheme import YearText
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.security import unsaved_work
from visitapp.services.records.unsaved_work import BroughtBack


@pytest.fixture
def typed(furnished):
    """A draft with words that are in no file yet."""
    draft, _ = furnished.drafts.begin(CUSTODY)
    return replace(
        draft, report=typed_report({"summary": "Anne saw all", "number": 7}), section="summary"
    )


def test_what_is_kept_comes_back_as_the_same_draft(furnished, typed):
    furnished.unsaved_work.keep(typed)
    furnished.unsaved_work.keep(
        replace(typed, report=typed_report(content_of(typed.report) | {"number": 8}))
    )
    assert len(list(unsaved_work.folder().iterdir())) == 1
    assert furnished.unsaved_work.bring_back() == BroughtBack((typed.id,))
    (back,) = furnished.drafts.drafts()
    assert (content_of(back.report)["number"], back.section) == (8, "summary")
    assert list(unsaved_work.folder().iterdir()) == []
    assert furnished.unsaved_work.bring_back() == BroughtBack()


@pytest.mark.parametrize("moment", ["2025-04-10T12:00:00.000123+00:00", "2025-04-10T12:00:00Z"])
def test_what_the_version_before_kept_comes_back(furnished, typed, key, moment):
    shape = {
        "id": typed.id.hex, "scheme_id": typed.scheme_id.hex, "content": content_of(typed.report),
        "section": "summary", "author": typed.author, "saved_at": moment, "replaces_id": None,
        "reason": "", "version": typed.version,
    }  # fmt: skip
    unsaved_work.keep(key, b"before", json.dumps(shape).encode())
    assert furnished.unsaved_work.bring_back() == BroughtBack((typed.id,))
    assert content_of(furnished.drafts.get(typed.id).report) == content_of(typed.report)


def test_half_a_character_is_kept_too(furnished, typed):
    odd = replace(typed, report=typed_report({"summary": "Half of a pair: \ud83d"}))
    furnished.unsaved_work.keep(odd)
    (piece,) = furnished.unsaved_work.pieces()
    assert content_of(piece.report) == content_of(odd.report)


@pytest.mark.parametrize("lacks", ["content", "section", "version", "replaces_id"])
def test_a_draft_of_which_a_part_is_missing_is_not_brought_back_without_it(
    furnished, typed, key, lacks
):
    furnished.unsaved_work.keep(typed)
    (content,) = unsaved_work.pieces(key)
    part = {key: value for key, value in json.loads(content).items() if key != lacks}
    furnished.unsaved_work.forget(typed)
    unsaved_work.keep(key, b"part", json.dumps(part).encode())
    assert furnished.unsaved_work.bring_back() == BroughtBack()
    assert len(list(unsaved_work.folder().iterdir())) == 1


@pytest.mark.parametrize("what", ["changed", "discarded"])
def test_it_comes_back_beside_a_draft_that_went_on(furnished, typed, what):
    furnished.unsaved_work.keep(typed)
    if what == "changed":
        furnished.drafts.save(replace(typed, report=typed_report({"summary": "Something else"})))
    else:
        furnished.drafts.discard(typed.id)
    (back,) = furnished.unsaved_work.bring_back().drafts
    assert back != typed.id
    assert content_of(furnished.drafts.get(back).report) == content_of(typed.report)
    assert len(furnished.drafts.drafts()) == (2 if what == "changed" else 1)


def test_a_draft_the_records_hold_already_is_not_made_twice(furnished, typed):
    furnished.unsaved_work.keep(typed)
    furnished.drafts.save(typed)
    assert furnished.unsaved_work.bring_back() == BroughtBack()
    assert len(furnished.drafts.drafts()) == 1


@pytest.fixture
def year(furnished):
    return APRIL_YEARS.year_of(furnished.access.today())


@pytest.mark.parametrize(
    ("there", "later", "back"),
    [
        ("", "", "Typed at last"),
        ("Before", "Before", "Typed at last"),
        ("Before", "Since then", "Since then\n\nTyped at last"),
        ("Before", "Typed at last", "Typed at last"),
    ],
)
def test_a_text_of_the_year_comes_back_and_drives_out_none(furnished, year, there, later, back):
    reports = furnished.reports
    item = reports.text(year, "history")
    if there:
        item, _ = reports.save_text(replace(item, text=there))
    furnished.unsaved_work.keep(replace(item, text="Typed at last"))
    if later != there:
        reports.save_text(replace(item, text=later))
    expected = BroughtBack() if later == back else BroughtBack((), 1)
    assert furnished.unsaved_work.bring_back() == expected
    assert reports.text(year, "history").text == back
    assert list(unsaved_work.folder().iterdir()) == []


def test_a_sentence_in_a_persons_words_comes_back_with_what_was_drafted(furnished, year):
    item = YearText(uuid4(), year, "hours", "We gave 20 hours.", "The team gave 19.", version=0)
    furnished.unsaved_work.keep(item)
    assert furnished.unsaved_work.bring_back() == BroughtBack((), 1)
    saved = furnished.reports.text(year, "hours")
    assert (saved.text, saved.drafted) == (item.text, item.drafted)


def test_nothing_of_it_can_be_read_without_the_key(furnished, typed):
    furnished.unsaved_work.keep(typed)
    (path,) = unsaved_work.folder().iterdir()
    assert b"Anne saw all" not in path.read_bytes()
    assert typed.id.hex not in path.name
    assert path.stat().st_mode & 0o077 == 0
    assert unsaved_work.folder().stat().st_mode & 0o077 == 0
    assert unsaved_work.pieces(bytes(32)) == []


@pytest.mark.parametrize(
    "content", [b"", b"visitapp kept 1\n", b"visitapp kept 1\n" + bytes(60), b"x" * 100]
)
def test_what_is_no_kept_draft_is_passed_over_and_left(furnished, typed, content):
    furnished.unsaved_work.keep(typed)
    other = unsaved_work.folder() / "other.kept"
    other.write_bytes(content)
    assert furnished.unsaved_work.bring_back() == BroughtBack((typed.id,))
    assert other.read_bytes() == content


@pytest.mark.parametrize("content", [[], {}, {"id": 7}, {"id": "x" * 32}, "text", None])
def test_what_another_version_kept_stays(furnished, key, content):
    unsaved_work.keep(key, b"name", json.dumps(content).encode())
    assert furnished.unsaved_work.bring_back() == BroughtBack()
    assert len(list(unsaved_work.folder().iterdir())) == 1


def test_what_belongs_to_other_records_stays_until_those_are_open(furnished, typed, tmp_path):
    unsaved_work.keep(bytes(32), typed.id.bytes, b"{}")
    furnished.unsaved_work.keep(typed)
    assert furnished.unsaved_work.bring_back() == BroughtBack((typed.id,))
    assert len(list(unsaved_work.folder().iterdir())) == 1


def test_a_home_that_can_not_be_written_is_told(furnished, typed):
    unsaved_work.folder().parent.mkdir(parents=True)
    unsaved_work.folder().touch()
    with pytest.raises(StorageError, match="can't be saved anywhere else either"):
        furnished.unsaved_work.keep(typed)
    assert furnished.unsaved_work.bring_back() == BroughtBack()


def test_a_copy_of_everything_stands_alone_and_never_goes_over_another(
    locked, key, tmp_path, quick
):
    from tests.conftest import PASSPHRASE
    from visitapp.domain.errors import BadInputError

    out = tmp_path / "copy.visits"
    with bootstrap.open_with_key(locked, key) as opened:
        draft, _ = opened.services.drafts.begin(CUSTODY)
        locked.rename(tmp_path / "moved")
        (tmp_path / "records.visits.key").unlink()
        opened.services.moved_file.save(
            out, (replace(draft, report=typed_report({"summary": "last"})),)
        )
        with pytest.raises(BadInputError, match="already exists"):
            opened.services.moved_file.save(out)
    with bootstrap.open_with_passphrase(out, PASSPHRASE) as copy:
        (back,) = copy.services.drafts.drafts()
        assert content_of(back.report) == {"summary": "last"}
        assert copy.services.maintenance.check() == []
