"""The machine of rectification items (SM-3). A due date has no row of its own: it moves by extension only."""

from xiaoneng.features.rectification.models.items import ItemStatus
from xiaoneng.kit.machine import Machine, Transition

_S = ItemStatus
_OPEN = "registered planned plan_returned rectifying closeout_applied verified"


def _row(action: str, title: str, sources: str, target: _S | None, permission: str, **more: bool) -> Transition[_S]:
    states = frozenset(_S(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


MACHINE = Machine(
    [
        _row("designate", "指定牵头单位", "registered", None, "item:decide"),
        _row("void", "登记有误作废", "registered", _S.VOIDED, "item:decide", needs_reason=True),
        _row("plan", "制定整改方案", "registered plan_returned", _S.PLANNED, "item:plan"),
        _row("approve_plan", "审核通过方案", "planned", _S.RECTIFYING, "item:decide"),
        _row("return_plan", "退回方案", "planned", _S.PLAN_RETURNED, "item:decide", needs_reason=True),
        _row("report_progress", "报告进展", "rectifying", None, "item:report"),
        _row("add_evidence", "上传佐证材料", "rectifying", None, "item:report"),
        _row("apply_extension", "申请延期", "rectifying", None, "item:plan"),
        _row("grant_extension", "批准延期", "rectifying", None, "item:decide"),
        _row("refuse_extension", "不批准延期", "rectifying", None, "item:decide", needs_reason=True),
        _row("link_institution", "关联制度", _OPEN, None, "item:plan"),
        _row("waive_institution", "免予建制", _OPEN, None, "item:decide", needs_reason=True),
        _row("apply_closeout", "申请销号", "rectifying", _S.CLOSEOUT_APPLIED, "item:sign"),
        _row("verify", "核查通过", "closeout_applied", _S.VERIFIED, "item:verify"),
        _row(
            "return_closeout", "退回整改", "closeout_applied verified", _S.RECTIFYING, "item:verify", needs_reason=True
        ),
        _row("close", "验收销号", "verified", _S.CLOSED, "item:accept"),
    ]
)

TITLES = {transition.action: transition.title for transition in MACHINE.transitions} | {"open": "立项"}
