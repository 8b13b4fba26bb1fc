"""Drafts: saved whole at every change, gone once signed, begun from a report to replace."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from tests.builders import ANIMALS, CUSTODY, make_kennel_visit, make_visit, sign
from tests.conftest import NOW
from visitapp import bootstrap
from visitapp.domain.changes import Changes
from visitapp.domain.draft.draft_content import content_of, typed_report
from visitapp.domain.draft.report_form import read
from visitapp.domain.draft.typed_visit import typed_visit
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.report.visit_codes import State
from visitapp.services import Services


def test_a_saved_draft_is_there_after_the_file_was_opened_again(
    services: Services, records: Path, key: bytes
) -> None:
    draft, changes = services.drafts.begin(CUSTODY)
    assert changes is Changes.DRAFTS
    content = {"date": "31/2", "arrived": "quarter past", "visitors": [""]}
    saved = services.drafts.save(replace(draft, report=typed_report(content), section="times"))
    with bootstrap.open_with_key(records, key) as again:
        assert again.services.drafts.drafts() == (saved,)
    assert saved.author == "Mary Manager"
    assert saved.saved_at == NOW


def test_a_draft_changed_in_two_places_is_refused_the_second_time(services: Services) -> None:
    draft, _ = services.drafts.begin(CUSTODY)
    services.drafts.save(replace(draft, report=typed_report({"summary": "here"})))
    with pytest.raises(ConflictError):
        services.drafts.save(replace(draft, report=typed_report({"summary": "there"})))
    assert content_of(services.drafts.get(draft.id).report) == {"summary": "here"}


def test_a_discarded_draft_does_not_come_back_with_a_late_save(services: Services) -> None:
    draft, _ = services.drafts.begin(ANIMALS)
    assert services.drafts.discard(draft.id) is Changes.DRAFTS
    with pytest.raises(ConflictError, match="signed or discarded"):
        services.drafts.save(draft)
    assert services.drafts.drafts() == ()
    with pytest.raises(BadInputError):
        services.drafts.get(draft.id)


def test_a_replacement_begins_with_all_of_the_report(furnished: Services) -> None:
    old = sign(furnished, make_visit(summary="Calm."))
    draft, _ = furnished.drafts.replace(old.id, " A count was wrong. ")
    assert (draft.replaces_id, draft.reason) == (old.id, "A count was wrong.")
    assert content_of(draft.report) == {"form": 1} | content_of(
        typed_visit(replace(old, confirmations=()))
    )
    assert furnished.drafts.get(draft.id) == draft


def test_a_second_wish_to_replace_a_report_goes_on_with_the_first(furnished: Services) -> None:
    old = sign(furnished, make_kennel_visit())
    first, _ = furnished.drafts.replace(old.id, "A count was wrong.")
    changed = furnished.drafts.save(
        replace(first, report=typed_report({**content_of(first.report), "present": 7}))
    )
    again, _ = furnished.drafts.replace(old.id, "Two counts were wrong.")
    assert again.id == first.id
    assert content_of(again.report) == content_of(changed.report)
    assert again.reason == "Two counts were wrong."
    assert len(furnished.drafts.drafts()) == 1


def test_what_is_withdrawn_or_not_there_or_has_no_reason_is_not_replaced(
    furnished: Services,
) -> None:
    old = sign(furnished, make_visit())
    with pytest.raises(BadInputError, match="Say why"):
        furnished.drafts.replace(old.id, " ")
    furnished.visits.withdraw(old.id, "Of another suite.")
    for visit_id in (old.id, uuid4()):
        with pytest.raises(BadInputError, match="was withdrawn"):
            furnished.drafts.replace(visit_id, "A count was wrong.")
    assert furnished.drafts.drafts() == ()


def test_signing_a_replacement_withdraws_the_old_report_and_says_why(furnished: Services) -> None:
    old = sign(furnished, make_visit())
    draft, _ = furnished.drafts.replace(old.id, "A count was wrong.")
    reading = read(draft.report, visit_id=draft.id, scheme_id=draft.scheme_id)
    new, changes = furnished.visits.sign(
        replace(reading.visit, confirmations=old.confirmations), draft
    )
    assert changes == Changes.VISITS | Changes.DRAFTS
    assert furnished.drafts.drafts() == ()
    before = furnished.visits.get(old.id)
    assert before.state is State.WITHDRAWN
    assert before.withdrawn_reason == "Amended: A count was wrong."
    assert new.replaces_id == old.id
    assert furnished.visits.replacement(old.id) == new.id
    assert furnished.visits.replacement(new.id) is None


def test_nothing_is_locked_before_both_visitors_confirmed(furnished: Services) -> None:
    visit = make_visit()
    draft, _ = furnished.drafts.begin(CUSTODY)
    with pytest.raises(BadInputError, match="Waiting for Anne Example and Ben Sample"):
        furnished.visits.sign(visit, draft)
    whole = sign(furnished, replace(visit, id=uuid4())).confirmations
    typed = replace(whole[1], typed_name="ben-sample")
    with pytest.raises(BadInputError, match="Waiting for Ben Sample"):
        furnished.visits.sign(replace(visit, confirmations=(whole[0],)), draft)
    wrong = replace(typed, typed_name="Benjamin")
    with pytest.raises(BadInputError, match="Waiting for Ben Sample"):
        furnished.visits.sign(replace(visit, confirmations=(whole[0], wrong)), draft)
    # Case, spaces and hyphens are no reason to type a name again.
    locked, _ = furnished.visits.sign(replace(visit, confirmations=(whole[0], typed)), draft)
    assert furnished.visits.get(locked.id).confirmations == (whole[0], typed)
