"""The machines of evaluations."""

from xiaoneng.features.evaluations.models.pool import RepresentativeStatus
from xiaoneng.features.evaluations.models.rounds import RoundStatus
from xiaoneng.features.evaluations.models.schemes import SchemeStatus
from xiaoneng.kit.machine import Machine, Transition

_P = RepresentativeStatus
_R = RoundStatus
_S = SchemeStatus

SCHEMES = Machine(
    [
        Transition("edit", frozenset({_S.DRAFT}), None, "evaluation_scheme:draft", "修改方案"),
        Transition("enact", frozenset({_S.DRAFT}), _S.IN_FORCE, "evaluation_scheme:enact", "批准施行"),
        Transition(
            "retire", frozenset({_S.IN_FORCE}), _S.RETIRED, "evaluation_scheme:enact", "停止使用", needs_reason=True
        ),
    ]
)
"""The office drafts, the leader enacts (row 15 of the matrix)."""

SCHEME_TITLES = {row.action: row.title for row in SCHEMES.transitions} | {"create": "起草方案"}

POOL = Machine(
    [
        Transition(
            "withdraw", frozenset({_P.ACTIVE}), _P.WITHDRAWN, "evaluation_pool:manage", "移出代表库", needs_reason=True
        ),
        Transition(
            "restore", frozenset({_P.WITHDRAWN}), _P.ACTIVE, "evaluation_pool:manage", "恢复在库", needs_reason=True
        ),
    ]
)
"""Whoever leaves the pool keeps their row."""


def _round(action: str, title: str, sources: str, target: _R | None, permission: str, **more: bool) -> Transition[_R]:
    states = frozenset(_R(source) for source in sources.split())
    return Transition(action, states, target, permission, title, **more)


ROUNDS = Machine(
    [
        _round("freeze_scheme", "冻结方案", "draft", _R.SCHEME_FROZEN, "evaluation:manage"),
        _round("freeze_pool", "封存代表库并预告抽取", "scheme_frozen", _R.POOL_FROZEN, "evaluation:manage"),
        _round("draw", "公开抽取", "pool_frozen", _R.DRAWN, "evaluation:manage"),
        _round("redraw", "重新抽取", "pool_frozen drawn", _R.POOL_FROZEN, "evaluation:decide", needs_reason=True),
        _round("replace", "递补", "drawn", None, "evaluation:manage", needs_reason=True),
        _round("open", "开始评议", "drawn", _R.OPEN, "evaluation:manage"),
        _round("close", "结束评议", "open", _R.CLOSED, "evaluation:manage"),
        _round("tally", "计票", "closed computed published", _R.COMPUTED, "evaluation:manage"),
        _round("publish", "公布结果", "computed", _R.PUBLISHED, "evaluation:decide"),
        _round("finalize", "定案", "published", _R.FINAL, "evaluation:decide"),
        _round(
            "void",
            "作废本轮",
            "scheme_frozen pool_frozen drawn open closed computed",
            _R.VOID,
            "evaluation:decide",
            needs_reason=True,
        ),
    ]
)
"""SM-10: the office runs a round, the leader decides what cannot be taken back. After the pool is frozen the scheme
does not change."""

ROUND_TITLES = {row.action: row.title for row in ROUNDS.transitions} | {
    "create": "建立评议轮次",
    "print_codes": "打印评议码",
    "export_box": "导出票箱",
}
