"""A text of the report that the privacy guard checks. Decisions are kept in the draft."""

from collections.abc import Iterator

from visitapp.domain.report.place import NOWHERE, Place
from visitapp.domain.report.report import KeptWords
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.guarded_text import GuardedText


class GuardedAnswer(GuardedText):
    """Shows one text of the report; `show_text` chooses which."""

    def __init__(
        self,
        viewmodel: LogViewModel,
        name: str,
        *,
        lines: int = 2,
        one_line: bool = False,
        shares_place: bool = False,
    ) -> None:
        """`shares_place`: other texts have the same place, so decisions belong to the one that has
        their words."""
        super().__init__(
            name,
            NOWHERE,
            viewmodel.decisions.guard(),
            lines=1 if one_line else lines,
            one_line=one_line,
        )
        self._viewmodel, self._shares_place = viewmodel, shares_place
        self._shown: tuple[KeptWords, ...] = ()
        self.kept_changed.connect(self._keep)

    def _keep(self) -> None:
        """Record the decisions about this text, and leave those about others as they are."""
        others = [words for words in self._of_place(self.question) if words not in self._shown]
        self._shown = self.kept()
        self._viewmodel.decisions.keep(self.question, (*others, *self._shown))

    def _of_place(self, question: Place) -> Iterator[KeptWords]:
        return (w for w in self._viewmodel.decisions.all() if w.question == question)

    def show_text(self, text: str, question: Place, *, overwrite: bool = False) -> None:
        """Show a text and the decisions about it; `question` is its place. A text that somebody is
        typing stays as it is unless it is to `overwrite`, when another report or row is shown."""
        self.question = question
        if (overwrite or not self.area.hasFocus()) and text != self.text():
            self.set_text(text)
        self._shown = tuple(
            words
            for words in self._of_place(question)
            if not self._shares_place or words.words in self.text()
        )
        if self._shown != self.kept():
            self.set_kept(self._shown)
