"""How strong a new passphrase is: four bars and a sentence, each clear on its own."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from visitapp.domain.records.strength import PassphraseStrength
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.labels import label, repolish, set_tone

_BARS = 4


class StrengthMeter(QHBoxLayout):
    """Shows the strength passed to `show_strength`."""

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
        """The widgets, for callers that hide them."""
        return (*self._bars, self.words)

    def show_strength(self, strength: PassphraseStrength) -> None:
        """Fill as many bars as the level, and show it in words."""
        for at, bar in enumerate(self._bars):
            filled = at < strength.level
            bar.setProperty("filled", "good" if filled and strength.is_enough else str(filled))
            repolish(bar)
        self.words.setText(strength.in_words)
        set_tone(self.words, "good" if strength.is_enough else "text2")
        self.words.setAccessibleName(f"Strength: {strength.in_words}")
