"""The answers of the first start, what is still missing, and creating the file."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from visitapp import bootstrap
from visitapp.bootstrap import nearby_files
from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.scheme import Actor, Kind, Role
from visitapp.domain.text.wording import lowered
from visitapp.ui.jobs import Job
from visitapp.ui.session import Session


@dataclass(frozen=True, slots=True)
class Answers:
    """What was typed so far. `role` is None until it is chosen."""

    role: Role | None = None
    name: str = ""
    kinds: tuple[Kind, ...] = ()
    office: str = ""
    passphrase: str = ""
    again: str = ""

    @property
    def is_person_known(self) -> bool:
        """Whether the first question is answered."""
        return self.role is not None and bool(self.name.strip())

    @property
    def is_scheme_known(self) -> bool:
        """Whether the second question is answered."""
        return bool(self.kinds) and bool(self.office.strip())


class FirstStartViewModel(QObject):
    """Signals: `changed` after an answer; `busy` (bool); `problem` (sentence, or empty for none);
    `created` (recovery code) once the file exists; `returned` (path) once a file that was set aside
    is back."""

    changed = Signal()
    busy = Signal(bool)
    problem = Signal(str)
    created = Signal(str)
    returned = Signal(object)

    def __init__(self, session: Session, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.path = path
        self.answers = Answers()
        self.strength = bootstrap.passphrase_strength("")
        self._is_busy = False

    def answer(self, **answers: Any) -> None:
        """Set one or more fields of `Answers`."""
        self.answers = replace(self.answers, **answers)
        if answers.keys() & {"passphrase", "name", "office"}:
            about = (self.answers.name, self.answers.office, self.path.stem)
            self.strength = bootstrap.passphrase_strength(self.answers.passphrase, about)
        self.changed.emit()

    @property
    def is_passphrase_good(self) -> bool:
        """Whether the third question is answered."""
        return self.strength.is_enough and self.answers.passphrase == self.answers.again

    def keep_at(self, path: Path) -> None:
        """Set where the file will be."""
        self.path = path
        self.changed.emit()

    def missing(self) -> tuple[tuple[str, str], ...]:
        """What is missing, as (field, what to do), in the order of the page."""
        a = self.answers
        wanted = (
            ("role", a.role is None, "Say whether you visit or manage."),
            ("name", not a.name.strip(), "Enter your name."),
            ("kinds", not a.kinds, "Choose at least one scheme."),
            ("office", not a.office.strip(), "Enter the name of the office."),
            ("passphrase", not self.strength.is_enough, self._to_strengthen()),
            ("again", a.again != a.passphrase, "Type the same passphrase again."),
        )
        return tuple((field, sentence) for field, is_missing, sentence in wanted if is_missing)

    def _to_strengthen(self) -> str:
        if not self.answers.passphrase.strip():
            return "Choose a passphrase of four unrelated words."
        return f"Choose a stronger passphrase. {self.strength.sentence}"

    def still_to_do(self) -> str:
        """The sentence next to the button."""
        missing = self.missing()
        if not missing:
            return "Next: print your recovery sheet."
        if len(missing) == 1:
            return f"One thing left: {_lower(missing[0][1])}"
        return f"{len(missing)} things left. First: {_lower(missing[0][1])}"

    @property
    def kept(self) -> Path | None:
        """The newest records that were set aside from this place, if any."""
        return next(iter(nearby_files.kept_beside(self.path)), None)

    def put_back(self) -> None:
        """Move those records back."""
        kept = self.kept
        if kept is not None and not self._is_busy:
            self._set_busy(True)
            self._session.jobs.run(
                lambda: nearby_files.put_back(self.path, kept),
                owner=self,
                done=lambda _: self._on_put_back(),
                failed=self._on_failed,
            )

    def _on_put_back(self) -> None:
        self._set_busy(False)
        self.returned.emit(self.path)

    def begin(self) -> bool:
        """Create the file if nothing is missing. Returns whether that was started."""
        if self._is_busy or self.missing():
            return False
        a = self.answers
        assert a.role is not None
        self._set_busy(True)
        self._session.create(
            self.path,
            a.passphrase,
            office_name=a.office,
            actor=Actor(a.name.strip(), a.role),
            kinds=a.kinds,
            done=self._on_created,
            failed=self._on_failed,
        )
        return True

    def open_created(self) -> None:
        """Open the new file, once its recovery code is on paper."""
        if not self._is_busy:
            self._set_busy(True)
            self._session.unlock(self.path, self.answers.passphrase, self._on_failed)

    def open_demonstration(self) -> Job | None:
        """Open the demonstration, unless work is running."""
        if self._is_busy:
            return None
        self._set_busy(True)
        return self._session.open_demonstration(self._on_failed)

    def _on_created(self, code: str) -> None:
        self._set_busy(False)
        self.created.emit(code)

    def _on_failed(self, error: VisitAppError) -> None:
        self._set_busy(False)
        self.problem.emit(str(error))

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        if busy:
            self.problem.emit("")
        self.busy.emit(busy)


def _lower(sentence: str) -> str:
    return lowered(sentence)
