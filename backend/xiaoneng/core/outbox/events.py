"""What every event of the product has in common."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """Base of the events. `wakes_handlers` False keeps an event of the hot path out of the queue."""

    model_config = ConfigDict(frozen=True)

    topic: ClassVar[str]
    subject_type: ClassVar[str]
    wakes_handlers: ClassVar[bool] = True

    subject_id: UUID
