"""The composition root: from a file and its key to services. The only place with a clock."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from visitapp.persistence.database import Database
from visitapp.security import holder
from visitapp.services import Services

Progress = Callable[..., bool]


@dataclass(slots=True)
class Opened:
    """An open file: its services until `close`."""

    path: Path
    database: Database
    services: Services
    held: "holder.Holder | None" = None

    def close(self) -> None:
        """Let go of the file."""
        self.database.dispose()
        if self.held is not None:
            self.held.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
