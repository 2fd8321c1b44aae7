"""The machines of campaigns and what belongs to them."""

from xiaoneng.features.campaigns.models.campaigns import CampaignStatus
from xiaoneng.features.campaigns.models.deliverables import DeliverableStatus
from xiaoneng.features.campaigns.models.reports import ReportStatus
from xiaoneng.features.campaigns.models.tasks import TaskStatus
from xiaoneng.kit.machine import Machine, Transition

_C = CampaignStatus
_D = DeliverableStatus
_R = ReportStatus
_T = TaskStatus


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
        _row("close_stage", "关闭阶段", "running summarising", None),
        _row("except_stage", "例外关闭阶段", "running summarising", None, needs_reason=True),
        _row("suspend", "暂停活动", "running", _C.SUSPENDED, needs_reason=True),
        _row("resume", "恢复活动", "suspended", _C.RUNNING),
        _row("summarise", "进入总结", "running", _C.SUMMARISING),
        _row("close", "结束活动", "summarising", _C.CLOSED),
        _row("archive", "归档", "closed", _C.ARCHIVED),
    ]
)
"""SM-1: the office, or the head of the host unit, moves a campaign."""

CAMPAIGN_TITLES = {row.action: row.title for row in CAMPAIGNS.transitions} | {"create": "建立活动"}


def _paper(action: str, title: str, sources: str, target: _D, permission: str, **more: bool) -> Transition[_D]:
    states = frozenset(_D(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


DELIVERABLES = Machine(
    [
        _paper("submit", "报送", "pending rejected", _D.SUBMITTED, "deliverable:submit"),
        _paper("approve", "审核通过", "submitted", _D.APPROVED, "deliverable:review"),
        _paper("reject", "退回", "submitted", _D.REJECTED, "deliverable:review", needs_reason=True),
    ]
)
"""SM-2b: the unit hands in, the office approves or sends back."""


def _task(action: str, title: str, sources: str, target: _T | None, permission: str, **more: bool) -> Transition[_T]:
    states = frozenset(_T(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


TASKS = Machine(
    [
        _task("assign", "确定责任单位", "open assigned", _T.ASSIGNED, "task:assign"),
        _task("name_owner", "明确负责人", "assigned", None, "task:run"),
        _task("cascade", "向下级下达", "assigned", None, "task:run"),
        _task("answer", "反馈结果", "assigned", _T.ANSWERED, "task:answer"),
        _task("accept", "认可结果", "answered", _T.ACCEPTED, "task:judge"),
        _task("send_back", "退回补办", "answered", _T.ASSIGNED, "task:judge", needs_reason=True),
    ]
)
"""R-12: every task is answered, and somebody of another unit judges the answer."""


def _report(action: str, title: str, sources: str, target: _R, permission: str, **more: bool) -> Transition[_R]:
    states = frozenset(_R(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


REPORTS = Machine(
    [
        _report("submit", "报送", "owed returned", _R.SUBMITTED, "campaign_report:submit"),
        _report("accept", "审阅通过", "submitted", _R.ACCEPTED, "campaign_report:review"),
        _report("send_back", "退回重报", "submitted", _R.RETURNED, "campaign_report:review", needs_reason=True),
    ]
)
"""SM-9: the unit reports, the office reviews."""
