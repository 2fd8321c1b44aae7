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


class MeasureUnknown(InvalidInput):
    """The measure does not belong to this item."""

    code = "rectification.measure_unknown"
    title_zh = "该措施不属于本整改项"
    title_en = "The measure does not belong to this item"
