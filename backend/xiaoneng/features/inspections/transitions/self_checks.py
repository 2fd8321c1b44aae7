"""The machines of self-checks (SM-8)."""

from xiaoneng.features.inspections.models.self_checks import CheckedStatus, SelfCheckStatus
from xiaoneng.kit.machine import Machine, Transition

_C = SelfCheckStatus
_U = CheckedStatus


def _check(action: str, title: str, target: _C | None, **more: bool) -> Transition[_C]:
    return Transition(action, frozenset([_C.OPEN]), target, "self_check:manage", title, **more)


CHECKS = Machine(
    [
        _check("add_units", "增加自查单位", None, needs_reason=True),
        _check("remove_units", "移出自查单位", None, needs_reason=True),
        _check("close", "完成自查", _C.CLOSED),
    ]
)
"""The office keeps the list and closes it when all have checked themselves."""


def _unit(action: str, title: str, sources: str, target: _U, permission: str, **more: bool) -> Transition[_U]:
    states = frozenset(_U(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


UNITS = Machine(
    [
        _unit("record", "登记自查情况", "open checked returned", _U.CHECKED, "self_check:record"),
        _unit("submit", "签报自查", "checked", _U.SUBMITTED, "self_check:sign"),
        _unit("accept", "审核通过", "submitted", _U.ACCEPTED, "self_check:manage"),
        _unit("send_back", "退回重查", "submitted", _U.RETURNED, "self_check:manage", needs_reason=True),
    ]
)
"""A unit checks itself, its head signs for all below it, the office judges."""
