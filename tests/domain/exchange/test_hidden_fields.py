"""No key, secret, sealed content or moment of a visit is in a `repr`, which logs and failures
print."""

from dataclasses import fields

import pytest

from visitapp.domain.exchange import by_hand, copies, given_back, handing_over, messages, pack
from visitapp.domain.plan import pair_moments, planned

HIDDEN = {
    copies.PublicKeys: {"sealing", "signing"},
    copies.OwnCopy: {"sealing_seed", "signing_seed"},
    copies.Invitation: {"secret"},
    pack.Reply: {"proof"},
    messages.Message: {"content"},
    messages.OutMessage: {"file"},
    by_hand.HandMessages: {"files"},
    handing_over.Receipt: {"message_ids"},
    given_back.GivenDraw: {"partner_keys"},
    given_back.ShownMoments: {"moments", "check_words"},
    pair_moments.FrozenInputs: {"number", "counts", "times", "handovers_left"},
    pair_moments.PairDraw: {"visit_ids"},
    planned.Drawn: {"day", "minute", "cell"},
    planned.PlannedVisit: {"day", "minute", "cell", "is_stood_down"},
    planned.PlannedMoment: {"day", "minute"},
}


@pytest.mark.parametrize("hiding", HIDDEN, ids=lambda hiding: hiding.__name__)
def test_what_is_hidden_is_in_no_repr(hiding: type) -> None:
    assert {field.name for field in fields(hiding) if not field.repr} == HIDDEN[hiding]
