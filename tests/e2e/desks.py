"""Three people at three computers, each with a copy of the program and a folder that some program
keeps the same on all of them: a story by commands and files alone."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from visitapp import bootstrap
from visitapp.services import Services

Run = Callable[..., tuple[int, str, list[str]]]


@dataclass
class Desk:
    """One computer: its records, its folder of exchange, and the commands given there."""

    home: Path
    words: Path
    run: Run
    number: int = 0

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)

    @property
    def folder(self) -> Path:
        return self.home / "exchange"

    @property
    def records(self) -> Path:
        return self.home / "records.visits"

    def does(self, *words: object) -> str:
        """Give a command that succeeds; what it prints."""
        code, printed, errors = self.run(
            *words, "--file", self.records, "--passphrase-file", self.words
        )
        assert code == 0, errors
        return printed

    def exchange(self) -> dict[str, Any]:
        """Exchange once; nothing is refused."""
        done: dict[str, Any] = json.loads(self.does("exchange", "--folder", self.folder, "--json"))
        assert done["refused"] == []
        return done

    def signs(self, values: dict[str, Any]) -> str:
        """Sign a report that was written elsewhere; its reference."""
        self.number += 1
        path = self.home / f"report-{self.number}.json"
        path.write_text(json.dumps(values), "utf-8")
        return self.does("log", "--from-json", path).strip()

    def shows(self, ref: str) -> dict[str, Any]:
        """Everything in a report, but for what each file says of its own rows."""
        shown: dict[str, Any] = json.loads(self.does("visit", ref, "--json"))
        return shown

    @contextmanager
    def opened(self) -> Iterator[Services]:
        """What the window does and no command."""
        passphrase = self.words.read_text("utf-8")
        with bootstrap.open_with_passphrase(self.records, passphrase, hold=True) as opened:
            yield opened.services


@dataclass
class Synchronised:
    """The program that keeps the folders of exchange the same: it knows which files it saw."""

    desks: list[Desk]
    seen: set[str] = field(default_factory=set)

    def carry(self) -> None:
        """What is new in one folder goes to all, and what is gone from one goes from all."""
        names = [{path.name for path in desk.folder.iterdir()} for desk in self.desks]
        gone = {name for name in self.seen if any(name not in there for there in names)}
        wanted = set().union(*names) - gone
        for desk, there in zip(self.desks, names, strict=True):
            for name in there - wanted:
                (desk.folder / name).unlink()
            for name in wanted - there:
                source = next(
                    other.folder / name
                    for other, others in zip(self.desks, names, strict=True)
                    if name in others
                )
                shutil.copy2(source, desk.folder / name)
        self.seen = wanted

    def settle(self, rounds: int = 3) -> None:
        """Everybody exchanges, and the folders are carried after each."""
        for _ in range(rounds):
            for desk in self.desks:
                desk.exchange()
                self.carry()
