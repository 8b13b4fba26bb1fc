"""Messages about a file that was just opened, or saved as a backup."""

from functools import partial
from pathlib import Path

from visitapp.bootstrap import nearby_files
from visitapp.ui.typed import unsaved_elsewhere
from visitapp.ui.widgets.page import Page

_FORMS = {"people": "People", "settings": "Settings", "availability": "Availability"}
"""Names of the pages with forms, by the place under which their typing is kept."""


def show_at_opening(page: Page | None, news: str, path: Path) -> None:
    """Show `news` about repairs, unsaved typing, and other versions of the file in its folder."""
    if page is None:
        return
    show_unsaved(page)
    if news:
        page.show_banner("good", news, closes=True)
    copies = nearby_files.conflict_copies(path)
    if copies:
        page.show_banner("warn", _about(path, copies), key="versions", closes=True)


def show_closed(page: Page | None, words: str) -> None:
    """Show on a page why nothing changes in this file; no words: it can be changed."""
    if page is None:
        return
    if words:
        more = ("More about this", lambda: page.context.go("settings", "next_manager"))
        if page.context.reads_only:
            page.show_banner("info", words, key="closed")
        else:
            page.show_banner("warn", words, [more], key="closed")
    else:
        page.clear_banner("closed")


def show_unsaved(page: Page) -> None:
    """Show what is typed elsewhere and isn't saved."""
    context = page.context
    for place, title in unsaved_elsewhere(context.typed, page.typed_place):
        key = f"typed {place}"
        if title:
            words = f"What you typed under “{title}” is still here. Open it again to continue."
            done = ("Forget it", partial(_forget, page, place, key))
        elif place in _FORMS:
            words = f"What you typed under {_FORMS[place]} is still here, but it is not saved yet."
            done = ("Continue", partial(_go_on, page, place, key))
        else:
            continue
        page.show_banner("info", words, [done], key=key, closes=True)


def _forget(page: Page, place: str, key: str) -> None:
    page.context.typed.forget_place(place)
    page.clear_banner(key)


def _go_on(page: Page, place: str, key: str) -> None:
    page.clear_banner(key)
    page.context.go(place)


def _about(path: Path, copies: list[Path]) -> str:
    if len(copies) == 1:
        return (
            f"{copies[0].name} is in the same folder as {path.name} and may be another version "
            "of it, from another computer. Open it and compare the two before you continue."
        )
    names = ", ".join(copy.name for copy in copies)
    return (
        f"These files are in the same folder as {path.name} and may be other versions of it, "
        f"from other computers: {names}. Open them and compare before you continue."
    )


def backup_words(out: Path, kept: Path | None) -> str:
    """Where a backup is, and where the file it replaced was moved."""
    words = f"Backup saved as {out.name}"
    return words if kept is None else f"{words}. The old file is now called {kept.name}"
