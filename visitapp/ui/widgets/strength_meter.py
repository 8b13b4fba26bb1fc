"""How strong a new passphrase is: four bars and a sentence, so that neither is needed alone."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from visitapp.domain.records.strength import PassphraseStrength
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.labels import label, repolish, set_tone

_BARS = 4


class StrengthMeter(QHBoxLayout):
    """Shows what `show_strength` was given last."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(4)
        self._bars = [QFrame() for _ in range(_BARS)]
        for bar in self._bars:
            bar.setProperty("class", "strength")
            fit(bar, width=34, height=8)
            self.addWidget(bar)
        self.addSpacing(6)
        self.words = label("", "smallStrong", "text2", wrap=True)
        self.addWidget(self.words, 1)

    def parts(self) -> tuple[QWidget, ...]:
        """What is shown, for whoever hides it."""
        return (*self._bars, self.words)

    def show_strength(self, found: PassphraseStrength) -> None:
        """Fill as many bars as the level says, and say it."""
        for at, bar in enumerate(self._bars):
            filled = at < found.level
            bar.setProperty("filled", "good" if filled and found.is_enough else str(filled))
            repolish(bar)
        self.words.setText(found.in_words)
        set_tone(self.words, "good" if found.is_enough else "text2")
        self.words.setAccessibleName(f"Strength: {found.in_words}")
