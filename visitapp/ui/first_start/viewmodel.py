"""What is answered at the first start, what is still missing of it, and the file it becomes."""

from abc import abstractmethod
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from visitapp import bootstrap
from visitapp.bootstrap import nearby_files
from visitapp.domain.errors import VisitAppError
from visitapp.domain.exchange.register import REPLY_FILE
from visitapp.domain.office.body import UK_CASES, body_of
from visitapp.domain.office.scheme import Actor, Kind, Role
from visitapp.domain.text.wording import joined, lowered, number_of
from visitapp.paths import documents_folder, free_path, user_folder
from visitapp.ui.jobs import Job
from visitapp.ui.session import Session

if TYPE_CHECKING:
    from visitapp.domain.exchange.pack import InvitationContent


@dataclass(frozen=True, slots=True)
class Answers:
    """What was typed so far for a scheme of one's own, or as a visitor without an invitation."""

    role: Role = Role.MANAGER
    name: str = ""
    kinds: tuple[Kind, ...] = ()
    office: str = ""
    place: str = UK_CASES[0][0]
    passphrase: str = ""
    again: str = ""

    @property
    def is_person_known(self) -> bool:
        """The first question."""
        return bool(self.name.strip())

    @property
    def is_scheme_known(self) -> bool:
        """The second."""
        return bool(self.kinds) and bool(self.office.strip())


@dataclass(frozen=True, slots=True)
class CodedAnswers:
    """What was chosen and typed so far: a file from somebody else and the code that opens it."""

    file: Path | None = None
    code: str = ""
    name: str = ""
    passphrase: str = ""
    again: str = ""


