"""What a row of a table must be to become a case; pure, over values that were read before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar, cast
from uuid import UUID

from xiaoneng.core.transfers.models.imports import Severity
from xiaoneng.core.transfers.schemas.imports import Fault, FieldKind, ImportField, Row
from xiaoneng.features.cases.models.case import CaseChannel, CaseKind, Urgency
from xiaoneng.features.cases.schemas.words import WORDS

E = TypeVar("E", bound=StrEnum)
KEY = "external_no"
_MOMENT, _DEADLINE = FieldKind.MOMENT, FieldKind.DEADLINE
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,24}")
_ON_TIME = {"ontime": True, "on time": True, "是": True, "按期": True, "按时": True, "yes": True, "true": True}
_LATE = {"overdue": False, "late": False, "否": False, "超期": False, "逾期": False, "no": False, "false": False}
_MIN_TITLE = 2

FIELDS = (
    ImportField(KEY, "来源编号", max_length=100, aliases=("工单编号", "编号", "诉求编号", "case_enquiry_id")),
    ImportField("title", "标题", required=True, max_length=200, aliases=("主题", "诉求标题", "工单标题", "case_title")),
    ImportField("content", "内容", max_length=20_000, aliases=("详情", "诉求内容", "留言详情")),
    ImportField("kind", "类型", required=True, aliases=("诉求类型", "工单类型")),
    ImportField("channel", "来源渠道", required=True, aliases=("来源", "渠道")),
    ImportField("urgency", "紧急程度"),
    ImportField(
        "received_at",
        "受理时间",
        _MOMENT,
        required=True,
        aliases=("来电时间", "登记时间", "创建时间", "留言时间", "open_dt"),
    ),
    ImportField("due_at", "办结时限", _DEADLINE, aliases=("截止时间", "到期时间", "应办结时间", "target_dt")),
    ImportField("closed_at", "办结时间", _MOMENT, aliases=("结案时间", "完成时间", "closed_dt")),
    ImportField("on_time", "是否按期", aliases=("按期办结", "ontime_status")),
    ImportField("unit", "承办单位", aliases=("主办单位", "责任单位")),
    ImportField("category", "类别", aliases=("诉求类别", "分类")),
    ImportField("place", "地点", max_length=300, aliases=("地址", "诉求地址", "location")),
    ImportField("reply", "答复", max_length=20_000, aliases=("答复内容", "办理结果", "答复意见")),
    ImportField("replied_at", "答复时间", _MOMENT),
    ImportField("caller_name", "来电人", max_length=60, aliases=("姓名", "诉求人", "联系人")),
    ImportField("caller_phone", "联系电话", max_length=30, aliases=("电话", "手机号", "来电号码")),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What rows are looked up in: categories by name and by code, units by name, and the present moment."""

    categories: Mapping[str, str]
    units: Mapping[str, Sequence[UUID]]
    now: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says, in our words."""

    title: str
    content: str
    kind: CaseKind
    channel: CaseChannel
    urgency: Urgency
    received_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    category_code: str | None
    unit_id: UUID | None
    place: str | None
    reply: str | None
    replied_at: datetime | None
    caller_name: str | None
    caller_phone: str | None


def judge(row: Row, facts: Facts) -> list[Fault]:
    """What is wrong with a row beyond its single cells; nothing is mended."""
    return [*_words(row), *_places(row, facts), *_times(row, facts), *_texts(row)]


def _text(row: Row, name: str) -> str | None:
    return cast("str | None", row.values.get(name))


def _moment(row: Row, name: str) -> datetime | None:
    return cast("datetime | None", row.values.get(name))


def _words(row: Row) -> list[Fault]:
    choices: dict[str, type[StrEnum]] = {"kind": CaseKind, "channel": CaseChannel, "urgency": Urgency}
    return [
        Fault(name, "unknown_word")
        for name, choice in choices.items()
        if (raw := _text(row, name)) is not None and word_in(choice, raw) is None
    ]


def word_in(choice: type[E], raw: str) -> E | None:
    """The value that a word of ours stands for, in Chinese or in English."""
    found = next((value for value, word in WORDS[choice].items() if raw in (word, value)), None)
    return None if found is None else choice(found)


def _places(row: Row, facts: Facts) -> list[Fault]:
    faults = []
    category, unit = _text(row, "category"), _text(row, "unit")
    if category is not None and category not in facts.categories:
        faults.append(Fault("category", "unknown_category"))
    if unit is not None and len(facts.units.get(unit, ())) != 1:
        faults.append(Fault("unit", "ambiguous_unit" if unit in facts.units else "unknown_unit"))
    return faults


def _times(row: Row, facts: Facts) -> list[Fault]:
    received, due, closed = (_moment(row, name) for name in ("received_at", "due_at", "closed_at"))
    replied = _moment(row, "replied_at")
    past = {"received_at": received, "closed_at": closed, "replied_at": replied}
    faults = [Fault(name, "in_future") for name, moment in past.items() if moment is not None and moment > facts.now]
    if received is not None and closed is not None and closed < received:
        faults.append(Fault("closed_at", "closed_before_received"))
    if received is not None and due is not None and due < received:
        faults.append(Fault("due_at", "due_before_received"))
    return faults or _flag(row, due, closed)


def _flag(row: Row, due: datetime | None, closed: datetime | None) -> list[Fault]:
    """The table's own word on whether a case was on time, against what its times say."""
    raw = _text(row, "on_time")
    if raw is None:
        return []
    said = (_ON_TIME | _LATE).get(raw.lower())
    if said is None:
        return [Fault("on_time", "unknown_word", Severity.WARNING)]
    if due is None or closed is None or said == (closed <= due):
        return []
    return [Fault("on_time", "flag_contradicts", Severity.WARNING)]


def _texts(row: Row) -> list[Fault]:
    faults = []
    title, phone = _text(row, "title"), _text(row, "caller_phone")
    if title is not None and len(title) < _MIN_TITLE:
        faults.append(Fault("title", "too_short"))
    if phone is not None and not _PHONE.fullmatch(phone):
        faults.append(Fault("caller_phone", "bad_phone"))
    return faults


def told_by(row: Row, facts: Facts) -> Told:
    """A row without faults in our words. A case without a text of its own says what its title says."""
    title, unit, category = _text(row, "title") or "", _text(row, "unit"), _text(row, "category")
    return Told(
        title=title,
        content=_text(row, "content") or title,
        kind=cast("CaseKind", word_in(CaseKind, _text(row, "kind") or "")),
        channel=cast("CaseChannel", word_in(CaseChannel, _text(row, "channel") or "")),
        urgency=word_in(Urgency, _text(row, "urgency") or "") or Urgency.NORMAL,
        received_at=cast("datetime", _moment(row, "received_at")),
        due_at=_moment(row, "due_at"),
        closed_at=_moment(row, "closed_at"),
        category_code=facts.categories[category] if category else None,
        unit_id=facts.units[unit][0] if unit else None,
        place=_text(row, "place"),
        reply=_text(row, "reply"),
        replied_at=_moment(row, "replied_at"),
        caller_name=_text(row, "caller_name"),
        caller_phone=_text(row, "caller_phone"),
    )
