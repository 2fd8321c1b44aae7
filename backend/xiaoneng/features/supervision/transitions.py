"""The machines of instructions and of listings."""

from xiaoneng.features.supervision.models.instructions import InstructionStatus
from xiaoneng.features.supervision.models.listings import ListingStatus
from xiaoneng.kit.machine import Machine, Transition

_I = InstructionStatus
_L = ListingStatus


def _task(action: str, title: str, sources: str, target: _I | None, permission: str, **more: bool) -> Transition[_I]:
    states = frozenset(_I(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


INSTRUCTIONS = Machine(
    [
        _task("report", "反馈落实情况", "issued returned", _I.REPORTED, "instruction:report"),
        _task("accept", "采纳反馈", "reported", _I.ACCEPTED, "instruction:judge"),
        _task("send_back", "退回补办", "reported", _I.RETURNED, "instruction:judge", needs_reason=True),
        _task("withdraw", "撤销批示", "issued returned reported", _I.WITHDRAWN, "instruction:give", needs_reason=True),
    ]
)
"""The addressee reports, the office or the leader judges."""


def _row(action: str, title: str, sources: str, target: _L | None, permission: str, **more: bool) -> Transition[_L]:
    states = frozenset(_L(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


LISTINGS = Machine(
    [
        _row("approve", "批准挂牌", "proposed", _L.LISTED, "listing:decide"),
        _row("decline", "不予挂牌", "proposed", _L.DECLINED, "listing:decide", needs_reason=True),
        _row("report_progress", "报送每周进展", "listed unlisting", None, "listing:report"),
        _row("record_meeting", "记录定案会议", "listed", None, "listing:propose"),
        _row("draft_text", "撰写公开内容", "listed", None, "listing:propose"),
        _row("publish", "复核并发布", "listed", None, "listing:publish"),
        _row("apply_unlist", "申请摘牌", "listed", _L.UNLISTING, "listing:propose"),
        _row("unlist", "批准摘牌", "unlisting", _L.UNLISTED, "listing:decide"),
        _row("keep", "不同意摘牌", "unlisting", _L.LISTED, "listing:decide", needs_reason=True),
    ]
)
"""The office proposes and writes, the leader decides; the unit reports every week."""

IN_CASES = (
    {"instruct": "作出批示", "listing.propose": "提请挂牌"}
    | {f"instruction.{row.action}": f"批示：{row.title}" for row in INSTRUCTIONS.transitions}
    | {f"listing.{row.action}": f"挂牌：{row.title}" for row in LISTINGS.transitions}
)
"""What supervision writes into the history of a case, in words."""
