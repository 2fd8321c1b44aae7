"""Refusals of the 12345 inbox."""

from xiaoneng.kit.problems import AppError, Conflict, InvalidInput


class SignatureInvalid(AppError):
    """Unknown source, stale timestamp, missing headers or a signature that does not fit; not told apart."""

    code = "hotline.signature_invalid"
    status = 401
    title_zh = "签名校验未通过"
    title_en = "The signature is not valid"


class EventIdReused(InvalidInput):
    """The same event id came with another body."""

    code = "hotline.event_id_reused"
    title_zh = "同一事件编号的内容不一致"
    title_en = "This event id was used with another body"


class BodyUnreadable(InvalidInput):
    """The body is not a message of this interface."""

    code = "hotline.body_unreadable"
    title_zh = "消息内容不符合接口约定"
    title_en = "The body is not a message of this interface"


class InProgress(Conflict):
    """The same event is being taken in by another connection right now; send it again."""

    code = "hotline.in_progress"
    title_zh = "同一事件正在接收，请重试"
    title_en = "The same event is being received, please retry"
