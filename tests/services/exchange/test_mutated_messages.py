"""Messages changed by chance, from copies with sound keys: nothing of them is taken in, nothing
stumbles over them, and no sentence says what they hold.

A content carries its own digest, so that whatever was changed of it is refused. Whoever has a key
can make the digest anew: such a message is taken in where its values fit, or refused in a sentence.
"""

import hashlib
import json
import random
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest

from tests.builders import ANNE, BEN, CUSTODY, answers_of, make_visit, sign
from tests.copies import Copies
from tests.mutations import mutated_bytes, mutated_json
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.exchange.copies import OwnCopy
from visitapp.domain.exchange.messages import (
    ALTERED,
    CUT,
    NEWER,
    NO_MESSAGE,
    OTHER,
    Message,
    MessageError,
)
from visitapp.domain.office.scheme import Role
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.report import Report
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import tables
from visitapp.persistence.exchange_tables import received_report
from visitapp.security import copy_keys, sealed_messages
from visitapp.services import Services

PLANTED = "Zanzibar"
SENTENCES = {ALTERED, CUT, NEWER, NO_MESSAGE, OTHER}


@dataclass(frozen=True)
class Sample:
    """A sound message with the copy that sent it and the one it is for."""

    message: Message
    sender: OwnCopy
    receiver: OwnCopy
    services: Services

    def sealed(self, content: bytes) -> bytes:
        """A new message of its kind with another content, with sound keys."""
        changed = replace(self.message, id=uuid4(), number=self.message.number + 1, content=content)
        return sealed_messages.seal(changed, self.sender, copy_keys.public_keys(self.receiver))


@pytest.fixture
def samples(copies: Copies) -> dict[str, Sample]:
    """One message of each kind, with a planted word in each text."""
    office = copies.office
    office.setup.save_site(replace(office.setup.sites()[0], name=f"{PLANTED} House"))
    invitation, _ = office.exchange.invite(ANNE)
    anne = copies.begin("anne", invitation.file, invitation.code)
    reply = anne.exchange.reply()
    office.exchange.take_in(reply)
    form = anne.forms.form(CUSTODY)
    visit = make_visit(
        copies.clock().date(),
        summary=f"{PLANTED} was calm.",
        issues=(Issue(uuid4(), "FOOD", 2, description=f"{PLANTED} meals were cold."),),
        report=Report(form.number, answers_of(form)),
    )
    sign(anne, visit)
    ben = copies.join("ben", BEN)
    services = {"office": office, "anne": anne, "ben": ben}
    sides = {name: each.exchange.own() for name, each in services.items()}
    assert None not in sides.values()
    files = [("anne", "office", reply)]
    for name in ("anne", "office", "anne", "ben", "office"):
        before = set(copies.folder.iterdir())
        copies.exchange(name)
        if name == "ben":
            ben.confirming.dispute(visit.id, visit.id, f"{PLANTED} was not calm.")
            copies.exchange("ben")
        files += [
            (name, other, path.read_bytes())
            for path in sorted(set(copies.folder.iterdir()) - before)
            for other in services
            if sealed_messages.is_for(path.read_bytes(), sides[other])
        ]
    found = {}
    for sender, to, file in files:
        keys = copy_keys.public_keys(sides[sender])
        message = sealed_messages.open_message(file, sides[to], lambda _, keys=keys: keys)
        kind = message.kind.value + " to " + to
        found[kind] = Sample(message, sides[sender], sides[to], services[to])
    return found


def refusal_of(services: Services, file: bytes) -> str:
    """The sentence that refuses a file; "" where it was taken in."""
    try:
        services.exchange.take_in(file)
    except MessageError as error:
        return str(error)
    return ""


def dump(services: Services) -> dict[str, list[Any]]:
    """Every row of a copy."""
    with services.access.database.reading() as connection:
        return {
            name: sorted(map(repr, connection.execute(table.select())))
            for name, table in tables.metadata.tables.items()
        }


def changed_content(rng: random.Random, content: bytes) -> bytes:
    changed = mutated_bytes(rng, content)
    return changed if changed != content else content[::-1]


@pytest.fixture
def many(request: pytest.FixtureRequest) -> int:
    """How often each part is done: a tenth of it in the ordinary suite."""
    return 10 if request.config.getoption("--long") else 1


