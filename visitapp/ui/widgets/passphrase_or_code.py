"""Asks for a passphrase or, by a link below it, for the recovery code instead."""

from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.passphrase_field import PassphraseField


class PassphraseOrCode:
    """A `field` in a `row` with its name, and the `link` that swaps what is asked for. Of each pair
    of words the first is for the passphrase, the second for the code."""

    def __init__(self, asked: tuple[str, str], other: tuple[str, str], *, wide: bool) -> None:
        self._asked, self._other = asked, other
        self.by_code = False
        self.field = PassphraseField(asked[0])
        self.row = FormRow(asked[0], self.field, wide=wide)
        self.link = link_button(other[0], self.swap)

    @property
    def asked(self) -> str:
        """What is asked for now."""
        return self._asked[self.by_code]

    def swap(self) -> None:
        """Ask for the code instead of the passphrase, or the other way round."""
        self.by_code = not self.by_code
        self.field.clear()
        self.row.label.setText(self.asked)
        self.field.rename(self.asked)
        self.link.setText(self._other[self.by_code])
        self.link.setAccessibleName(self._other[self.by_code])
        self.field.setFocus()
