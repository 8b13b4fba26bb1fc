"""The packages that the program is built on, with their licences.

`resources/tools/make_notices.py` creates the list and the texts from the lock file.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from visitapp.domain.text.wording import joined
from visitapp.paths import resources_folder

_INTRODUCTION = (
    "visitapp is free software under the MIT licence.\nIt is built on other people’s work, listed "
    "here with their licences. The full texts follow.\nQt and PySide6 are used under the GNU "
    "Lesser General Public License, version 3.\nThe text “Qt and PySide6” below says how to "
    "replace them."
)


@dataclass(frozen=True, slots=True)
class Component:
    """A package or library. It has several `versions` if they differ by version of Python."""

    name: str
    versions: tuple[str, ...]
    licence: str
    texts: tuple[str, ...]
    use: str

    @property
    def line(self) -> str:
        """Name, version and licence."""
        version = f" {joined(self.versions, 'or')}" if self.versions else ""
        use = f" ({self.use})" if self.use else ""
        return f"{self.name}{version}: {self.licence}{use}"


def components() -> tuple[Component, ...]:
    """All components: libraries contained in packages first, then the packages."""
    content = json.loads((_folder() / "components.json").read_text(encoding="utf-8"))
    return tuple(
        Component(entry["name"], tuple(entry["versions"]), entry["licence"], tuple(entry["texts"]),
                  entry["use"])
        for entry in content
    )  # fmt: skip


def notices() -> str:
    """The list, and every text once, for reading from top to bottom."""
    all_components = components()
    lines = [_INTRODUCTION, "", *(component.line for component in all_components)]
    return "\n".join([*lines, *_texts(all_components)]) + "\n"


def _texts(all_components: tuple[Component, ...]) -> Iterator[str]:
    names: dict[str, list[str]] = {}
    for component in all_components:
        for text in component.texts:
            names.setdefault(text, []).append(component.name)
    for text, used_by in names.items():
        yield f"\n\n{'=' * 78}\n{', '.join(dict.fromkeys(used_by))}\n{'=' * 78}\n"
        yield (_folder() / text).read_text(encoding="utf-8").strip()


def _folder() -> Path:
    return resources_folder() / "licences"
