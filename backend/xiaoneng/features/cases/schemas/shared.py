"""Field types that inputs of cases share."""

from typing import Annotated

from pydantic import Field, StringConstraints

from xiaoneng.kit.schemas import AS_NUMBER, Input

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
