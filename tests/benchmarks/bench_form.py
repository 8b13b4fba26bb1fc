"""Twenty answers in the report form, and another text size once all of its sections were open.

The baseline is a form of as many plain widgets with a style sheet of two rules, which saves nothing
and judges nothing. A style is the whole application's, so each side has a process of its own; they
turn and turn about.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from uuid import UUID

from tests.benchmarks.bench_start import KEY
from tests.builders import SCHEME_IDS
from visitapp import bootstrap
from visitapp.domain.office.scheme import Actor, Office, Role

ROUNDS, ANSWERS = 5, 20
BAR_ANSWERS, BAR_TEXT = 25.0, 4.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.visits"
        office, actor = Office(UUID(int=1), "An office"), Actor("A manager", Role.MANAGER)
        bootstrap.make_records(records, KEY, office=office, actor=actor, scheme_ids=SCHEME_IDS)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            *times, widgets = measured("our_form", str(records), KEY.hex(), home=folder)
            ours.append(times)
            theirs.append(measured("plain_form", str(int(widgets)), home=folder))
    for at, (name, bar) in enumerate(
        ((f"{ANSWERS} answers", BAR_ANSWERS), ("another text size", BAR_TEXT))
    ):
        mine = median(times[at] for times in ours) * 1000
        base = median(times[at] for times in theirs) * 1000
        print(
            f"{name}: ours {mine:.0f} ms, baseline {base:.0f} ms, ratio {mine / base:.1f} "
            f"(bar {bar:g})",
            flush=True,
        )


def measured(script: str, *arguments: str, home: str) -> list[float]:
    """The numbers that a process says in its last line."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{script}", *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": home, "XDG_DATA_HOME": home},
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return [float(number) for number in done.stdout.splitlines()[-1].split()]


if __name__ == "__main__":
    main()
