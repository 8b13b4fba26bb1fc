"""How strong a passphrase is, in words a person can act on.

It must withstand 10^12 guesses. Each guess takes Argon2id with 256 MiB and three passes, so that
even a strong graphics card manages only some hundreds a second: 10^12 guesses take one card about a
century, and a hundred cards a year, and an attacker needs both the file and its key file. Four
uncommon words that don't belong together pass. A lower limit would let well-known sentences
through, a higher one would demand five words or more.
"""

from collections.abc import Iterable

from visitapp.domain.records.strength import PassphraseStrength

ENOUGH = 12.0
"""Log10 of the guesses that a new passphrase has to withstand."""

_LEVELS = (5.0, 9.0, ENOUGH)
_A_WORD = 3.4
"""Log10 of the guesses that an uncommon word adds."""

_REASONS = (
    ("person", "It contains your name, or the name of your office or one of its places."),
    ("phrase", "It is a phrase that many people know."),
    ("repeat", "Repeating words or letters does not make it stronger."),
    ("keys", "Keyboard patterns and runs like 1234 are guessed first."),
    ("date", "Dates are guessed first."),
    ("series", "Words that go together, like days or numbers, are easy to guess."),
    ("place", "Names of places are guessed first."),
)
STRONG = "Strong. It would take many years to guess."
EMPTY = "Four unrelated words make a good passphrase."


def strength(passphrase: str, about: Iterable[str] = ()) -> PassphraseStrength:
    """How strong a passphrase is for a new file. `about` are names of the person, the office and
    its sites, which are guessed first. Accepts any text, in limited time."""
    from visitapp.security.guessing import guesses

    if not passphrase.strip():
        return PassphraseStrength(0, EMPTY)
    needed = guesses(passphrase, about)
    if needed.log10 >= ENOUGH:
        return PassphraseStrength(4, STRONG)
    level = 1 + sum(needed.log10 >= bar for bar in _LEVELS)
    return PassphraseStrength(level, _advice(needed.log10, needed.signs))


def _advice(log10: float, signs: frozenset[str]) -> str:
    """What makes it easy to guess, if that can be named, and what to do."""
    missing = max(1, min(4, -int(-(ENOUGH - log10) // _A_WORD)))
    more = ("one more word", "two more words", "three more words", "four words")[missing - 1]
    todo = f"Add {more} that nobody would guess."
    reason = next((sentence for sign, sentence in _REASONS if sign in signs), "")
    if not signs and missing == 1:
        return "Add one more word, or choose less common ones."
    return f"{reason} {todo}".strip()
