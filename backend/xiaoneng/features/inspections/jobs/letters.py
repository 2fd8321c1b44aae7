"""What letters do by themselves, and whom they tell."""

from xiaoneng.core.access.models import Role
from xiaoneng.core.accounts.service import directory as accounts
from xiaoneng.core.notifications.schemas import Message
from xiaoneng.core.notifications.service.messages import notify
from xiaoneng.core.outbox.service import subscribe
from xiaoneng.core.worktime.events import ClockBreached, ClockEscalated, ClockEvent, ClockWarned
from xiaoneng.core.worktime.service import clocks as worktime
from xiaoneng.features.inspections.events.letters import (
    AccountabilityProposed,
    LetterAnswered,
    LetterDelivered,
    LetterFilesAsked,
    LetterReturned,
)
from xiaoneng.features.inspections.models.letters import LETTER, Letter
from xiaoneng.features.inspections.repository import letters as repository
from xiaoneng.features.inspections.rules.letters import NAMES
from xiaoneng.features.inspections.service import letter_papers
from xiaoneng.kit.db import Session

_OF_UNIT = (Role.UHD, Role.ULN)
_OFFICE, _ACCOUNTABILITY = (Role.LGO,), (Role.ACC, Role.LGL)
_BREACHED = 3
"""From this rung on the office hears of it too: it admonishes."""


@subscribe(LetterFilesAsked)
async def make_files(session: Session, event: LetterFilesAsked) -> None:
    """Write the Word and PDF of an issued letter."""
    await letter_papers.make_files(session, event.subject_id)


@subscribe(LetterDelivered)
async def tell_unit(session: Session, event: LetterDelivered) -> None:
    """Tell the unit's head and liaison that a letter is to be signed for."""
    await _tell(session, await repository.get(session, event.subject_id), "请签收", _OF_UNIT, "delivered")


@subscribe(LetterReturned)
async def tell_unit_again(session: Session, event: LetterReturned) -> None:
    """Tell them that more is wanted, or that a last day was set."""
    letter = await repository.get(session, event.subject_id)
    what = "已告诫，请在最后期限前回复" if letter and letter.admonished_at else "请补充整改情况"
    await _tell(session, letter, what, _OF_UNIT, f"returned:{letter.rev if letter else 0}")


@subscribe(LetterAnswered)
async def tell_office(session: Session, event: LetterAnswered) -> None:
    """Tell the office what was answered."""
    letter = await repository.get(session, event.subject_id)
    what = "已报送整改方案" if event.kind == "plan" else "已报送整改情况，请审核"
    await _tell(session, letter, what, _OFFICE, f"answered:{event.kind}:{letter.rev if letter else 0}")


@subscribe(AccountabilityProposed)
async def tell_accountability(session: Session, event: AccountabilityProposed) -> None:
    """Tell those who hold to account that they are asked to."""
    letter = await repository.get(session, event.subject_id)
    await _tell(
        session, letter, f"提出问责建议：{event.reason}", _ACCOUNTABILITY, f"proposed:{letter.rev if letter else 0}"
    )


async def _tell(session: Session, letter: Letter | None, what: str, roles: tuple[Role, ...], key: str) -> None:
    if letter is None:
        return
    of_unit = roles is _OF_UNIT
    recipients = (
        await accounts.accounts_of(session, letter.to_unit_id, roles)
        if of_unit
        else await accounts.accounts_serving(session, roles, except_units=[letter.to_unit_id])
    )
    message = Message(
        title=f"{NAMES[letter.type]} {letter.no or ''} {what}"[:200],
        body=letter.title,
        subject_type=LETTER,
        subject_id=letter.id,
        dedupe_key=f"letter.{key}:{letter.id}",
    )
    notify(session, recipients, message)


async def tell_ladder(session: Session, event: ClockEvent) -> None:
    """Remind before the day, and tell unit and office after it, unless the rung was overtaken while they slept."""
    if event.object_type != LETTER or event.unit_id is None:
        return
    if not await worktime.still_holds(session, event.subject_id, event.level):
        return
    letter = await repository.get(session, event.object_id)
    if letter is None:
        return
    recipients = {*await accounts.accounts_answering(session, event.unit_id, event.level, None)}
    if event.level >= _BREACHED:
        recipients |= {*await accounts.accounts_serving(session, _OFFICE)}
    message = Message(
        title=event.headline(letter.no or ""),
        body=event.words(letter.title),
        subject_type=LETTER,
        subject_id=letter.id,
        dedupe_key=f"clock:{event.subject_id}:{event.level}:{event.due_at.isoformat()}",
    )
    notify(session, sorted(recipients), message)


for _rung in (ClockWarned, ClockBreached, ClockEscalated):
    subscribe(_rung)(tell_ladder)
