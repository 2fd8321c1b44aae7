"""What answers on the spot and findings refuse."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class NotInTheField(Conflict):
    """The inspection is not under way, or the visit to the unit is over."""

    code = "inspections.not_in_the_field"
    title_zh = "检查未在进行，或该单位已检查完毕"
    title_en = "The inspection is not under way, or the visit is over"


class LineUnknown(InvalidInput):
    """The checklist has no such line."""

    code = "inspections.line_unknown"
    title_zh = "检查清单没有这一项"
    title_en = "The checklist has no such line"


class AnswerChanged(Conflict):
    """Somebody else has answered this line since; read it and choose. Nothing was written over."""

    code = "inspections.answer_changed"
    title_zh = "他人已修改这一项，请比对后选择"
    title_en = "Somebody else has answered this line since"


class IdTaken(Conflict):
    """The key that the device made belongs to something else."""

    code = "inspections.id_taken"
    title_zh = "编号已被占用，请重新生成"
    title_en = "This key belongs to something else"


class SeenLater(InvalidInput):
    """What was seen cannot have been seen after now."""

    code = "inspections.seen_later"
    title_zh = "发现时间不能晚于现在"
    title_en = "It cannot have been seen in the future"


class CodeRefused(InvalidInput):
    """A problem has a code; what is good has none."""

    code = "inspections.code_refused"
    title_zh = "问题须有问题代码，亮点不填问题代码"
    title_en = "A problem needs a code, what is good has none"


class NotOnTeam(Conflict):
    """Whoever recorded it is no longer on the team."""

    code = "inspections.not_on_team"
    title_zh = "已不在检查组，不能再修改"
    title_en = "You are no longer on the team"


class OwnFinding(Conflict):
    """Nobody alone judges or disposes of what they have found (domain.md §3.2)."""

    code = "inspections.own_finding"
    title_zh = "不能由发现人本人裁定或处置"
    title_en = "Nobody judges or disposes of what they have found"


class NotReported(Conflict):
    """Findings are disposed of once the report is there (SM-19)."""

    code = "inspections.not_reported"
    title_zh = "检查报告形成后再处置"
    title_en = "The report comes first"


class PraiseRefused(InvalidInput):
    """What is good is praised or left; a problem is not praised."""

    code = "inspections.praise_refused"
    title_zh = "亮点只能表扬或不作处理，问题不能表扬"
    title_en = "What is good is praised or left, a problem is not praised"


class NoteNeeded(InvalidInput):
    """Leaving a finding without consequence needs a reason."""

    code = "inspections.note_needed"
    title_zh = "不予处理须说明理由"
    title_en = "Say why nothing follows"
