"""A democratic evaluation in the demo region: a scheme in force, a pool of invented people, and this year's draw."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from xiaoneng.cli.demo_month import actor_of
from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.features.evaluations.rules.people import check_digit
from xiaoneng.features.evaluations.schemas.rounds import EntropyInput, RoundCreate, SealPoolInput
from xiaoneng.features.evaluations.schemas.schemes import SchemeCreate
from xiaoneng.features.evaluations.service import importing, rounds, schemes
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database, Session
from xiaoneng.kit.schemas import NoInput

PEOPLE = 3_120
_PLAIN = ("ML06", "ML07", "ML08", "ML12", "ML13", "ML15", "ML19", "ML20")
_STREETS = ("ML31", "ML32", "ML33", "ML34", "ML35", "ML36", "ML37")
_SHARES = (
    [RaterCategory.SERVICE_USER] * 5
    + [RaterCategory.SUPERVISOR] * 2
    + [RaterCategory.RESIDENT] * 2
    + [RaterCategory.ENTERPRISE]
)
_COUNTING = {
    "raters": [
        {"category": RaterCategory.SERVICE_USER, "weight": 50},
        {"category": RaterCategory.SUPERVISOR, "weight": 25},
        {"category": RaterCategory.RESIDENT, "weight": 15},
        {"category": RaterCategory.ENTERPRISE, "weight": 10},
    ],
    "indicators": [
        {"name": "服务态度", "weight": 40},
        {"name": "办事效率", "weight": 40},
        {"name": "廉洁守纪", "weight": 20},
    ],
    "options": [
        {"name": "满意", "score": 100},
        {"name": "基本满意", "score": 80},
        {"name": "一般", "score": 60},
        {"name": "不满意", "score": 40},
        {"name": "不了解"},
    ],
    "trim": 5,
    "vetoes": ["发生重大责任事故", "被中央或省级媒体曝光并查实", "班子成员被立案查处"],
}
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


async def play(database: Database, units: dict[str, UUID]) -> None:
    """Play the evaluation up to the draw, which happened yesterday."""
    office, leader = await actor_of(database, "office"), await actor_of(database, "leader")
    with clock.frozen(clock.now() - timedelta(days=9)):
        async with database.unit_of_work() as session:
            scheme = await _scheme(session, office, leader, units)
            await importing.fill(session, office, list(_people()), {"source": "demo"})
    with clock.frozen(clock.now() - timedelta(days=3)):
        async with database.unit_of_work() as session:
            round_id = await _sealed(session, office, scheme)
    with clock.frozen(clock.now() - timedelta(days=1)):
        async with database.unit_of_work() as session:
            row = await rounds.get(session, office, round_id)
            body = EntropyInput(entropy="03 11 19 22 27 30 + 08")
            await rounds.perform(session, office, round_id, Command("draw", body, row.rev))


async def _scheme(session: Session, office: Actor, leader: Actor, units: dict[str, UUID]) -> UUID:
    tree = (await organization.tree(session)).items
    names = {node.id: node.name for node in tree}
    groups = {
        "重点评议单位": [node.id for node in tree if node.is_key_unit],
        "其他部门": [units[code] for code in _PLAIN],
        "镇街": [units[code] for code in _STREETS],
    }
    content = SchemeContent.model_validate(
        {
            "groups": [
                {
                    "name": name,
                    "is_key": name == "重点评议单位",
                    "objects": [{"unit_id": unit, "name": names[unit]} for unit in members],
                }
                for name, members in groups.items()
            ],
            **_COUNTING,
        }
    )
    draft = await schemes.create(session, office, SchemeCreate(title="年度民主评议方案", content=content))
    await schemes.perform(session, leader, draft.id, Command("enact", NoInput(), draft.rev))
    return draft.id


def _people() -> Iterator[dict[str, Any]]:
    """People whose numbers belong to nobody: 99 begins no region's identity numbers."""
    for number in range(PEOPLE):
        body = f"99{number // 1000:04d}{1950 + number % 50}0101{number % 1000:03d}"
        yield {
            "category": _SHARES[number % len(_SHARES)],
            "name": f"{_SURNAMES[number % len(_SURNAMES)]}代表",
            "phone": f"190{number:08d}",
            "identity": body + check_digit(body),
            "employer_id": None,
        }


async def _sealed(session: Session, office: Actor, scheme_id: UUID) -> UUID:
    year = clock.today().year
    body = RoundCreate(title=f"{year}年度民主评议", year=year, scheme_id=scheme_id)
    row = await rounds.create(session, office, body)
    row = await rounds.perform(session, office, row.id, Command("freeze_scheme", NoInput(), row.rev))
    day = clock.today() + timedelta(days=2)
    commit = SealPoolInput(entropy_source=f"{day.month}月{day.day}日双色球开奖号码", entropy_on=day)
    await rounds.perform(session, office, row.id, Command("freeze_pool", commit, row.rev))
    return row.id
