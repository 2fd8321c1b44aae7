"""What a list of cases is narrowed to, in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.taxonomy import service as taxonomy
from xiaoneng.core.transfers.schemas.sheets import Note
from xiaoneng.features.cases.models.case import CaseChannel, CaseFlag, CaseKind, CaseStatus
from xiaoneng.features.cases.schemas.reads import CaseDue, CaseFilter
from xiaoneng.features.cases.schemas.words import word_of
from xiaoneng.features.cases.service.intake import CATEGORY_SCHEME
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session

_DUES = {CaseDue.OVERDUE: "已超期", CaseDue.SOON: "三日内到期"}
_FLAGS = {CaseFlag.FALSE_CLOSURE: "疑似虚假办结", CaseFlag.QUICK_CLOSURE: "办结过快"}


async def describe(session: Session, filters: Mapping[str, object]) -> Sequence[Note]:
    """The conditions of a list, in the order of its search bar."""
    chosen = CaseFilter.model_validate(filters)
    units = await organization.unit_refs(session)
    categories = await taxonomy.names(session, CATEGORY_SCHEME)
    unit = units.get(chosen.unit_id) if chosen.unit_id else None
    said = [
        ("搜索", chosen.q),
        ("类别", chosen.category_code and categories.get(chosen.category_code, chosen.category_code)),
        ("承办单位", unit.name if unit else chosen.unit_id and str(chosen.unit_id)),
        ("状态", "、".join(word_of(CaseStatus, one) or one for one in chosen.status or ())),
        ("类型", _word(CaseKind, chosen.kind)),
        ("来源", _word(CaseChannel, chosen.channel)),
        ("来源平台", chosen.source),
        ("提示", chosen.flag and _FLAGS[chosen.flag]),
        ("受理时间", _span(chosen.received_from, chosen.received_before)),
        ("时限", chosen.due and _DUES[chosen.due]),
        ("办结时限", _span(chosen.due_from, chosen.due_before)),
    ]
    return [Note(title, text) for title, text in said if text]


def _word(kind: type[StrEnum], value: StrEnum | None) -> str | None:
    return word_of(kind, value) if value else None


def _span(start: datetime | None, before: datetime | None) -> str | None:
    if start is None and before is None:
        return None
    ends = [f"{clock.local(end):%Y-%m-%d %H:%M}" if end else "" for end in (start, before)]
    return " 至 ".join(ends).strip()
