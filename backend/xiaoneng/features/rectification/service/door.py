"""The door of rectification items."""

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.access.service import Denial, Door, Judge
from xiaoneng.features.rectification import policies
from xiaoneng.features.rectification.events import ItemMoved
from xiaoneng.features.rectification.models import SUBJECT_TYPE, RectificationItem
from xiaoneng.features.rectification.transitions import MACHINE
from xiaoneng.kit.db import Session


async def _judge(_: Session, actor: Actor, item: RectificationItem) -> Judge:
    def judge(action: str) -> Denial:
        return policies.denial(action, actor, item)

    return judge


DOOR: Door[RectificationItem] = Door(
    SUBJECT_TYPE,
    MACHINE,
    standing=policies.standing,
    judge=_judge,
    moved=lambda item_id, action: ItemMoved(subject_id=item_id, action=action),
)
