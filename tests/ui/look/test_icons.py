import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from visitapp.paths import resources_folder
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.icons import icon, pixmap, set_icon

FOLDER = resources_folder() / "icons"
NAMES = sorted(path.stem for path in FOLDER.glob("*.svg"))
SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (Path(__file__).parents[3] / "visitapp" / "ui").rglob("*.py")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_used_and_can_be_coloured(qtbot: QtBot, name: str) -> None:
    assert f'"{name}"' in SOURCE, f"nothing uses {name}.svg"
    assert "currentColor" in (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert not icon(name).isNull()


def test_every_icon_that_is_asked_for_is_there() -> None:
    asked = set(
        re.findall(r'(?:icon|icon_label|set_icon|pixmap)\((?:\w+, )?"([a-z0-9-]+)"', SOURCE)
    )
    asked |= set(re.findall(r'icon="([a-z0-9-]+)"', SOURCE))
    assert asked
    assert asked <= set(NAMES)


def test_icons_keep_their_licence_beside_them() -> None:
    assert "ISC License" in (FOLDER / "LICENSE").read_text(encoding="utf-8")


def test_an_icon_follows_the_theme_and_the_text_size(qtbot: QtBot, appearance: Appearance) -> None:
    button, words = QPushButton("Log a visit"), QLabel()
    for widget in (button, words):
        qtbot.addWidget(widget)
        set_icon(widget, "pencil", 16, "text")
    before = words.pixmap().toImage()
    appearance.choose("dark", 200)
    assert button.iconSize().height() == 32
    assert words.pixmap().height() == 32
    assert words.pixmap().toImage() != before


def test_an_icon_is_drawn_once_for_a_size_and_a_colour(qtbot: QtBot) -> None:
    assert pixmap("check", 16, "text").cacheKey() == pixmap("check", 16, "text").cacheKey()
    assert pixmap("check", 16, "text").cacheKey() != pixmap("check", 16, "bad").cacheKey()
