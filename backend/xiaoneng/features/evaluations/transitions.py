"""The machines of evaluations."""

from xiaoneng.features.evaluations.models.schemes import SchemeStatus
from xiaoneng.kit.machine import Machine, Transition

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
