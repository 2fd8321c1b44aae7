"""What inspections refuse."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class CheckedAlready(Conflict):
    """A campaign has one self-check."""

    code = "inspections.checked_already"
    title_zh = "该活动已有自查"
    title_en = "The campaign has its self-check already"


class CoverageIncomplete(Conflict):
    """R-04: exactly all units must have checked themselves; 99.99 % is not 100 %."""

    code = "inspections.coverage_incomplete"
    title_zh = "自查面未达到 100%，不能进行这一操作"
    title_en = "Not every unit has checked itself"


class NobodyToCheck(InvalidInput):
    """No unit takes part in the campaign."""

    code = "inspections.nobody_to_check"
    title_zh = "活动还没有参加单位"
    title_en = "No unit takes part in the campaign"


class ListRefused(InvalidInput):
    """A unit that is to be added is there already, or one that is to be removed is not."""

    code = "inspections.list_refused"
    title_zh = "要增加的单位已在自查范围，或要移出的单位不在范围"
    title_en = "A unit to add is on the list already, or one to remove is not"


class OwnUnit(Conflict):
    """Nobody judges the self-check of their own unit."""

    code = "inspections.own_unit"
    title_zh = "不能审核本单位的自查"
    title_en = "Nobody judges the self-check of their own unit"
