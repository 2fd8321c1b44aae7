"""Refusals of the citizen's side."""

from xiaoneng.kit.problems import Conflict, NotFound, TooManyRequests


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


class NotDisputable(Conflict):
    """The case is not closed: what the citizen thinks of its reply is a rating, or a supplement."""

    code = "public.not_disputable"
    title_zh = "这件诉求还没有办结，不用提异议"
    title_en = "This case is not closed, there is nothing to dispute"


class DisputeTooLate(Conflict):
    """SM-5: a closed case is reopened by its citizen within a window only."""

    code = "public.dispute_too_late"
    title_zh = "已超过提出异议的期限，可以再反映一次"
    title_en = "The time to dispute has passed; please report the matter again"


class CaseOver(Conflict):
    """Nothing is added to a closed case: within the window it can be disputed."""

    code = "public.case_over"
    title_zh = "这件诉求已经办结，不能再补充"
    title_en = "This case is closed, nothing can be added"


class SupplementsUsedUp(Conflict):
    """So much may be added to one case within a day."""

    code = "public.supplements_used_up"
    title_zh = "今天补充的次数已经用完，请明天再补充"
    title_en = "Enough was added for today, please come back tomorrow"


class NotRateable(Conflict):
    """There is no reply to rate, or it has been rated."""

    code = "public.not_rateable"
    title_zh = "目前不能评价：尚未答复或已评价"
    title_en = "There is nothing to rate now"
