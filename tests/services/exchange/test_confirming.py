"""The other visitor reads a report on their own copy, and confirms it or says what is wrong."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from tests.builders import ANNE, BEN, CARA
from tests.copies import amended, written
from tests.reporting.tagged_pdf import TaggedPdf
from tests.services.exchange.test_reports import sound
from visitapp.domain.errors import BadInputError, ConflictError, NotAllowedError
from visitapp.domain.exchange.confirming import Standing
from visitapp.domain.exchange.handing_over import InboxState
from visitapp.domain.office.status_change import LEFT
from visitapp.domain.report.copies import Audience
from visitapp.persistence import confirming as stored


@pytest.fixture
def pair(copies):
    """Anne and Ben, both with a copy."""
    return copies.join("anne", ANNE), copies.join("ben", BEN)


def only(services):
    (reading,) = services.confirming.readings()
    return reading


def partner_of(copies, report_id):
    (line,) = [
        line for line in copies.office.inbox.lines(also_decided=True) if line.report_id == report_id
    ]
    (partner,) = line.partners
    return partner


def printed(services, visit_id, audience):
    """A copy of a report, line by line."""
    (recipient,) = [
        due.recipient for due in services.copies.due(visit_id) if due.recipient.audience is audience
    ]
    return TaggedPdf(services.copies.pdf(visit_id, recipient.id)).outline()


def test_the_other_visitor_reads_the_report_and_confirms_it(copies, pair):
    anne, ben = pair
    visit = written(anne, summary="All was calm.")
    copies.exchange("anne", "office")
    assert partner_of(copies, visit.id).answer is None
    copies.exchange("ben")
    reading = only(ben)
    assert (reading.edition, reading.person_id, reading.before) == (visit, ANNE, None)
    assert reading.standing is Standing.TO_CONFIRM
    ben.confirming.confirm(visit.id, visit.id)
    assert only(ben).standing is Standing.CONFIRMED
    confirmed_at = copies.clock()
    copies.clock.move(hours=5)
    copies.exchange("ben", "office", "anne")
    partner = partner_of(copies, visit.id)
    assert (partner.name, partner.is_asked, partner.earlier) == ("Ben Sample", True, True)
    assert (partner.answer.confirms, partner.answer.at) == (True, confirmed_at)
    assert copies.office.confirming.confirmed_elsewhere(visit) == {BEN: confirmed_at}
    assert anne.confirming.confirmed_elsewhere(visit) == {BEN: confirmed_at}
    assert anne.confirming.readings() == ()
    copies.office.inbox.accept([visit.id])
    assert "Ben Sample on their own copy on 10 April 2025 at 13:00" in printed(
        copies.office, visit.id, Audience.MANAGER
    )
    assert "both visitors, one of them on their own copy, at last on 10 April 2025 at 13:00" in (
        printed(copies.office, visit.id, Audience.POLICE)
    )
    copies.settle()
    assert copies.office.confirming.confirmed_elsewhere(copies.office.visits.get(visit.id)) == {
        BEN: confirmed_at
    }
    assert list(copies.folder.iterdir()) == []
    for services in (copies.office, anne, ben):
        sound(services)


def test_an_amendment_is_to_be_confirmed_again_with_the_edition_that_was_confirmed(copies, pair):
    anne, ben = pair
    first = written(anne)
    copies.exchange("anne", "office", "ben")
    ben.confirming.confirm(first.id, first.id)
    copies.exchange("ben", "office")
    second = amended(anne, first, summary="A bulb was broken.")
    copies.exchange("anne", "office", "ben")
    reading = only(ben)
    assert reading.standing is Standing.TO_CONFIRM_AGAIN
    assert (reading.edition.id, reading.before.id) == (second.id, first.id)
    partner = partner_of(copies, first.id)
    assert (partner.answer, partner.earlier) == (None, True)
    assert copies.office.confirming.confirmed_elsewhere(second) == {}
    assert set(copies.office.confirming.confirmed_elsewhere(first)) == {BEN}
    ben.confirming.confirm(first.id, second.id)
    copies.exchange("ben", "office", "anne")
    assert set(copies.office.confirming.confirmed_elsewhere(second)) == {BEN}
    assert set(anne.confirming.confirmed_elsewhere(second)) == {BEN}
    sound(copies.office)


def test_what_was_amended_meanwhile_or_withdrawn_is_not_confirmed(copies, pair):
    anne, ben = pair
    first = written(anne)
    copies.exchange("anne", "office", "ben")
    second = amended(anne, first)
    copies.exchange("anne", "office", "ben")
    with pytest.raises(ConflictError, match="amended since"):
        ben.confirming.confirm(first.id, first.id)
    names = ["Anne Example", "Ben Sample"]
    anne.visits.withdraw(second.id, "We were at another site.", names)
    copies.exchange("anne", "office", "ben")
    assert only(ben).standing is Standing.WITHDRAWN
    with pytest.raises(ConflictError, match="withdrawn"):
        ben.confirming.confirm(first.id, second.id)
    with pytest.raises(BadInputError, match="not here"):
        ben.confirming.confirm(uuid4(), second.id)


def test_what_is_wrong_goes_to_the_office_and_changes_no_report(copies, pair):
    anne, ben = pair
    visit = written(anne)
    copies.exchange("anne", "office", "ben")
    for words in ("  ", "x" * 2001, "Mr John Smith was in cell 3."):
        with pytest.raises(BadInputError):
            ben.confirming.dispute(visit.id, visit.id, words)
    ben.confirming.dispute(visit.id, visit.id, " We saw five cells, not six. ")
    assert only(ben).standing is Standing.DISPUTED
    copies.exchange("ben", "office")
    (line,) = copies.office.inbox.lines()
    assert line.is_disputed
    assert line.partners[0].answer.words == "We saw five cells, not six."
    copies.exchange("anne")
    assert anne.confirming.confirmed_elsewhere(visit) == {}
    assert anne.visits.get(visit.id) == visit
    copies.office.inbox.accept([visit.id])
    assert copies.office.inbox.lines() == ()
    ben.confirming.confirm(visit.id, visit.id)
    copies.exchange("ben", "office")
    assert partner_of(copies, visit.id).answer.confirms
    sound(copies.office)


def test_an_accepted_report_is_in_the_inbox_again_until_the_remark_was_seen_to(copies, pair):
    anne, ben = pair
    visit = written(anne)
    copies.exchange("anne", "office", "ben")
    copies.office.inbox.accept([visit.id])
    ben.confirming.dispute(visit.id, visit.id, "The wait was longer.")
    copies.exchange("ben", "office")
    (line,) = copies.office.inbox.lines()
    assert (line.state, line.is_disputed) == (InboxState.ACCEPTED, True)
    assert copies.office.home.overview().disputed == 1
    with pytest.raises(NotAllowedError):
        anne.inbox.note(visit.id)
    copies.office.inbox.note(visit.id)
    assert copies.office.home.overview().disputed == 0
    assert copies.office.inbox.lines() == ()
    assert partner_of(copies, visit.id).answer.words == "The wait was longer."
    sound(copies.office)


def test_an_answer_to_a_report_that_the_office_lacks_waits_for_it(copies, pair):
    anne, ben = pair
    visit = written(anne)
    copies.exchange("anne", "office", "ben")
    with copies.office.access.database.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM received_report")  # an older backup is back
        connection.exec_driver_sql("DELETE FROM message_in WHERE kind = 'report'")
    ben.confirming.confirm(visit.id, visit.id)
    copies.exchange("ben", "office")
    assert copies.office.inbox.lines() == ()
    with anne.access.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE message_out SET digest = '' WHERE kind = 'report'")
    copies.exchange("anne", "office")
    assert partner_of(copies, visit.id).answer.confirms


def test_only_a_partner_with_a_copy_that_was_not_shut_out_is_asked(copies):
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    copies.exchange("anne", "office")
    assert not partner_of(copies, visit.id).is_asked
    ben, cara = copies.join("ben", BEN), copies.join("cara", CARA)
    copies.exchange("office", "ben", "cara")
    assert partner_of(copies, visit.id).is_asked
    assert only(ben).edition == visit
    assert cara.confirming.readings() == ()
    bens = next(copy for copy in copies.office.exchange.copies() if copy.person_id == BEN)
    copies.office.exchange.revoke(bens.id)
    ben.confirming.confirm(visit.id, visit.id)
    copies.exchange("ben", "office")
    partner = partner_of(copies, visit.id)
    assert (partner.is_asked, partner.answer) == (False, None)


def test_a_new_laptop_knows_what_was_confirmed(copies, pair):
    anne, ben = pair
    visit = written(anne)
    copies.exchange("anne", "office", "ben")
    ben.confirming.confirm(visit.id, visit.id)
    copies.exchange("ben", "office")
    bens = next(copy for copy in copies.office.exchange.copies() if copy.person_id == BEN)
    copies.office.exchange.revoke(bens.id)
    new = copies.join("ben", BEN)
    copies.settle()
    assert only(new).standing is Standing.CONFIRMED
    assert only(new).answer == only(ben).answer
    second = amended(anne, visit)
    copies.settle()
    new.confirming.confirm(visit.id, second.id)
    copies.settle()
    assert set(copies.office.confirming.confirmed_elsewhere(second)) == {BEN}
    sound(copies.office)


def test_somebody_whom_a_later_edition_no_longer_names_has_it_no_longer(copies, pair):
    anne, ben = pair
    visit = written(anne)
    copies.exchange("anne", "office", "ben")
    amended(anne, visit, visitors=(ANNE, CARA), summary="Another visitor was there.")
    copies.exchange("anne", "office", "ben")
    assert ben.confirming.readings() == ()
    with ben.access.database.reading() as connection:
        (kept,) = stored.reports(connection)
        assert kept.content.report is None
    third = amended(anne, anne.visits.get(anne.visits.replacement(visit.id)), visitors=(ANNE, BEN))
    copies.exchange("anne", "office", "ben")
    assert only(ben).edition.id == third.id


def leave(office, person_id):
    person = next(item for item in office.people.people() if item.id == person_id)
    gone = tuple(
        replace(item, status=LEFT, left_on=date(2025, 4, 9)) for item in person.memberships
    )
    office.people.save(replace(person, memberships=gone))


def test_a_partner_who_has_left_is_asked_and_reads_the_names_of_all(copies):
    anne = copies.join("anne", ANNE)
    visit = written(anne, observers=(CARA,))
    leave(copies.office, CARA)
    ben = copies.join("ben", BEN)
    leave(copies.office, BEN)
    assert CARA not in {person.id for person in ben.people.people()}
    copies.exchange("anne", "office", "ben")
    reading = only(ben)
    about = ben.visits.context(reading.edition)
    assert [about.name(each) for each in (ANNE, BEN, CARA)] == [
        "Anne Example",
        "Ben Sample",
        "Cara Instance",
    ]
    ben.confirming.confirm(visit.id, visit.id)
    copies.exchange("ben", "office")
    assert partner_of(copies, visit.id).answer.confirms


def test_reports_of_others_count_nowhere_in_a_visitors_copy(copies, pair):
    anne, ben = pair
    written(anne)
    copies.exchange("anne", "office", "ben", "office")
    assert ben.home.overview().recent == ()
    assert ben.handing_over.states() == {}
    assert len(copies.office.inbox.lines()) == 1
