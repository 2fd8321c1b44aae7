"""From a platform's words to ours; pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from xiaoneng.features.cases.models.case import CaseChannel, CaseKind, Identity, Urgency

E = TypeVar("E", bound=StrEnum)
_KINDS = {
    "咨询": CaseKind.CONSULTATION,
    "求助": CaseKind.REQUEST,
    "诉求": CaseKind.REQUEST,
    "投诉": CaseKind.COMPLAINT,
    "举报": CaseKind.REPORT,
    "建议": CaseKind.SUGGESTION,
    "表扬": CaseKind.PRAISE,
    "信访": CaseKind.PETITION,
}
_IDENTITIES = {
    "匿名": Identity.ANONYMOUS,
    "保密": Identity.CONFIDENTIAL,
    "匿电话": Identity.CONFIDENTIAL,
    "实名": Identity.REAL_NAME,
}
_URGENCIES = {"一般": Urgency.NORMAL, "紧急": Urgency.URGENT, "特急": Urgency.EMERGENCY}


def kind_of(raw: str | None) -> CaseKind:
    """The kind a platform names, in our word or in Chinese; a request when it is neither."""
    return _known(CaseKind, _KINDS, raw) or CaseKind.REQUEST


def channel_of(raw: str | None) -> CaseChannel:
    """The channel a platform names; the hotline itself when it is none of ours."""
    return _known(CaseChannel, {}, raw) or CaseChannel.HOTLINE_12345


def urgency_of(raw: str | None) -> Urgency:
    """How urgent the platform finds it; normal when it is none of ours."""
    return _known(Urgency, _URGENCIES, raw) or Urgency.NORMAL


def identity_of(raw: str | None) -> Identity | None:
    """How the caller wants to be known, in our word or in Chinese; None when it is none of ours."""
    return _known(Identity, _IDENTITIES, raw)


def _known(values: type[E], words: Mapping[str, E], raw: str | None) -> E | None:
    if raw is None:
        return None
    return words.get(raw) or (values(raw) if raw in set(values) else None)


def kept_raw(data: Mapping[str, Any], *, category_known: bool) -> dict[str, Any]:
    """The values of a message that we could not place, word for word."""
    raw: dict[str, Any] = {}
    for name, place in (("kind", kind_of), ("channel", channel_of), ("urgency", urgency_of)):
        value = data.get(name)
        if value is not None and value != place(value).value:
            raw[name] = value
    if data.get("identity") and identity_of(data["identity"]) is None:
        raw["identity"] = data["identity"]
    if data.get("category") and not category_known:
        raw["category"] = data["category"]
    return raw
