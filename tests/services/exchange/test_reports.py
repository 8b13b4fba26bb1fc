"""Reports from a visitor's copy to the office: handed over, received, asked about, accepted."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.builders import ANNE, BEN, CARA
from tests.copies import DAY, amended, written
from visitapp.domain.errors import BadInputError, ConflictError, NotAllowedError
from visitapp.domain.exchange.handing_over import Handover, InboxState
from visitapp.domain.exchange.messages import REVOKED
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import integrity, visits
from visitapp.ui.exchange.words import inbox_cells


def stages(services):
    return {str(key): state.stage for key, state in services.handing_over.states().items()}


def count(services):
    return services.visits.page(VisitQuery()).total


def sound(services):
    with services.access.database.reading() as connection:
        assert list(integrity.contradictions(connection)) == []


def test_a_report_is_handed_over_received_and_accepted_and_only_then_counts(copies):
    anne = copies.join("anne", ANNE)
    visit = written(anne, issues=(Issue(uuid4(), "FOOD", 2, description="Cold meals"),))
    assert visit.ref == "NOR-2025-V1-001"
    assert stages(anne) == {str(visit.id): Handover.LOCKED}
    copies.exchange("anne")
    assert stages(anne) == {str(visit.id): Handover.HANDED_OVER}
    (office,) = copies.exchange("office")
    assert office.taken_in == {"report": 1}
    assert count(copies.office) == 0
    (line,) = copies.office.inbox.lines()
    assert (line.ref, line.site_name, line.seen, line.held) == (visit.ref, "Northgate", 3, 6)
    assert line.visitor_names == ("Anne Example", "Ben Sample")
    assert line.issues == ((2, 1),)
    copies.exchange("anne")
    assert stages(anne) == {str(visit.id): Handover.RECEIVED}
    copies.office.inbox.accept([visit.id])
    copies.exchange("office", "anne")
    assert stages(anne) == {str(visit.id): Handover.ACCEPTED}
    assert count(copies.office) == 1
    theirs, ours = anne.visits.get(visit.id), copies.office.visits.get(visit.id)
    assert ours == theirs
    sound(copies.office)


def test_a_question_is_answered_by_words_or_by_the_next_edition(copies):
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    copies.exchange("anne", "office")
    copies.office.inbox.ask(visit.id, "Was the sixth cell seen?")
    copies.exchange("office", "anne")
    (state,) = anne.handing_over.states().values()
    assert (state.stage, state.question) == (Handover.ASKED, "Was the sixth cell seen?")
    anne.handing_over.answer(visit.id, "Yes, from the door.")
    assert stages(anne) == {str(visit.id): Handover.LOCKED}
    copies.exchange("anne", "office")
    (line,) = copies.office.inbox.lines()
    assert (line.state, line.answer) == (InboxState.WAITING, "Yes, from the door.")
    second = amended(anne, visit, summary="All was calm.")
    copies.exchange("anne", "office")
    (line,) = copies.office.inbox.lines()
    assert (line.ref, line.edition) == (visit.ref, 2)
    copies.office.inbox.accept([line.report_id])
    assert count(copies.office) == 1
    assert copies.office.visits.get(second.id).summary == "All was calm."
    assert copies.office.visits.get(visit.id).state is State.WITHDRAWN
    sound(copies.office)


def test_a_later_edition_is_never_lost_to_an_earlier_one(copies):
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    copies.exchange("anne")
    early = {path: path.read_bytes() for path in copies.folder.iterdir()}
    counts = (*visit.counts, replace(visit.counts[0], number=1, gender="MALE"))
    second = amended(anne, visit, present=7, counts=counts)
    copies.exchange("anne", "office")
    for path, content in early.items():
        path.write_bytes(content)
    copies.exchange("office")
    (line,) = copies.office.inbox.lines()
    assert line.edition == 2
    copies.office.inbox.accept([line.report_id])
    assert copies.office.visits.get(second.id).present == 7


def test_an_amendment_after_acceptance_takes_the_place_with_the_issues_steps(copies):
    anne = copies.join("anne", ANNE)
    visit = written(anne, issues=(Issue(uuid4(), "FOOD", 2, description="Cold meals"),))
    copies.exchange("anne", "office")
    copies.office.inbox.accept([visit.id])
    second = amended(anne, visit, summary="Calm.")
    copies.exchange("anne", "office")
    copies.office.inbox.accept([visit.id])
    assert copies.office.visits.get(visit.id).state is State.WITHDRAWN
    assert copies.office.visits.get(second.id).summary == "Calm."
    assert count(copies.office) == 1
    sound(copies.office)


def test_an_earlier_edition_that_counts_is_no_other_visit(copies):
    anne = copies.join("anne", ANNE)
    first = written(anne)
    copies.exchange("anne", "office")
    copies.office.inbox.accept([first.id])
    amended(anne, amended(anne, first, summary="Calm."), summary="Calm, and cold.")
    copies.exchange("anne", "office")
    (line,) = copies.office.inbox.lines()
    assert (line.edition, line.warnings) == (3, ())


def test_two_reports_of_one_visit_warn_of_each_other_before_either_counts(copies):
    anne, ben = copies.join("anne", ANNE), copies.join("ben", BEN)
    first, second = written(anne), written(ben)
    copies.exchange("anne", "ben", "office")
    warning = "Another visit to this site overlaps ({}). It may be the same visit."
    lines = {line.ref: line for line in copies.office.inbox.lines()}
    assert lines[first.ref].warnings == (warning.format(second.ref),)
    assert lines[second.ref].warnings == (warning.format(first.ref),)
    assert inbox_cells(lines[first.ref])[-1] == "New\n1 warning"
    copies.office.inbox.accept([first.id])
    (line,) = copies.office.inbox.lines()
    assert line.warnings == (warning.format(first.ref),)


def test_where_both_amended_both_are_kept_and_the_manager_decides(copies):
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    copies.exchange("anne", "office")
    copies.office.inbox.accept([visit.id])
    ours = amended(copies.office, copies.office.visits.get(visit.id), summary="The office's.")
    theirs = amended(anne, visit, summary="The visitor's.")
    copies.exchange("anne", "office")
    (line,) = copies.office.inbox.lines()
    assert line.is_amended_here
    with pytest.raises(BadInputError, match="has amended NOR-2025-V1-001 as well"):
        copies.office.inbox.accept([line.report_id])
    copies.office.inbox.accept([line.report_id], instead=True)
    stands = copies.office.visits.get(theirs.id)
    assert (stands.state, stands.report.edition, stands.replaces_id) == (State.LOCKED, 3, ours.id)
    assert copies.office.visits.get(ours.id).state is State.WITHDRAWN
    assert count(copies.office) == 1
    sound(copies.office)


def test_the_offices_edition_can_stand_and_the_visitors_stays_readable(copies):
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    copies.exchange("anne", "office")
    copies.office.inbox.accept([visit.id])
    ours = amended(copies.office, copies.office.visits.get(visit.id), summary="The office's.")
    amended(anne, visit, summary="The visitor's.")
    copies.exchange("anne", "office")
    copies.office.inbox.keep_ours(visit.id)
    assert copies.office.visits.get(ours.id).state is State.LOCKED
    assert copies.office.inbox.report(visit.id).summary == "The visitor's."
    assert copies.office.inbox.lines() == ()
    with pytest.raises(ConflictError, match="decided on already"):
        copies.office.inbox.accept([visit.id])


def test_a_report_withdrawn_by_its_visitors_is_withdrawn_in_the_office(copies):
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    copies.exchange("anne", "office")
    copies.office.inbox.accept([visit.id])
    anne.visits.withdraw(visit.id, "It was another suite.", ["Anne Example", "Ben Sample"])
    copies.exchange("anne", "office")
    (line,) = copies.office.inbox.lines()
    assert line.is_withdrawn
    copies.office.inbox.accept([visit.id])
    assert copies.office.visits.get(visit.id).withdrawn_reason == "It was another suite."
    anne.visits.put_back(visit.id, "It was this one.", ["Anne Example", "Ben Sample"])
    copies.exchange("anne", "office")
    copies.office.inbox.accept([visit.id])
    assert copies.office.visits.get(visit.id).state is State.LOCKED
    sound(copies.office)


def test_allegations_come_first(copies):
    anne = copies.join("anne", ANNE)
    first = written(anne)
    copies.exchange("anne", "office")
    copies.clock.move(hours=1)
    second = written(
        anne, DAY.replace(day=9), issues=(Issue(uuid4(), "FOOD", 4, description="Struck."),)
    )
    copies.exchange("anne", "office")
    lines = copies.office.inbox.lines()
    assert [line.report_id for line in lines] == [second.id, first.id]
    assert [line.is_grave for line in lines] == [True, False]


def test_a_visitor_signs_no_report_of_a_visit_that_others_made(copies):
    anne = copies.join("anne", ANNE)
    with pytest.raises(BadInputError, match="You are not among the visitors"):
        written(anne, visitors=(BEN, CARA))
    visit = written(anne, visitors=(BEN, CARA), observers=(ANNE,))
    with pytest.raises(BadInputError, match="You are not among the visitors"):
        amended(anne, visit, observers=())
    copies.exchange("anne", "office")
    assert [line.ref for line in copies.office.inbox.lines()] == [visit.ref]


def test_a_visitor_can_hand_over_nobody_elses_report_and_decide_nothing(copies):
    anne, ben = copies.join("anne", ANNE), copies.join("ben", BEN)
    visit = written(anne)
    copies.exchange("anne", "ben", "office")
    assert count(ben) == 0
    for act in (
        anne.inbox.lines,
        lambda: anne.inbox.accept([visit.id]),
        lambda: anne.exchange.invite(BEN),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_what_the_office_changes_reaches_its_visitors_once(copies):
    anne = copies.join("anne", ANNE)
    copies.exchange("office", "anne")
    site = copies.office.setup.sites()[0]
    copies.office.setup.save_site(replace(site, name="Northgate House"))
    (office,) = copies.exchange("office")
    assert office.put_out["pack"] == 1
    copies.exchange("anne")
    assert "Northgate House" in {site.name for site in anne.setup.sites()}
    copies.settle()
    assert list(copies.folder.iterdir()) == []
    sound(anne)


def test_what_is_lost_is_sent_again_and_nothing_is_sent_for_ever(copies):
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    copies.exchange("anne")
    for path in copies.folder.iterdir():
        path.unlink()
    copies.exchange("anne")
    assert list(copies.folder.iterdir()) == []
    copies.settle()
    assert [line.report_id for line in copies.office.inbox.lines()] == [visit.id]
    copies.settle()
    copies.clock.move(days=30)
    assert not any(done.put_out for done in copies.exchange("anne", "office"))
    assert list(copies.folder.iterdir()) == []
    with copies.office.access.database.reading() as connection:
        assert visits.visit(connection, visit.id) is None


def test_a_new_laptop_gets_its_persons_reports_back_and_goes_on_with_them(copies):
    lost = copies.join("anne", ANNE)
    first, second = written(lost), written(lost, DAY.replace(day=9))
    second = amended(lost, second, summary="Calm.")
    copies.exchange("anne", "office")
    copies.office.inbox.accept([first.id])
    (copy,) = copies.office.exchange.copies()
    copies.office.exchange.revoke(copy.id)
    copies.clock.move(hours=1)
    new = copies.join("anne", ANNE)
    copies.exchange("office", "anne", "office", "anne")
    assert new.visits.get(first.id) == lost.visits.get(first.id)
    assert stages(new) == {
        str(first.id): Handover.ACCEPTED,
        str(second.replaces_id): Handover.RECEIVED,
        str(second.id): Handover.RECEIVED,
    }
    third = amended(new, new.visits.get(second.id), summary="Very calm.")
    assert third.ref == second.ref
    assert written(new, DAY.replace(day=10)).ref == "NOR-2025-V2-001"
    copies.exchange("anne", "office")
    assert {line.edition for line in copies.office.inbox.lines()} == {1, 3}
    sound(new)


def test_nothing_of_a_copy_that_was_shut_out_is_taken_in(copies):
    lost = copies.join("anne", ANNE)
    written(lost)
    (copy,) = copies.office.exchange.copies()
    copies.office.exchange.revoke(copy.id)
    copies.exchange("anne")
    (office,) = copies.exchange("office")
    assert [refused.sentence for refused in office.refused] == [REVOKED]
    assert (office.put_out, len(list(copies.folder.iterdir()))) == ({"shut_out": 1}, 2)
    assert copies.office.inbox.lines() == ()


def test_a_copy_that_was_shut_out_is_told_once_and_exchanges_nothing_more(copies):
    anne, ben = copies.join("anne", ANNE), copies.join("ben", BEN)
    copies.exchange("office", "anne", "ben", "office")
    (copy,) = [copy for copy in copies.office.exchange.copies() if copy.person_id == ANNE]
    copies.office.exchange.revoke(copy.id)
    copies.exchange("office")
    (told,) = copies.folder.iterdir()
    file = told.read_bytes()
    for _ in range(2):
        with pytest.raises(NotAllowedError, match="Your office has shut out this copy"):
            copies.exchange("anne")
    assert not list(copies.folder.iterdir())
    (again,) = anne.exchange.take_in_files([file])
    assert (again.refusal, [item.is_new for item in again.taken]) == (None, [False])
    assert anne.by_hand.receivers() == ()
    copies.clock.move(days=3)
    copies.exchange("ben", "office")
    assert not list(copies.folder.iterdir())
    (stranger,) = ben.exchange.take_in_files([file])
    assert stranger.refusal is not None


@pytest.mark.parametrize("left", [0, 40, 2000])
def test_a_message_that_was_cut_in_the_folder_is_put_out_again_a_day_later(copies, left):
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    copies.exchange("anne")
    (path,) = copies.folder.iterdir()
    path.write_bytes(path.read_bytes()[:left])
    (office,) = copies.exchange("office")
    assert office.refused == ()
    copies.exchange("anne", "office")
    assert copies.office.inbox.lines() == ()
    copies.clock.move(hours=25)
    copies.exchange("anne", "office")
    assert [line.report_id for line in copies.office.inbox.lines()] == [visit.id]
    assert not path.exists()
