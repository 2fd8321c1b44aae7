"""Drafting and enacting schemes."""

from uuid import UUID

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.access.service import Changes, Denial, Door, Judge, register_reader
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change, TimelineEntryRead
from xiaoneng.features.evaluations import policies
from xiaoneng.features.evaluations.errors.schemes import DraftOpen, SchemeContradictory
from xiaoneng.features.evaluations.events import SchemeMoved
from xiaoneng.features.evaluations.models.content import SchemeContent
from xiaoneng.features.evaluations.models.schemes import SCHEME, EvaluationScheme, SchemeStatus
from xiaoneng.features.evaluations.repository import schemes as repository
from xiaoneng.features.evaluations.rules import schemes as rules
from xiaoneng.features.evaluations.schemas.schemes import (
    SchemeCreate,
    SchemeEdit,
    SchemeFilter,
    SchemeListItem,
    SchemeRead,
)
from xiaoneng.features.evaluations.transitions import SCHEME_TITLES, SCHEMES
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import FieldProblem, NotFound
from xiaoneng.kit.schemas import NoInput, ReasonInput


async def _judge(session: Session, actor: Actor, scheme: EvaluationScheme) -> Judge:
    tree = await organization.tree(session)
    key_units = [node.id for node in tree.items if node.is_key_unit]

    def judge(action: str) -> Denial:
        return policies.scheme_denial(action, actor.id, scheme, key_units)

    return judge


DOOR: Door[EvaluationScheme] = Door(
    SCHEME,
    SCHEMES,
    standing=policies.scheme_standing,
    judge=_judge,
    moved=lambda scheme_id, action: SchemeMoved(subject_id=scheme_id, action=action),
)


async def create(session: Session, actor: Actor, body: SchemeCreate) -> EvaluationScheme:
    """Draft a scheme, or a new version of one. Raises NotFound, SchemeContradictory, UnitGone and DraftOpen."""
    await _require_sound(session, body.content)
    version = 1
    if body.based_on is None:
        no = await numbering.next_number(session, SCHEME)
    else:
        base = await repository.find(session, body.based_on)
        if base is None:
            raise NotFound
        last = await repository.last_version(session, base.no)
        if last.status is SchemeStatus.DRAFT:
            raise DraftOpen
        no, version = last.no, last.version + 1
    scheme = EvaluationScheme(
        no=no,
        version=version,
        title=body.title,
        content=body.content.model_dump(mode="json"),
        drafted_by=actor.id,
        drafted_by_name=actor.name,
    )
    session.add(scheme)
    await session.flush()
    timeline.record(session, actor.author, SCHEME, scheme.id, Change("create", changes={"title": body.title}))
    return scheme


async def _require_sound(session: Session, content: SchemeContent) -> None:
    found = rules.clashes(content)
    if found:
        raise SchemeContradictory(
            errors=[FieldProblem(path=one.path, code=one.code, message=one.words) for one in found]
        )
    for unit_id in {one.unit_id for group in content.groups for one in group.objects}:
        await organization.require_unit(session, unit_id)


async def perform(session: Session, actor: Actor, scheme_id: UUID, command: Command) -> EvaluationScheme:
    """Do one step of a scheme. Raises what `Door.perform` raises."""
    scheme = await repository.find(session, scheme_id, for_update=True)
    return await DOOR.perform(session, actor, scheme, command)


@DOOR.on("edit", SchemeEdit)
async def _edit(session: Session, actor: Actor, scheme: EvaluationScheme, body: SchemeEdit) -> Changes:
    """Whoever changes a draft last is who drafted it: they do not enact it either."""
    await _require_sound(session, body.content)
    scheme.title, scheme.content = body.title, body.content.model_dump(mode="json")
    scheme.drafted_by, scheme.drafted_by_name = actor.id, actor.name
    return {"title": body.title}


@DOOR.on("enact", NoInput)
async def _enact(session: Session, actor: Actor, scheme: EvaluationScheme, _: NoInput) -> Changes:
    """The version before it ends with this one."""
    now = clock.now()
    before = await repository.retire(session, scheme.no, now)
    if before is not None:
        change = Change("retire", SchemeStatus.IN_FORCE, SchemeStatus.RETIRED, None, {"version": scheme.version})
        timeline.record(session, actor.author, SCHEME, before, change)
    scheme.enacted_by, scheme.enacted_by_name, scheme.enacted_at = actor.id, actor.name, now
    return {"version": scheme.version}


@DOOR.on("retire", ReasonInput)
async def _retire(_: Session, __: Actor, ___: EvaluationScheme, ____: ReasonInput) -> Changes:
    return {}


async def get(session: Session, scheme_id: UUID) -> EvaluationScheme:
    """One version. Raises NotFound."""
    scheme = await repository.find(session, scheme_id)
    if scheme is None:
        raise NotFound
    return scheme


async def read(session: Session, actor: Actor, scheme: EvaluationScheme) -> SchemeRead:
    """One version with what the caller may do."""
    actions = action_refs(await DOOR.available(session, actor, scheme))
    more = {"content": scheme.content, "rev": scheme.rev, "updated_at": scheme.updated_at}
    return SchemeRead.model_validate({**_listed(scheme), **more, "available_actions": actions})


async def page(session: Session, chosen: SchemeFilter) -> Page[SchemeListItem]:
    """A page of versions, the newest first."""
    found = await repository.page(session, chosen)
    return found.page(lambda row: SchemeListItem.model_validate(_listed(row)))


def _listed(row: EvaluationScheme) -> dict[str, object]:
    told = {name: getattr(row, name) for name in SchemeListItem.model_fields if hasattr(row, name)}
    objects = sum(len(group["objects"]) for group in row.content["groups"])
    return {**told, "objects_count": objects, "draw_size": row.content["draw_size"]}


async def history(session: Session, scheme_id: UUID, params: PageParams) -> Page[TimelineEntryRead]:
    """A version's timeline, newest first. Raises NotFound."""
    await get(session, scheme_id)
    return await timeline.page_of(session, scheme_id, params, SCHEME_TITLES)


async def _may_read(session: Session, actor: Actor, scheme_id: UUID) -> bool:
    return actor.holds("evaluation_scheme:read") and await repository.find(session, scheme_id) is not None


register_reader(SCHEME, _may_read)
