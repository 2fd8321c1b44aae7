"""The machine of rectification items (SM-3). A due date has no row of its own: it moves by extension only.

Two rows may end elsewhere than they say: the last signature of a joint acceptance makes the item accepted, a refusal or
an objection that holds sends it back to work.
"""

from xiaoneng.features.rectification.models.items import ItemStatus
from xiaoneng.kit.machine import Machine, Transition

_S = ItemStatus
_URGED = "registered plan_returned rectifying"
"""States in which the unit owes the next step."""
_OPEN = "registered planned plan_returned rectifying closeout_applied verified"


def _row(action: str, title: str, sources: str, target: _S | None, permission: str, **more: bool) -> Transition[_S]:
    states = frozenset(_S(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


MACHINE = Machine(
    [
        _row("designate", "指定牵头单位", "registered", None, "item:decide"),
        _row("adopt", "转入整改", "filed", _S.REGISTERED, "item:decide"),
        _row("void", "登记有误作废", "registered filed", _S.VOIDED, "item:decide", needs_reason=True),
        _row("plan", "制定整改方案", "registered plan_returned", _S.PLANNED, "item:plan"),
        _row("approve_plan", "审核通过方案", "planned", _S.RECTIFYING, "item:decide"),
        _row("return_plan", "退回方案", "planned", _S.PLAN_RETURNED, "item:decide", needs_reason=True),
        _row("report_progress", "报告进展", "rectifying", None, "item:report"),
        _row("add_evidence", "上传佐证材料", "rectifying", None, "item:report"),
        _row("urge", "催办", _URGED, None, "item:urge", needs_reason=True),
        _row("assign", "调整责任人和措施时限", "rectifying", None, "item:plan"),
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
        _row("convene", "组织联合验收", "verified", None, "item:accept"),
        _row("sign_acceptance", "签署验收意见", "verified", None, "item:sign_acceptance"),
        _row("accept", "验收通过", "verified", _S.ACCEPTED, "item:accept"),
        _row("announce", "销号公示", "accepted", None, "item:accept"),
        _row("record_objection", "登记公示异议", "accepted", None, "item:accept"),
        _row("answer_objection", "答复公示异议", "accepted", None, "item:accept"),
        _row("close", "验收销号", "verified accepted", _S.CLOSED, "item:accept"),
        _row("pass_look_back", "回头看合格", "closed", None, "item:look_back"),
        _row("rebound", "回头看反弹", "closed", _S.RECTIFYING, "item:look_back", needs_reason=True),
    ]
)

TITLES = {transition.action: transition.title for transition in MACHINE.transitions} | {"open": "立项"}
