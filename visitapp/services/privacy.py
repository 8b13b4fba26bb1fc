"""The privacy guard for the window and the command line, over the word lists as they ship."""

from collections.abc import Collection
from functools import lru_cache

from visitapp.domain import privacy
from visitapp.domain.privacy import Lexicon, Span
from visitapp.domain.privacy.lexicon import FILES
from visitapp.paths import reference_folder


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists of `db/reference/privacy`, read once."""
    folder = reference_folder() / "privacy"
    return privacy.read_lexicon(
        {name: (folder / name).read_text(encoding="utf-8") for name in FILES}
    )


def look_at(text: str, known_places: Collection[str] = ()) -> tuple[Span, ...]:
    """What a text holds that leads to a person, without a file of records."""
    return privacy.spans(text, lexicon=lexicon(), known_places=known_places)
