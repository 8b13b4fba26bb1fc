"""The report being written, without widgets: kept at every change, judged, signed."""

from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import (
    ANIMALS,
    ANNE,
    BEN,
    CUSTODY,
    KENNELS,
    SUITE,
    answers_of,
    make_kennel_visit,
    make_visit,
    sign,
)
from visitapp.domain.changes import Changes
from visitapp.domain.draft.draft_content import content_of, typed_report
from visitapp.domain.draft.report_sections import CHECK, SectionProgress
from visitapp.domain.draft.typed_visit import typed_visit
from visitapp.domain.errors import BadInputError, StorageError
from visitapp.domain.office.scheme import Actor, Kind, Role
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import Report
from visitapp.domain.report.visit_codes import State
from visitapp.services.reports.drafts import DraftService
from visitapp.ui.context import Context
from visitapp.ui.log.viewmodel import LogViewModel


@pytest.fixture
def viewmodel(furnished_context: Context, qtbot: QtBot) -> LogViewModel:
    return LogViewModel(furnished_context, furnished_context)


def write(viewmodel: LogViewModel, **changed: Any) -> None:
    """Answer everything, as for a whole custody visit or a kennel visit."""
    kind = viewmodel.kind
    visit = make_visit() if kind is Kind.CUSTODY else make_kennel_visit()
    answers = answers_of(viewmodel.register.form)
    whole = replace(visit, summary="Calm.", report=Report(1, answers))
    report = typed_report(content_of(typed_visit(whole)) | changed)
    for field in fields(report):
        viewmodel.answer(field.name, getattr(report, field.name))
    assert viewmodel.flush()


def confirm_both(viewmodel: LogViewModel) -> None:
    viewmodel.confirm(ANNE, "anne example")
    viewmodel.confirm(BEN, "Ben Sample")


def stored(context: Context) -> dict[str, Any]:
    [draft] = context.services.drafts.drafts()
    return content_of(draft.report)


def test_opening_a_new_report_leaves_no_draft_until_something_is_written(
    viewmodel: LogViewModel, furnished_context: Context, qtbot: QtBot
) -> None:
    viewmodel.open_new(Kind.CUSTODY)
    viewmodel.leave()
    assert furnished_context.services.drafts.drafts() == ()
    viewmodel.open_new(Kind.CUSTODY)
    with qtbot.waitSignal(furnished_context.changed) as told:
        viewmodel.answer("summary", "Calm.")
    assert told.args == [Changes.DRAFTS]
    assert stored(furnished_context)["summary"] == "Calm."


def test_each_change_is_on_the_disk_within_half_a_second_and_said_so(
    viewmodel: LogViewModel, furnished_context: Context, qtbot: QtBot
) -> None:
    viewmodel.open_new(Kind.CUSTODY)
    for text in ("C", "Ca", "Calm"):
        with qtbot.waitSignal(viewmodel.keeper.saved, timeout=20_000):
            viewmodel.answer("summary", text)
            assert viewmodel.keeper._timer.remainingTime() < 500
        assert stored(furnished_context)["summary"] == text
        assert (
            viewmodel.keeper.saved_text == "Saved 13:00:00"
        )  # noon by UTC is one in British summer
    assert not viewmodel.keeper.is_dirty


def test_a_draft_opens_where_its_writer_was(
    viewmodel: LogViewModel, furnished_context: Context
) -> None:
    viewmodel.open_new(Kind.CUSTODY)
    viewmodel.answer("arrived", "25:10")
    viewmodel.move_to("detainees")
    viewmodel.leave()
    assert not viewmodel.is_open
    [line] = viewmodel.drafts()
    viewmodel.open_draft(line.id)
    assert viewmodel.keeper.section == "detainees"
    assert viewmodel.report.arrived == "25:10"
    assert viewmodel.judgement.problem_at(Place("arrived")) == "“25:10” is not a time of day."


def test_the_only_site_and_the_visitor_whose_copy_it_is_are_known(
    viewmodel: LogViewModel, furnished_context: Context
) -> None:
    viewmodel.open_new(Kind.ANIMAL_WELFARE)
    assert content_of(viewmodel.report) == {"form": 1, "site_id": str(KENNELS), "counting": "rows"}
    furnished_context.services.setup.set_account(Actor("Anne Example", Role.MANAGER))
    viewmodel.open_new(Kind.CUSTODY)
    assert "visitors" not in content_of(viewmodel.report)
    account = Actor("Anne Example", Role.VISITOR)
    furnished_context.services.setup.account = lambda: account  # type: ignore[method-assign]
    viewmodel.open_new(Kind.CUSTODY)
    assert content_of(viewmodel.report) == {
        "form": 1,
        "site_id": str(SUITE),
        "visitors": [str(ANNE), ""],
    }


