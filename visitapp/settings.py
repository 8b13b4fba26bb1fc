"""Personal settings, which are only preferences. What affects results is in the file of records.

One frozen dataclass, stored as TOML in the user's folder. A setting that can't be read has its
default: an error in this file must never keep anybody from their records.
"""

import tomllib
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from visitapp.domain.dataclass import dataclass
from visitapp.paths import make_private_folder, read_bounded, user_folder, write_whole

THEMES = ("system", "light", "dark")
LEAST_TEXT, MOST_TEXT = 90, 200
LOCK_MINUTES = (1, 240)
_LARGEST = 256 * 1024
"""In bytes. Ours has some hundred."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`text_percent` is between 90 and 200. The window locks after `lock_minutes` without use.
    `window` is x, y, width, height in logical pixels, empty before the first time. `backup_folder`
    is for automatic backups; empty means beside the records. `exchange_folder` is where messages
    between copies are put and found; empty means none. `begun_file` is the last file of a visitor
    that was opened here and had not joined a scheme, whose reports are offered after joining."""

    theme: str = "system"
    text_percent: int = 100
    last_file: str = ""
    lock_minutes: int = 10
    window: tuple[int, ...] = ()
    window_maximised: bool = False
    navigation_shown: bool = True
    backups_automatic: bool = True
    backup_folder: str = ""
    exchange_folder: str = ""
    begun_file: str = ""


def settings_file() -> Path:
    """The path of the user's settings."""
    return user_folder() / "settings.toml"


def read_settings(path: Path) -> Settings:
    """The settings in a file, with defaults for whatever is missing or makes no sense."""
    try:
        text = read_bounded(path, _LARGEST).decode("utf-8", errors="surrogateescape")
        content = tomllib.loads(text)
    except (OSError, ValueError, ArithmeticError, RecursionError):  # as for 5,000 digits
        return Settings()
    defaults = Settings()
    return Settings(
        **{
            field.name: _sound(field.name, content.get(field.name), getattr(defaults, field.name))
            for field in fields(Settings)
        }
    )


def write_settings(settings: Settings, path: Path) -> None:
    """Write the settings completely or not at all. Raises OSError.

    A file name that isn't UTF-8 stays as the system has it.
    """
    import tomli_w

    make_private_folder(path.parent)
    content = tomli_w.dumps(asdict(settings))
    write_whole(path, content.encode("utf-8", errors="surrogateescape"))


def _sound(name: str, value: Any, default: Any) -> Any:
    """The value if it makes sense, otherwise the default."""
    if isinstance(default, tuple):
        value = tuple(value) if isinstance(value, list) else None
    if type(value) is not type(default):
        return default
    return value if _CHECKS.get(name, lambda _: True)(value) else default


def _is_rectangle(numbers: tuple[Any, ...]) -> bool:
    return not numbers or (
        len(numbers) == 4
        and all(type(number) is int and abs(number) < 100_000 for number in numbers)
        and min(numbers[2:]) > 0
    )


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "theme": THEMES.__contains__,
    "text_percent": lambda percent: LEAST_TEXT <= percent <= MOST_TEXT,
    "lock_minutes": lambda minutes: LOCK_MINUTES[0] <= minutes <= LOCK_MINUTES[1],
    "window": _is_rectangle,
    "backup_folder": lambda folder: not folder or Path(folder).is_absolute(),
    "exchange_folder": lambda folder: not folder or Path(folder).is_absolute(),
}
