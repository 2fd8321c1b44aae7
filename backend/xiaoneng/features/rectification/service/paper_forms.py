"""Forms, lists and records of the ledger as documents: what stands in which cell."""

from collections.abc import Sequence
from datetime import date, datetime

from xiaoneng.core.documents.rules.layout import day
from xiaoneng.core.documents.schemas import Column, Document, Form, Grid
from xiaoneng.features.rectification.models.items import ItemClass, VerifyMethod
from xiaoneng.features.rectification.models.look_backs import CheckGround, CheckResult
from xiaoneng.features.rectification.schemas.items import ItemRead
from xiaoneng.features.rectification.schemas.lists import ListRow, ListView
from xiaoneng.features.rectification.schemas.look_backs import LookBackItem, LookBackRead
from xiaoneng.kit import clock

LIST_TITLES = {
    ListView.RECTIFICATION: "整改清单",
    ListView.RESPONSIBILITY: "责任清单",
    ListView.INSTITUTION: "制度清单",
}
CLASSES = {ItemClass.IMMEDIATE: "立行立改", ItemClass.DEADLINE: "限期整改", ItemClass.LONG_TERM: "长期坚持"}
_METHODS = {VerifyMethod.ON_SITE: "现场核查", VerifyMethod.MATERIAL: "材料核查"}
_GROUNDS = {CheckGround.SAMPLE: "抽样", CheckGround.MASS: "群众反映集中"}
_RESULTS = {CheckResult.PENDING: "待核", CheckResult.PASSED: "未反弹", CheckResult.REBOUNDED: "反弹"}
_WORDS = {True: "同意。", False: "不同意。", None: ""}
_SIGN = "\n\n　　　　　　签字（盖章）：　　　　　　　　　年　　月　　日"
Row = tuple[tuple[str, str], ...]


def _on(value: date | None) -> str:
    return day(value) if value else ""


def _at(moment: datetime | None) -> str:
    return day(clock.local(moment).date()) if moment else ""


def _head(item: ItemRead) -> tuple[Row, ...]:
    leader = item.responsible_leader.name if item.responsible_leader else ""
    person = item.responsible_person.name if item.responsible_person else ""
    return (
        (("整改编号", item.no), ("整改类别", CLASSES[item.item_class])),
        (("责任单位", item.lead_unit.name if item.lead_unit else ""), ("配合单位", _names(item.co_units))),
        (("责任领导", leader), ("责任人", person)),
        (("立项日期", _at(item.created_at)), ("整改期限", _on(item.due_on))),
        (("问题", item.problem),),
        (("整改目标", item.target or ""),),
    )


def _names(named: Sequence[object]) -> str:
    return "、".join(str(getattr(one, "name", "")) for one in named)


def closeout(item: ItemRead) -> Document:
    """销号申请表: what was to be done, what was, with which proof, and who vouches for it."""
    done = [
        f"{step.seq}. {step.text}（{'已完成 ' + _at(step.done_at) if step.done_at else '未完成'}）"
        for step in item.measures
    ]
    proof = [
        f"{at}. {one.description}（{one.file.name}，{_at(one.uploaded_at)}{'，逾期上传' if one.late else ''}）"
        for at, one in enumerate((one for step in item.measures for one in step.evidence), start=1)
    ]
    institution = f"{item.institution.title} {item.institution.doc_no or ''}".strip() if item.institution else ""
    statement = (item.closeout_statement or "") + _SIGN
    rows: tuple[Row, ...] = (
        *_head(item),
        (("整改措施及完成情况", "\n".join(done)),),
        (("佐证材料", "\n".join(proof)),),
        (("制度成果", institution or item.institution_waiver or ""),),
        (("单位主要负责人申请意见", statement),),
        (("核查意见", _SIGN),),
        (("审批意见", _SIGN),),
    )
    return Document("问题整改销号申请表", (Form(rows),))


