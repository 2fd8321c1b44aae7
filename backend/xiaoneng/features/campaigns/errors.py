"""What campaigns refuse."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class TemplateUnknown(InvalidInput):
    """No template in force has this code."""

    code = "campaigns.template_unknown"
    title_zh = "没有这个专项活动模板"
    title_en = "There is no such template"


class WindowsRefused(InvalidInput):
    """The windows of the stages do not follow each other, or not every stage has one."""

    code = "campaigns.windows_refused"
    title_zh = "各阶段的起止日期须齐全、前后相接且不重叠"
    title_en = "Every stage needs a window, and they must follow each other"


class NotBelowHost(InvalidInput):
    """Only units of the host's own tree take part."""

    code = "campaigns.not_below_host"
    title_zh = "参加单位须属于主办单位的下级"
    title_en = "The units taking part must stand below the host"


class StagesOpen(Conflict):
    """A campaign ends once all its stages are closed."""

    code = "campaigns.stages_open"
    title_zh = "还有阶段未关闭，不能进行这一操作"
    title_en = "Some stages are still open"


class NobodyTakesPart(Conflict):
    """A campaign without units has nothing to ask for."""

    code = "campaigns.nobody_takes_part"
    title_zh = "还没有参加单位"
    title_en = "No unit takes part yet"


class StageUnknown(InvalidInput):
    """The campaign has no open stage of this number."""

    code = "campaigns.stage_unknown"
    title_zh = "该阶段不存在或未在进行中"
    title_en = "There is no open stage of this number"


class GateBlocked(Conflict):
    """A stage closes only complete, or with a recorded exception (SM-2)."""

    code = "campaigns.gate_blocked"
    title_zh = "本阶段尚未全部完成，不能关闭；确需关闭的，请说明例外理由"
    title_en = "The stage is not complete; close it with the reason for an exception"


class OwnUnit(Conflict):
    """Nobody judges what their own unit has handed in."""

    code = "campaigns.own_unit"
    title_zh = "不能审核本单位报送的材料"
    title_en = "Nobody judges what their own unit has handed in"


class OwnerMissing(Conflict):
    """The document wants a named person to answer for the task (S4-04)."""

    code = "campaigns.owner_missing"
    title_zh = "该任务须先明确负责人"
    title_en = "The task needs a named owner first"


class OwnerRefused(InvalidInput):
    """Whoever answers for a task holds a post in its lead unit."""

    code = "campaigns.owner_refused"
    title_zh = "负责人须为牵头单位在任人员"
    title_en = "The owner must hold a post in the lead unit"


class NotBelowLead(InvalidInput):
    """A task is handed down to units below its lead unit, once each."""

    code = "campaigns.not_below_lead"
    title_zh = "只能向牵头单位的下级单位下达，且每个单位一次"
    title_en = "A task is handed down to units below its lead, once each"
