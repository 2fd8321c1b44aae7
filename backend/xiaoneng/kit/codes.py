"""Code lists whose values leave as the text they are."""

from enum import StrEnum
from typing import Any, cast

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Code(StrEnum):
    """A code of the rows of long lists.

    An enum's member is asked for its value each time it is written; one of these is a text and written as one, which
    takes a third of the time. Its description in the contract is an enum's all the same.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        """The schema of an enum, written as a text."""
        return cast("CoreSchema", {**handler(source), "serialization": core_schema.simple_ser_schema("str")})
