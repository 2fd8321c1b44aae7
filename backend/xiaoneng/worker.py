"""The queue and the timers: importing this module registers every job and every event handler."""

from xiaoneng.core.access import jobs as access
from xiaoneng.core.accounts import jobs as accounts
from xiaoneng.core.files import jobs as files
from xiaoneng.core.notifications import jobs as notifications
from xiaoneng.core.organization import jobs as organization
from xiaoneng.core.timeline import jobs as timeline
from xiaoneng.core.transfers import jobs as transfers
from xiaoneng.core.worktime import jobs as worktime
from xiaoneng.features.campaigns import jobs as campaigns
from xiaoneng.features.cases import jobs as cases
from xiaoneng.features.evaluations import jobs as evaluations
from xiaoneng.features.hotline import jobs as hotline
from xiaoneng.features.inspections.jobs import inspections, letters
from xiaoneng.features.monitoring import jobs as monitoring
from xiaoneng.features.rectification import jobs as rectification
from xiaoneng.features.supervision import jobs as supervision
from xiaoneng.kit.db import Database
from xiaoneng.kit.jobs import run_worker

JOBS = (
    timeline,
    access,
    organization,
    accounts,
    worktime,
    files,
    notifications,
    transfers,
    campaigns,
    evaluations,
    cases,
    hotline,
    letters,
    rectification,
    supervision,
    inspections,
    monitoring,
)


async def work(url: str) -> None:
    """Work until cancelled."""
    database = Database(url, pool_size=8)
    try:
        await run_worker(url, database)
    finally:
        await database.close()
