"""The time policies as administrators read them."""

from xiaoneng.core.worktime.repository import changes
from xiaoneng.core.worktime.schemas.policies import PolicyFilter, PolicyRead
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.pages import Page


async def page(session: Session, chosen: PolicyFilter) -> Page[PolicyRead]:
    """Time policies by code: the versions that hold today with the drafts, or every version."""
    which = (chosen.code, chosen.kind, chosen.every_version)
    return (await changes.policies_page(session, clock.today(), chosen, which)).page(PolicyRead.model_validate)
