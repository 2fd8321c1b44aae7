"""A month of work in the demo region, played through the same doors that people use."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from xiaoneng.core.access.schemas import Actor, Command
from xiaoneng.core.accounts.service import authentication, directory
from xiaoneng.features.cases.models.case import CaseChannel, CaseKind, Identity, Solved, Urgency
from xiaoneng.features.cases.rules import BAD_STARS
from xiaoneng.features.cases.schemas.actions import (
    CallBackInput,
    CaseDraft,
    ContactInput,
    DispatchInput,
    ReplyInput,
)
from xiaoneng.features.cases.service import handling, intake
from xiaoneng.kit import clock
from xiaoneng.kit.db import Database
from xiaoneng.kit.schemas import NoInput

DAYS = 28
PER_DAY = 2
UNITS = {
    "城管": ("ML17", "cg"),
    "住建": ("ML11", "zj"),
    "教育": ("ML05", "jy"),
    "环保": ("ML10", "hb"),
    "街道": ("ML31", "dh"),
}
_CHANNELS = (CaseChannel.HOTLINE_12345, CaseChannel.WEB, CaseChannel.VISIT, CaseChannel.WECHAT, CaseChannel.MAILBOX)
_REPLY = "您好，您反映的问题已安排专人现场核实并处理，处理情况已向您说明。如仍有问题请继续反映，感谢您的监督。"


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that happens to a case after a while."""

    after: timedelta
    login: str
    action: str
    body: BaseModel


async def play(database: Database, matters: Sequence[Sequence[Any]], units: dict[str, UUID]) -> None:
    """Play the month before now: some cases end well, some badly, some are late, some have just come in."""
    draw = random.Random(20260101)
    logins = {"operator", *(f"{prefix}.liaison" for _, prefix in UNITS.values())}
    actors = {login: await actor_of(database, login) for login in sorted(logins)}
    moments = _moments(draw)
    for number, (moment, matter) in enumerate(zip(moments, itertools.cycle(matters), strict=False)):
        code, prefix = UNITS[matter[2]]
        draft = _draft(draw, matter, moment, number)
        await _play_one(database, actors, draft, _steps(draw, prefix, units[code], draft.kind))


def _moments(draw: random.Random) -> list[datetime]:
    now = clock.now()
    days = (now - timedelta(days=back) for back in range(DAYS, -1, -1))
    moments = [
        day - timedelta(minutes=draw.randrange(20, 60 * 8))
        for day in days
        for _ in range(draw.randrange(1, PER_DAY + 1))
    ]
    return sorted(moments)


def _draft(draw: random.Random, matter: Sequence[Any], moment: datetime, number: int) -> CaseDraft:
    kind, urgency, _, title, content, place = matter
    return CaseDraft(
        kind=kind,
        channel=draw.choice(_CHANNELS),
        urgency=Urgency(urgency),
        title=title,
        content=content,
        place=place,
        received_at=moment,
        caller_name=draw.choice("赵钱孙李周吴郑王") + "先生",
        caller_phone=f"1390000{number:04d}",
        identity=Identity.CONFIDENTIAL if draw.randrange(10) == 0 else Identity.REAL_NAME,
    )


def _steps(draw: random.Random, login: str, unit_id: UUID, kind: CaseKind) -> list[_Step]:
    stars = draw.choice((5, 5, 4, 4, 3, 2, 1))
    if kind is CaseKind.PRAISE:
        stars = 5  # whoever came to praise does not go away angry
    told = CallBackInput(solved=Solved.NO if stars <= BAD_STARS else Solved.YES, stars=stars, note="已电话回访")
    steps = [
        _Step(timedelta(minutes=draw.randrange(5, 120)), "operator", "dispatch", DispatchInput(unit_id=unit_id)),
        _Step(timedelta(minutes=draw.randrange(10, 400)), f"{login}.liaison", "sign", NoInput()),
        _Step(
            timedelta(hours=draw.randrange(1, 30)),
            f"{login}.liaison",
            "contact",
            ContactInput(reached=True, note="已电话联系"),
        ),
        _Step(timedelta(days=draw.randrange(1, 9)), f"{login}.liaison", "reply", ReplyInput(text=_REPLY)),
        _Step(timedelta(days=draw.randrange(1, 5)), "operator", "call_back", told),
    ]
    return steps[: draw.choice((1, 2, 3, 4, 5, 5, 5, 5))]


async def _play_one(database: Database, actors: dict[str, Actor], draft: CaseDraft, steps: list[_Step]) -> None:
    now = clock.now()
    operator = actors["operator"]
    with clock.frozen(draft.received_at):
        async with database.unit_of_work() as session:
            case, _ = await intake.register(session, operator.author, draft, created_by=operator.id)
    moment, rev = draft.received_at, 1
    for step in steps:
        moment += step.after
        if moment > now:
            return
        with clock.frozen(moment):
            async with database.unit_of_work() as session:
                command = Command(step.action, step.body, rev)
                rev = (await handling.perform(session, actors[step.login], case.id, command)).rev


async def actor_of(database: Database, login: str) -> Actor:
    """Whoever logs in so, as the services know them."""
    async with database.unit_of_work() as session:
        token = await directory.issue_token_for(session, login)
    async with database.unit_of_work() as session:
        return (await authentication.caller_of(session, token)).actor
