"""Chinese words of the values that workbooks show and take."""

from collections.abc import Mapping
from enum import StrEnum

from xiaoneng.features.cases.models.case import (
    CaseChannel,
    CaseKind,
    CaseStatus,
    CloseReason,
    Identity,
    Solved,
    Urgency,
)

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    CaseKind: {
        CaseKind.CONSULTATION: "咨询",
        CaseKind.REQUEST: "求助",
        CaseKind.COMPLAINT: "投诉",
        CaseKind.REPORT: "举报",
        CaseKind.SUGGESTION: "建议",
        CaseKind.PRAISE: "表扬",
        CaseKind.PETITION: "信访",
        CaseKind.LEADER_MAILBOX: "领导信箱",
    },
    CaseChannel: {
        CaseChannel.HOTLINE_12345: "12345",
        CaseChannel.WEB: "网站",
        CaseChannel.APP: "客户端",
        CaseChannel.WECHAT: "微信",
        CaseChannel.WEIBO: "微博",
        CaseChannel.MAILBOX: "信箱",
        CaseChannel.VISIT: "来访",
        CaseChannel.LETTER: "来信",
        CaseChannel.ON_AIR: "阳光热线",
        CaseChannel.GREEN_CHANNEL: "绿色通道",
    },
    Identity: {Identity.ANONYMOUS: "匿名", Identity.CONFIDENTIAL: "保密", Identity.REAL_NAME: "实名"},
    Urgency: {Urgency.NORMAL: "普通", Urgency.URGENT: "紧急", Urgency.EMERGENCY: "特急"},
    CaseStatus: {
        CaseStatus.REGISTERED: "待派发",
        CaseStatus.TO_SIGN: "待签收",
        CaseStatus.HANDLING: "办理中",
        CaseStatus.REPLIED: "已答复",
        CaseStatus.CLOSED: "已办结",
    },
    CloseReason: {
        CloseReason.RATED: "群众已评价",
        CloseReason.CALLED_BACK: "已回访",
        CloseReason.RATING_WINDOW_EXPIRED: "评价期满",
        CloseReason.UNREACHABLE: "多次回访未接通",
        CloseReason.ANSWERED_ON_SPOT: "当场答复",
        CloseReason.NOT_ACCEPTED: "不予受理",
        CloseReason.TRANSFERRED_EMERGENCY: "已转紧急处置",
        CloseReason.IMPORTED: "导入前已办结",
    },
    Solved: {Solved.YES: "已解决", Solved.PARTLY: "部分解决", Solved.NO: "没有解决"},
}


def word_of(kind: type[StrEnum], value: str | None) -> str | None:
    """The Chinese word of a value; the value itself when a later release added it."""
    return None if value is None else WORDS[kind].get(value, value)
