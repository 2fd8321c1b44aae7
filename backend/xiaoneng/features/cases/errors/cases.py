"""Refusals of cases."""

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.kit.problems import Conflict, InvalidInput


class ReturnWindowClosed(Conflict):
    """R-18: a case may be returned within its window, counted from the dispatch."""

    code = "cases.return_window_closed"
    title_zh = "已超过退回时限，不能再退回"
    title_en = "The time to return this case has passed"


class ReturnsUsedUp(Conflict):
    """R-18: a case may be returned so many times."""

    code = "cases.returns_used_up"
    title_zh = "退回次数已用完"
    title_en = "This case has been returned as often as allowed"


class ReturnForbidden(Conflict):
    """R-18: after a designation, or after a return was refused, the case stays where it is."""

    code = "cases.return_forbidden"
    title_zh = "已指定承办或退回未获同意，不得再退回"
    title_en = "After a designation or a refused return this case may not be returned"


class NothingReturned(Conflict):
    """The case has not been returned."""

    code = "cases.nothing_returned"
    title_zh = "本件没有退回申请"
    title_en = "This case has not been returned"


class ReturnLoop(Conflict):
    """R-18: a unit that gave the case back does not get it again by dispatch; refuse the return, or designate."""

    code = "cases.return_loop"
    title_zh = "该单位已退回过本件，不能循环派发；请不同意退回，或指定承办"
    title_en = "This unit has returned the case already: refuse its return, or designate a unit"


class LeadGoesThroughCase(Conflict):
    """The lead's assignment follows the case."""

    code = "cases.lead_goes_through_case"
    title_zh = "主办单位请在诉求上直接办理"
    title_en = "The lead unit acts on the case itself"


class DeadlinePassed(Conflict):
    """R-19: what touches a limit is asked for before the limit is over."""

    code = "cases.deadline_passed"
    title_zh = "时限已届满，不能再申请延期或中止"
    title_en = "The limit is over: it can be neither extended nor paused"


class AlreadyPaused(Conflict):
    """The limit stands still."""

    code = "cases.already_paused"
    title_zh = "时限中止期间不能进行这一操作"
    title_en = "The limit is paused"


class NotPaused(Conflict):
    """The limit runs."""

    code = "cases.not_paused"
    title_zh = "时限没有中止"
    title_en = "The limit is not paused"


class ExtensionTooLong(InvalidInput):
    """A limit may at most double."""

    code = "cases.extension_too_long"
    title_zh = "延长的时限不能超过原时限"
    title_en = "An extension may not be longer than the limit itself"


class RequestOpen(Conflict):
    """A request of this kind waits for a decision."""

    code = "cases.request_open"
    title_zh = "已有同类申请等待审批"
    title_en = "A request of this kind waits for a decision"


class AppealTooLate(Conflict):
    """SM-25: an appeal is filed within its window."""

    code = "cases.appeal_too_late"
    title_zh = "已超过申诉期限"
    title_en = "The time to appeal has passed"


class NothingToAppeal(Conflict):
    """There is no such judgement on the case."""

    code = "cases.nothing_to_appeal"
    title_zh = "没有可以申诉的决定"
    title_en = "There is no such decision to appeal against"


class AlreadyExcluded(Conflict):
    """The case does not count already."""

    code = "cases.already_excluded"
    title_zh = "本件已经剔除考核"
    title_en = "This case is excluded already"


class SamePerson(Conflict):
    """I4: nobody decides what they asked for, endorsed, or are accused of."""

    code = "cases.same_person"
    title_zh = "申请、审核、批准应由不同的人办理，被申诉的人应当回避"
    title_en = "Applying, endorsing and deciding are for different people, and whom an appeal is against stands aside"


class OtherWay(Conflict):
    """This kind of request is decided another way."""

    code = "cases.other_way"
    title_zh = "此类申请不走这一步"
    title_en = "This kind of request does not take this step"


