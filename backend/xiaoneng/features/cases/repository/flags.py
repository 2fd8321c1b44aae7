"""SQL of the flags: the conditions of `rules.flags`, each behind a small partial index."""

import sqlalchemy as sa

from xiaoneng.core.worktime.models.policies import TimePolicy
from xiaoneng.core.worktime.models.words import PolicyState
from xiaoneng.features.cases import rules
from xiaoneng.features.cases.models.case import DOUBTED, QUICK_AT_MOST, CaseFlag, CaseStatus, Solved
from xiaoneng.features.cases.repository.sight import CASE
from xiaoneng.kit import clock

_POLICY = sa.inspect(TimePolicy).local_table.c


def _false_closure() -> sa.ColumnElement[bool]:
    disputed = CASE.disputed_at.is_not(None) & CASE.solved.is_distinct_from(Solved.YES)
    against_their_word = (CASE.status == CaseStatus.CLOSED) & (CASE.solved == Solved.NO)
    return sa.and_(sa.text(f"({DOUBTED})"), sa.or_(disputed, against_their_word))


def _quick_closure() -> sa.ColumnElement[bool]:
    took = CASE.replied_at - CASE.dispatched_at
    got_on = sa.cast(sa.func.timezone(clock.REGION_ZONE.key, CASE.dispatched_at), sa.Date)
    in_force = (
        sa.select(sa.func.make_interval(0, 0, 0, 0, 0, _POLICY.amount))
        .where(_POLICY.code == rules.QUICK_POLICY, _POLICY.kind == "reply", _POLICY.scope == "*")
        .where(_POLICY.state == PolicyState.IN_FORCE, _POLICY.effective_from <= got_on)
        .order_by(_POLICY.effective_from.desc(), _POLICY.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    late_enough = took >= sa.text("interval '0'")
    return sa.and_(sa.text(QUICK_AT_MOST), CASE.merged_into_id.is_(None), late_enough, took < in_force)


CONDITIONS = {CaseFlag.FALSE_CLOSURE: _false_closure(), CaseFlag.QUICK_CLOSURE: _quick_closure()}
