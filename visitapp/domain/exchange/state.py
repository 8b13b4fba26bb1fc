"""What is true of the last exchange through the folder."""

from datetime import datetime
from typing import TYPE_CHECKING

from visitapp.domain.dataclass import dataclass

if TYPE_CHECKING:
    from visitapp.domain.exchange.handing_over import Exchanged


@dataclass(frozen=True, slots=True)
class ExchangeState:
    """The last exchange: when (UTC), what it did, and why it did not work. `is_stalled`: the
    folder doesn't answer, not even with an error."""

    at: datetime | None = None
    result: "Exchanged | None" = None
    problem: str = ""
    is_stalled: bool = False
