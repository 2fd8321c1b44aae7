"""The pool brought in from a table; somebody known by identity or by phone does not come in twice (R-50)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Changes
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change
from xiaoneng.core.transfers.schemas.imports import Fault, Importer, ImportField, Origin, Row
from xiaoneng.core.transfers.service import imports
from xiaoneng.features.evaluations.models.pool import REPRESENTATIVE, RepresentativeStatus
from xiaoneng.features.evaluations.models.schemes import RaterCategory
from xiaoneng.features.evaluations.repository import pool as repository
from xiaoneng.features.evaluations.rules import people
from xiaoneng.kit import clock, ids
from xiaoneng.kit.crypto import provider
from xiaoneng.kit.db import Session

KIND = "evaluation_pool"
WORDS: Mapping[str, RaterCategory] = {
    "服务对象": RaterCategory.SERVICE_USER,
    "监督员": RaterCategory.SUPERVISOR,
    "两代表一委员": RaterCategory.DEPUTY,
    "企业代表": RaterCategory.ENTERPRISE,
    "群众代表": RaterCategory.RESIDENT,
}
FIELDS = (
    ImportField("identity", "身份证号", required=True, max_length=30, aliases=("身份证号码", "证件号码")),
    ImportField("name", "姓名", required=True, max_length=60, aliases=("代表姓名",)),
    ImportField("phone", "手机号", required=True, max_length=30, aliases=("电话", "手机", "联系电话")),
    ImportField("category", "类别", required=True, aliases=("代表类别", "界别")),
    ImportField("employer", "工作单位", aliases=("单位",)),
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """Units by name; whose each phone is, in the pool and in the file so far, by hashes."""

    units: Mapping[str, UUID]
    owners: dict[bytes, bytes] = field(default_factory=dict)


async def _prepare(session: Session) -> _Facts:
    units = {unit.name: unit_id for unit_id, unit in (await organization.unit_refs(session)).items()}
    facts = _Facts(units)
    for row in await repository.hashes(session):
        facts.owners[row.phone_hash] = row.identity_hash
    return facts


def _text(row: Row, name: str) -> str:
    return cast("str | None", row.values.get(name)) or ""


def _judge(row: Row, facts: _Facts) -> list[Fault]:
    faults = []
    phone, identity = people.phone_of(_text(row, "phone")), people.identity_of(_text(row, "identity"))
    if identity is None:
        faults.append(Fault("identity", "bad_identity"))
    if _text(row, "category") not in {*WORDS, *RaterCategory}:
        faults.append(Fault("category", "unknown_word"))
    if phone is None:
        faults.append(Fault("phone", "bad_phone"))
    elif identity is not None:
        mine = provider().lookup_hash(identity)
        if facts.owners.setdefault(provider().lookup_hash(phone), mine) != mine:
            faults.append(Fault("phone", "phone_taken"))
    return faults


async def _known(session: Session, _: str, keys: Sequence[str]) -> set[str]:
    await repository.lock(session)
    hashed = {provider().lookup_hash(people.identity_of(key) or key): key for key in keys}
    return {hashed[found] for found in await repository.known_identities(session, hashed)}


async def _write(session: Session, actor: Actor, origin: Origin, rows: Sequence[Row]) -> None:
    origin_of = {"import_id": str(origin.import_id)}
    await fill(session, actor, [_values(row, origin.facts) for row in rows], origin_of)


async def fill(session: Session, actor: Actor, people_values: Sequence[Mapping[str, Any]], told: Changes) -> None:
    """Write representatives who are new, by category, name, phone, identity and employer."""
    made = [_person(values) for values in people_values]
    await repository.add(session, made)
    for person in made:
        change = Change("import", changes={"category": person["category"], **told})
        timeline.record(session, actor.author, REPRESENTATIVE, person["id"], change)


def _values(row: Row, facts: _Facts) -> dict[str, Any]:
    word = _text(row, "category")
    return {
        "category": WORDS.get(word) or RaterCategory(word),
        "name": _text(row, "name"),
        "phone": people.phone_of(_text(row, "phone")),
        "identity": people.identity_of(_text(row, "identity")),
        "employer_id": facts.units.get(_text(row, "employer")),
    }


def _person(values: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a representative with hashes and the columns of a new one."""
    now = clock.now()
    return {
        "id": ids.new_id(),
        "rev": 1,
        "created_at": now,
        "updated_at": now,
        "status": RepresentativeStatus.ACTIVE,
        "phone_hash": provider().lookup_hash(values["phone"]),
        "identity_hash": provider().lookup_hash(values["identity"]),
        **values,
    }


imports.register_importer(
    Importer(KIND, "代表库", "import:create", "identity", FIELDS, _prepare, _judge, _known, _write)
)
