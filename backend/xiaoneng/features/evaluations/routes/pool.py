"""HTTP of the pool."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.organization.errors import UnitGone
from xiaoneng.features.evaluations.errors.rounds import PersonDuplicate, PersonRefused
from xiaoneng.features.evaluations.schemas.pool import PoolFilter, PoolSummary, RepresentativeCreate, RepresentativeItem
from xiaoneng.features.evaluations.service import importing, pool
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import InvalidInput, responses
from xiaoneng.kit.schemas import ReasonInput

routes = router("/evaluation-representatives", "evaluations")
IMPORTER = importing.KIND
"""What `POST /imports` calls rows of the pool."""


async def _act(acting: Acting, person_id: UUID, action: str, body: BaseModel) -> RepresentativeItem:
    session, actor = acting.session, acting.actor
    person = await pool.perform(session, actor, person_id, acting.command(action, body))
    return tagged(acting.response, await pool.read(session, actor, person))


@routes.get("", operation_id="evaluation_pool_list", summary="评议代表库", responses=responses(*LOGIN, BadCursor))
async def list_pool(
    actor: CurrentActor, session: SessionDep, chosen: Annotated[PoolFilter, Query()]
) -> Page[RepresentativeItem]:
    """The representatives, masked, the newest first."""
    return await pool.page(session, actor, chosen)


@routes.get("/summary", operation_id="evaluation_pool_summary", summary="代表库规模", responses=responses(*LOGIN))
async def get_summary(_: CurrentActor, session: SessionDep) -> PoolSummary:
    """How many are active by category, against the gate (R-50)."""
    return await pool.summary(session)


@routes.post(
    "",
    operation_id="evaluation_pool_add",
    status_code=201,
    summary="增加评议代表",
    responses=responses(*LOGIN, InvalidInput, PersonRefused, PersonDuplicate, UnitGone),
)
async def add_person(
    actor: CurrentActor, session: SessionDep, body: RepresentativeCreate, response: Response
) -> RepresentativeItem:
    """Add one representative; identity and phone are unique in the pool."""
    return tagged(response, await pool.read(session, actor, await pool.add(session, actor, body)))


@routes.post(
    "/{person_id}/actions/withdraw",
    operation_id="evaluation_pool_withdraw",
    summary="移出代表库",
    responses=changes(),
)
async def withdraw(acting: ActingDep, person_id: UUID, body: ReasonInput) -> RepresentativeItem:
    """Take somebody out of the pool; their row stays."""
    return await _act(acting, person_id, "withdraw", body)


@routes.post(
    "/{person_id}/actions/restore",
    operation_id="evaluation_pool_restore",
    summary="恢复在库",
    responses=changes(PersonDuplicate),
)
async def restore(acting: ActingDep, person_id: UUID, body: ReasonInput) -> RepresentativeItem:
    """Take somebody into the pool again."""
    return await _act(acting, person_id, "restore", body)
