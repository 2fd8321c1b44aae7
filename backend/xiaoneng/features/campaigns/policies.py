"""Who may do what with campaigns beyond the pivot; pure."""

from collections.abc import Iterable

from xiaoneng.core.access.schemas import Standing
from xiaoneng.features.campaigns.errors import NobodyTakesPart, StagesOpen
from xiaoneng.features.campaigns.models.campaigns import Campaign, CampaignStage, StageStatus
from xiaoneng.kit.problems import AppError

Denial = type[AppError] | None


def campaign_standing(campaign: Campaign) -> Standing:
    """How a campaign relates to the unit whose campaign it is."""
    return Standing(units=frozenset([campaign.host_unit_id]), made_by=campaign.created_by)


def campaign_denial(action: str, stages: Iterable[CampaignStage], units_count: int) -> Denial:
    """Why a step of a campaign is refused although the machine and the pivot allow it."""
    if action == "start" and units_count == 0:
        return NobodyTakesPart
    if action in {"summarise", "close"}:
        left = [stage for stage in stages if stage.status is not StageStatus.CLOSED]
        # the last stage is the one in which a campaign is summarised
        if len(left) > (1 if action == "summarise" else 0):
            return StagesOpen
    return None
