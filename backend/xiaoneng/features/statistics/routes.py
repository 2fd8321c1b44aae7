"""HTTP of the desk and of figures."""

from typing import Annotated

from fastapi import Query

from xiaoneng.core.access.deps import LOGIN, CurrentActor
from xiaoneng.features.statistics import service
from xiaoneng.features.statistics.schemas import DeskRead, LatencyQuery, LatencyRead
from xiaoneng.kit.http import SessionDep, router
from xiaoneng.kit.problems import responses

routes = router("", "statistics")


@routes.get("/desk", operation_id="desk_get", summary="我的工作台", responses=responses(*LOGIN))
async def get_desk(actor: CurrentActor, session: SessionDep) -> DeskRead:
    """What needs me, grouped by urgency."""
    return await service.desk(session, actor)


@routes.get(
    "/statistics/reply-latency",
    operation_id="statistics_reply_latency",
    summary="答复时效",
    responses=responses(*LOGIN),
)
async def get_reply_latency(
    actor: CurrentActor, session: SessionDep, chosen: Annotated[LatencyQuery, Query()]
) -> LatencyRead:
    """Replies by working days, with the denominator."""
    return await service.reply_latency(session, actor, chosen)
