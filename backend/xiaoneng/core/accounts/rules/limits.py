"""How long a session lives."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """`idle` since the last use, `absolute` since the login."""

    idle: timedelta
    absolute: timedelta

    def alive(self, created_at: datetime, last_used_at: datetime, now: datetime) -> bool:
        """Whether a session that began and was used then is still good."""
        return now < created_at + self.absolute and now < last_used_at + self.idle

    def remaining(self, created_at: datetime, now: datetime) -> timedelta:
        """What is left until the absolute end."""
        return created_at + self.absolute - now
