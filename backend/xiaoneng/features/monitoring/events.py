"""What monitoring tells the rest of the product; no event says who a monitor is."""

from typing import ClassVar

from xiaoneng.core.outbox.events import Event
from xiaoneng.features.monitoring.models.infos import INFO
from xiaoneng.features.monitoring.models.points import MONITOR, POINT


class PointMoved(Event):
    """A point moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "monitoring_point.moved"
    subject_type: ClassVar[str] = POINT
    wakes_handlers: ClassVar[bool] = False

    action: str


class MonitorMoved(Event):
    """A monitor moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "monitor.moved"
    subject_type: ClassVar[str] = MONITOR
    wakes_handlers: ClassVar[bool] = False

    action: str


class InfoSubmitted(Event):
    """A monitor told the office something."""

    topic: ClassVar[str] = "monitoring_info.submitted"
    subject_type: ClassVar[str] = INFO


class InfoMoved(Event):
    """A piece of information moved; its monitor learns of the feedback."""

    topic: ClassVar[str] = "monitoring_info.moved"
    subject_type: ClassVar[str] = INFO

    action: str
