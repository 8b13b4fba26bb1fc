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
    recalled: Counter = field(default_factory=Counter)
    pointed: Counter = field(default_factory=Counter)
    true: Counter = field(default_factory=Counter)
    exact: int = 0
    """Labelled spans that were found from the first character to the last."""
    sentences: int = 0
    clean: int = 0
    disturbed: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return sum(self.recalled.values()) / sum(self.labelled.values())

    @property
    def precision(self) -> float:
        return sum(self.true.values()) / sum(self.pointed.values())


def read(half: str) -> list[dict]:
    lines = (FOLDER / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def measure(half: str) -> Measured:
    measured = Measured()
    for sentence in read(half):
        _add(measured, sentence["text"], sentence["spans"])
    return measured


def _add(measured: Measured, text: str, labels: list[dict]) -> None:
    flagged = spans(text, lexicon=lexicon())
    measured.sentences += 1
    measured.clean += not labels
    measured.disturbed += bool(flagged) and not labels
    labelled = {(label["start"], label["end"], label["kind"]) for label in labels}
    measured.exact += sum((span.start, span.end, span.kind) in labelled for span in flagged)
    for label in labels:
        measured.labelled[label["kind"]] += 1
        if any(span.kind == label["kind"] and _overlap(span, label) for span in flagged):
            measured.recalled[label["kind"]] += 1
        else:
            measured.missed.append(
                f"{label['kind']}: {text[label['start'] : label['end']]} | {text}"
            )
    for span in flagged:
        measured.pointed[span.kind] += 1
        if any(_overlap(span, label) for label in labels):
            measured.true[span.kind] += 1
        else:
            measured.false.append(f"{span.kind}: {span.words} | {text}")


def _overlap(span: Span, label: dict) -> bool:
    return span.start < label["end"] and label["start"] < span.end


def tell(half: str, *, sentences: bool = False) -> None:
    measured = measure(half)
    print(
        f"{half}: {measured.sentences} sentences; precision {measured.precision:.3f} "
        f"({sum(measured.true.values())} of {sum(measured.pointed.values())}), "
        f"recall {measured.recall:.3f} "
        f"({sum(measured.recalled.values())} of {sum(measured.labelled.values())}); "
        f"{measured.exact} to the character; "
        f"{measured.disturbed} of {measured.clean} clean sentences flagged"
    )
    for kind in KINDS:
        print(
            f"  {kind:15} found {measured.recalled[kind]:3} of {measured.labelled[kind]:3}; "
            f"true {measured.true[kind]:3} of {measured.pointed[kind]:3}"
        )
    for line in [*measured.missed, "--", *measured.false] if sentences else ():
        print(f"    {line}")


if __name__ == "__main__":
    for name in sys.argv[1:] or HALVES:
        tell(name.removesuffix("+"), sentences=name.endswith("+"))
