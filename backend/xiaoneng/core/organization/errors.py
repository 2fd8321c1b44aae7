"""Refusals of the organization."""

from xiaoneng.kit.problems import AppError, Conflict, InvalidInput


class UnitGone(InvalidInput):
    """The unit does not exist on that day."""

    code = "organization.unit_gone"
    title_zh = "该单位在这一天不存在"
    title_en = "The unit does not exist on that day"


class CodeTaken(Conflict):
    """A living unit has this code."""

    code = "organization.code_taken"
    title_zh = "单位代码已被使用"
    title_en = "A unit with this code exists"


class TreeCycle(Conflict):
    """A unit cannot stand below itself."""

    code = "organization.cycle"
    title_zh = "不能把单位移到它自己的下级"
    title_en = "A unit cannot be moved below itself"


class HasChildren(Conflict):
    """Units still stand below; move or abolish them first."""

    code = "organization.unit_has_children"
    title_zh = "该单位还有下级单位，请先调整下级单位"
    title_en = "Units still stand below this one"


class RootIsFixed(Conflict):
    """The region has one root, which is neither moved, abolished nor joined by a second."""

    code = "organization.root_is_fixed"
    title_zh = "本地区只能有一个顶级单位，且不能移动或撤销"
    title_en = "A region has one root, which cannot be moved or abolished"


class DateOutOfOrder(InvalidInput):
    """The day lies before the present state began, or in the future."""

    code = "organization.date_out_of_order"
    title_zh = "生效日期不能早于当前状态的起始日，也不能晚于今天"
    title_en = "The day must lie between the start of the present state and today"


class PostTaken(Conflict):
    """The unit has a head, or a deputy in charge, already."""

    code = "organization.post_taken"
    title_zh = "该单位已有在任的主要负责人或分管负责人"
    title_en = "The unit has a head or a deputy in charge already"


class DutiesNotSeparate(Conflict):
    """系统、安全、审计三员: one person holds at most one of the three, and then no business role (I2)."""

    code = "organization.duties_not_separate"
    title_zh = "系统、安全、审计管理员须由不同的人担任，且不得兼任业务角色"
    title_en = "System, security and audit duties are held by different people without business roles"


class MemberAlready(Conflict):
    """The person serves in this body in that time already."""

    code = "organization.member_already"
    title_zh = "该人员在这段时间内已是本机构成员"
    title_en = "The person serves in this body in that time already"


class LoanNeedsEnd(InvalidInput):
    """Somebody on loan serves until a day (S0-02)."""

    code = "organization.loan_needs_end"
    title_zh = "抽调必须写明截止日"
    title_en = "A loan needs its last day"


class BodyGone(Conflict):
    """The body does not exist on all days of the membership."""

    code = "organization.body_gone"
    title_zh = "该机构在这段时间内不存在"
    title_en = "The body does not exist in that time"


class FileUnreadable(InvalidInput):
    """The file is no CSV with the expected columns."""

    code = "organization.file_unreadable"
    title_zh = "无法读取该文件：需要 UTF-8 或 GB18030 编码的 CSV，并包含所需的列"
    title_en = "The file is not a CSV in UTF-8 or GB18030 with the expected columns"


class FileTooLarge(AppError):
    """The file holds more than an import takes."""

    code = "organization.file_too_large"
    status = 413
    title_zh = "文件过大"
    title_en = "The file is too large"


class SubstituteRefused(InvalidInput):
    """Whoever stands in is somebody else of the unit or below it; administrations have nobody."""

    code = "organization.substitute_refused"
    title_zh = "B 岗须为本单位其他在任人员，管理员岗位不设 B 岗"
    title_en = "A substitute is somebody else who holds a post in the unit; administrations have none"


class AwayAlready(Conflict):
    """The person is away already on some of these days."""

    code = "organization.away_already"
    title_zh = "这段时间内已登记请假外出"
    title_en = "The person is away already in that time"


class LeaveOver(Conflict):
    """The person is back already."""

    code = "organization.leave_over"
    title_zh = "已经销假回岗"
    title_en = "The person is back already"
