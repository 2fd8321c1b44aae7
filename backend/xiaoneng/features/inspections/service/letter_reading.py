"""Letters as the API shows them, and how units answer (R-05)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from xiaoneng.core.access.schemas import Actor
from xiaoneng.core.files import service as files
from xiaoneng.core.files.schemas import FileRef
from xiaoneng.core.organization.schemas.shared import UnitRef
from xiaoneng.core.organization.service import directory as organization
from xiaoneng.core.timeline import service as timeline
from xiaoneng.core.timeline.schemas import TimelineEntryRead
from xiaoneng.core.worktime.rules.calendar import Calendar
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.inspections.models.letters import REPLY, RESULT, Letter
from xiaoneng.features.inspections.policies import letters as policies
from xiaoneng.features.inspections.repository import letters as repository
from xiaoneng.features.inspections.rules.letters import percent
from xiaoneng.features.inspections.schemas.letters import (
    LetterFilter,
    LetterIssuerRead,
    LetterListItem,
    LetterProblemRead,
    LetterRateFilter,
    LetterRateRow,
    LetterRates,
    LetterRead,
    LetterReplyRead,
)
from xiaoneng.features.inspections.service.letters import DOOR
from xiaoneng.features.inspections.transitions.letters import LETTERS
from xiaoneng.kit import clock
from xiaoneng.kit.db import Session
from xiaoneng.kit.machine import action_refs
from xiaoneng.kit.pages import Page, PageParams
from xiaoneng.kit.problems import NotFound

_TITLES = {"draft": "拟稿", **{row.action: row.title for row in LETTERS.transitions}}
_SHOWN_AS_IS = [
    "opening",
    "requirements",
    "legal_basis",
    "copies_to",
    "source_id",
    "source_label",
    "drafted_by_name",
    "countersigned_by_name",
    "issued_by_name",
    "delivered_at",
    "delivery",
    "received_at",
    "received_by_name",
    "reviewed_by_name",
    "review_note",
    "supplement_count",
    "admonished_at",
    "proposed_at",
    "pdf_problem",
    "rev",
]


async def get(session: Session, actor: Actor, letter_id: UUID) -> Letter:
    """One letter. Raises NotFound, also beyond the actor's sight."""
    letter = await repository.find(session, actor, letter_id)
    if letter is None:
        raise NotFound
    return letter


async def read(session: Session, actor: Actor, letter: Letter) -> LetterRead:
    """One letter with its problems, answers and files."""
    await session.write_buffered()
    units = await organization.unit_refs(session)
    problems = await repository.problems(session, letter.id)
    replies = await repository.replies(session, letter.id)
    made = [key for key in (letter.word_file_id, letter.pdf_file_id) if key]
    keys = [*letter.file_ids, *made, *(key for reply in replies for key in reply.file_ids)]
    kept = {one.id: one for one in await files.refs(session, keys)}
    issuer = await repository.issuer(session, letter.issuer_id)
    return LetterRead(
        **_row(letter, units, await worktime.calendar(session)),
        **{name: getattr(letter, name) for name in _SHOWN_AS_IS},
        issuer=LetterIssuerRead.model_validate(issuer),
        problems=[LetterProblemRead.model_validate(problem) for problem in problems],
        files=[kept[key] for key in letter.file_ids if key in kept],
        replies=[_reply(reply, kept) for reply in replies],
        word_file=kept.get(letter.word_file_id) if letter.word_file_id else None,
        pdf_file=kept.get(letter.pdf_file_id) if letter.pdf_file_id else None,
        available_actions=action_refs(await DOOR.available(session, actor, letter)),
    )


def _reply(reply: Any, kept: Mapping[UUID, FileRef]) -> LetterReplyRead:
    told = {name: getattr(reply, name) for name in LetterReplyRead.model_fields if name != "files"}
    return LetterReplyRead(**told, files=[kept[key] for key in reply.file_ids if key in kept])


def _row(letter: Letter, units: Mapping[UUID, UnitRef], days: Calendar) -> dict[str, Any]:
    told = ("id", "no", "type", "status", "title", "source_type", "issued_on", "created_at")
    kind = RESULT if letter.plan_replied_at else REPLY
    return {
        **{name: getattr(letter, name) for name in told},
        "to_unit": units.get(letter.to_unit_id),
        "deadline": worktime.deadline(days, kind, letter.due_at) if letter.due_at else None,
        "is_overdue": policies.is_overdue(letter, clock.now()),
        "is_admonished": letter.admonished_at is not None,
    }


async def page(session: Session, actor: Actor, chosen: LetterFilter) -> Page[LetterListItem]:
    """A page of letters within the actor's reach, the latest first."""
    found = await repository.page(session, actor, chosen)
    units = await organization.unit_refs(session)
    days = await worktime.calendar(session)
    return found.page(lambda row: LetterListItem(**_row(row.Letter, units, days)))


async def history(session: Session, actor: Actor, letter_id: UUID, params: PageParams) -> Page[TimelineEntryRead]:
    """The letter's timeline, newest first. Raises NotFound."""
    await get(session, actor, letter_id)
    return await timeline.page_of(session, letter_id, params, _TITLES)


async def rates(session: Session, actor: Actor, chosen: LetterRateFilter) -> LetterRates:
    """How the units in sight answer the letters of a year, those that answer least first."""
    units = await organization.unit_refs(session)
    rows = [
        _rate(row, units[row.to_unit_id])
        for row in await repository.rates(session, actor, chosen.year, clock.now())
        if row.to_unit_id in units
    ]
    return LetterRates(items=sorted(rows, key=lambda row: (row.percent is None, row.percent or 0, row.unit.name)))


def _rate(row: Any, unit: UnitRef) -> LetterRateRow:
    due = row.on_time + row.late + row.missing
    told = {name: getattr(row, name) for name in ("issued", "on_time", "late", "missing", "waiting")}
    return LetterRateRow(unit=unit, due=due, percent=percent(row.on_time, due), **told)
