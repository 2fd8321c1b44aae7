"""Cases for the system's own work: event handlers and other features, beyond any one actor's sight."""

from collections.abc import Sequence
from uuid import UUID

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts import service as accounts
from xiaoneng.features.cases import repository
from xiaoneng.features.cases.models import Case
from xiaoneng.kit.db import Session
from xiaoneng.kit.problems import NotFound


async def get(session: Session, case_id: UUID) -> Case:
    """One case. Raises NotFound."""
    case = await repository.get(session, case_id)
    if case is None:
        raise NotFound
    return case


async def recipients(session: Session, case: Case, unit_id: UUID) -> Sequence[UUID]:
    """The accounts of a unit's heads and liaisons, without those whom the case names (I1)."""
    return await accounts.accounts_of(
        session, unit_id, (Role.UHD, Role.ULN), except_persons=case.named_person_ids, except_units=case.named_unit_ids
    )
