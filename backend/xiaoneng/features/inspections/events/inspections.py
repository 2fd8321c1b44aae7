"""What inspections and their findings tell the rest of the product."""

from typing import ClassVar
from uuid import UUID

from xiaoneng.core.outbox.events import Event
from xiaoneng.features.inspections.models.findings import FINDING, Disposition
from xiaoneng.features.inspections.models.inspections import INSPECTION
from xiaoneng.features.inspections.models.plans import PLAN


class PlanMoved(Event):
    """A plan moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "inspection_plan.moved"
    subject_type: ClassVar[str] = PLAN
    wakes_handlers: ClassVar[bool] = False

    action: str


class InspectionEvent(Event):
    """Base of the events of inspections."""

    subject_type: ClassVar[str] = INSPECTION


class InspectionMoved(InspectionEvent):
    """An inspection moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "inspection.moved"
    wakes_handlers: ClassVar[bool] = False

    action: str


class InspectionApproved(InspectionEvent):
    """An inspection was approved: its team is to prepare."""

    topic: ClassVar[str] = "inspection.approved"


class InspectionNoticed(InspectionEvent):
    """The units to be inspected are to be told."""

    topic: ClassVar[str] = "inspection.noticed"


class InspectionReleased(InspectionEvent):
    """The findings are with the units."""

    topic: ClassVar[str] = "inspection.released"


class FindingEvent(Event):
    """Base of the events of findings."""

    subject_type: ClassVar[str] = FINDING


class FindingMoved(FindingEvent):
    """A finding moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "inspection_finding.moved"
    wakes_handlers: ClassVar[bool] = False

    action: str


class FindingObjected(FindingEvent):
    """A unit objects to a finding."""

    topic: ClassVar[str] = "inspection_finding.objected"


class FindingDisposed(FindingEvent):
    """It was decided what a finding leads to."""

    topic: ClassVar[str] = "inspection_finding.disposed"
    wakes_handlers: ClassVar[bool] = False

    kind: Disposition
    inspection_id: UUID
    unit_id: UUID
