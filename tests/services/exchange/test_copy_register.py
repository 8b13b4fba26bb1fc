"""Who has joined, who is invited, and the words by which two people compare keys."""

from datetime import date

import pytest

from tests.builders import ANNE, BEN
from tests.copies import Copies
from visitapp.domain.errors import BadInputError, NotAllowedError
from visitapp.domain.exchange.register import PersonCopies


def _of(copies: Copies, person_id: object) -> PersonCopies:
    return copies.office.copy_register.people().get(person_id, PersonCopies())


def test_a_person_is_invited_then_joined_then_shut_out(copies: Copies) -> None:
    assert _of(copies, ANNE).words == ""
    invitation, _ = copies.office.exchange.invite(ANNE)
    assert _of(copies, ANNE).words == "Invited until 24 Apr"
    assert _of(copies, ANNE).last_day == date(2025, 4, 24)
    anne = copies.begin("anne", invitation.file, invitation.code)
    assert _of(copies, ANNE).words == "Invited until 24 Apr"
    copies.office.exchange.take_in(anne.exchange.reply())
    assert _of(copies, ANNE).words == "Joined"
    assert _of(copies, ANNE).invitation is None
    assert _of(copies, BEN).words == ""
    (copy,) = _of(copies, ANNE).in_use
    copies.office.exchange.revoke(copy.id)
    assert _of(copies, ANNE).words == "Shut out"
    assert _of(copies, ANNE).in_use == ()
    assert _of(copies, ANNE).copies[0].shut_out_on == date(2025, 4, 10)
    copies.office.exchange.invite(ANNE)
    assert _of(copies, ANNE).words == "Invited until 24 Apr"


def test_an_invitation_is_over_after_14_days(copies: Copies) -> None:
    copies.office.exchange.invite(ANNE)
    copies.clock.move(days=13, hours=23)
    assert _of(copies, ANNE).words == "Invited until 24 Apr"
    copies.clock.move(hours=1)
    assert _of(copies, ANNE).words == ""
    with pytest.raises(BadInputError, match="Invite the person again"):
        copies.office.copy_register.code(ANNE)


def test_the_code_is_that_of_the_newest_invitation(copies: Copies) -> None:
    first, _ = copies.office.exchange.invite(ANNE)
    assert copies.office.copy_register.code(ANNE) == first.code
    second, _ = copies.office.exchange.invite(ANNE)
    assert copies.office.copy_register.code(ANNE) == second.code != first.code


def test_both_sides_see_the_same_words_and_every_copy_has_its_own(copies: Copies) -> None:
    assert copies.office.copy_register.fingerprints() is None
    anne, ben = copies.join("anne", ANNE), copies.join("ben", BEN)
    office = copies.office.copy_register.fingerprints()
    of_anne, of_ben = anne.copy_register.fingerprints(), ben.copy_register.fingerprints()
    assert office is not None
    assert of_anne is not None
    assert of_ben is not None
    assert office.office == ""
    assert of_anne.office == of_ben.office == office.own
    assert len(of_anne.own.split()) == 6
    assert len({office.own, of_anne.own, of_ben.own}) == 3
    assert _of(copies, ANNE).copies[0].fingerprint == of_anne.own
    assert _of(copies, BEN).copies[0].fingerprint == of_ben.own


def test_a_visitors_copy_gives_no_joining_code(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    with pytest.raises(NotAllowedError):
        anne.copy_register.code(ANNE)
    assert anne.copy_register.people().keys() <= {ANNE}
