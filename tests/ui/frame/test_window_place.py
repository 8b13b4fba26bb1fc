"""The window is on a screen that is there, and no larger, whatever scale the system has."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect

from visitapp.ui.frame.window_place import within

ROOT = Path(__file__).parents[3]
_FRAME = 2
"""Pixels of the frame that the offscreen platform draws."""
_SHOW = """
import json, sys
from PySide6.QtWidgets import QApplication
from visitapp.settings import Settings
from visitapp.ui.application import make_window
from visitapp.ui.look.preferences import Preferences
application = QApplication([])
given = json.loads(sys.argv[1])
settings = Settings(window=tuple(given["window"]), window_maximised=given["maximised"])
window = make_window(application, Preferences(settings))
window.show()
application.processEvents()
least, screen = window.minimumSize(), window.screen()
print(json.dumps({
    "at": window.geometry().getRect(), "least": least.toTuple(), "screen": screen.name(),
    "room": screen.availableGeometry().getRect(), "maximised": window.isMaximized(),
    "normal": window.normalGeometry().getRect(),
}))
window.close()
settings = window.preferences.settings
print(json.dumps([settings.window, settings.window_maximised]))
"""


def _screen(name: str, x: int, width: int, height: int) -> dict[str, object]:
    return {"name": name, "x": x, "y": 0, "width": width, "height": height,
            "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip


def shown(
    folder: Path, scale: float, window: list[int], *, maximised: bool = False,
    screens: tuple[dict[str, object], ...] = (_screen("laptop", 0, 1366, 768),),
) -> tuple[dict[str, object], list[object]]:  # fmt: skip
    """What a real window on such screens says of its place, and what it leaves in the settings."""
    layout = folder / "screens.json"
    layout.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    environment = os.environ | {
        "QT_QPA_PLATFORM": f"offscreen:configfile={layout}",
        "QT_SCALE_FACTOR": str(scale),
    }
    done = subprocess.run(
        [sys.executable, "-c", _SHOW, json.dumps({"window": window, "maximised": maximised})],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    first, last = done.stdout.splitlines()
    return json.loads(first), json.loads(last)


@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 2])
def test_the_first_window_fits_the_screen(tmp_path: Path, scale: float) -> None:
    found, _ = shown(tmp_path, scale, [])
    at, room = QRect(*found["at"]), QRect(*found["room"])  # type: ignore[misc]
    assert room.adjusted(0, 0, _FRAME, _FRAME).contains(at)
    assert found["least"][0] <= room.width()  # type: ignore[index]
    assert found["least"][1] <= room.height()  # type: ignore[index]
    if scale == 1:
        assert at.size().toTuple() == (1366, 720)


@pytest.mark.parametrize(
    "remembered",
    [
        [3000, 200, 1200, 700],  # on a second screen that is gone
        [-1190, 100, 1200, 700],  # all but a strip is off the screen
        [200, 750, 1000, 600],  # only its title could be seen
        [0, 0, 2500, 1400],  # larger than this screen
    ],
)
def test_a_place_off_the_screen_is_brought_back(tmp_path: Path, remembered: list[int]) -> None:
    found, _ = shown(tmp_path, 1, remembered)
    at, room = QRect(*found["at"]), QRect(*found["room"])  # type: ignore[misc]
    assert room.adjusted(0, 0, _FRAME, _FRAME).contains(at)
    assert at.width() == min(remembered[2], 1366)


def test_a_place_at_the_very_top_stays_there(tmp_path: Path) -> None:
    found, _ = shown(tmp_path, 1, [20, 4, 1000, 600])  # a title bar may be as low as that, or none
    assert found["at"] == [20, 4, 1000, 600]


def test_a_place_on_the_second_screen_is_kept(tmp_path: Path) -> None:
    screens = (_screen("laptop", 0, 1366, 768), _screen("desk", 1366, 1920, 1080))
    found, left = shown(tmp_path, 1, [1500, 100, 1200, 800], screens=screens)
    assert found["at"] == [1500, 100, 1200, 800]
    assert found["screen"] == "desk"
    assert left == [[1500, 100, 1200, 800], False]


def test_maximised_is_read_and_written_with_the_place_beneath(tmp_path: Path) -> None:
    found, left = shown(tmp_path, 1, [100, 90, 1000, 600], maximised=True)
    assert found["maximised"]
    assert found["normal"] == [100, 90, 1000, 600]
    assert left == [[100, 90, 1000, 600], True]


def test_a_place_within_the_screen_stays() -> None:
    room = QRect(0, 38, 911, 474)
    assert within(QRect(10, 50, 800, 400), room) == QRect(10, 50, 800, 400)
    assert within(QRect(500, 400, 800, 400), room) == QRect(111, 112, 800, 400)
    assert within(QRect(-50, -50, 2000, 2000), room) == room
