"""The last step of joining: the reply has to reach the manager."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.ui.first_start.viewmodel import JoiningViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import READING
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel

_FIRST = (
    "Send this file to your manager, by e-mail for example. Your manager can then open the "
    "reports that you hand over. Nobody else can read it."
)
_LATER = (
    "You can log a visit before that. If you lose the file, save it again under Settings, This "
    "copy."
)


class ReplyView(QWidget):
    """Where the reply is, and what to do with it; `go` opens the records."""

    def __init__(self, viewmodel: JoiningViewModel) -> None:
        super().__init__()
        self._reply = viewmodel.reply
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(label("Send the reply to your manager", "hero", wrap=True))
        column.addWidget(_reading(_FIRST, "lead"))
        panel = Panel()
        self.name = label(self._reply.name, "section", wrap=True)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        panel.body.addWidget(self.name)
        where = label(f"In {self._reply.absolute().parent}", "second", "text2", wrap=True)
        panel.body.addWidget(where)
        self.show_button = button("Open this folder", self._show_folder, icon="folder-open")
        panel.body.addWidget(FlowRow(self.show_button))
        fit(panel, most_width=READING)
        column.addWidget(panel)
        column.addWidget(_reading(_LATER, "body"))
        self.go = primary_button("Open my file", icon="arrow-right", main=True)
        column.addWidget(self.go)
        column.addStretch(1)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._reply.absolute().parent)))


def _reading(words: str, style: str) -> QWidget:
    text = label(words, style, "text2", wrap=True)
    fit(text, most_width=READING)
    return text
