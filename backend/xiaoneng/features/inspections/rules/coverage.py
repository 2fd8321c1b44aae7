"""Coverage of a self-check up through the tree, in whole numbers (R-04); pure."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
_CENT = Decimal("0.01")
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Row(Generic[K]):
    """One unit: whom it stands under in the frozen list, and whether it has checked itself."""

    unit: K
    parent: K | None
    done: bool


@dataclass(slots=True)
class Count:
    """How many units have to check themselves, the unit itself included, and how many have."""

    required: int = 0
    done: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether all have: whole numbers are compared, and none at all is not all."""
        return 0 < self.required == self.done

    @property
    def percent(self) -> Decimal:
        """The share for the eye, cut off after two places, so that only all is 100."""
        if not self.required:
            return Decimal(0)
        return (Decimal(_WHOLE) * self.done / self.required).quantize(_CENT, ROUND_DOWN)


def roll_up(rows: Iterable[Row[K]]) -> tuple[dict[K, Count], Count]:
    """The count of every unit with all below it, and of everything.

    A unit whose superior is not on the list stands at the top.
    """
    known = {row.unit: row for row in rows}
    counts = {unit: Count(1, int(row.done)) for unit, row in known.items()}
    waiting = dict.fromkeys(known, 0)
    for row in known.values():
        if row.parent in waiting:
            waiting[row.parent] += 1
    ready = [unit for unit, below in waiting.items() if below == 0]
    whole = Count()
    for unit in ready:  # grows while it is walked: a unit comes once all below it are counted
        above = known[unit].parent
        target = whole if above is None else counts.get(above, whole)
        target.required += counts[unit].required
        target.done += counts[unit].done
        if above in waiting:
            waiting[above] -= 1
            if waiting[above] == 0:
                ready.append(above)
    return counts, whole


def children(rows: Iterable[Row[K]]) -> Mapping[K | None, list[K]]:
    """The units below each, and under None those at the top."""
    known = list(rows)
    units = {row.unit for row in known}
    found: dict[K | None, list[K]] = {}
    for row in known:
        found.setdefault(row.parent if row.parent in units else None, []).append(row.unit)
    return found