@pytest.mark.parametrize("kind", list(Kind))
def test_a_whole_report_is_confirmed_and_locked(
    viewmodel: LogViewModel, furnished_context: Context, qtbot: QtBot, kind: Kind
) -> None:
    viewmodel.open_new(kind)
    write(viewmodel)
    states = {viewmodel.judgement.progress(section) for section in viewmodel.sections()}
    assert states == {SectionProgress.DONE}
    assert viewmodel.waiting() == ["Anne Example", "Ben Sample"]
    confirm_both(viewmodel)
    assert viewmodel.waiting() == []
    with qtbot.waitSignals([viewmodel.signed, furnished_context.changed]) as _:
        assert viewmodel.sign()
    assert not viewmodel.is_open
    assert furnished_context.services.drafts.drafts() == ()
    [row] = furnished_context.services.visits.page(_all()).rows
    visit = furnished_context.services.visits.get(row.id)
    assert visit.state is State.LOCKED
    assert [c.typed_name for c in visit.confirmations] == ["anne example", "Ben Sample"]
    assert visit.summary == "Calm."


def _all() -> Any:
    from visitapp.domain.year.visit_list import VisitQuery

    return VisitQuery()


def test_signing_says_all_that_is_missing_and_locks_nothing(viewmodel: LogViewModel) -> None:
    viewmodel.open_new(Kind.CUSTODY)
    assert viewmodel.judgement.blocking
    assert not any(
        viewmodel.judgement.problem_at(Place(field)) for field in ("date", "arrived", "visitors")
    )
    assert not viewmodel.sign()
    assert viewmodel.judgement.problem_at(Place("date")) == "Enter the date of the visit."
    assert viewmodel.judgement.problem_at(Place("visitors")) == "Choose the visitors."
    section = viewmodel.sections()[0]
    assert viewmodel.judgement.progress(section) is SectionProgress.PROBLEM
    assert viewmodel.is_open


def test_nothing_is_locked_before_both_confirmed(viewmodel: LogViewModel) -> None:
    viewmodel.open_new(Kind.CUSTODY)
    write(viewmodel)
    viewmodel.confirm(ANNE, "Anne Example")
    with pytest.raises(BadInputError, match="Waiting for Ben Sample"):
        viewmodel.sign()
    assert viewmodel.is_open


def test_a_wrong_name_does_not_confirm(viewmodel: LogViewModel) -> None:
    viewmodel.open_new(Kind.CUSTODY)
    write(viewmodel)
    with pytest.raises(BadInputError, match="Anne Example"):
        viewmodel.confirm(ANNE, "Ben Sample")
    assert viewmodel.waiting() == ["Anne Example", "Ben Sample"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("G\u00fcnther Apple", "Gunther Apple"),
        ("\u0141ucja Birt", "lucja  birt"),
        ("Ois\u00edn O\u2019Brien", "Oisin O'Brien"),
    ],
)
def test_a_name_is_signed_as_a_british_keyboard_types_it(
    viewmodel: LogViewModel, furnished_context: Context, name: str, typed: str
) -> None:
    people = furnished_context.services.people
    anne = next(person for person in people.people() if person.id == ANNE)
    people.save(replace(anne, name=name))
    viewmodel.open_new(Kind.CUSTODY)
    write(viewmodel)
    viewmodel.confirm(ANNE, typed)
    viewmodel.confirm(BEN, "Ben Sample")
    viewmodel.sign()
    assert not viewmodel.is_open


def test_a_change_after_a_confirmation_asks_for_it_again(viewmodel: LogViewModel) -> None:
    viewmodel.open_new(Kind.CUSTODY)
    write(viewmodel)
    confirm_both(viewmodel)
    viewmodel.answer("summary", "Busy.")
    assert viewmodel.must_confirm_again
    assert viewmodel.waiting() == ["Anne Example", "Ben Sample"]


def test_a_report_that_may_be_of_the_same_visit_is_only_warned_of(
    viewmodel: LogViewModel, furnished_context: Context
) -> None:
    before = sign(furnished_context.services, make_visit())
    viewmodel.open_new(Kind.CUSTODY)
    write(viewmodel)
    [warning] = viewmodel.judgement.warnings
    assert warning.sentence == (
        f"Another visit to this site overlaps ({before.ref}). It may be the same visit."
    )
    confirm_both(viewmodel)
    assert viewmodel.sign()
    assert len(furnished_context.services.visits.same_visit_questions()) == 1


def test_a_replacement_begins_filled_and_takes_the_place_of_the_old_report(
    viewmodel: LogViewModel, furnished_context: Context
) -> None:
    services = furnished_context.services
    old = sign(services, make_visit(summary="Calm."))
    draft, _ = services.drafts.replace(old.id, "A count was wrong.")
    viewmodel.open_draft(draft.id)
    assert viewmodel.replaces_text() == f", amending {old.ref}"
    assert not viewmodel.judgement.warnings  # it overlaps with nothing but the report it replaces
    part = viewmodel.sum().parts[0]
    viewmodel.counts.set_part(part, part.number + 1)
    viewmodel.answer("present", 7)
    confirm_both(viewmodel)
    assert not viewmodel.sign()
    assert [finding.sentence for finding in viewmodel.judgement.blocking] == [
        "Answer “All in all, was the visit satisfactory?”"
    ]
    viewmodel.answer("answers", {"overall": "SATISFACTORY"})
    confirm_both(viewmodel)
    assert viewmodel.sign()
    assert services.visits.get(old.id).state is State.WITHDRAWN
    replacement = services.visits.replacement(old.id)
    assert replacement is not None
    assert services.visits.get(replacement).present == 7