class NewFileViewModel(QObject):
    """Answers that become a file with a passphrase.

    Signals: `changed` after an answer; `busy` (bool); `problem` (sentence, empty: none);
    `created` (recovery code) when the file is there.
    """

    changed = Signal()
    busy = Signal(bool)
    problem = Signal(str)
    created = Signal(str)

    def __init__(
        self,
        session: Session,
        path: Path,
        answers: Answers | CodedAnswers,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.path = path
        self.answers: Any = answers
        self.strength = bootstrap.passphrase_strength("")
        self.is_busy = False

    def answer(self, **answers: Any) -> None:
        """Take an answer or several."""
        self.answers = replace(self.answers, **answers)
        self.weigh()
        self.changed.emit()

    def weigh(self) -> None:
        """Find how strong the passphrase is, for this person."""
        about = (*self.about(), self.path.stem)
        self.strength = bootstrap.passphrase_strength(self.answers.passphrase, about)

    @abstractmethod
    def about(self) -> tuple[str, ...]:
        """Names that somebody who knows the person would try as a passphrase."""

    @abstractmethod
    def answered(self) -> tuple[tuple[str, bool, str], ...]:
        """Those questions but for the passphrase: (field, whether it is missing, what to do)."""

    @abstractmethod
    def make(self) -> Job:
        """Make the file."""

    @property
    def is_passphrase_good(self) -> bool:
        """Whether it is strong, and typed twice."""
        return self.strength.is_enough and self.answers.passphrase == self.answers.again

    def keep_at(self, path: Path) -> None:
        """Keep the file elsewhere."""
        self.path = path
        self.changed.emit()

    def missing(self) -> tuple[tuple[str, str], ...]:
        """What is left: (field, what to do), in the order of the page."""
        a = self.answers
        wanted = (
            *self.answered(),
            ("passphrase", not self.strength.is_enough, self._to_strengthen()),
            ("again", a.again != a.passphrase, "Type the same passphrase again."),
        )
        return tuple((field, sentence) for field, is_missing, sentence in wanted if is_missing)

    def _to_strengthen(self) -> str:
        if not self.answers.passphrase.strip():
            return "Choose a passphrase of four unrelated words."
        return f"Choose a stronger passphrase. {self.strength.sentence}"

    def still_to_do(self) -> str:
        """The sentence beside the button."""
        missing = self.missing()
        if not missing:
            return "Next: print your recovery sheet."
        if len(missing) == 1:
            return f"One thing left: {lowered(missing[0][1])}"
        return f"{len(missing)} things left. First: {lowered(missing[0][1])}"

    def begin(self) -> bool:
        """Make the file, if nothing is missing; whether it is being made."""
        if self.is_busy or self.missing():
            return False
        self.set_busy(True)
        self.make()
        return True

    def open_created(self) -> None:
        """Open the file that was made, once its code is on paper."""
        if not self.is_busy:
            self.set_busy(True)
            self.session.unlock(self.path, self.answers.passphrase, self.on_failed)

    def on_created(self, code: str) -> None:
        """The file is there, and has this recovery code."""
        self.set_busy(False)
        self.created.emit(code)

    def on_failed(self, error: VisitAppError) -> None:
        """What was begun did not work."""
        self.set_busy(False)
        self.problem.emit(str(error))

    def set_busy(self, busy: bool) -> None:
        """Something is under way, or ended."""
        self.is_busy = busy
        if busy:
            self.problem.emit("")
        self.busy.emit(busy)


class FirstStartViewModel(NewFileViewModel):
    """A file of one's own by three questions, and the demonstration.

    Signals: `returned` (path) when a file is there again that was set aside.
    """

    returned = Signal(object)

    def __init__(self, session: Session, path: Path, parent: QObject | None = None) -> None:
        super().__init__(session, path, Answers(), parent)

    def about(self) -> tuple[str, ...]:
        return self.answers.name, self.answers.office

    def answered(self) -> tuple[tuple[str, bool, str], ...]:
        a = self.answers
        return (
            ("name", not a.name.strip(), "Enter your name."),
            ("kinds", not a.kinds, "Choose at least one scheme."),
            ("office", not a.office.strip(), "Enter the name of the office."),
        )

    def make(self) -> Job:
        a = self.answers
        return self.session.create(
            self.path,
            a.passphrase,
            office_name=a.office,
            actor=Actor(a.name.strip(), a.role),
            kinds=a.kinds,
            body=body_of(a.place, a.office),
            done=self.on_created,
            failed=self.on_failed,
        )

    @property
    def kept(self) -> Path | None:
        """The newest file of records that was set aside from this place, if any."""
        return next(iter(nearby_files.kept_beside(self.path)), None)

    def put_back(self) -> None:
        """Make that the file of records again."""
        kept = self.kept
        if kept is not None and not self.is_busy:
            self.set_busy(True)
            self.session.jobs.run(
                lambda: nearby_files.put_back(self.path, kept),
                owner=self,
                done=lambda _: self._on_put_back(),
                failed=self.on_failed,
            )

    def _on_put_back(self) -> None:
        self.set_busy(False)
        self.returned.emit(self.path)

    def open_demonstration(self, role: Role = Role.MANAGER) -> Job | None:
        """Open the demonstration of a role, unless something is under way."""
        if self.is_busy:
            return None
        self.set_busy(True)
        return self.session.open_demonstration(self.on_failed, role)


class CodedFileViewModel(NewFileViewModel):
    """A file of records by a file from somebody else, and the code that opens that.

    Signals: `looked` once it was opened by the code, or could not be: `inside` is what it holds,
    None before, and `wrong` says why it can't be used.
    """

    looked = Signal()

    def __init__(self, session: Session, path: Path, parent: QObject | None = None) -> None:
        super().__init__(session, path, CodedAnswers(), parent)
        self.inside: Any = None
        self.wrong = ""

    @abstractmethod
    def slip_of(self, code: str) -> str:
        """What is wrong with a code as it is typed; empty where it can be one."""

    @abstractmethod
    def opened(self, file: Path, code: str) -> object:
        """What the file holds, never None. Raises VisitAppError with the reason why it can't be
        used."""

    @abstractmethod
    def inside_words(self) -> str:
        """What it holds, as a sentence; empty before it was opened."""

    def answer(self, **answers: Any) -> None:
        """Another file or code is to be looked at again."""
        if answers.keys() & {"file", "code"}:
            self.inside, self.wrong = None, ""
        super().answer(**answers)

    def slip(self) -> str:
        """What is wrong with the code typed so far; empty where none is begun."""
        code = self.answers.code.strip()
        return self.slip_of(code) if code else ""

    def file_answered(self, choose: str, type_code: str) -> tuple[tuple[str, bool, str], ...]:
        """Whether file and code are missing, and what to do."""
        a = self.answers
        code = (self.slip() if a.code.strip() else type_code) or self.wrong
        return ("file", a.file is None, choose), ("code", bool(code), code)

    def look(self) -> None:
        """Open the file by the code, once both are there, to say what it holds."""
        a = self.answers
        if a.file is None or not a.code.strip() or self.slip() or self.inside or self.wrong:
            return
        self.session.jobs.run(
            lambda: self.opened(a.file, a.code),
            owner=self,
            done=lambda inside: self._on_looked(a, inside, ""),
            failed=lambda error: self._on_looked(a, None, str(error)),
        )

    def _on_looked(self, asked: CodedAnswers, inside: object, wrong: str) -> None:
        if (asked.file, asked.code) == (self.answers.file, self.answers.code):
            self.inside, self.wrong = inside, wrong
            self.weigh()
            self.looked.emit()
            self.changed.emit()


class JoiningViewModel(CodedFileViewModel):
    """A visitor's file by an invitation and its code."""

    def __init__(self, session: Session, path: Path, parent: QObject | None = None) -> None:
        """`path` is where the window would make a file: a visitor's lies among their documents,
        unless a place was named."""
        if path.parent == user_folder():
            path = free_path(documents_folder() / path.name)
        super().__init__(session, path, parent)
        self._reply: Path | None = None

    @property
    def reply(self) -> Path:
        """Where the reply to the manager is saved: beside the records, unless chosen."""
        return self._reply or free_path(self.path.parent / REPLY_FILE)

    def save_reply_at(self, path: Path) -> None:
        """Save the reply elsewhere."""
        self._reply = path
        self.changed.emit()

    def slip_of(self, code: str) -> str:
        return bootstrap.joining_code_slip(code)

    def opened(self, file: Path, code: str) -> "InvitationContent":
        return bootstrap.look_at_invitation(file, code)

    def about(self) -> tuple[str, ...]:
        if self.inside is None:
            return ()
        return self.inside.pack.office.name, *self._me(self.inside)

    def answered(self) -> tuple[tuple[str, bool, str], ...]:
        return self.file_answered(
            "Choose the invitation that your manager sent you.",
            "Type the joining code that your manager gave you.",
        )

    def inside_words(self) -> str:
        """Whose invitation it is, and to what."""
        if self.inside is None:
            return ""
        pack = self.inside.pack
        sites = number_of(sum(len(scheme.sites) for scheme in pack.schemes), "site")
        schemes = joined([lowered(scheme.scheme.kind.label) for scheme in pack.schemes])
        name = "".join(self._me(self.inside))
        return f"This invitation is for {name}. {pack.office.name}: {schemes}, {sites}."

    @staticmethod
    def _me(invited: "InvitationContent") -> tuple[str, ...]:
        people = invited.pack.people
        return tuple(person.name for person in people if person.id == invited.person_id)

    def make(self) -> Job:
        a = self.answers
        self._reply = self.reply
        return self.session.join(
            a.file,
            a.code,
            self.path,
            a.passphrase,
            self._reply,
            done=self.on_created,
            failed=self.on_failed,
        )
