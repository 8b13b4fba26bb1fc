"""Dialogs of the window: help, about, faults, and file dialogs."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from visitapp.paths import free_path, whole_path
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN, READING
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.labels import label


class HelpDialog(Dialog):
    """A title and a few paragraphs."""

    def __init__(self, parent: QWidget, title: str, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        fit(self, least_width=520)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(title, "h2", wrap=True))
        for paragraph in text.strip().split("\n\n"):
            words = label(" ".join(paragraph.split()), "body", "text", wrap=True)
            fit(words, most_width=READING)
            column.addWidget(words)
        self.actions_row = QHBoxLayout()
        self.actions_row.setSpacing(12)
        self.actions_row.addWidget(primary_button("Close", self.accept))
        self.actions_row.addStretch(1)
        column.addLayout(self.actions_row)

    @classmethod
    def ask(cls, parent: QWidget, title: str, text: str) -> None:
        """Show the dialog until it is closed."""
        dialog = cls(parent, title, text)
        dialog.exec()
        dialog.deleteLater()


class FaultDialog(Dialog):
    """An apology for a fault of the program, and a report to copy, without anybody's data."""

    def __init__(self, parent: QWidget, report: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self.setAccessibleName("Something went wrong")
        fit(self, least_width=560)
        self._report = report
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label("Something went wrong", "h2", wrap=True))
        column.addWidget(
            label(
                "Everything you saved is safe and you can continue. If it happens again, send "
                "the report below to the person who looks after visitapp for you. It says where "
                "in visitapp the problem was. It contains nothing from your records.",
                "body",
                "text2",
                wrap=True,
            )
        )
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName("Report of the problem")
        fit(text, least_height=180)
        column.addWidget(text)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(primary_button("Continue", self.accept))
        row.addWidget(button("Copy the report", self.copy, icon="copy"))
        row.addStretch(1)
        column.addLayout(row)

    def copy(self) -> None:
        """Copy the report."""
        QGuiApplication.clipboard().setText(self._report)

    @classmethod
    def ask(cls, parent: QWidget, report: str) -> None:
        """Show the dialog until it is closed; another fault meanwhile is ignored."""
        if isinstance(QApplication.activeModalWidget(), cls):
            return
        dialog = cls(parent, report)
        dialog.exec()
        dialog.deleteLater()


_RECORDS = "Records of visitapp (*.visits);;All files (*)"


def ask_records(parent: QWidget, folder: Path) -> Path | None:
    """The file to open, or None if the user cancelled."""
    name, _ = QFileDialog.getOpenFileName(parent, "Open a file or a backup", str(folder), _RECORDS)
    return Path(name) if name else None


def ask_earlier_file(parent: QWidget, folder: Path) -> Path | None:
    """The file that somebody began before joining, or None if the user cancelled."""
    name, _ = QFileDialog.getOpenFileName(parent, "Choose the earlier file", str(folder), _RECORDS)
    return Path(name) if name else None


def ask_crest(parent: QWidget) -> Path | None:
    """The picture for the office's crest, or None if the user cancelled."""
    pictures = "Pictures (*.png *.jpg *.jpeg)"
    name, _ = QFileDialog.getOpenFileName(parent, "Choose a crest", str(Path.home()), pictures)
    return Path(name) if name else None


def ask_word_template(parent: QWidget) -> Path | None:
    """The Word document whose styles the annual report gets, or None if the user cancelled."""
    title, kind = "Choose a Word document", "Word documents (*.docx)"
    name, _ = QFileDialog.getOpenFileName(parent, title, str(Path.home()), kind)
    return Path(name) if name else None


def ask_backup_to_restore(parent: QWidget, folder: Path) -> Path | None:
    """The backup to restore, or None if the user cancelled."""
    name, _ = QFileDialog.getOpenFileName(parent, "Restore a backup", str(folder), _RECORDS)
    return Path(name) if name else None


def ask_salvaged(parent: QWidget, path: Path) -> Path | None:
    """Where to save what can be read of a damaged file, or None if the user cancelled."""
    name, _ = QFileDialog.getSaveFileName(parent, "Save what can be read", str(path), _RECORDS)
    return with_ending(name, ".visits")


def ask_new_records(parent: QWidget, path: Path) -> Path | None:
    """Where to create new records, or None if the user cancelled."""
    name, _ = QFileDialog.getSaveFileName(parent, "Where to save your file", str(path), _RECORDS)
    return with_ending(name, ".visits")


