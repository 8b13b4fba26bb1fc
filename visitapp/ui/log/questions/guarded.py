"""A text of the report that the privacy guard checks. Decisions are kept in the draft."""

from visitapp.domain.report.place import NOWHERE, Place
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.guarded_text import GuardedText


class GuardedAnswer(GuardedText):
    """Shows one text of the report; `show_text` chooses which."""

    def __init__(
        self, viewmodel: LogViewModel, name: str, *, lines: int = 2, one_line: bool = False
    ) -> None:
        super().__init__(
            name,
            NOWHERE,
            viewmodel.decisions.guard(),
            lines=1 if one_line else lines,
            one_line=one_line,
        )
        self._viewmodel = viewmodel
        self.kept_changed.connect(lambda: viewmodel.decisions.keep(self.question, self.kept()))

    def show_text(self, text: str, question: Place, *, overwrite: bool = False) -> None:
        """Show a text and the decisions about it; `question` is its place. A text that somebody is
        typing stays as it is unless it is to `overwrite`, when another report or row is shown."""
        self.question = question
        if (overwrite or not self.area.hasFocus()) and text != self.text():
            self.set_text(text)
        kept = tuple(
            words for words in self._viewmodel.decisions.all() if words.question == question
        )
        if kept != self.kept():
            self.set_kept(kept)
