"""The platforms that may send, kept in the process for a second so that a message costs no look-up."""

import time
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy.ext.asyncio import AsyncEngine

from xiaoneng.features.hotline import repository
from xiaoneng.features.hotline.models import HotlineSource
from xiaoneng.kit.db import Session

FRESH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Known:
    loaded: float
    secrets: dict[str, list[str]]


_cache: WeakKeyDictionary[AsyncEngine, _Known] = WeakKeyDictionary()


async def secrets_of(session: Session, code: str) -> list[str]:
    """The secrets that `code` may sign with; none for an unknown or switched-off source."""
    engine = session.engine
    known = _cache.get(engine)
    if known is None or time.monotonic() - known.loaded > FRESH_SECONDS:
        rows = await repository.sources(session)
        secrets = {row.code: [s for s in (row.secret, row.previous_secret) if s] for row in rows if row.is_active}
        known = _cache[engine] = _Known(time.monotonic(), secrets)
    return known.secrets.get(code, [])


async def save(session: Session, code: str, name: str, secret: str) -> None:
    """Add a source or give it a new secret; the old one goes on working until the next change."""
    await repository.save_source(session, HotlineSource(code=code, name=name, secret=secret))
    _cache.pop(session.engine, None)
