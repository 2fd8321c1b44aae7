"""The machines of campaigns and what belongs to them."""

from xiaoneng.features.campaigns.models.campaigns import CampaignStatus
from xiaoneng.kit.machine import Machine, Transition

_C = CampaignStatus


def _row(action: str, title: str, sources: str, target: _C | None, **more: bool) -> Transition[_C]:
    states = frozenset(_C(source) for source in sources.split())
    return Transition(action, states, target, "campaign:manage", title, **more)


CAMPAIGNS = Machine(
    [
        _row("plan_stages", "调整阶段时间", "draft published", None),
        _row("publish", "印发方案", "draft", _C.PUBLISHED),
        _row("start", "启动活动", "published", _C.RUNNING),
        _row("add_units", "增加参加单位", "draft published running", None, needs_reason=True),
        _row("remove_units", "移出参加单位", "draft published running", None, needs_reason=True),
        _row("suspend", "暂停活动", "running", _C.SUSPENDED, needs_reason=True),
        _row("resume", "恢复活动", "suspended", _C.RUNNING),
        _row("summarise", "进入总结", "running", _C.SUMMARISING),
        _row("close", "结束活动", "summarising", _C.CLOSED),
        _row("archive", "归档", "closed", _C.ARCHIVED),
    ]
)
"""SM-1: the office, or the head of the host unit, moves a campaign."""

CAMPAIGN_TITLES = {row.action: row.title for row in CAMPAIGNS.transitions} | {"create": "建立活动"}
