"""What clocks tell the rest of the product."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from xiaoneng.core.outbox.events import Event
from xiaoneng.core.worktime.models.words import REGION_ZONE

_KINDS = {
    "sign": "签收",
    "contact": "联系",
    "finish": "办结",
    "plan": "方案报送",
    "reply": "答复",
    "confirm": "确认",
    "result": "整改情况报送",
    "report": "报送",
}


class ClockEvent(Event):
    """Base of the rungs of the warning ladder. The subject is the clock, `object_*` what it belongs to.

    `superseded` marks a rung that was overtaken by a higher one before anybody looked; it is on record, but
    nobody needs to be woken for it. The sweeper puts the jobs of a whole batch into the queue at once.
    """

    subject_type: ClassVar[str] = "clock"
    wakes_handlers: ClassVar[bool] = False

    object_type: str
    object_id: UUID
    kind: str
    level: int
    unit_id: UUID | None
    due_at: datetime
    provisional: bool
    superseded: bool

    def headline(self, no: str) -> str:
        """What the message about the object `no` says first."""
        words = {1: "蓝色预警", 2: "黄色预警", 3: "红色预警：已超期"}
        return f"{words.get(self.level, '超期升级')} · {no}"

    def words(self, title: str) -> str:
        """The rest of the message: which limit of what, and until when."""
        kind = _KINDS.get(self.kind, self.kind)
        flag = "（暂定）" if self.provisional else ""
        return f"{title}：{kind}期限 {self.due_at.astimezone(REGION_ZONE):%Y-%m-%d %H:%M}{flag}"


class ClockWarned(ClockEvent):
    """A limit turned blue (level 1) or yellow (level 2)."""

    topic: ClassVar[str] = "clock.warned"


class ClockBreached(ClockEvent):
    """A limit is over and turned red (level 3)."""

    topic: ClassVar[str] = "clock.breached"


class ClockEscalated(ClockEvent):
    """A limit has been over for so long that the next superior hears of it (level 4 and up, R-61)."""

    topic: ClassVar[str] = "clock.escalated"


class PreviewAsked(Event):
    """A change of the rules was drafted: what it would move is to be found."""

    topic: ClassVar[str] = "time_rules.drafted"
    subject_type: ClassVar[str] = "time_change"


class RulesChanged(Event):
    """Days or limits have another meaning, or a year became known: open clocks are to be recomputed.

    The subject is the signed change; `first`, `last` and `policy` are what `rules.changes.Affected` says.
    `approved_by` lets due dates move earlier.
    """

    topic: ClassVar[str] = "time_rules.changed"
    subject_type: ClassVar[str] = "time_change"

    first: date
    last: date
    policy: tuple[str, str, str] | None
    reason: str
    approved_by: UUID | None


class ClocksFollowed(Event):
    """All open clocks follow a signed change; `units` answer for some that moved."""

    topic: ClassVar[str] = "time_rules.followed"
    subject_type: ClassVar[str] = "time_change"

    title: str
    units: list[UUID]
