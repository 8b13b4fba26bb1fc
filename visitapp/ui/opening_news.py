"""What a person is told of a file that has just been opened, or saved as a backup."""

from pathlib import Path

from visitapp.bootstrap import around
from visitapp.ui.widgets.page import Page


def tell_at_opening(page: Page | None, news: str, path: Path) -> None:
    """`news` of what was done before, and other versions of the file that lie beside it."""
    if page is None:
        return
    if news:
        page.show_banner("good", news, closes=True)
    copies = around.conflict_copies(path)
    if copies:
        page.show_banner("warn", _about(path, copies), key="versions", closes=True)


def _about(path: Path, copies: list[Path]) -> str:
    if len(copies) == 1:
        return (
            f"{copies[0].name} lies beside {path.name} and may be another version of it, from "
            "another computer. Open it and compare before you go on."
        )
    names = ", ".join(copy.name for copy in copies)
    return (
        f"These files lie beside {path.name} and may be other versions of it, from other "
        f"computers: {names}. Open them and compare before you go on."
    )


def backup_words(out: Path, kept: Path | None) -> str:
    """Where a backup is, and what stood there before."""
    words = f"A backup is saved as {out.name}"
    return words if kept is None else f"{words}; the file that was there is kept as {kept.name}"
