"""A tag: an icon and a word for a state, on a pale fill or plain."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from visitapp.ui.look.icons import set_icon
from visitapp.ui.look.stylesheet import KINDS
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import TAG
from visitapp.ui.widgets.labels import label, repolish, set_tone


class Tag(QFrame):
    """`kind` is info, good, warn, bad, change or grey. `plain` omits the fill."""

    def __init__(
        self, word: str, kind: str = "grey", icon: str = "", *, plain: bool = False
    ) -> None:
        super().__init__()
        self._plain = plain
        self.setProperty("class", "plainTag" if plain else "tag")
        row = QHBoxLayout(self)
        row.setContentsMargins(0 if plain else 8, 0, 0 if plain else 8, 0)
        row.setSpacing(6)
        self._icon = QLabel()
        self._word = label("", "smallStrong")
        row.addWidget(self._icon)
        row.addWidget(self._word)
        fit(self, least_height=TAG)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(word, kind, icon)

    @property
    def word(self) -> str:
        """The text of the tag."""
        return self._word.text()

    def show_state(self, word: str, kind: str = "grey", icon: str = "") -> None:
        """Show another state."""
        _, tone, mark = KINDS[kind]
        self._word.setText(word)
        self.setAccessibleName(word)
        set_tone(self._word, mark if self._plain and kind in ("good", "bad") else tone)
        self._icon.setVisible(bool(icon))
        if icon:
            set_icon(self._icon, icon, 14, tone)
        self.setProperty("kind", kind)
        repolish(self)
