"""What planning and carrying out inspections refuses."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class ChecklistUnknown(InvalidInput):
    """There is no such edition of a checklist."""

    code = "inspections.checklist_unknown"
    title_zh = "没有这份检查清单"
    title_en = "There is no such checklist"


class DatesOutOfOrder(InvalidInput):
    """A plan or an inspection ends before it begins; `errors` names the later day."""

    code = "inspections.dates_out_of_order"
    title_zh = "结束日期早于开始日期"
    title_en = "It ends before it begins"


class MustBeSecret(InvalidInput):
    """A surprise or secret inspection is announced to nobody."""

    code = "inspections.must_be_secret"
    title_zh = "突击抽查和暗访不得事先通知"
    title_en = "Surprise and secret inspections are not announced"


class OwnUnitInspected(Conflict):
    """Nobody plans, draws, judges or disposes of an inspection of their own unit (回避)."""

    code = "inspections.own_unit_inspected"
    title_zh = "涉及本单位，应当回避"
    title_en = "It concerns your own unit: you are recused"


class Recused(Conflict):
    """Somebody of the team works or worked for a unit inspected, or has declared a relation; `errors` says who and why.

    How long a former unit counts is the time policy `inspector` / `former_unit`.
    """

    code = "inspections.recused"
    title_zh = "检查组成员应当回避"
    title_en = "Somebody of the team is recused"


class NotAnInspector(InvalidInput):
    """Somebody who is to be on the team does not serve in an inspection group today."""

    code = "inspections.not_an_inspector"
    title_zh = "检查组成员应当是明察暗访组现任成员"
    title_en = "Everybody on the team has to serve in an inspection group today"


class TeamIncomplete(Conflict):
    """A team has at least two people, one of whom leads."""

    code = "inspections.team_incomplete"
    title_zh = "检查组至少两人，并明确组长"
    title_en = "A team needs at least two people and a leader"


class NothingToInspect(Conflict):
    """No unit is to be inspected, or the draw has nobody left to draw from."""

    code = "inspections.nothing_to_inspect"
    title_zh = "没有被检查单位，或可抽取的数量不足"
    title_en = "There is no unit to inspect, or not enough to draw from"


class RedrawNeedsReason(InvalidInput):
    """It was drawn already: drawing again needs a reason, and both stay on record."""

    code = "inspections.redraw_needs_reason"
    title_zh = "已经抽取过，重新抽取须说明理由"
    title_en = "It was drawn already: drawing again needs a reason"


class NoticeNeeded(Conflict):
    """An inspection that is not secret begins after its notice."""

    code = "inspections.notice_needed"
    title_zh = "请先发出检查通知"
    title_en = "Send the notice first"


class IsSecret(Conflict):
    """A secret inspection is not announced."""

    code = "inspections.is_secret"
    title_zh = "不公开的检查不得事先通知"
    title_en = "A secret inspection is not announced"


class LeaderOnly(Conflict):
    """Only whoever leads the team may do this."""

    code = "inspections.leader_only"
    title_zh = "只能由检查组组长办理"
    title_en = "Only the leader of the team may do this"


class UnitsLeft(Conflict):
    """Some units are neither visited nor skipped with a reason."""

    code = "inspections.units_left"
    title_zh = "还有单位没有检查"
    title_en = "Some units have not been visited"


class UnitUnknown(InvalidInput):
    """The unit is not one of this inspection, or its visit is over."""

    code = "inspections.unit_unknown"
    title_zh = "该单位不在本次检查范围，或已检查完毕"
    title_en = "The unit is not one of this inspection, or its visit is over"


class AnswersLeft(Conflict):
    """Some lines of the checklist have no answer."""

    code = "inspections.answers_left"
    title_zh = "检查清单还有未填项"
    title_en = "Some lines of the checklist have no answer"


class FindingsOpen(Conflict):
    """Some findings still wait for the unit, for a judgement or for their disposition."""

    code = "inspections.findings_open"
    title_zh = "还有问题未确认或未处置"
    title_en = "Some findings still wait"


class ItemsOpen(Conflict):
    """Some rectification items that the findings led to are not closed."""

    code = "inspections.items_open"
    title_zh = "检查问题的整改项尚未全部销号"
    title_en = "Some rectification items are not closed yet"


class DeclaredAlready(Conflict):
    """The relation is on record."""

    code = "inspections.declared_already"
    title_zh = "该利害关系已登记"
    title_en = "This relation is on record"