def acceptance(item: ItemRead) -> Document:
    """验收表: the check on the spot or by material, what each body says, and the conclusion."""
    check = item.verification
    told = f"{_METHODS[check.method]}：{check.conclusion}\n核查人：{check.by}　{_at(check.at)}" if check else _SIGN
    last = item.acceptances[-1].signatures if item.acceptances else []
    bodies: list[Row] = [
        ((said.body, f"{_WORDS[said.passed]}{said.opinion or ''}\n{said.signed_by_name or ''}　{_at(said.signed_at)}"),)
        for said in last
    ]
    rows: tuple[Row, ...] = (
        *_head(item),
        (("申请销号", f"{item.closeout_statement or ''}\n{_at(item.closeout_at)}".strip()),),
        (("核查情况", told),),
        *(bodies or [(("验收单位意见", _SIGN),)]),
        (("验收结论", item.conclusion or _SIGN),),
        (("通过验收日期", _at(item.accepted_at)), ("销号日期", _at(item.closed_at))),
    )
    return Document("问题整改验收表", (Form(rows),))


def list_of(view: ListView, rows: Sequence[ListRow], unit: str | None) -> Document:
    """One of the three lists."""
    columns, cells = _LISTS[view]
    lines = tuple((str(at), row.no, *cells(row)) for at, row in enumerate(rows, start=1))
    grid = Grid((Column("序号", 4), Column("编号", 13), *columns), lines)
    return Document(f"{unit or ''}{LIST_TITLES[view]}", (grid,), is_wide=True)


def _measures(row: ListRow) -> str:
    return "\n".join(
        f"{step.seq}. {step.text}（{_on(step.due_on)}前{'，已完成' if step.done else ''}）" for step in row.measures
    )


def _rectification(row: ListRow) -> tuple[str, ...]:
    return row.problem, row.target or "", _measures(row), CLASSES[row.item_class], _on(row.due_on)


def _responsibility(row: ListRow) -> tuple[str, ...]:
    leader, person = row.responsible_leader, row.responsible_person
    unit = row.lead_unit.name if row.lead_unit else ""
    return (
        row.problem,
        unit,
        _names(row.co_units),
        leader.name if leader else "",
        person.name if person else "",
        _on(row.due_on),
    )


def _institution(row: ListRow) -> tuple[str, ...]:
    kept = row.institution
    unit = row.lead_unit.name if row.lead_unit else ""
    return row.problem, unit, kept.title if kept else row.institution_waiver or "", (kept.doc_no or "") if kept else ""


_LISTS = {
    ListView.RECTIFICATION: (
        (Column("问题", 22), Column("整改目标", 15), Column("整改措施", 24), Column("类别", 9), Column("完成时限", 12)),
        _rectification,
    ),
    ListView.RESPONSIBILITY: (
        (
            Column("问题", 26),
            Column("责任单位", 14),
            Column("配合单位", 14),
            Column("责任领导", 8),
            Column("责任人", 8),
            Column("完成时限", 12),
        ),
        _responsibility,
    ),
    ListView.INSTITUTION: (
        (Column("问题", 26), Column("责任单位", 14), Column("制度名称", 26), Column("文号", 16)),
        _institution,
    ),
}


def look_back(drawn: LookBackRead, checks: Sequence[LookBackItem]) -> Document:
    """回头看记录: how the sample was drawn, so that anybody can repeat it, and what was found item by item."""
    facts: tuple[Row, ...] = (
        (("回头看编号", drawn.no), ("抽取人", drawn.created_by_name)),
        (("销号时段", f"{_on(drawn.closed_from)}至{_on(drawn.closed_to)}"), ("抽取日期", _at(drawn.created_at))),
        (("范围内销号件数", str(drawn.population)), ("抽样比例", f"{drawn.percent}%")),
        (("抽中件数", str(drawn.drawn)), ("群众反映集中件数", str(drawn.mass))),
        (("随机种子", drawn.seed), ("名单校验值", drawn.population_hash)),
    )
    columns = (
        Column("序号", 4),
        Column("编号", 13),
        Column("整改项", 20),
        Column("责任单位", 13),
        Column("依据", 8),
        Column("结果", 7),
        Column("核查情况", 20),
        Column("核查人", 8),
    )
    lines = tuple(
        (
            str(at),
            one.no,
            one.title,
            one.lead_unit.name if one.lead_unit else "",
            _GROUNDS[one.ground],
            _RESULTS[one.result],
            one.finding or "",
            f"{one.checked_by_name or ''}\n{_at(one.checked_at)}".strip(),
        )
        for at, one in enumerate(checks, start=1)
    )
    return Document("整改回头看记录", (Form(facts), Grid(columns, lines)), is_wide=True)
