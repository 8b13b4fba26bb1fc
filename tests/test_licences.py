"""The licences of all that the program is built on, against the lock."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from visitapp.paths import resources_folder
from visitapp.services.office.licences import components, notices

ROOT = Path(__file__).resolve().parent.parent
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
_AGAIN = "run resources/tools/make_notices.py"


def test_each_package_of_the_lock_is_named_with_its_version_and_a_text():
    locked: dict[str, list[str]] = {}
    for name, version in _LOCKED.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")):
        locked.setdefault(name, []).append(version)
    named = {one.name: list(one.versions) for one in components()}
    assert {name: named.get(name) for name in locked} == locked, _AGAIN
    qt = next(one for one in components() if one.name == "Qt")
    assert list(qt.versions) == locked["pyside6-essentials"], _AGAIN


def test_each_text_is_there_and_says_what_may_be_done():
    for one in components():
        assert one.licence
        assert one.texts
        for text in one.texts:
            words = (resources_folder() / "licences" / text).read_text(encoding="utf-8")
            assert re.search(
                r"permission|permitted|licen[cs]|public domain|free", words, re.IGNORECASE
            )


@pytest.mark.parametrize(
    "words",
    [
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "GNU GENERAL PUBLIC LICENSE",
        "You may replace them with another version",
        "ZETETIC LLC",
        "The OpenSSL Project Authors",
        "Apache License",
        "SIL OPEN FONT LICENSE",
    ],
)
def test_the_notices_hold_what_each_licence_asks_for(words):
    assert words in notices()


def test_no_text_stands_there_twice_or_is_left_over():
    folder = resources_folder() / "licences"
    used = {text for one in components() for text in one.texts}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.txt")}
    assert there == {text for text in used if not text.startswith("..")}
    assert notices().count("GNU LESSER GENERAL PUBLIC LICENSE\n") == 1


def test_the_command_line_prints_them():
    ended = subprocess.run(
        [sys.executable, "-m", "visitapp", "--licences"], capture_output=True, check=True, text=True
    )
    assert "Qt and PySide6 are used under the GNU Lesser" in " ".join(ended.stdout.split())
    assert "sqlcipher3 0.6.4: Zlib" in ended.stdout


def test_the_list_is_in_a_fixed_order():
    path = resources_folder() / "licences" / "components.json"
    names = [one["name"] for one in json.loads(path.read_text(encoding="utf-8"))]
    packages = names[names.index("absl-py") :]
    assert packages == sorted(packages)
