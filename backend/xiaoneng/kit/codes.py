"""Code lists whose values leave as the text they are."""

from enum import StrEnum
from typing import Any

from pydantic import GetCoreSchemaHandler


class Code(StrEnum):
    """A code of the rows of long lists.

    An enum's member is asked for its value each time it is written; one of these is a text and written as one, which
    takes a third of the time. Its description in the contract is an enum's all the same.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> Any:
        """The schema of an enum, written as a text."""
        return {**handler(source), "serialization": {"type": "str"}}