def test_no_changed_content_with_sound_keys_is_taken_in(samples, many):
    rng = random.Random(12)
    before = {id(sample.services): dump(sample.services) for sample in samples.values()}
    # One digest covers all of a content: what 1,000 changes say, 100,000 of the long run say too.
    shares = {name: (15 if name.startswith("pack") else 150) * many**2 for name in samples}
    refusals = Counter[str]()
    for name, sample in samples.items():
        for _ in range(shares[name]):
            content = changed_content(rng, sample.message.content)
            refusals[refusal_of(sample.services, sample.sealed(content))] += 1
    assert refusals == {ALTERED: sum(shares.values())}
    assert refusals.total() >= 1_000 * many**2
    for sample in samples.values():
        assert dump(sample.services) == before[id(sample.services)]


def one_of_each_kind(file: bytes) -> list[bytes]:
    """The file altered so that it meets each refusal once: by its mark, its version, its length,
    whom it is for, and what is sealed."""
    for_whom = sealed_messages.HEAD_BYTES - 1
    altered = []
    for at in (0, 8, for_whom, -1):
        changed = bytearray(file)
        changed[at] ^= 2
        altered.append(bytes(changed))
    return [*altered, file[:-1]]


def test_no_changed_file_is_taken_in(samples, many):
    rng = random.Random(13)
    refusals = Counter[str]()
    for sample in samples.values():
        file = sample.sealed(sample.message.content)
        before = dump(sample.services)
        for changed in one_of_each_kind(file):
            refusals[refusal_of(sample.services, changed)] += 1
        for _ in range(120 * many):
            refusals[refusal_of(sample.services, changed_content(rng, file))] += 1
        assert dump(sample.services) == before
    assert refusals.total() == (5 + 120 * many) * len(samples) >= 1_000 * many
    assert refusals.keys() == SENTENCES


def with_new_digest(content: Any) -> bytes:
    body = json.dumps(content).encode()
    return hashlib.sha256(body).digest() + body


def with_new_ids(content: Any) -> Any:
    """A report nobody has yet."""
    text = json.dumps(content)
    for edition in content["editions"]:
        for value in (edition["id"], *(issue["id"] for issue in edition["issues"])):
            text = text.replace(value, str(uuid4()))
    return json.loads(text.replace(content["editions"][0]["ref"], f"NOR-{uuid4().hex[:8]}"))


KINDS = ("reply to office", "report to office", "pack to anne", "receipt to anne",
         "receipt to office", "to_confirm to ben", "confirmation to office")  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_that_signs_nonsense_is_refused_in_a_sentence_or_does_no_harm(samples, many, kind):
    rng = random.Random(14)
    sample, failures = samples[kind], []
    sound = json.loads(sample.message.content[32:])
    for turn in range(60 * many):
        content = mutated_json(rng, with_new_ids(sound) if kind.startswith("report") else sound)
        file = sample.sealed(with_new_digest(content))
        try:
            sample.services.exchange.take_in(file)
            if kind.startswith("report"):
                read_and_decide(sample.services)
        except (MessageError, ConflictError) as error:
            sentence = str(error)
            if PLANTED in sentence or "\n" in sentence:
                failures.append((turn, sentence))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            failures.append((turn, repr(error)[:200]))
    assert failures == []
    assert sample.services.visits.page(VisitQuery()).rows or not kind.startswith("report")
    read_partner_reports(sample.services)
    sample.services.people.people()
    sample.services.setup.sites()


def read_partner_reports(services: Services) -> None:
    """What the other visitor does with a report that came."""
    if services.access.actor.role is not Role.VISITOR:
        return
    for reading in services.confirming.readings():
        for visit in filter(None, (reading.edition, reading.before)):
            services.visits.context(visit)


def read_and_decide(services: Services) -> None:
    """What the manager does with a report that came: one that can't be accepted is set aside."""
    for line in services.inbox.lines():
        services.inbox.report(line.report_id)
        try:
            services.inbox.accept([line.report_id])
        except (BadInputError, ConflictError):
            with services.access.database.transaction() as connection:
                connection.execute(received_report.delete())
        else:
            services.visits.get(line.report_id)
