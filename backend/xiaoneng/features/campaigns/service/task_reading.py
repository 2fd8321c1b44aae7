"""The responsibility matrix as the API shows it."""

from collections.abc import Sequence
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.features.campaigns.models.tasks import CampaignTask, TaskStatus
from xiaoneng.features.campaigns.repository import tasks as repository
from xiaoneng.features.campaigns.schemas.tasks import TaskFilter, TaskRead
from xiaoneng.features.campaigns.service.tasks import DOOR
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page
from xiaoneng.kit.problems import NotFound


async def get(session: Session, actor: Actor, task_id: UUID) -> TaskRead:
    """One task. Raises NotFound, also beyond the actor's sight."""
    task = await repository.find(session, actor, task_id)
    if task is None:
        raise NotFound
    return await read(session, actor, task)


async def read(session: Session, actor: Actor, task: CampaignTask) -> TaskRead:
    """One task as it stands."""
    await session.write_buffered()
    return (await _shown(session, actor, [task]))[task.id]


async def page(session: Session, actor: Actor, chosen: TaskFilter) -> Page[TaskRead]:
    """A page of the matrix within the actor's sight."""
    found = await repository.page(session, actor, chosen, clock.today())
    shown = await _shown(session, actor, [row.CampaignTask for row in found.rows])
    return found.page(lambda row: shown[row.id])


async def _shown(session: Session, actor: Actor, tasks: Sequence[CampaignTask]) -> dict[UUID, TaskRead]:
    if not tasks:
        return {}
    keys = [task.id for task in tasks]
    units = await organization.unit_refs(session)
    titles = await repository.campaign_titles(session, [task.campaign_id for task in tasks])
    helpers = await repository.co_units(session, keys)
    below = await repository.handed_down(session, keys)
    people = await organization.person_refs(session, [task.owner_id for task in tasks if task.owner_id])
    shown: dict[UUID, TaskRead] = {}
    for task in tasks:
        told = {name: getattr(task, name) for name in TaskRead.model_fields if hasattr(task, name)}
        down = below.get(task.id)
        silent = task.status is TaskStatus.ASSIGNED and task.due_on is not None and clock.today() > task.due_on
        shown[task.id] = TaskRead(
            **told,
            campaign_title=titles[task.campaign_id],
            lead_unit=units.get(task.lead_unit_id) if task.lead_unit_id else None,
            co_units=[units[row.unit_id] for row in helpers if row.task_id == task.id and row.unit_id in units],
            owner=people.get(task.owner_id) if task.owner_id else None,
            unanswered=silent,
            handed_down=down.total if down else 0,
            handed_down_answered=down.answered if down else 0,
            available_actions=action_refs(await DOOR.available(session, actor, task)),
        )
    return shown
