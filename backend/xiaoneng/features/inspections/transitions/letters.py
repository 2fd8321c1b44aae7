"""The machine of letters (SM-4)."""

from xiaoneng.features.inspections.models.letters import LetterStatus
from xiaoneng.kit.machine import Machine, Transition

_S = LetterStatus
AWAITING = "issued delivered received plan_replied supplement"
"""States in which something of the unit is due."""


def _row(action: str, title: str, sources: str, target: _S | None, permission: str, **more: bool) -> Transition[_S]:
    states = frozenset(_S(source) for source in sources.split())
    return Transition(action, states, target, f"letter:{permission}", title, **more)


LETTERS = Machine(
    [
        _row("edit", "修改", "draft", None, "draft"),
        _row("countersign", "核签", "draft", _S.COUNTERSIGNED, "countersign"),
        _row("send_back", "退回修改", "countersigned", _S.DRAFT, "countersign", needs_reason=True),
        _row("issue", "签发", "countersigned", _S.ISSUED, "issue"),
        _row("make_files", "重新生成文件", f"{AWAITING} result_replied reviewed closed voided", None, "draft"),
        _row("deliver", "送达", "issued", _S.DELIVERED, "draft"),
        _row("receive", "签收", "delivered", _S.RECEIVED, "receive"),
        _row("reply_plan", "报送整改方案", "received", _S.PLAN_REPLIED, "reply"),
        _row("reply_result", "报送整改情况", "plan_replied supplement", _S.RESULT_REPLIED, "reply"),
        _row("accept", "审核通过", "result_replied", _S.REVIEWED, "review"),
        _row("ask_supplement", "要求补充", "result_replied", _S.SUPPLEMENT, "review", needs_reason=True),
        _row("close", "办结", "reviewed", _S.CLOSED, "review"),
        _row("admonish", "告诫", AWAITING, None, "review", needs_reason=True),
        _row("propose_accountability", "提出问责建议", AWAITING, None, "issue", needs_reason=True),
        _row("void", "作废", "draft countersigned issued delivered received", _S.VOIDED, "issue", needs_reason=True),
    ]
)
"""The office drafts, somebody else countersigns, the leader issues; the head signs for it, the unit answers."""
