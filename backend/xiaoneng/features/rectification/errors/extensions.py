"""Refusals of requests for more time."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class ExtensionOpen(Conflict):
    """One request at a time."""

    code = "rectification.extension_open"
    title_zh = "已有延期申请待审批"
    title_en = "A request for more time is waiting already"


class NoExtension(Conflict):
    """Nothing waits for a decision."""

    code = "rectification.no_extension"
    title_zh = "没有待审批的延期申请"
    title_en = "No request for more time is waiting"


class ExtensionTooLate(Conflict):
    """R-19, SM-23: more time is asked for and given before the limit is over."""

    code = "rectification.extension_too_late"
    title_zh = "整改时限已过，不能再申请或批准延期"
    title_en = "The limit is over: no more time can be asked for or given"


class NotLater(InvalidInput):
    """More time ends later than what there is."""

    code = "rectification.not_later"
    title_zh = "延期后的日期须晚于现在的整改时限"
    title_en = "The new date must be later than the present one"


class SamePerson(Conflict):
    """Whoever asks does not decide."""

    code = "rectification.same_person"
    title_zh = "申请人不能审批自己的申请"
    title_en = "Whoever asks does not decide"
