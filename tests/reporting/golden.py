"""`python -m tests.reporting.golden` writes the golden texts anew, to be read before they
are kept: the words of each document in the order in which somebody hears them."""

from pathlib import Path

from tests.reporting import documents

FOLDER = Path(__file__).parent.parent / "data"


def path_of(name: str) -> Path:
    if name in documents.MADE:
        return FOLDER / f"annual_report_{name}.txt"
    return FOLDER / f"{name.replace(' ', '_')}.txt"


SHEETS = (
    "report for the manager", "report for the police", "report of a kennel visit",
    "quarterly update", "meeting pack", "monthly page", "evidence pack",
)  # fmt: skip


if __name__ == "__main__":
    for document in (*documents.MADE, *SHEETS):
        path_of(document).write_text(
            documents.tagged(document).outline(), encoding="utf-8", newline="\n"
        )