def test_a_full_disk_is_told_at_once_and_nothing_typed_is_lost(
    viewmodel: LogViewModel,
    furnished_context: Context,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    viewmodel.open_new(Kind.CUSTODY)
    viewmodel.answer("summary", "Calm.")
    assert viewmodel.flush()
    full = "The disk is full. Everything you saved is safe. Free some space and try again."

    def refuse(*_: object) -> None:
        raise StorageError(full)

    with monkeypatch.context() as patched:
        patched.setattr(DraftService, "save", refuse)
        with qtbot.waitSignal(viewmodel.keeper.failed, timeout=20_000) as told:
            viewmodel.answer("summary", "Calm. A shower was cold.")
        assert told.args == [full]
        assert viewmodel.keeper.saved_text == "Not saved"
        viewmodel.leave()  # what can't be saved is not let go of
        assert viewmodel.is_open
        with qtbot.waitSignal(viewmodel.problem) as refused:
            viewmodel.open_new(Kind.ANIMAL_WELFARE)
        assert "disk is full" in str(refused.args[0])
        assert stored(furnished_context)["summary"] == "Calm."
    with qtbot.waitSignal(viewmodel.keeper.saved, timeout=20_000):
        pass  # it is tried again by itself
    assert stored(furnished_context)["summary"] == "Calm. A shower was cold."
    assert viewmodel.keeper.saved_text == "Saved 13:00:00"


def test_what_is_written_in_a_draft_that_went_elsewhere_is_kept_as_another(
    viewmodel: LogViewModel, furnished_context: Context, qtbot: QtBot
) -> None:
    viewmodel.open_new(Kind.CUSTODY)
    viewmodel.answer("summary", "Calm.")
    assert viewmodel.flush()
    [line] = viewmodel.drafts()
    furnished_context.services.drafts.discard(line.id)
    with qtbot.waitSignal(viewmodel.keeper.failed) as told:
        viewmodel.answer("summary", "Calm. A shower was cold.")
    assert "saved as another draft" in told.args[0]
    assert stored(furnished_context)["summary"] == "Calm. A shower was cold."
    assert viewmodel.keeper.problem == ""


def test_a_discarded_draft_is_gone(viewmodel: LogViewModel, furnished_context: Context) -> None:
    viewmodel.open_new(Kind.CUSTODY)
    viewmodel.answer("summary", "Calm.")
    viewmodel.flush()
    viewmodel.answer("summary", "Calm. And more that was not saved yet.")
    viewmodel.discard()
    assert furnished_context.services.drafts.drafts() == ()
    assert not viewmodel.is_open


def test_a_person_or_site_entered_elsewhere_is_offered_at_once(
    viewmodel: LogViewModel, furnished_context: Context
) -> None:
    from tests.builders import make_person

    viewmodel.open_new(Kind.CUSTODY)
    viewmodel.answer("summary", "Calm.")
    furnished_context.tell(furnished_context.services.people.save(make_person("Dora Newcomer")))
    assert "Dora Newcomer" in [person.name for person in viewmodel.offered_people()]
    assert viewmodel.report.summary == "Calm."


def test_values_closed_before_the_visit_are_not_offered_but_stay_where_chosen(
    viewmodel: LogViewModel, furnished_context: Context
) -> None:
    setup = furnished_context.services.setup
    code = next(c for c in setup.codes(CUSTODY)["visit_type"] if c.code == "TACT")
    setup.save_code(replace(code, active_to=date(2024, 1, 1)))
    viewmodel.open_new(Kind.CUSTODY)
    viewmodel.answer("date", "5/3/2025")
    assert "TACT" not in [c.code for c in viewmodel.offered("visit_type")]
    assert "TACT" in [c.code for c in viewmodel.offered("visit_type", "TACT")]
    viewmodel.answer("date", "5/3/2023")
    assert "TACT" in [c.code for c in viewmodel.offered("visit_type")]


def test_the_schemes_that_have_a_site_can_be_logged_for(
    viewmodel: LogViewModel, context: Context
) -> None:
    kinds = [scheme.kind for scheme in viewmodel.schemes()]
    assert kinds == [Kind.CUSTODY, Kind.ANIMAL_WELFARE]
    viewmodel.open_new(Kind.ANIMAL_WELFARE)
    assert viewmodel.register.scheme.id == ANIMALS
    assert viewmodel.keeper.section == "visit"
    viewmodel.move_to(CHECK)
    assert isinstance(viewmodel.reading.visit.id, UUID)
