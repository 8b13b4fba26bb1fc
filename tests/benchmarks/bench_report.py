"""The annual report of 113 visits, from the open records to the bytes of the tagged PDF,
against stock ReportLab laying out the same text, tables and drawings once, untagged.

Both sides run in processes of their own with the same fonts, turn and turn about; the first
report of each process, which also reads the fonts, is shown apart.
"""

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
KEY = bytes(32)
BAR = 4.0
TURNS, ROUNDS = 4, 6


def main() -> None:
    if len(sys.argv) > 1:
        ours(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        records, content = Path(folder) / "demonstration.visits", Path(folder) / "content.json"
        prepare(records, content)
        mine, theirs = [], []
        for _ in range(TURNS):
            mine.append(times("-m", "tests.benchmarks.bench_report", str(records)))
            stock = str(Path(__file__).with_name("stock_report.py"))
            theirs.append(times(stock, str(content), str(ROUNDS)))
        say("annual report", [t for run in mine for t in run[1:]],
            [t for run in theirs for t in run[1:]])  # fmt: skip
        say("annual report, the first of a process", [run[0] for run in mine],
            [run[0] for run in theirs])  # fmt: skip


def prepare(records: Path, content: Path) -> None:
    """The demonstration's records, and its report of 2023/24 as neutral content."""
    from tests.benchmarks.report_content import neutral
    from visitapp import bootstrap, demonstration
    from visitapp.reporting.annual import annual_report
    from visitapp.reporting.pdf.fonts import register_fonts

    bootstrap.new_records(records, KEY, demonstration.fill)
    year = demonstration.published_years()[0]
    with bootstrap.open_with_key(records, KEY) as opened:
        summary = opened.services.figures.summary(year)
    register_fonts()
    document = annual_report(summary, date(2024, 3, 31))
    content.write_text(json.dumps(neutral(document)), encoding="utf-8")


def ours(records: Path) -> None:
    """Time the report in this process and print the seconds as JSON."""
    import reportlab.platypus  # noqa: F401 - loaded before the clock starts, as the baseline's

    from visitapp import bootstrap, demonstration
    from visitapp.reporting.pdf import render  # noqa: F401

    year = demonstration.published_years()[0]
    seconds = []
    with bootstrap.open_with_key(records, KEY) as opened:
        reports = opened.services.reports
        for _ in range(ROUNDS):
            began = time.process_time()
            reports.annual_pages(year)
            seconds.append(time.process_time() - began)
    print(json.dumps(seconds))


def times(*words: str) -> list[float]:
    """Run one side and read its seconds."""
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds: list[float] = json.loads(done.stdout)
    return seconds


def say(name: str, mine: list[float], theirs: list[float]) -> None:
    """One line: both medians and their ratio beside the bar."""
    a, b = median(mine), median(theirs)
    print(f"{name}: ours {a * 1000:.0f} ms, baseline {b * 1000:.0f} ms, ratio {a / b:.2f} "
          f"(bar {BAR:g})")  # fmt: skip


if __name__ == "__main__":
    main()
