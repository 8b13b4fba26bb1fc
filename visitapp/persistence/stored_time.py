"""The type of every column that stores a time."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, TypeDecorator

from visitapp.domain.moment import in_utc


class StoredTime(TypeDecorator[datetime]):
    """A time, stored as UTC without a zone and read as an aware datetime.

    Writing a time without a zone raises ValueError, rather than assuming the machine's zone.
    """

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What is written."""
        return None if value is None else in_utc(value).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What is read."""
        return None if value is None else value.replace(tzinfo=UTC)
