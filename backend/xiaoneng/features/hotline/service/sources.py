"""The platforms that may send, remembered for a second so that a message costs no look-up."""

from collections.abc import Mapping
from datetime import timedelta

from xiaoneng.features.hotline import repository
from xiaoneng.features.hotline.models import HotlineSource
from xiaoneng.kit.db import Session
from xiaoneng.kit.remembered import Remembered

Secrets = Mapping[str, list[str]]


async def _load(session: Session, _: Secrets | None) -> Secrets:
    rows = await repository.sources(session)
    return {row.code: [s for s in (row.secret, row.previous_secret) if s] for row in rows if row.is_active}


_known = Remembered[Secrets](_load, timedelta(seconds=1))


async def secrets_of(session: Session, code: str) -> list[str]:
    """The secrets that `code` may sign with; none for an unknown or switched-off source."""
    return (await _known.get(session)).get(code, [])


async def save(session: Session, code: str, name: str, secret: str) -> None:
    """Add a source or give it a new secret; the old one goes on working until the next change."""
    await repository.save_source(session, HotlineSource(code=code, name=name, secret=secret))
    _known.forget(session.database)
