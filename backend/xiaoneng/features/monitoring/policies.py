"""Who may do what with points, monitors and information beyond the pivot; pure."""

from collections.abc import Iterable
from uuid import UUID

from xiaoneng.core.access.schemas import Standing
from xiaoneng.features.monitoring.models.infos import MonitoringInfo
from xiaoneng.features.monitoring.models.points import Monitor, MonitoringPoint

_LEAST_NAME = 2


def point_standing(point: MonitoringPoint) -> Standing:
    """A point is nobody's but the office's; whoever works in a unit it watches does not know of it (I1)."""
    return Standing(named_units=frozenset(point.unit_ids))


def held_standing(held: Monitor | MonitoringInfo) -> Standing:
    """A monitor, and what they told, is theirs and the office's, without the staff of the units watched (I1)."""
    own = frozenset([UUID(held.person_key)]) if held.person_key else frozenset[UUID]()
    return Standing(assigned=own, named_units=frozenset(held.unit_ids))


def names_source(text: str, identities: Iterable[str]) -> bool:
    """Whether a text tells who gave the information, spaces and hyphens aside."""
    plain = _plain(text)
    return any(len(one) >= _LEAST_NAME and _plain(one) in plain for one in identities)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
