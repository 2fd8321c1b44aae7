"""Who may do what with an item beyond the pivot; pure."""

from xiaoneng.core.access.schemas import Actor, Standing
from xiaoneng.features.rectification.errors import ConflictOfInterest, NoUnit
from xiaoneng.features.rectification.models import RectificationItem
from xiaoneng.kit.problems import AppError

_SECOND_PAIR_OF_EYES = frozenset({"verify", "close"})


def standing(item: RectificationItem) -> Standing:
    """How the item relates to people."""
    return Standing(
        units=frozenset(filter(None, [item.lead_unit_id])),
        assigned=frozenset(filter(None, [item.responsible_person_id, item.responsible_leader_id])),
        made_by=item.created_by,
    )


def has_conflict(actor: Actor, item: RectificationItem) -> bool:
    """R-07: a person of the unit, one named in the plan, or the one who applied."""
    involved = {item.responsible_leader_id, item.responsible_person_id}
    return (
        item.lead_unit_id in actor.member_units
        or (actor.person_id is not None and actor.person_id in involved)
        or actor.id == item.closeout_by
    )


def denial(action: str, actor: Actor, item: RectificationItem) -> type[AppError] | None:
    """Why the action is refused although the machine and the pivot allow it; None when it is not."""
    if action in _SECOND_PAIR_OF_EYES and has_conflict(actor, item):
        return ConflictOfInterest
    if action == "plan" and item.lead_unit_id is None:
        return NoUnit
    return None
