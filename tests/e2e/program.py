"""The real program in a process of its own, for stories of several windows."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class Program:
    """The real program in a process of its own."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.steered", *arguments],
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, step: str, text: str = "") -> Any:
        """Have a step done; what it answers."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{step} {text}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the program ended"
        return json.loads(line)

    def keys(self, *steps: list[Any]) -> dict[str, Any]:
        """Have somebody at its keyboard do these steps, each the name of a method of `Typist` and
        its arguments; what is in sight then, and how many keys were pressed so far."""
        seen = self.do("keys", json.dumps(steps))
        assert "problem" not in seen, seen["problem"]
        assert isinstance(seen, dict)
        return seen

    def end(self) -> int:
        """Close the window; the exit code."""
        self.do("close")
        return self.process.wait(timeout=60)

    def holds(self, *needles: bytes) -> list[bytes]:
        """Which of these stand anywhere in its memory."""
        there: set[bytes] = set()
        maps = Path(f"/proc/{self.process.pid}/maps").read_text(encoding="utf-8")
        with Path(f"/proc/{self.process.pid}/mem").open("rb", buffering=0) as memory:
            for line in maps.splitlines():
                place, kind = line.split()[:2]
                if not kind.startswith("r") or line.endswith(("[vvar]", "[vsyscall]")):
                    continue
                start, end = (int(number, 16) for number in place.split("-"))
                with contextlib.suppress(OSError, ValueError, OverflowError):
                    memory.seek(start)
                    content = memory.read(end - start)
                    there |= {needle for needle in needles if needle in content}
        return sorted(there)
