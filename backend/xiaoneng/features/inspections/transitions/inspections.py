"""The machines of plans, inspections and findings (SM-19)."""

from xiaoneng.features.inspections.models.findings import FindingStatus
from xiaoneng.features.inspections.models.inspections import InspectionStatus
from xiaoneng.features.inspections.models.plans import PlanStatus
from xiaoneng.kit.machine import Machine, Transition

_P = PlanStatus
_I = InspectionStatus
_F = FindingStatus

PLANS = Machine(
    [
        Transition("approve", frozenset([_P.DRAFT]), _P.APPROVED, "inspection:approve", "批准计划"),
        Transition("close", frozenset([_P.APPROVED]), _P.CLOSED, "inspection:manage", "计划执行完毕"),
    ]
)
"""The office plans, the leader approves."""


def _row(action: str, title: str, sources: str, target: _I | None, right: str, **more: bool) -> Transition[_I]:
    states = frozenset(_I(source) for source in sources.split())
    return Transition(action, states, target, f"inspection:{right}", title, **more)


INSPECTIONS = Machine(
    [
        _row("set_units", "指定被检查单位", "planned", None, "manage"),
        _row("draw_units", "抽取被检查单位", "planned", None, "manage"),
        _row("set_team", "组成检查组", "planned approved noticed executing", None, "manage"),
        _row("draw_team", "抽取检查人员", "planned", None, "manage"),
        _row("approve", "批准检查", "planned", _I.APPROVED, "approve"),
        _row("send_notice", "发出检查通知", "approved", _I.NOTICED, "manage"),
        _row("begin", "开始检查", "approved noticed", _I.EXECUTING, "conduct"),
        _row("finish_unit", "完成单位检查", "executing", None, "conduct"),
        _row("skip_unit", "不检查该单位", "executing", None, "conduct", needs_reason=True),
        _row("release", "反馈问题", "executing", _I.CONFIRMING, "conduct"),
        _row("conclude", "问题确认完毕", "confirming", _I.CONFIRMED, "conduct"),
        _row("report", "提交检查报告", "confirmed", _I.REPORTED, "conduct"),
        _row("follow_up", "转入跟踪", "reported", _I.FOLLOW_UP, "manage"),
        _row("close", "办结检查", "follow_up", _I.CLOSED, "manage"),
        _row("cancel", "取消检查", "planned approved noticed", _I.CANCELLED, "manage", needs_reason=True),
    ]
)
"""The office plans and disposes, the leader approves, the team looks and reports."""


def _find(action: str, title: str, source: _F, target: _F | None, right: str, **more: bool) -> Transition[_F]:
    return Transition(action, frozenset([source]), target, f"finding:{right}", title, **more)


FINDINGS = Machine(
    [
        _find("revise", "修改问题", _F.RECORDED, None, "record"),
        _find("withdraw", "撤回问题", _F.RECORDED, _F.WITHDRAWN, "record", needs_reason=True),
        _find("confirm", "确认属实", _F.RELEASED, _F.CONFIRMED, "answer"),
        _find("object", "提出异议", _F.RELEASED, _F.OBJECTED, "answer", needs_reason=True),
        _find("uphold", "异议成立", _F.OBJECTED, _F.DISMISSED, "judge", needs_reason=True),
        _find("overrule", "异议不成立", _F.OBJECTED, _F.CONFIRMED, "judge", needs_reason=True),
        _find("dispose", "处置问题", _F.CONFIRMED, _F.DISPOSED, "judge"),
    ]
)
"""Whoever found it may correct it until it is released; the unit answers; the office judges and disposes."""

INSPECTION_TITLES = {row.action: row.title for row in INSPECTIONS.transitions} | {"create": "拟定检查"}
FINDING_TITLES = {row.action: row.title for row in FINDINGS.transitions} | {
    "record": "登记问题",
    "release": "反馈单位",
    "deem": "逾期未答复，视为确认",
}
