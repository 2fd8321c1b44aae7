"""Field types that inputs of cases share."""

from typing import Annotated

from pydantic import Field, StringConstraints

from xiaoneng.features.cases.models.case import Identity
from xiaoneng.kit.schemas import AS_NUMBER, Flag, Input

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Text = Annotated[str, StringConstraints(min_length=2, max_length=20_000)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 \-]{4,24}$")]
PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Place = Annotated[str, StringConstraints(max_length=300)]
Stars = Annotated[int, Field(ge=1, le=5, description="5 非常满意 … 1 非常不满意"), AS_NUMBER]


class CallerInput(Input):
    """Who turned to us; both may be unknown."""

    name: PersonName | None = None
    phone: Phone | None = None


class IdentityInput(Input):
    """How the reporter is to be known. Earlier callers say it by two flags, or not at all: then whoever leaves a name
    or a number is known by it, and whoever leaves none is anonymous.
    """

    identity: Identity | None = Field(
        default=None,
        description="anonymous 匿名：不留姓名电话；confidential 保密：承办单位和被反映方看不到；"
        "real_name 实名：打码显示，查看须写明理由并留痕",
    )
    anonymous: Flag = Field(default=False, json_schema_extra={"deprecated": True})
    confidential: Flag = Field(default=False, json_schema_extra={"deprecated": True})
