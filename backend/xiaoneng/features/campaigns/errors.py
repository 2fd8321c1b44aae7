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
