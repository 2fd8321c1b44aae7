"""The machines of points, monitors and their information (SM-17)."""

from xiaoneng.features.monitoring.models.infos import InfoStatus
from xiaoneng.features.monitoring.models.points import TermStatus
from xiaoneng.kit.machine import Machine, Transition

_T = TermStatus
_I = InfoStatus


def _term(kind: str) -> list[Transition[_T]]:
    def row(action: str, title: str, sources: str, target: _T | None, *, reason: bool = False) -> Transition[_T]:
        states = frozenset(_T(source) for source in sources.split())
        return Transition(action, states, target, f"{kind}:manage", title, needs_reason=reason)

    return [
        row("appoint", "聘任", "nominated", _T.APPOINTED),
        row("activate", "启用", "appointed", _T.ACTIVE),
        row("suspend", "暂停", "active", _T.SUSPENDED, reason=True),
        row("resume", "恢复", "suspended", _T.ACTIVE),
        row("evaluate", "年度评价", "active suspended", None),
        row("remove", "解除", "nominated appointed active suspended", _T.REMOVED, reason=True),
    ]


_ACTIVE = frozenset([_T.ACTIVE])

POINTS = Machine(_term("monitoring_point"))
"""The office alone keeps the list; the result of an evaluation decides whether a point goes on."""

MONITORS = Machine(
    [
        *_term("monitor"),
        Transition("report", _ACTIVE, None, "monitor:report", "报送周报"),
        Transition("record_visit", _ACTIVE, None, "monitor:visit", "登记走访"),
    ]
)
"""A monitor reports and writes down visits while active."""


def _info(action: str, title: str, sources: str, target: _I, permission: str, **more: bool) -> Transition[_I]:
    states = frozenset(_I(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


INFOS = Machine(
    [
        _info("screen", "受理筛查", "submitted", _I.SCREENED, "monitoring_info:screen"),
        _info("open_case", "转为诉求", "screened", _I.CASE_CREATED, "monitoring_info:screen"),
        _info("link_letter", "关联文书", "screened", _I.LETTER_LINKED, "monitoring_info:screen"),
        _info("note", "留存备查", "screened", _I.NOTED, "monitoring_info:screen", needs_reason=True),
        _info("feed_back", "反馈监督员", "case_created letter_linked noted", _I.FED_BACK, "monitoring_info:screen"),
        _info("close", "办结", "fed_back", _I.CLOSED, "monitoring_info:close"),
    ]
)
"""The office screens and decides, the monitor learns what came of it."""

TITLES = {"nominate": "提名", "submit": "报送信息", "add_monitor": "增加监督员"} | {
    row.action: row.title for machine in (POINTS, MONITORS, INFOS) for row in machine.transitions
}
