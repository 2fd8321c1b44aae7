"""Deliverables and the board as the API shows them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.files import service as files
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.features.campaigns.models.campaigns import CampaignStage, StageStatus
from xiaoneng.features.campaigns.models.deliverables import Deliverable
from xiaoneng.features.campaigns.repository import campaigns as campaign_rows
from xiaoneng.features.campaigns.repository import deliverables as repository
from xiaoneng.features.campaigns.repository.deliverables import OWED
from xiaoneng.features.campaigns.schemas.deliverables import (
    BoardCell,
    BoardColumn,
    BoardRead,
    BoardRow,
    BoardStage,
    DeliverableFilter,
    DeliverableRead,
)
from xiaoneng.features.campaigns.service import gates, reading
from xiaoneng.features.campaigns.service.deliverables import DOOR
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page
from xiaoneng.kit.problems import NotFound


async def get(session: Session, actor: Actor, paper_id: UUID) -> DeliverableRead:
    """One deliverable. Raises NotFound, also beyond the actor's sight."""
    paper = await repository.find(session, actor, paper_id)
    if paper is None:
        raise NotFound
    return await read(session, actor, paper)


async def read(session: Session, actor: Actor, paper: Deliverable) -> DeliverableRead:
    """One deliverable with its files."""
    await session.write_buffered()
    return (await _shown(session, actor, [paper]))[paper.id]


async def page(session: Session, actor: Actor, chosen: DeliverableFilter) -> Page[DeliverableRead]:
    """A page of what is owed within the actor's reach."""
    found = await repository.page(session, actor, chosen)
    shown = await _shown(session, actor, [row.Deliverable for row in found.rows])
    return found.page(lambda row: shown[row.id])


async def _shown(session: Session, actor: Actor, papers: Sequence[Deliverable]) -> dict[UUID, DeliverableRead]:
    titles = await repository.titles(session, [paper.requirement_id for paper in papers]) if papers else {}
    units = await organization.unit_refs(session)
    kept = {one.id: one for one in await files.refs(session, [key for paper in papers for key in paper.file_ids])}
    shown: dict[UUID, DeliverableRead] = {}
    for paper in papers:
        told = {name: getattr(paper, name) for name in DeliverableRead.model_fields if hasattr(paper, name)}
        wanted = titles[paper.requirement_id]
        shown[paper.id] = DeliverableRead(
            **told,
            title=wanted.title,
            clause=wanted.clause,
            campaign_title=wanted.campaign_title,
            unit=units.get(paper.unit_id),
            overdue=_overdue(paper),
            files=[kept[key] for key in paper.file_ids if key in kept],
            available_actions=action_refs(await DOOR.available(session, actor, paper)),
        )
    return shown


def _overdue(paper: Any) -> bool:
    return paper.status in OWED and clock.today() > paper.due_on


async def board(session: Session, actor: Actor, campaign_id: UUID, seq: int | None) -> BoardRead:
    """Stages as a line, and unit by thing for one of them. Raises NotFound."""
    campaign = await reading.get(session, actor, campaign_id)
    stages = await campaign_rows.stages_of(session, [campaign_id])
    chosen = _chosen(stages, seq)
    counts = await repository.counts(session, actor, campaign_id, clock.today())
    cells = await repository.cells(session, actor, campaign_id, chosen.id if chosen else None)
    wanted = await repository.requirements_of(session, campaign_id)
    return BoardRead(
        campaign_id=campaign_id,
        title=campaign.title,
        stage=chosen.seq if chosen else None,
        stages=[await _stage(session, stage, counts.get(stage.id)) for stage in stages],
        columns=[
            BoardColumn(id=one.id, title=one.title, clause=one.clause, due_on=one.due_on)
            for one in wanted
            if one.stage_id == (chosen.id if chosen else None)
        ],
        rows=await _rows(session, cells),
    )


def _chosen(stages: Sequence[CampaignStage], seq: int | None) -> CampaignStage | None:
    if seq is not None:
        found = next((stage for stage in stages if stage.seq == seq), None)
        if found is None:
            raise NotFound
        return found
    return next((stage for stage in stages if stage.status is StageStatus.OPEN), stages[0] if stages else None)


async def _stage(session: Session, stage: CampaignStage, row: Any) -> BoardStage:
    blocked = await gates.blocking(session, stage) if stage.status is StageStatus.OPEN else []
    names = ("total", "approved", "submitted", "late")
    return BoardStage(
        **reading.stage_read(stage).model_dump(),
        **{name: getattr(row, name) if row else 0 for name in names},
        blocked_by=blocked,
    )


async def _rows(session: Session, cells: Sequence[Any]) -> list[BoardRow]:
    units = await organization.unit_refs(session)
    of_unit: dict[UUID, list[BoardCell]] = {}
    for row in cells:
        cell = BoardCell(
            requirement_id=row.requirement_id,
            deliverable_id=row.id,
            status=row.status,
            overdue=_overdue(row),
            is_late=row.is_late,
        )
        of_unit.setdefault(row.unit_id, []).append(cell)
    rows = [
        BoardRow(
            unit=units[unit_id],
            cells=found,
            approved=sum(cell.status == "approved" for cell in found),
            total=len(found),
        )
        for unit_id, found in of_unit.items()
        if unit_id in units
    ]
    return sorted(rows, key=lambda row: row.unit.name)
