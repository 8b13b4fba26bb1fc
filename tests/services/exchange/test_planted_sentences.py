"""Through a whole story, no sentence that somebody wrote lies open in any file: not in the folder
of exchange, beside the records, in the home, or in a temporary folder."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from tests.builders import ANNE, BEN, CARA, CUSTODY, SUITE
from tests.conftest import PASSPHRASE, RECOVERY_SECRET
from tests.copies import Copies, amended, written
from tests.planted import lying_open
from visitapp.domain.exchange.handing_over import Handover
from visitapp.domain.following.issue_steps import REFERRED, NewStep
from visitapp.domain.records.typed import TypedWords
from visitapp.domain.report.issue import Issue
from visitapp.security import vault

SUMMARY = "Plump gherkins were juggled by a vexed night watch."
LATER = "Wobbly jugs of quince were served to all at dusk."
ISSUE = "Zinc buckets stood where blankets were wanted."
QUESTION = "Which of the six kettles hummed below?"
ANSWER = "The mauve kettle hummed, the others were quiet."
STEP = "Extra fudge was ordered for every second cell."
DRAFT = "Damp velvet hung from each of the hatches."
TYPED = "Nobody had yet polished these brass whistles."
DISPUTE = "I counted five buckets, and each was of zinc."
NAME, SITE = "Quenby Zouch-Yoxall", "Zanzibar House"
SENTENCES = (
    SUMMARY,
    LATER,
    ISSUE,
    QUESTION,
    ANSWER,
    STEP,
    DRAFT,
    TYPED,
    DISPUTE,
    NAME,
    SITE,
    PASSPHRASE,
)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The temporary folder of the program and of the database."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    monkeypatch.setattr(tempfile, "tempdir", None)


class Searched:
    """Looks through every place after each step of a story."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self.files: set[str] = set()
        self.sentences = list(SENTENCES)

    def after(self, step: str) -> None:
        places = [path for folder in self.folders for path in folder.rglob("*")]
        self.files |= {path.suffix for path in places if path.is_file()}
        assert lying_open(self.folders, self.sentences) == [], step


def test_nothing_that_was_written_lies_open_in_a_file(
    copies: Copies, tmp_path: Path, temporary: Path
) -> None:
    look = Searched(tmp_path, Path.home())
    office = copies.office
    suite = next(site for site in office.setup.sites() if site.id == SUITE)
    office.setup.save_site(replace(suite, name=SITE))
    partner = next(person for person in office.people.people() if person.id == BEN)
    office.people.save(replace(partner, name=NAME))
    invitation, _ = office.exchange.invite(CARA)
    look.sentences.append(invitation.code)
    (tmp_path / "cara.visitinvite").write_bytes(invitation.file)
    anne = copies.join("anne", ANNE)
    (tmp_path / "reply.visitmsg").write_bytes(anne.exchange.reply())
    ben = copies.join("ben", BEN)
    look.after("joining")

    draft, _ = anne.drafts.begin(CUSTODY)
    typed = replace(draft.report, summary=DRAFT)
    anne.drafts.save(replace(draft, report=typed))
    anne.typed.keep(TypedWords("exchange", {"answer": TYPED}))
    look.after("a draft")
    issue = Issue(uuid4(), "FOOD", 2, description=ISSUE)
    first = written(anne, summary=SUMMARY, issues=(issue,))
    look.after("signing")
    for name in ("anne", "office", "ben", "anne"):
        copies.exchange(name)
        look.after(f"an exchange of {name}")
    office.inbox.ask(first.id, QUESTION)
    copies.exchange("office", "anne")
    anne.handing_over.answer(first.id, ANSWER)
    copies.exchange("anne")
    look.after("a question and its answer")
    copies.exchange("office")
    amended(anne, anne.visits.get(first.id), summary=LATER)
    copies.exchange("anne", "office", "ben")
    (reading,) = ben.confirming.readings()
    ben.confirming.dispute(first.id, reading.edition.id, DISPUTE)
    copies.exchange("ben", "office")
    look.after("the other visitor's words")
    office.inbox.accept([first.id])
    (line,) = office.inbox.lines(also_decided=True)
    standing = office.inbox.report(line.report_id)
    (raised,) = standing.issues
    day = office.access.today()
    office.issues.record(raised.id, raised.version, NewStep(REFERRED, day, STEP, "the inspector"))
    copies.exchange("office", "anne", "ben")
    look.after("acceptance, and what became of an issue")
    assert anne.handing_over.states()[first.id].stage is Handover.ACCEPTED
    assert anne.visits.get(standing.id).summary == LATER
    assert anne.briefing.briefing(standing.site_id).site.name == SITE

    path = copies.open_files[1].path
    key_of_anne = bytes(range(1, 33))
    vault._write(
        path,
        vault._wrap_passphrase(key_of_anne, PASSPHRASE),
        vault._wrap_code(key_of_anne, RECOVERY_SECRET),
    )
    stick = tmp_path / "stick"
    stick.mkdir()
    assert anne.backups.make(stick) is not None
    look.after("a copy on a stick")
    (lost,) = [copy for copy in office.exchange.copies() if copy.person_id == ANNE]
    office.exchange.revoke(lost.id)
    copies.clock.move(hours=1)
    copies.join("new", ANNE)
    copies.exchange("office", "new", "office")
    assert copies.of("new").visits.get(standing.id).summary == LATER
    look.after("a lost laptop")
    copies.close()
    copies.open_files.clear()
    look.after("closing")
    assert {".visits", ".visitmsg", ".visitinvite"} <= look.files
