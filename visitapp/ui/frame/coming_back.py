"""What a process tells the one that takes its place: what to show, and where the window stood.

It goes through the environment, and holds no secret: names of files, of a page and of a section,
ids, days. Whatever can't be read is left out; the window then begins as it always does.
"""

import json
import os
from collections.abc import MutableMapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.year.visit_list import VisitQuery

VARIABLE = "VISITAPP_COME_BACK"


@dataclass(frozen=True, slots=True)
class ComeBack:
    """What comes next. `first_start` asks for a new file at `path`; else its passphrase is asked
    for, above it `note`, or the backup `restore` is offered. `page` and `target` are where the
    person was in the file `left`, `throw_away` is a folder to be removed at the end.
    `window` is x, y, width and height."""

    path: str
    note: str = ""
    first_start: bool = False
    demonstration: bool = False
    restore: str = ""
    left: str = ""
    page: str = ""
    target: object = None
    throw_away: str = ""
    window: tuple[int, ...] = ()
    maximised: bool = False
    minimised: bool = False
    active: bool = True

    def for_environment(self) -> str:
        """As it is handed on."""
        return json.dumps(asdict(replace(self, target=_plain(self.target))))


def take(environment: MutableMapping[str, str] | None = None) -> ComeBack | None:
    """What the process before left, once; None at an ordinary start."""
    found = (os.environ if environment is None else environment).pop(VARIABLE, "")
    try:
        told = json.loads(found) if found else None
        if not isinstance(told, dict):
            return None
        target, window = _full(told.get("target")), tuple(told.get("window", ()))
        made = ComeBack(**{**told, "target": target, "window": window})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, BadInputError):
        return None
    return made if _is_sound(made) else None


def _is_sound(made: ComeBack) -> bool:
    plain = (str, bool)
    kinds = {f.name: type(f.default) for f in fields(made) if isinstance(f.default, plain)}
    sound = all(type(getattr(made, name)) is kind for name, kind in kinds.items())
    numbers = all(type(number) is int for number in made.window)
    return sound and isinstance(made.path, str) and numbers and len(made.window) in (0, 4)


def _plain(target: object) -> Any:
    """Ids, days and names of sections; anything else, words typed into a search first of all,
    stays behind."""
    match target:
        case UUID():
            return {"id": target.hex}
        case Period():
            return {"days": [target.start.isoformat(), target.end.isoformat()]}
        case VisitQuery(period=Period() as period):
            return {**_plain(period), "sites": [site.hex for site in target.site_ids]}
        case str():
            return {"name": target}
        case _:
            return None


def _full(told: Any) -> object:
    match told:
        case {"id": str(number)}:
            return UUID(number)
        case {"days": [str(start), str(end)], "sites": list(sites)}:
            period = Period(date.fromisoformat(start), date.fromisoformat(end))
            return VisitQuery(period=period, site_ids=tuple(UUID(site) for site in sites))
        case {"days": [str(start), str(end)]}:
            return Period(date.fromisoformat(start), date.fromisoformat(end))
        case {"name": str(name)}:
            return name
        case _:
            return None
