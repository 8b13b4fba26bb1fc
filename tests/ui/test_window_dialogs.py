"""The name of a file to save: with its ending, and never that of a file nobody was asked about."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from visitapp.ui import window_dialogs
from visitapp.ui.imports import dialogs


def typed(monkeypatch: pytest.MonkeyPatch, name: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(name), ""))


def test_a_file_that_the_ending_alone_would_name_is_never_replaced(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked = {
        ".xlsx": window_dialogs.ask_workbook,
        ".pdf": window_dialogs.ask_pdf,
        ".visits": window_dialogs.ask_backup,
        ".csv": lambda widget, path: dialogs.ask_csv(widget, "Save", path),
    }
    for ending, ask in asked.items():
        (tmp_path / f"lists{ending}").write_text("mine")
        typed(monkeypatch, tmp_path / "lists")
        assert ask(parent, tmp_path) == tmp_path / f"lists-2{ending}"
        typed(monkeypatch, tmp_path / "new")
        assert ask(parent, tmp_path) == tmp_path / f"new{ending}"
        typed(monkeypatch, tmp_path / f"lists{ending}")  # which Qt has asked about
        assert ask(parent, tmp_path) == tmp_path / f"lists{ending}"
        typed(monkeypatch, "")
        assert ask(parent, tmp_path) is None
