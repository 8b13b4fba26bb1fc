"""How well the privacy guard does on labelled sentences: `python -m tests.privacy_measure`.

A labelled span counts as found if a span of the same kind overlaps it; a span that was found
counts as false if it overlaps no labelled one. No place is known beforehand, as on the command
line.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from visitapp.domain.privacy import KINDS, Span
from visitapp.domain.privacy.guard import spans
from visitapp.services.reports.privacy import lexicon

HALVES = ("tuning", "held_out", "second_hand_tuning", "second_hand_held_out")
FOLDER = Path(__file__).parent / "data" / "privacy"


@dataclass
class Measured:
    """Counts over a half, by kind, and the sentences behind them."""

    labelled: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    pointed: Counter = field(default_factory=Counter)
    true: Counter = field(default_factory=Counter)
    sentences: int = 0
    clean: int = 0
    disturbed: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return sum(self.found.values()) / sum(self.labelled.values())

    @property
    def precision(self) -> float:
        return sum(self.true.values()) / sum(self.pointed.values())


def read(half: str) -> list[dict]:
    lines = (FOLDER / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def measure(half: str) -> Measured:
    made = Measured()
    for sentence in read(half):
        _add(made, sentence["text"], sentence["spans"])
    return made


def _add(made: Measured, text: str, labels: list[dict]) -> None:
    found = spans(text, lexicon=lexicon())
    made.sentences += 1
    made.clean += not labels
    made.disturbed += bool(found) and not labels
    for label in labels:
        made.labelled[label["kind"]] += 1
        if any(span.kind == label["kind"] and _overlap(span, label) for span in found):
            made.found[label["kind"]] += 1
        else:
            made.missed.append(f"{label['kind']}: {text[label['start'] : label['end']]} | {text}")
    for span in found:
        made.pointed[span.kind] += 1
        if any(_overlap(span, label) for label in labels):
            made.true[span.kind] += 1
        else:
            made.false.append(f"{span.kind}: {span.words} | {text}")


def _overlap(span: Span, label: dict) -> bool:
    return span.start < label["end"] and label["start"] < span.end


def tell(half: str, *, sentences: bool = False) -> None:
    made = measure(half)
    print(
        f"{half}: {made.sentences} sentences; precision {made.precision:.3f} "
        f"({sum(made.true.values())} of {sum(made.pointed.values())}), recall {made.recall:.3f} "
        f"({sum(made.found.values())} of {sum(made.labelled.values())}); "
        f"{made.disturbed} of {made.clean} clean sentences flagged"
    )
    for kind in KINDS:
        print(
            f"  {kind:15} found {made.found[kind]:3} of {made.labelled[kind]:3}; "
            f"true {made.true[kind]:3} of {made.pointed[kind]:3}"
        )
    for line in [*made.missed, "--", *made.false] if sentences else ():
        print(f"    {line}")


if __name__ == "__main__":
    for name in sys.argv[1:] or HALVES:
        tell(name.removesuffix("+"), sentences=name.endswith("+"))
