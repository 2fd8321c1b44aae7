"""Refusals of the rectification ledger."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class ConflictOfInterest(Conflict):
    """R-07: whoever verifies or closes belongs to another unit and has no part in the rectification."""

    code = "rectification.conflict_of_interest"
    title_zh = "验收销号须由其他单位且未参与整改的人员进行"
    title_en = "Somebody of another unit without a part in the rectification must do this"


class CloseoutIncomplete(Conflict):
    """SM-3: every measure done, each with at least one piece of evidence."""

    code = "rectification.closeout_incomplete"
    title_zh = "措施未全部完成或缺少佐证材料，不能申请销号"
    title_en = "Every measure must be done and have evidence before close-out"


class NoUnit(Conflict):
    """R-10: an item without a responsible unit must first be given one."""

    code = "rectification.no_unit"
    title_zh = "尚未确定牵头单位"
    title_en = "No responsible unit has been designated yet"


class PlanRefused(InvalidInput):
    """R-01: the plan's dates or people do not fit."""

    code = "rectification.plan_refused"
    title_zh = "整改方案不完整或不合理"
    title_en = "The plan is incomplete or does not fit"


class AssignRefused(InvalidInput):
    """The people are not of the lead unit, or a measure would be due after its item."""

    code = "rectification.assign_refused"
    title_zh = "责任人或措施时限不合要求"
    title_en = "The people or the dates do not fit the item"


class MeasureUnknown(InvalidInput):
    """The measure does not belong to this item."""

    code = "rectification.measure_unknown"
    title_zh = "该措施不属于本整改项"
    title_en = "The measure does not belong to this item"


class LeadUnitOnly(Conflict):
    """A co-unit reports and proves; planning, asking for time and signing are the lead unit's."""

    code = "rectification.lead_unit_only"
    title_zh = "应由牵头单位办理"
    title_en = "This is for the lead unit to do"


class OwnerRefused(InvalidInput):
    """S0-05: a member's or a cadre's list names the person, that of a team or a unit nobody."""

    code = "rectification.owner_refused"
    title_zh = "班子成员、干部的问题须指明本人，班子、单位的问题不指个人"
    title_en = "A member's or cadre's problem names the person; a team's or unit's names nobody"


class InstitutionMissing(Conflict):
    """R-01: a systemic item closes with its institution published, or expressly waived with a reason."""

    code = "rectification.institution_missing"
    title_zh = "系统性问题须先出台制度，或说明理由免予建制"
    title_en = "The institution must be published, or waived with a reason, before this item closes"


class NotSystemic(Conflict):
    """Only a systemic item has an institution to wait for."""

    code = "rectification.not_systemic"
    title_zh = "本整改项不是系统性问题"
    title_en = "This item is not systemic"