class MustBeDesignated(Conflict):
    """R-10, R-17: returned as often as allowed, the case goes to a unit by decision only."""

    code = "cases.must_be_designated"
    title_zh = "退回次数已用完，应由效能办指定承办单位"
    title_en = "Returned as often as allowed, this case can only be designated"


class NoDraft(Conflict):
    """There is no draft of a reply."""

    code = "cases.no_draft"
    title_zh = "没有待审核的答复稿"
    title_en = "There is no draft of a reply"


class AlreadyAudited(Conflict):
    """The desk has accepted this result."""

    code = "cases.already_audited"
    title_zh = "办理结果已审核"
    title_en = "This result has been accepted already"


class CallBackTooEarly(Conflict):
    """北京市接诉即办工作条例 23: nobody is called back before the reply, or the end of the limit."""

    code = "cases.call_back_too_early"
    title_zh = "尚未答复且时限未届满，不能回访"
    title_en = "There is neither a reply nor an end of the limit: too early to call back"


class NoProblemYet(Conflict):
    """R-17: a problem order is what was redone as often as allowed."""

    code = "cases.no_problem_yet"
    title_zh = "重办次数未用完，或已提级督办"
    title_en = "The case may still be redone, or has been stepped up already"


class DissatisfiedNeedsNote(InvalidInput):
    """SM-5: an unsolved case goes back; closing it all the same takes an explanation."""

    code = "cases.dissatisfied_needs_note"
    title_zh = "群众认为未解决或不满意：请发回重办，或说明办结的理由"
    title_en = "The citizen is not satisfied: send the case back, or say why it is closed all the same"


class NotBelow(InvalidInput):
    """A unit hands down to those below it only."""

    code = "cases.not_below"
    title_zh = "只能交办给本单位的下级单位"
    title_en = "Only units below one's own can be handed work down"


class PartsBelowOpen(Conflict):
    """What was handed down comes up before one answers oneself."""

    code = "cases.parts_below_open"
    title_zh = "交办下级的任务尚未反馈，请先汇总"
    title_en = "Units below have not answered yet"


class RedosUsedUp(Conflict):
    """R-17: from the third redo on, the case is a problem order for the authority above."""

    code = "cases.redos_used_up"
    title_zh = "重办次数已用完，应提级督办"
    title_en = "This case has been redone as often as allowed"


class CloseTooEarly(Conflict):
    """R-14: closing without the citizen's word needs the end of the rating window or three attempts to reach them."""

    code = "cases.close_too_early"
    title_zh = "评价期未满且未满三次回访记录，不能办结归档"
    title_en = "The rating window is open and fewer than three call-backs were tried"


class NoCaller(Conflict):
    """Nobody's name or number is known."""

    code = "cases.no_caller"
    title_zh = "本件没有来电人信息"
    title_en = "There is no caller on record"


class CallerConfidential(PermissionDenied):
    """A confidential caller is nothing to the handler nor to the unit complained about (信访工作条例 30)."""

    code = "cases.caller_confidential"
    title_zh = "来电人要求保密，承办人和被反映单位不能查看；需要联系时请由热线或效能办代为联系"
    title_en = "The caller asked for confidentiality: neither the handler nor the unit complained about may look"


class IdentityRefused(InvalidInput):
    """How the caller wants to be known does not fit what is said of them; `errors` names it."""

    code = "cases.identity_refused"
    title_zh = "身份选择与所填的联系人不符"
    title_en = "The choice of identity does not fit what is said of the caller"


class UnitRefused(InvalidInput):
    """The unit does not exist today, or the case names it."""

    code = "cases.unit_refused"
    title_zh = "不能派发给该单位"
    title_en = "The case cannot go to this unit"


class UnitTaken(Conflict):
    """The unit has an open part in this case already."""

    code = "cases.unit_taken"
    title_zh = "该单位已在承办本件"
    title_en = "This unit has a part in the case already"


class PersonRefused(InvalidInput):
    """The person does not work in the responsible unit, or the case names them."""

    code = "cases.person_refused"
    title_zh = "不能指派给该人员"
    title_en = "The case cannot be assigned to this person"
