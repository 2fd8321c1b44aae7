"""Reading the texts of new cases, so that they are found (ADR 0016)."""

from xiaoneng.features.cases import rules
from xiaoneng.features.cases.repository import texts as repository
from xiaoneng.kit.db import Session

BATCH = 500


async def read_texts(session: Session, limit: int = BATCH) -> int:
    """Read the texts of at most `limit` cases that cannot be found yet; how many there were."""
    found = await repository.unread(session, limit)
    if found:
        pairs = [{"case_id": row.id, "pairs": rules.pairs_of(f"{row.title} {row.content}")} for row in found]
        await repository.add(session, pairs)
    return len(found)
