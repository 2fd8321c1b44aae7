"""Codes of long lists: texts when they leave, enums in the contract and wherever they come in."""

import pytest
from pydantic import TypeAdapter, ValidationError

from xiaoneng.kit.codes import Code


class Colour(Code):
    RED = "red"
    BLUE = "blue"


ADAPTER = TypeAdapter(list[Colour])


def test_leaves_as_the_text_it_is() -> None:
    assert ADAPTER.dump_json([Colour.RED, Colour.BLUE]) == b'["red","blue"]'


def test_comes_in_as_a_member_and_refuses_what_is_none() -> None:
    [colour] = ADAPTER.validate_python(["blue"])
    assert colour is Colour.BLUE
    with pytest.raises(ValidationError, match="red"):
        ADAPTER.validate_json('["green"]')


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_contract_shows_its_values(mode: str) -> None:
    schema = ADAPTER.json_schema(mode="validation" if mode == "validation" else "serialization")
    assert schema["$defs"]["Colour"]["enum"] == ["red", "blue"]
