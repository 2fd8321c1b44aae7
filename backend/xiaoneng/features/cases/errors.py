"""Refusals of cases."""

from xiaoneng.kit.problems import Conflict, InvalidInput, NotFound, TooManyRequests


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


class ReceiptUnknown(NotFound):
    """No receipt has this number and secret; the two are not told apart."""

    code = "public.receipt_unknown"
    title_zh = "受理号或查询密码不正确"
    title_en = "The receipt number or secret is wrong"


class ReceiptThrottled(TooManyRequests):
    """Too many wrong secrets for this receipt, or for all of them."""

    code = "public.receipt_throttled"
    title_zh = "查询过于频繁，请稍后再试"
    title_en = "Too many attempts, please wait"


class NotRateable(Conflict):
    """There is no reply to rate, or it has been rated."""

    code = "public.not_rateable"
    title_zh = "目前不能评价：尚未答复或已评价"
    title_en = "There is nothing to rate now"
