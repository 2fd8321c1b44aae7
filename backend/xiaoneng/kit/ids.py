"""Keys of rows."""

from uuid import UUID, uuid4

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A time-ordered key (UUIDv7), made in the process: PostgreSQL below 18 cannot."""
    return uuid7()


def unordered_id() -> UUID:
    """A key that tells nothing about when it was made (UUIDv4), for ballots and credentials."""
    return uuid4()
