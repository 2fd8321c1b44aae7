"""The machines of cases (SM-5), of the parts that units have in them, and of requests about them (SM-23, SM-25)."""

from xiaoneng.features.cases.models.assignments import AssignmentStatus
from xiaoneng.features.cases.models.case import CaseStatus
from xiaoneng.features.cases.models.requests import RequestStatus
from xiaoneng.kit.machine import Machine, Transition

_S = CaseStatus


def _row(action: str, title: str, sources: str, target: _S | None, permission: str, **more: bool) -> Transition[_S]:
    states = frozenset(_S(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


MACHINE = Machine(
    [
        _row("dispatch", "派发", "registered", _S.TO_SIGN, "case:dispatch"),
        _row("answer_on_spot", "当场答复", "registered", _S.CLOSED, "case:preaudit"),
        _row("refuse_acceptance", "不予受理", "registered", _S.CLOSED, "case:preaudit", needs_reason=True),
        _row("transfer_emergency", "转紧急处置", "registered", _S.CLOSED, "case:preaudit"),
        _row("designate", "指定承办", "registered to_sign handling", _S.TO_SIGN, "case:designate", needs_reason=True),
        _row("refuse_return", "不同意退回", "registered", _S.TO_SIGN, "case:dispatch", needs_reason=True),
        _row("add_co_units", "增派协办", "to_sign handling", None, "case:dispatch"),
        _row("sign", "签收", "to_sign", _S.HANDLING, "case:handle"),
        _row("contact", "记录联系", "handling", None, "case:handle"),
        _row("reply", "答复", "handling", _S.REPLIED, "case:reply"),
        _row("hand_over", "转交（首接负责）", "to_sign handling", None, "case:hand_over", needs_reason=True),
        _row("hand_down", "逐级交办", "to_sign handling", None, "case:hand_over"),
        _row("whistle", "吹哨", "to_sign handling", None, "case:whistle"),
        _row("note_progress", "记录办理进展", "to_sign handling", None, "case:handle"),
        _row("draft_reply", "拟写答复", "handling", None, "case:handle"),
        _row("approve_reply", "审核并答复", "handling", _S.REPLIED, "case:reply"),
        _row("return_draft", "退回答复稿", "handling", None, "case:reply", needs_reason=True),
        _row("assign_handler", "指派承办人", "to_sign handling", None, "case:assign"),
        _row("return", "退回", "to_sign handling", _S.REGISTERED, "case:return", needs_reason=True),
        _row("apply_extension", "申请延期", "to_sign handling", None, "request:apply", needs_reason=True),
        _row("apply_pause", "申请中止计时", "to_sign handling", None, "request:apply", needs_reason=True),
        _row("resume", "恢复计时", "to_sign handling", None, "case:resume", needs_reason=True),
        _row("apply_exclusion", "申请剔除", "handling replied closed", None, "request:claim", needs_reason=True),
        _row("appeal", "申诉", "to_sign handling replied closed", None, "request:claim", needs_reason=True),
        _row("record_attempt", "记录回访未接通", "replied", None, "case:call_back"),
        _row("call_back", "记录回访结果", "replied", _S.CLOSED, "case:call_back"),
        _row("accept_result", "审核通过", "replied", None, "case:audit"),
        _row("call_back_redo", "回访不满意，重办", "replied", _S.HANDLING, "case:call_back", needs_reason=True),
        _row("ask_after_limit", "逾期回访", "to_sign handling", None, "case:call_back"),
        _row("step_up", "提级督办", "replied", _S.HANDLING, "case:step_up", needs_reason=True),
        _row("redo", "发回重办", "replied", _S.HANDLING, "case:redo", needs_reason=True),
        _row("close", "办结归档", "replied", _S.CLOSED, "case:close", needs_reason=True),
        _row("urge", "催办", "to_sign handling", None, "case:urge", needs_reason=True),
        _row("reopen", "重新办理", "closed", _S.REGISTERED, "case:reopen", needs_reason=True),
        _row("merge", "并入另一件", "registered to_sign handling", _S.MERGED, "case:merge", needs_reason=True),
        _row("unmerge", "拆分", "merged replied", None, "case:merge", needs_reason=True),
        _row("issue_receipt", "出具查询凭证", "registered to_sign handling merged replied", None, "case:issue_receipt"),
        _row(
            "reveal_caller",
            "查看来电人信息",
            "registered to_sign handling merged replied closed",
            None,
            "caller:read",
            needs_reason=True,
        ),
    ]
)

_A = AssignmentStatus
_JUDGE = "assignment:judge"


def _part(action: str, title: str, sources: str, target: _A | None, permission: str, **more: bool) -> Transition[_A]:
    states = frozenset(_A(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


PARTS = Machine(
    [
        _part("sign", "签收", "to_sign", _A.SIGNED, "assignment:handle"),
        _part("contact", "记录联系", "signed handling", _A.HANDLING, "assignment:handle"),
        _part("arrive", "到达现场", "to_sign signed handling", None, "assignment:handle"),
        _part("hand_down", "逐级交办", "signed handling", None, "assignment:assign"),
        _part("reply", "反馈办理结果", "signed handling", _A.REPLIED, "assignment:reply"),
        _part("assign_handler", "指派承办人", "to_sign signed handling", None, "assignment:assign"),
        _part("return", "退回", "to_sign signed handling", _A.RETURNED, "assignment:return", needs_reason=True),
    ]
)
"""What a co-handling unit does with its part. The lead acts on the case, and its assignment follows."""

JUDGING = Machine(
    [
        _part("accept", "采纳反馈", "replied", _A.ACCEPTED, _JUDGE),
        _part("redo", "发回补充", "replied", _A.HANDLING, _JUDGE, needs_reason=True),
        _part("cancel", "撤销协办", "to_sign signed handling replied", _A.CANCELLED, _JUDGE, needs_reason=True),
    ]
)
"""What the unit that asked for a part, or the office, does with it."""

_R = RequestStatus


def _ask(action: str, title: str, sources: str, target: _R | None, permission: str, **more: bool) -> Transition[_R]:
    states = frozenset(_R(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


REQUESTS = Machine(
    [
        _ask("endorse", "单位同意", "applied", _R.ENDORSED, "request:endorse"),
        _ask("decline", "单位不同意", "applied", _R.REFUSED, "request:endorse", needs_reason=True),
        _ask("review", "初审通过", "applied", _R.ENDORSED, "request:review"),
        _ask("dismiss", "初审不通过", "applied", _R.REFUSED, "request:review", needs_reason=True),
        _ask("grant", "批准", "endorsed", _R.GRANTED, "request:decide"),
        _ask("refuse", "不批准", "endorsed", _R.REFUSED, "request:decide", needs_reason=True),
        _ask("withdraw", "撤回申请", "applied endorsed", _R.WITHDRAWN, "request:withdraw"),
        _ask("record_told", "记录已告知群众", "granted", None, "request:tell"),
    ]
)
"""The unit's head endorses what touches a limit, the office reviews what touches the assessment; another decides."""

_OF_REQUESTS = {f"request.{row.action}": f"申请：{row.title}" for row in REQUESTS.transitions}
_OF_PARTS = {f"assignment.{row.action}": f"协办：{row.title}" for row in (*PARTS.transitions, *JUDGING.transitions)}
TITLES = (
    {transition.action: transition.title for transition in MACHINE.transitions}
    | _OF_PARTS
    | _OF_REQUESTS
    | {
        "register": "登记",
        "import": "导入",
        "rate": "群众评价",
        "stand_in": "承办人外出，转 B 岗承办",
        "give_back": "承办人回岗，恢复承办",
        "reply_by_source": "来源平台答复",
        "urge_by_source": "来源平台催办",
        "supplement": "群众补充",
        "dispute": "群众提出异议，重新办理",
        "take_in": "并入一件",
        "let_go": "拆出一件",
        "change_primary": "随主件转并",
        "reply_of_primary": "主件已答复",
        "redo_of_primary": "主件发回重办",
    }
)
