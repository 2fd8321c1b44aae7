"""Giving out human numbers: without gaps where law wants none, without a query where speed matters."""

from collections import defaultdict, deque
from datetime import date

from xiaoneng.core.numbering import repository
from xiaoneng.core.numbering.models import BLOCK_SIZE
from xiaoneng.core.numbering.rules import series_of
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session

_Blocks = dict[str, deque[tuple[date, int]]]
_TAKEN = "numbering.blocks"


async def next_number(session: Session, series: str, issuer: str = "") -> str:
    """The next number of `series`, such as `SQ20261122000381` or `ZG-2026-00012`.

    A series without gaps locks its counter until the transaction ends: take such a number late. `issuer` separates
    the counters of issuing bodies. Raises UnknownSeries.
    """
    rule = series_of(series)
    day = clock.today()
    if rule.sequence is None:
        return rule.format(await repository.count_on(session, issuer, series, day.year), day, issuer)
    return rule.format(await _from_block(session, rule.sequence, day), day, issuer)


async def _from_block(session: Session, sequence: str, day: date) -> int:
    """One number of a block taken today.

    What is left of an earlier day's block is dropped: the date in the number is what keeps wrapped numbers apart.
    """
    taken: _Blocks = session.database.kept.setdefault(_TAKEN, defaultdict(deque))
    blocks = taken[sequence]
    while blocks and blocks[0][0] != day:
        blocks.popleft()
    if not blocks:
        start = await repository.next_block(session, sequence)
        blocks.extend((day, number) for number in range(start, start + BLOCK_SIZE))
    return blocks.popleft()[1]
