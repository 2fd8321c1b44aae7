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


class NotRateable(Conflict):
    """There is no reply to rate, or it has been rated."""

    code = "public.not_rateable"
    title_zh = "目前不能评价：尚未答复或已评价"
    title_en = "There is nothing to rate now"
