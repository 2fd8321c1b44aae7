"""The machine of cases (SM-5), as far as this release goes."""

from xiaoneng.features.cases.models.case import CaseStatus
from xiaoneng.kit.machine import Machine, Transition

_S = CaseStatus


def _row(action: str, title: str, sources: str, target: _S | None, permission: str, **more: bool) -> Transition[_S]:
    states = frozenset(_S(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


MACHINE = Machine(
    [
        _row("dispatch", "派发", "registered", _S.TO_SIGN, "case:dispatch"),
        _row("sign", "签收", "to_sign", _S.HANDLING, "case:handle"),
        _row("contact", "记录联系", "handling", None, "case:handle"),
        _row("reply", "答复", "handling", _S.REPLIED, "case:handle"),
        _row("assign_handler", "指派承办人", "to_sign handling", None, "case:assign"),
        _row("return", "退回", "to_sign handling", _S.REGISTERED, "case:return", needs_reason=True),
        _row("record_attempt", "记录回访未接通", "replied", None, "case:call_back"),
        _row("call_back", "记录回访结果", "replied", _S.CLOSED, "case:call_back"),
        _row("redo", "发回重办", "replied", _S.HANDLING, "case:redo", needs_reason=True),
        _row("close", "办结归档", "replied", _S.CLOSED, "case:close", needs_reason=True),
        _row("urge", "催办", "to_sign handling", None, "case:urge", needs_reason=True),
        _row("issue_receipt", "出具查询凭证", "registered to_sign handling replied", None, "case:issue_receipt"),
        _row(
            "reveal_caller",
            "查看来电人信息",
            "registered to_sign handling replied closed",
            None,
            "caller:read",
            needs_reason=True,
        ),
    ]
)

TITLES = {transition.action: transition.title for transition in MACHINE.transitions} | {
    "register": "登记",
    "rate": "群众评价",
    "reply_by_source": "来源平台答复",
    "urge_by_source": "来源平台催办",
}
