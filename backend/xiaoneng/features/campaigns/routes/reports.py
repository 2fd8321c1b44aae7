"""HTTP of periodic reports."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from xiaoneng.core.access.deps import LOGIN, Acting, ActingDep, CurrentActor, changes
from xiaoneng.core.files.errors import NotAttachable
from xiaoneng.features.campaigns.errors import OwnUnit
from xiaoneng.features.campaigns.schemas.reports import (
    ConsolidatedFilter,
    ConsolidatedRead,
    ReportFilter,
    ReportRead,
    ReportSubmit,
    Rollup,
)
from xiaoneng.features.campaigns.service import report_reading, reports
from xiaoneng.kit.http import SessionDep, router, tagged
from xiaoneng.kit.pages import BadCursor, Page
from xiaoneng.kit.problems import InvalidInput, NotFound, responses
from xiaoneng.kit.schemas import NoInput, ReasonInput

routes = router("", "campaigns")
_ONE = "/campaign-reports/{report_id}"


async def _act(acting: Acting, report_id: UUID, action: str, body: BaseModel) -> ReportRead:
    session, actor = acting.session, acting.actor
    report = await reports.perform(session, actor, report_id, acting.command(action, body))
    return tagged(acting.response, await report_reading.read(session, actor, report))


@routes.get(
    "/campaigns/{campaign_id}/reports",
    operation_id="campaigns_reports",
    summary="报送情况汇总",
    responses=responses(*LOGIN, NotFound),
)
async def get_rollup(session: SessionDep, actor: CurrentActor, campaign_id: UUID) -> Rollup:
    """How many reported in time, late, or not at all, by duty and period, the latest first."""
    return await report_reading.rollup(session, actor, campaign_id)


@routes.get(
    "/campaigns/{campaign_id}/consolidated-report",
    operation_id="campaigns_consolidated_report",
    summary="汇总报告",
    responses=responses(*LOGIN, NotFound, InvalidInput),
)
async def get_consolidated(
    session: SessionDep, actor: CurrentActor, campaign_id: UUID, chosen: Annotated[ConsolidatedFilter, Query()]
) -> ConsolidatedRead:
    """The reports of one period as one, with those that are missing or came late by name."""
    return await report_reading.consolidated(session, actor, campaign_id, chosen)


@routes.get(
    "/campaign-reports",
    operation_id="campaign_reports_list",
    summary="定期报送",
    responses=responses(*LOGIN, BadCursor),
)
async def list_reports(
    session: SessionDep, actor: CurrentActor, chosen: Annotated[ReportFilter, Query()]
) -> Page[ReportRead]:
    """What is to be reported within the caller's reach, what is due first on top."""
    return await report_reading.page(session, actor, chosen)


@routes.get(_ONE, operation_id="campaign_reports_get", summary="定期报送详情", responses=responses(*LOGIN, NotFound))
async def get_report(session: SessionDep, actor: CurrentActor, report_id: UUID, response: Response) -> ReportRead:
    """One report and what the caller may do now."""
    return tagged(response, await report_reading.get(session, actor, report_id))


@routes.post(
    _ONE + "/actions/submit",
    operation_id="campaign_reports_submit",
    summary="报送",
    responses=changes(NotAttachable),
)
async def submit(acting: ActingDep, report_id: UUID, body: ReportSubmit) -> ReportRead:
    """Hand the report in; after its day it is marked as late."""
    return await _act(acting, report_id, "submit", body)


@routes.post(
    _ONE + "/actions/accept",
    operation_id="campaign_reports_accept",
    summary="审阅通过",
    responses=changes(OwnUnit),
)
async def accept(acting: ActingDep, report_id: UUID, body: NoInput) -> ReportRead:
    """Take the report for good."""
    return await _act(acting, report_id, "accept", body)


@routes.post(
    _ONE + "/actions/send_back",
    operation_id="campaign_reports_send_back",
    summary="退回重报",
    responses=changes(OwnUnit),
)
async def send_back(acting: ActingDep, report_id: UUID, body: ReasonInput) -> ReportRead:
    """Have it written again, with the reason; the submission that counts is the one that is accepted."""
    return await _act(acting, report_id, "send_back", body)
