"""What campaigns tell the rest of the product."""

from typing import ClassVar

from xiaoneng.core.outbox.events import Event
from xiaoneng.features.campaigns.models.campaigns import CAMPAIGN


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
