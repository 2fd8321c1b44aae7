"""The register of institutions (制度清单, S0-04): planned by a unit, published with a number, or dropped."""

from typing import Any
from uuid import UUID

from xiaoneng.core.access.errors import PermissionDenied
from xiaoneng.core.access.schemas import Actor, Standing
from xiaoneng.core.access.service import register_reader
from xiaoneng.core.files import service as files
from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.numbering import service as numbering
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import Change, TimelineEntryRead
from xiaoneng.features.rectification.errors.institutions import (
    InstitutionNeeded,
    InstitutionSettled,
    InstitutionUnknown,
    PublishedInFuture,
)
from xiaoneng.features.rectification.models.institutions import INSTITUTION, Institution, InstitutionStatus
from xiaoneng.features.rectification.repository import institutions as repository
from xiaoneng.features.rectification.schemas.institutions import (
    InstitutionCreate,
    InstitutionFilter,
    InstitutionPublish,
    InstitutionRead,
    InstitutionRef,
)
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session, check_rev
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound
from xiaoneng.kit.schemas import ReasonInput

_TITLES = {"register": "登记", "publish": "出台", "drop": "撤销"}


async def register(session: Session, actor: Actor, body: InstitutionCreate) -> Institution:
    """Put a rule on the register. Raises UnitGone and PermissionDenied for a unit beyond the actor's reach."""
    await organization.require_unit(session, body.unit_id)
    if not actor.may("institution:write", Standing(units=frozenset([body.unit_id]))):
        raise PermissionDenied
    number = await numbering.next_number(session, INSTITUTION)
    institution = Institution(**body.model_dump(), no=number, created_by=actor.id)
    session.add(institution)
    await session.flush()
    _note(session, actor, institution, Change("register", changes=body.model_dump(mode="json")))
    return institution


async def publish(
    session: Session, actor: Actor, institution_id: UUID, rev: int, body: InstitutionPublish
) -> Institution:
    """Say that it is in force (or no longer, when it was to be abolished).

    Raises NotFound, PreconditionFailed, PermissionDenied, InstitutionSettled, PublishedInFuture and NotAttachable.
    """
    institution = await _planned(session, actor, institution_id, rev)
    if body.published_on > clock.today():
        raise PublishedInFuture
    if body.file_id is not None:
        await files.attach(session, actor, [body.file_id], INSTITUTION, institution.id)
    institution.doc_no, institution.published_on, institution.file_id = body.doc_no, body.published_on, body.file_id
    _move(institution, InstitutionStatus.PUBLISHED)
    _note(session, actor, institution, Change("publish", changes=body.model_dump(mode="json")))
    return institution


async def drop(session: Session, actor: Actor, institution_id: UUID, rev: int, body: ReasonInput) -> Institution:
    """Take it off the plan; the row stays.

    Raises NotFound, PreconditionFailed, PermissionDenied, InstitutionSettled and InstitutionNeeded.
    """
    institution = await _planned(session, actor, institution_id, rev)
    if await repository.waiting(session, institution.id):
        raise InstitutionNeeded
    _move(institution, InstitutionStatus.DROPPED)
    _note(session, actor, institution, Change("drop", reason=body.reason))
    return institution


async def _planned(session: Session, actor: Actor, institution_id: UUID, rev: int) -> Institution:
    institution = await repository.find_visible(session, actor, institution_id, for_update=True)
    if institution is None:
        raise NotFound
    check_rev(institution, rev)
    if not actor.may("institution:write", Standing(units=frozenset([institution.unit_id]))):
        raise PermissionDenied
    if institution.status is not InstitutionStatus.PLANNED:
        raise InstitutionSettled
    return institution


def _move(institution: Institution, status: InstitutionStatus) -> None:
    institution.status, institution.updated_at = status, clock.now()
    institution.rev += 1


def _note(session: Session, actor: Actor, institution: Institution, change: Change) -> None:
    timeline.record(session, actor.author, INSTITUTION, institution.id, change)


async def require(session: Session, institution_id: UUID) -> Institution:
    """The institution an item may wait for. Raises InstitutionUnknown."""
    found = await repository.get(session, institution_id)
    if found is None or found.status is InstitutionStatus.DROPPED:
        raise InstitutionUnknown
    return found


async def refs(session: Session, institution_ids: list[UUID]) -> dict[UUID, InstitutionRef]:
    """Institutions as items name them."""
    found = await repository.by_ids(session, institution_ids)
    return {row.id: InstitutionRef.model_validate(row) for row in found}


async def get(session: Session, actor: Actor, institution_id: UUID) -> InstitutionRead:
    """One row of the register. Raises NotFound."""
    found = await repository.find_visible(session, actor, institution_id)
    if found is None:
        raise NotFound
    return await read(session, found)


async def read(session: Session, institution: Institution) -> InstitutionRead:
    """One row of the register as the API shows it."""
    await session.flush()
    kept = await files.refs(session, [institution.file_id] if institution.file_id else [])
    waiting = await repository.waiting(session, institution.id)
    return _read(institution, await organization.unit_refs(session), kept[0] if kept else None, waiting)


async def page(session: Session, actor: Actor, chosen: InstitutionFilter) -> Page[InstitutionRead]:
    """A page of the register, what is due first on top."""
    found = await repository.page(session, actor, chosen)
    rows = [(row[0], row.waiting_items) for row in found.rows]
    kept = {ref.id: ref for ref in await files.refs(session, [one.file_id for one, _ in rows if one.file_id])}
    units = await organization.unit_refs(session)
    return found.page(lambda row: _read(row[0], units, kept.get(row[0].file_id), row.waiting_items))


def _read(institution: Institution, units: Any, kept: FileRef | None, waiting: int) -> InstitutionRead:
    is_open = institution.status is InstitutionStatus.PLANNED
    return InstitutionRead(
        **InstitutionRef.model_validate(institution).model_dump(),
        unit=units.get(institution.unit_id),
        file=kept,
        overdue=is_open and clock.today() > institution.due_on,
        waiting_items=waiting,
        rev=institution.rev,
        created_at=institution.created_at,
    )


async def history(session: Session, actor: Actor, institution_id: UUID, params: PageParams) -> Page[TimelineEntryRead]:
    """Who did what with it when, newest first. Raises NotFound."""
    await get(session, actor, institution_id)
    return await timeline.page_of(session, institution_id, params, _TITLES)


async def _may_read(session: Session, actor: Actor, institution_id: UUID) -> bool:
    return await repository.find_visible(session, actor, institution_id) is not None


register_reader(INSTITUTION, _may_read)
