"""Who is at the keyboard, and the local time."""

import getpass
from datetime import datetime

from visitapp import clock
from visitapp.domain.moment import uk_time
from visitapp.domain.office.scheme import Actor, Role


def usual_actor() -> Actor:
    """A manager with the name of the system's user."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, as in some containers
        name = ""
    return Actor(name or "Volunteer manager", Role.MANAGER)


def local_time() -> datetime:
    """The current time by UK clocks."""
    return uk_time(clock.now())
