"""What keeps the gate of a stage shut (SM-2): what is owed, and what higher features add."""

from collections.abc import Awaitable, Callable

from xiaoneng.features.campaigns.models.campaigns import CampaignStage
from xiaoneng.features.campaigns.repository import deliverables as repository
from xiaoneng.kit.db import Session

Gate = Callable[[Session, CampaignStage], Awaitable[str | None]]
"""What of a stage is not done, in words for the office; None when all of it is."""
_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    """Let a feature keep a stage from closing until its part is done, at import time."""
    _gates.append(gate)


async def _papers(session: Session, stage: CampaignStage) -> str | None:
    count = await repository.missing(session, stage.id)
    return f"{count} 份材料未审核通过" if count else None


async def blocking(session: Session, stage: CampaignStage) -> list[str]:
    """Everything that keeps the stage from closing."""
    return [words for gate in _gates if (words := await gate(session, stage)) is not None]


register_gate(_papers)
