"""The shape of a scheme's content, as it stands in the JSON column. Percentages and scores are exact decimals."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, WithJsonSchema

from xiaoneng.features.evaluations.models.schemes import ObjectKind, RaterCategory
from xiaoneng.kit.schemas import AS_NUMBER, Flag, Input

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


def _written(maximum: int, digits: str) -> WithJsonSchema:
    """As it is written: whole, or as text with up to two decimals."""
    text = {"type": "string", "pattern": f"^({maximum}([.]0{{1,2}})?|{digits}([.][0-9]{{1,2}})?)$"}
    return WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0, "maximum": maximum}, text]}, mode="validation")


_HUNDREDTHS = _written(100, "[0-9]{1,2}")
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2), _HUNDREDTHS]
Score = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2), _HUNDREDTHS]
Trim = Annotated[Decimal, Field(ge=0, le=25, max_digits=4, decimal_places=2), _written(25, "(2[0-4]|1?[0-9])")]


class JudgedObject(Input):
    """One thing that is judged. `name` is what the ballot calls it."""

    unit_id: UUID
    kind: ObjectKind = ObjectKind.UNIT
    name: Name


class ComparableGroup(Input):
    """Objects that are ranked among each other only. `is_key` marks the group of the key units (R-57)."""

    name: Name
    is_key: Flag = False
    objects: list[JudgedObject] = Field(min_length=1, max_length=100)


class RaterGroup(Input):
    """Who judges: a stratum of the pool with its weight and, when the quota is fixed, how many are drawn of it."""

    category: RaterCategory
    weight: Percent
    quota: Annotated[int, Field(ge=0, le=100_000), AS_NUMBER] | None = None


class Indicator(Input):
    """One question about every object, with its weight."""

    name: Name
    weight: Percent


class AnswerOption(Input):
    """One answer. Without a score it is 不了解: left out of the mean and counted apart (R-53)."""

    name: Name
    score: Score | None = None


class SchemeContent(Input):
    """The whole scheme. Defaults are those of domain §2.7 and §3.12.

    `survey`, `monthly` and `work` are the weights of the questionnaire, the monthly part (R-58) and the work check;
    `trim` is cut off at either end of each group's answers; `turnout` is the share of issued ballots below which a
    round is not valid; with `bottom_off_at` or fewer ranked objects a group has no bottom set (R-54).
    """

    groups: list[ComparableGroup] = Field(min_length=1, max_length=20)
    raters: list[RaterGroup] = Field(min_length=1, max_length=5)
    indicators: list[Indicator] = Field(min_length=1, max_length=12)
    options: list[AnswerOption] = Field(min_length=2, max_length=8)
    survey: Percent = Decimal(70)
    monthly: Percent = Decimal(0)
    work: Percent = Decimal(30)
    trim: Trim = Decimal(0)
    draw_size: Annotated[int, Field(ge=1, le=100_000), AS_NUMBER] = 1000
    pool_minimum: Annotated[int, Field(ge=1, le=1_000_000), AS_NUMBER] = 3000
    min_sample: Annotated[int, Field(ge=5, le=10_000), AS_NUMBER] = 30
    turnout: Percent = Decimal(50)
    bottom: Annotated[int, Field(ge=1, le=10), AS_NUMBER] = 3
    bottom_off_at: Annotated[int, Field(ge=0, le=20), AS_NUMBER] = 5
    inherits_by_lineage: Flag = True
    vetoes: list[Name] = Field(default=[], max_length=20)
