"""Messages of 12345 platforms. Unknown fields and unknown enum values are kept, never refused."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from xiaoneng.kit.schemas import Flag, Moment, Schema

ExternalNo = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class HotlineCaller(BaseModel):
    """Who called."""

    name: Annotated[str, StringConstraints(max_length=60)] | None = None
    phone: Annotated[str, StringConstraints(max_length=40)] | None = None


class CaseCreatedData(BaseModel):
    """`case.created`: a citizen's message; `kind`, `channel`, `urgency` and `identity` outside our lists are kept raw.

    `identity` is `anonymous`, `confidential` or `real_name`, or the Chinese word; without it the two flags tell. What
    was said is followed as far as it goes: an anonymous caller's name and number are not kept, and whoever left neither
    is anonymous.
    """

    model_config = ConfigDict(extra="allow")

    external_no: ExternalNo
    title: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    content: Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
    received_at: Moment | None = None
    occurred_at: Moment | None = None
    kind: str | None = None
    channel: str | None = None
    urgency: str | None = None
    category: str | None = None
    place: Annotated[str, StringConstraints(max_length=300)] | None = None
    caller: HotlineCaller | None = None
    identity: Annotated[str, StringConstraints(max_length=60)] | None = None
    anonymous: Flag = False
    confidential: Flag = False


class CaseRepliedData(BaseModel):
    """`case.replied`: the platform answered the citizen itself."""

    model_config = ConfigDict(extra="allow")

    external_no: ExternalNo
    text: Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
    replied_at: Moment
    replied_by: Annotated[str, StringConstraints(max_length=120)] | None = None


class CaseUrgedData(BaseModel):
    """`case.urged`: the citizen called again, or a leader asked."""

    model_config = ConfigDict(extra="allow")

    external_no: ExternalNo
    note: Annotated[str, StringConstraints(max_length=2_000)] | None = None


class HotlineEvent(BaseModel):
    """One message. Types this release does not know are kept and answered like the others."""

    model_config = ConfigDict(extra="allow")

    type: Annotated[str, StringConstraints(min_length=1, max_length=80)] = Field(examples=["case.created"])
    occurred_at: Moment
    data: dict[str, Any]


class Accepted(Schema):
    """The message is safe with us; `duplicate` says it was before."""

    event_id: str
    status: str
    case_no: str | None
