"""What a process hands to its successor: what to show, and where the window was.

It is passed in the environment and holds no secrets: names of files, of a page and a section, ids
and days. What can't be read is ignored, and the window opens as usual.
"""

import json
import os
from collections.abc import MutableMapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.year.visit_list import VisitQuery

VARIABLE = "VISITAPP_COME_BACK"


@dataclass(frozen=True, slots=True)
class RestartState:
    """What to show next. With `first_start`, create a new file at `path`, or `join` a scheme;
    otherwise ask for its passphrase, with `note` above, or offer to restore the backup `restore`.
    `page` and `target` are where the user was in the file `left`; the folder `throw_away` is
    deleted at the end. `window` is x, y, width and height."""

    path: str
    note: str = ""
    first_start: bool = False
    demonstration: bool = False
    join: bool = False
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
        """As text for the environment."""
        return json.dumps(asdict(replace(self, target=_to_json(self.target))))


def take(environment: MutableMapping[str, str] | None = None) -> RestartState | None:
    """The state from the previous process, which is removed from the environment; None for an
    ordinary start."""
    text = (os.environ if environment is None else environment).pop(VARIABLE, "")
    try:
        content = json.loads(text) if text else None
        if not isinstance(content, dict):
            return None
        target, window = _from_json(content.get("target")), tuple(content.get("window", ()))
        state = RestartState(**{**content, "target": target, "window": window})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, BadInputError):
        return None
    return state if _is_sound(state) else None


def _is_sound(state: RestartState) -> bool:
    plain = (str, bool)
    kinds = {f.name: type(f.default) for f in fields(state) if isinstance(f.default, plain)}
    sound = all(type(getattr(state, name)) is kind for name, kind in kinds.items())
    numbers = all(type(number) is int for number in state.window)
    return sound and isinstance(state.path, str) and numbers and len(state.window) in (0, 4)


def _to_json(target: object) -> Any:
    """Ids, days and names of sections as JSON. Anything else is dropped, above all text typed into
    a search."""
    match target:
        case UUID():
            return {"id": target.hex}
        case Period():
            return {"days": [target.start.isoformat(), target.end.isoformat()]}
        case VisitQuery(period=Period() as period):
            return {**_to_json(period), "sites": [site.hex for site in target.site_ids]}
        case str():
            return {"name": target}
        case _:
            return None


def _from_json(target: Any) -> object:
    match target:
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
