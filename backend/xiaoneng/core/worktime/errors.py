"""Refusals of the worktime engine."""

from xiaoneng.kit.problems import AppError, Conflict, InvalidInput, Unavailable


class CalendarMissing(Unavailable):
    """The database holds no calendar; it was not seeded."""

    code = "worktime.calendar_missing"
    title_zh = "尚未导入工作日历"
    title_en = "The working calendar has not been loaded"


class PolicyMissing(Unavailable):
    """No time policy is in force for this code and kind; a deployment has to define it."""

    code = "worktime.policy_missing"
    title_zh = "没有适用的时限规则"
    title_en = "No time policy applies"


class WindowsRefused(InvalidInput):
    """Work windows that end before they begin, overlap, or belong to half a season."""

    code = "worktime.windows_refused"
    title_zh = "工作时段设置有误"
    title_en = "These work windows do not fit each other"


class DayRefused(InvalidInput):
    """A rule of time speaks of a day outside the years that a calendar is kept for."""

    code = "worktime.day_refused"
    title_zh = "日期超出工作日历的年份范围"
    title_en = "No calendar is kept for the year of this day"


class PolicyRefused(InvalidInput):
    """The parts of a time policy do not fit each other."""

    code = "worktime.policy_refused"
    title_zh = "时限规则各项不一致"
    title_en = "The parts of this time policy do not fit each other"


class ClockMissing(Conflict):
    """The object has no open clock of this kind."""

    code = "worktime.clock_missing"
    title_zh = "没有正在计时的时限"
    title_en = "No such time limit is running"


class ClockExpired(Conflict):
    """The limit is over: it can neither be paused nor extended any more (R-19)."""

    code = "worktime.clock_expired"
    title_zh = "时限已届满，不能再暂停或延期"
    title_en = "The time limit is over; it can no longer be paused or extended"


class ClockPaused(Conflict):
    """The clock is paused already."""

    code = "worktime.clock_paused"
    title_zh = "时限已处于暂停状态"
    title_en = "The time limit is already paused"


class ClockRunning(Conflict):
    """The clock is not paused."""

    code = "worktime.clock_running"
    title_zh = "时限没有暂停"
    title_en = "The time limit is not paused"


class LimitRefused(InvalidInput):
    """The parts of a limit do not fit each other, or it reaches further than any calendar."""

    code = "worktime.limit_refused"
    title_zh = "时限设置有误"
    title_en = "This is not a possible time limit"


class DueInPast(InvalidInput):
    """The day by which it is to be done is already over."""

    code = "worktime.due_in_past"
    title_zh = "截止日期不能早于今天"
    title_en = "The due date lies in the past"


class ImportRefused(InvalidInput):
    """The calendar file has errors; nothing of it was stored. `errors` name row and column."""

    code = "worktime.import_refused"
    title_zh = "日历文件有误，未导入任何内容"
    title_en = "The calendar file has errors; nothing was stored"


class FileTooLarge(AppError):
    """A calendar file is small; this one is not."""

    code = "worktime.file_too_large"
    status = 413
    title_zh = "日历文件过大"
    title_en = "The calendar file is too large"


class PausesUsedUp(Conflict):
    """The time policy allows no further pause of this clock."""

    code = "worktime.pauses_used_up"
    title_zh = "暂停的次数或总天数已用完"
    title_en = "No further pause is allowed"


class ExtensionsUsedUp(Conflict):
    """The time policy allows no further extension of this clock, or none that long (R-19)."""

    code = "worktime.extensions_used_up"
    title_zh = "超出可延期的次数或时长"
    title_en = "This exceeds the extensions that are allowed"


class SecondPersonRequired(Conflict):
    """Dates that people were told move earlier only when somebody else than the drafter approves."""

    code = "worktime.second_person_required"
    title_zh = "期限提前须由起草人以外的人审批签发"
    title_en = "Somebody other than the drafter has to approve earlier dates"


class ChangeNotReady(Conflict):
    """The change is not waiting for a signature."""

    code = "worktime.change_not_ready"
    title_zh = "该变更当前不能签发或撤回"
    title_en = "This change cannot be signed or withdrawn now"


class ChangeRunning(Conflict):
    """Another change is being applied; one at a time."""

    code = "worktime.change_running"
    title_zh = "另一项变更正在执行，请稍后再签发"
    title_en = "Another change is being applied, please sign later"


class PreviewOutdated(Conflict):
    """The rules changed since the preview was made."""

    code = "worktime.preview_outdated"
    title_zh = "预览之后规则已有变化，请重新预览"
    title_en = "The rules have changed since the preview; preview again"


class NothingChanges(InvalidInput):
    """What was sent leaves the calendar as it is."""

    code = "worktime.nothing_changes"
    title_zh = "没有任何变化"
    title_en = "Nothing would change"
