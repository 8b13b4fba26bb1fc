"""What a visitor's copy with sound keys can't do with a report, whatever it signs."""

import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.builders import ANIMALS, ANNE, BEN, CARA, KENNELS
from tests.copies import Copies, amended, written
from tests.sealing import make_message
from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.handing_over import HandedReport, InboxState
from visitapp.domain.exchange.messages import ALTERED, TOO_LONG, UNKNOWN, MessageError, MessageKind
from visitapp.domain.report.visit import Visit
from visitapp.exchange.message_content import encoded
from visitapp.security import copy_keys, sealed_messages


def send(copies: Copies, name: str, body: Any, number: int = 50) -> None:
    """A report from somebody's copy to the office, as it stands in `body`."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    content = hashlib.sha256(content).digest() + content
    own = copies.of(name).exchange.own()
    message = make_message(content, kind=MessageKind.REPORT, sender=own.id, number=number)
    receiver = copy_keys.public_keys(copies.office.exchange.own())
    copies.office.exchange.take_in(sealed_messages.seal(message, own, receiver))


def body_of(*editions: Visit, revision: int = 1) -> dict[str, Any]:
    """What a copy says of a report."""
    content: dict[str, Any] = json.loads(encoded(HandedReport(revision, editions))[32:])
    return content


def refusal(copies: Copies, name: str, body: Any) -> str:
    before = copies.office.inbox.lines(also_decided=True)
    with pytest.raises(MessageError) as error:
        send(copies, name, body)
    assert copies.office.inbox.lines(also_decided=True) == before
    return str(error.value)


def _set(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(edition: dict[str, Any]) -> None:
        *path, last = key.split(".")
        for step in path:
            edition = edition[int(step) if step.isdigit() else step]  # type: ignore[index]
        edition[last] = value

    return change


STRANGER_ID = str(uuid4())
UNKNOWN_HERE = (
    _set("site_id", STRANGER_ID), _set("site_id", str(KENNELS)), _set("scheme_id", str(ANIMALS)),
    _set("scheme_id", STRANGER_ID), _set("visitors", [str(ANNE), STRANGER_ID]),
    _set("observers", [STRANGER_ID]), _set("confirmations.0.person_id", STRANGER_ID),
    _set("report.form_number", 0), _set("report.form_number", 99), _set("report.form_number", -1),
)  # fmt: skip
NOT_A_REPORT = (
    _set("visitors", [str(BEN)]), _set("visitors", []), _set("report", None),
    _set("locked_at", None), _set("locked_at", "2025-04-08T12:00:00"),
    _set("batch_id", STRANGER_ID),
    _set("locked_at", "0001-01-01T00:00:00Z"), _set("arrived.utc_minute", 1 << 40),
    _set("arrived.offset", 1 << 30), _set("present", 1 << 70), _set("present", -(1 << 70)),
    _set("replaces_id", STRANGER_ID), _set("counts.0.number", -1), _set("state", "accepted"),
    _set("report.answers", {"calm": 1 << 70}), _set("report.answers", [[[]]]),
)  # fmt: skip


def test_a_report_that_the_office_could_not_show_is_refused(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    for expected, changes in ((UNKNOWN, UNKNOWN_HERE), (ALTERED, NOT_A_REPORT)):
        for number, change in enumerate(changes):
            body = body_of(visit)
            change(body["editions"][0])
            assert refusal(copies, "anne", body) == expected, number
    for revision in (0, -1, 1 << 63, 1.5, "1"):
        assert refusal(copies, "anne", body_of(visit) | {"revision": revision}) == ALTERED
    send(copies, "anne", body_of(visit))
    assert [line.report_id for line in copies.office.inbox.lines()] == [visit.id]


def test_a_report_that_is_longer_than_any_is_refused(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    body = body_of(written(anne))
    body["editions"][0]["summary"] = "x" * (5 << 20)
    assert refusal(copies, "anne", body) == TOO_LONG
    sound = json.dumps(body_of(anne.visits.get(UUID(body["editions"][0]["id"]))))
    nested = sound.replace('"answers": {', '"answers": {"deep": ' + "[" * 100_000, 1)
    assert refusal(copies, "anne", nested.encode()) == ALTERED


def test_a_visitor_takes_over_no_report_of_another(copies: Copies) -> None:
    anne, ben = copies.join("anne", ANNE), copies.join("ben", BEN)
    visit = written(anne)
    send(copies, "anne", body_of(visit))
    forged = body_of(visit, revision=7)
    forged["editions"][0]["summary"] = "Ben’s words in Anne’s report."
    assert refusal(copies, "ben", forged) == ALTERED
    (line,) = copies.office.inbox.lines()
    assert copies.office.inbox.report(line.report_id).summary == visit.summary
    assert ben.access.actor.name == "Ben Sample"


def test_a_visitor_rewrites_no_edition_that_was_accepted(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    send(copies, "anne", body_of(visit))
    copies.office.inbox.accept([visit.id])
    rewritten = body_of(visit, revision=2)
    rewritten["editions"][0]["summary"] = "Quite other words."
    send(copies, "anne", rewritten)
    with pytest.raises(BadInputError, match="isn’t the one that the office accepted"):
        copies.office.inbox.accept([visit.id])
    assert copies.office.visits.get(visit.id).summary == visit.summary


def test_a_visitor_replaces_no_report_that_the_office_wrote_itself(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    ours, theirs = written(copies.office), written(anne)
    body = body_of(theirs)
    body["editions"][0]["id"] = str(ours.id)
    send(copies, "anne", body)
    with pytest.raises(BadInputError, match="isn’t the one that the office accepted"):
        copies.office.inbox.accept([ours.id])
    body = body_of(theirs)
    body["editions"][0]["ref"] = ours.ref
    send(copies, "anne", body)
    with pytest.raises(BadInputError, match=f"another report {ours.ref}"):
        copies.office.inbox.accept([theirs.id])
    assert copies.office.visits.get(ours.id) == ours


def test_another_state_with_the_same_number_is_not_lost(copies: Copies) -> None:
    """A laptop brought back from a backup counts its editions from there."""
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    send(copies, "anne", body_of(visit))
    one = body_of(visit, revision=2)
    one["answer"] = "Yes."
    send(copies, "anne", one)
    send(copies, "anne", one)
    copies.office.inbox.accept([visit.id])
    send(copies, "anne", one | {"answer": "No."})
    (line,) = copies.office.inbox.lines()
    assert (line.state, line.answer) == (InboxState.WAITING, "No.")
    send(copies, "anne", body_of(visit, revision=1))
    (line,) = copies.office.inbox.lines()
    assert line.answer == "No."


def test_later_editions_named_before_earlier_ones_are_refused(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    visit = written(anne, visitors=(ANNE, CARA))
    second = amended(anne, visit, summary="Calm.")
    first = anne.visits.get(visit.id)
    body = body_of(first, second, revision=3)
    body["editions"].reverse()
    assert refusal(copies, "anne", body) == ALTERED
    body = body_of(first, second, revision=3)
    assert refusal(copies, "anne", body | {"editions": []}) == ALTERED
    assert refusal(copies, "anne", body | {"editions": body["editions"][1:]}) == ALTERED
    send(copies, "anne", body)
