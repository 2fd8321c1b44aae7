"""Whom a message about a unit reaches."""

from collections.abc import Collection, Sequence
from uuid import UUID

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts import repository
from xiaoneng.core.organization.service import lookups
from xiaoneng.kit.db import Session


async def accounts_of(
    session: Session, unit_id: UUID, roles: Collection[Role], *, except_persons: Collection[UUID] = ()
) -> Sequence[UUID]:
    """The open accounts of a unit's people with these posts, without those of certain persons (I1)."""
    people = set(await lookups.holders(session, unit_id, roles)) - set(except_persons)
    return await repository.open_accounts(session, people)
