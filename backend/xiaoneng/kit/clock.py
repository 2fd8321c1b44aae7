"""The only source of the present moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from math import ceil
from pathlib import Path
from zoneinfo import ZoneInfo

REGION_ZONE = ZoneInfo("Asia/Shanghai")
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


class _Lead:
    """How far this clock is ahead of the system's: whole seconds in a file that all processes of a machine read."""

    file: Path | None = None

    def read(self) -> timedelta:
        if self.file is None:
            return timedelta()
        try:
            return timedelta(seconds=int(self.file.read_text()))
        except FileNotFoundError:
            return timedelta()


_lead = _Lead()


def now() -> datetime:
    """The present moment in UTC."""
    stopped = _frozen.get()
    if stopped is not None:
        return stopped
    return datetime.now(UTC) if _lead.file is None else datetime.now(UTC) + _lead.read()


def today() -> date:
    """The present day in the region's time zone."""
    return now().astimezone(REGION_ZONE).date()


def local(moment: datetime) -> datetime:
    """The same moment on the region's clock (+08:00)."""
    return moment.astimezone(REGION_ZONE)


def follow(file: Path | None) -> None:
    """Let this process' clock be moved from outside by `advance`; None leaves it with the system's.

    For rehearsals only: the settings refuse such a file in production.
    """
    _lead.file = file


def advance(by: timedelta) -> datetime:
    """Move the clock of every process that follows the same file forward, by whole seconds; the new present.

    Raises ValueError when this process follows no file, and for a step back: what has happened stays in the past.
    """
    if _lead.file is None:
        raise ValueError("this clock follows no file")
    if by < timedelta():
        raise ValueError("a clock only moves forward")
    _lead.file.parent.mkdir(parents=True, exist_ok=True)
    draft = _lead.file.with_suffix(".draft")
    draft.write_text(str(ceil((_lead.read() + by).total_seconds())))
    draft.replace(_lead.file)
    return now()


def of_system(moment: datetime) -> datetime:
    """What the system's clock shows at a `moment` of this one; for those who keep time by themselves, as the queue."""
    return moment - _lead.read()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Stop the clock at an aware `moment` for the current task and those it starts."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
