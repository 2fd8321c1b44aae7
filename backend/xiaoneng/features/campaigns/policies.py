"""Who may do what with campaigns beyond the pivot; pure."""

from collections.abc import Iterable

from xiaoneng.core.access.schemas import Actor, Standing
from xiaoneng.features.campaigns.errors import NobodyTakesPart, OwnerMissing, OwnUnit, StagesOpen
from xiaoneng.features.campaigns.models.campaigns import Campaign, CampaignStage, StageStatus
from xiaoneng.features.campaigns.models.deliverables import Deliverable
from xiaoneng.features.campaigns.models.reports import CampaignReport
from xiaoneng.features.campaigns.models.tasks import CampaignTask
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


def deliverable_standing(paper: Deliverable) -> Standing:
    """How a deliverable relates to the unit that owes it."""
    return Standing(units=frozenset([paper.unit_id]))


def deliverable_denial(action: str, actor: Actor, paper: Deliverable) -> Denial:
    """Nobody judges what their own unit has handed in."""
    return OwnUnit if action in {"approve", "reject"} and paper.unit_id in actor.member_units else None


def task_standing(task: CampaignTask) -> Standing:
    """How a task relates to its lead unit and its owner."""
    return Standing(
        units=frozenset(filter(None, [task.lead_unit_id])), assigned=frozenset(filter(None, [task.owner_id]))
    )


def task_denial(action: str, actor: Actor, task: CampaignTask) -> Denial:
    """Why a step of a task is refused although the machine and the pivot allow it."""
    if action in {"accept", "send_back"} and task.lead_unit_id in actor.member_units:
        return OwnUnit
    if action == "answer" and task.named_owner and task.owner_id is None:
        return OwnerMissing
    return None


def report_standing(report: CampaignReport) -> Standing:
    """How a report relates to the unit that owes it."""
    return Standing(units=frozenset([report.unit_id]))


def report_denial(action: str, actor: Actor, report: CampaignReport) -> Denial:
    """Nobody judges what their own unit has reported."""
    return OwnUnit if action in {"accept", "send_back"} and report.unit_id in actor.member_units else None