def ask_backup_folder(parent: QWidget, folder: Path) -> Path | None:
    """The folder for automatic backups, or None if the user cancelled."""
    name = QFileDialog.getExistingDirectory(parent, "Choose a folder for backups", str(folder))
    return whole_path(Path(name)) if name else None


def ask_backup(parent: QWidget, path: Path) -> Path | None:
    """Where to save a backup, or None. Qt asks before it replaces a file."""
    name, _ = QFileDialog.getSaveFileName(parent, "Save a backup", str(path), _RECORDS)
    return with_ending(name, ".visits")


def ask_copy(parent: QWidget, path: Path) -> Path | None:
    """Where to save a copy of everything, or None if the user cancelled."""
    title = "Save a copy of everything"
    name, _ = QFileDialog.getSaveFileName(parent, title, str(path), _RECORDS)
    return with_ending(name, ".visits")


def ask_pdf(parent: QWidget, path: Path) -> Path | None:
    """Where to save a PDF, or None if the user cancelled."""
    name, _ = QFileDialog.getSaveFileName(parent, "Save as PDF", str(path), "PDF (*.pdf)")
    return with_ending(name, ".pdf")


def ask_workbook(parent: QWidget, path: Path) -> Path | None:
    """Where to save a workbook, or None if the user cancelled."""
    kinds = "Workbook (*.xlsx)"
    name, _ = QFileDialog.getSaveFileName(parent, "Export all lists", str(path), kinds)
    return with_ending(name, ".xlsx")


def ask_invitation(parent: QWidget) -> Path | None:
    """Which invitation to open, or None if the user cancelled."""
    title, kinds = "Choose the invitation", "Invitations of visitapp (*.visitinvite);;All files (*)"
    name, _ = QFileDialog.getOpenFileName(parent, title, str(Path.home()), kinds)
    return Path(name) if name else None


def ask_new_invitation(parent: QWidget, path: Path) -> Path | None:
    """Where to save an invitation, or None if the user cancelled."""
    kinds = "Invitations of visitapp (*.visitinvite)"
    name, _ = QFileDialog.getSaveFileName(parent, "Save the invitation", str(path), kinds)
    return with_ending(name, ".visitinvite")


_OFFICES = "Offices handed over by visitapp (*.visitoffice);;All files (*)"


def ask_handed_office(parent: QWidget) -> Path | None:
    """Which office that was handed over to open, or None if the user cancelled."""
    title = "Choose the office to take over"
    name, _ = QFileDialog.getOpenFileName(parent, title, str(Path.home()), _OFFICES)
    return Path(name) if name else None


def ask_new_handed_office(parent: QWidget, path: Path) -> Path | None:
    """Where to save the file for the next manager, or None if the user cancelled."""
    title = "Save the file for the next manager"
    name, _ = QFileDialog.getSaveFileName(parent, title, str(path), _OFFICES)
    return with_ending(name, ".visitoffice")


def ask_new_copy_to_read(parent: QWidget, path: Path) -> Path | None:
    """Where to save a copy to read, or None if the user cancelled."""
    name, _ = QFileDialog.getSaveFileName(parent, "Save a copy to read", str(path), _RECORDS)
    return with_ending(name, ".visits")


def ask_messages(parent: QWidget, folder: Path) -> list[Path]:
    """Which messages to open; none if the user cancelled."""
    kinds = "Messages of visitapp (*.visitmsg);;All files (*)"
    names, _ = QFileDialog.getOpenFileNames(parent, "Open a message", str(folder), kinds)
    return [Path(name) for name in names]


def ask_reply(parent: QWidget, path: Path) -> Path | None:
    """Where to save the reply to an invitation, or None if the user cancelled."""
    kinds = "Messages of visitapp (*.visitmsg)"
    name, _ = QFileDialog.getSaveFileName(parent, "Save the reply", str(path), kinds)
    return with_ending(name, ".visitmsg")


def ask_exchange_folder(parent: QWidget, folder: Path | None) -> Path | None:
    """The folder of exchange, or None if the user cancelled."""
    start = str(folder or Path.home())
    chosen = QFileDialog.getExistingDirectory(parent, "Choose a folder for messages", start)
    return whole_path(Path(chosen)) if chosen else None


def with_ending(name: str, ending: str) -> Path | None:
    """The file that was chosen, with the ending if none was typed; None if the user cancelled."""
    if not name:
        return None
    if Path(name).suffix:
        return Path(name)
    return free_path(Path(name + ending))  # nobody was asked whether to replace a file of that name
