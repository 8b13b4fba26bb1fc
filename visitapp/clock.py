"""The system's clock. No other module reads it, so that every stored time has a zone."""

from datetime import UTC, datetime
from pathlib import Path


def now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


def written_at(path: Path) -> datetime:
    """When a file was last written, in UTC. Raises OSError."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
