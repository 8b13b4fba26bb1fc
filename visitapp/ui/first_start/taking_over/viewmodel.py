"""What is answered to take over an office: its file and code, a name, a passphrase."""

from pathlib import Path

from visitapp.bootstrap import succession
from visitapp.ui.first_start.viewmodel import CodedFileViewModel
from visitapp.ui.jobs import Job


class TakingOverViewModel(CodedFileViewModel):
    """The next manager's own file, made of the whole records that were handed over."""

    def slip_of(self, code: str) -> str:
        return succession.code_slip(code)

    def opened(self, file: Path, code: str) -> object:
        succession.look(file, code)
        return file

    def inside_words(self) -> str:
        if self.inside is None:
            return ""
        return "The code opens this file. It holds the whole records of the office."

    def about(self) -> tuple[str, ...]:
        return (self.answers.name,)

    def answered(self) -> tuple[tuple[str, bool, str], ...]:
        file = self.file_answered(
            "Choose the file from the manager before you.",
            "Type the code that the manager before you gave you.",
        )
        return (*file, ("name", not self.answers.name.strip(), "Enter your name."))

    def make(self) -> Job:
        a = self.answers
        return self.session.take_over_office(
            a.file,
            a.code,
            self.path,
            a.passphrase,
            a.name.strip(),
            done=self.on_created,
            failed=self.on_failed,
        )
