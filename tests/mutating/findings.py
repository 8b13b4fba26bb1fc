"""What became of each change, kept so that a run that was stopped goes on."""

import hashlib
import json
from pathlib import Path

from tests.mutating.changes import KEPT, ROOT, Mutant


class Findings:
    """What became of each change of a module, kept as long as the module is the same."""

    def __init__(self, path: Path) -> None:
        name = path.relative_to(ROOT).as_posix().replace("/", ".")
        self._file = KEPT / f"{name}.json"
        self._mark = hashlib.sha256(path.read_bytes()).hexdigest()
        kept = json.loads(self._file.read_text("utf-8")) if self._file.exists() else {}
        self._killed = set(kept["killed"]) if kept.get("source") == self._mark else set()

    def is_killed(self, mutant: Mutant) -> bool:
        return mutant.name in self._killed

    def keep(self, mutant: Mutant) -> None:
        self._killed.add(mutant.name)
        content = {"source": self._mark, "killed": sorted(self._killed)}
        self._file.write_text(json.dumps(content, indent=1), "utf-8")
