"""What campaigns tell the rest of the product."""

from typing import ClassVar

from xiaoneng.core.outbox.events import Event
from xiaoneng.features.campaigns.models.campaigns import CAMPAIGN
from xiaoneng.features.campaigns.models.deliverables import DELIVERABLE
from xiaoneng.features.campaigns.models.reports import REPORT
from xiaoneng.features.campaigns.models.tasks import TASK


class CampaignStarted(Event):
    """A campaign runs from now on: its units have work to deliver."""

    topic: ClassVar[str] = "campaign.started"
    subject_type: ClassVar[str] = CAMPAIGN


class CampaignMoved(Event):
    """A campaign moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "campaign.moved"
    subject_type: ClassVar[str] = CAMPAIGN
    wakes_handlers: ClassVar[bool] = False

    action: str


class DeliverableMoved(Event):
    """A deliverable moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "campaign_deliverable.moved"
    subject_type: ClassVar[str] = DELIVERABLE
    wakes_handlers: ClassVar[bool] = False

    action: str


class TaskMoved(Event):
    """A task moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "campaign_task.moved"
    subject_type: ClassVar[str] = TASK
    wakes_handlers: ClassVar[bool] = False

    action: str


class ReportMoved(Event):
    """A report moved in a way that only viewers need to know of."""

    topic: ClassVar[str] = "campaign_report.moved"
    subject_type: ClassVar[str] = REPORT
    wakes_handlers: ClassVar[bool] = False

    action: str
