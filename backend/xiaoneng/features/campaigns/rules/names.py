"""Finding the units of a region that a document names in its own words; pure."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

K = TypeVar("K")
_LEVELS = "省市区县"
_SHORT = 2
_SAME = (
    ("发改", "发展和改革"),
    ("发展改革", "发展和改革"),
    ("人事", "人力资源"),
    ("政府办公室", "人民政府办公室"),
    ("编办", "机构编制"),
)
"""Short names that documents use, and what the units are called in full."""


def _bare(name: str) -> str:
    bare = name.lstrip(_LEVELS) if len(name) > _SHORT else name
    for short, full in _SAME:
        if short in bare and full not in bare:
            bare = bare.replace(short, full)
    return bare.removesuffix("机关").removesuffix("局")


def is_named(unit: str, words: str) -> bool:
    """Whether a unit's name holds what a document calls it, the level and the ending apart."""
    bare = _bare(words)
    return len(bare) >= _SHORT and bare in unit


def named(units: Mapping[K, str], words: Sequence[str]) -> list[K]:
    """The units that a document names, in its order, each once; names that nobody here bears are left out."""
    found = [key for word in words for key, name in units.items() if is_named(name, word)]
    return list(dict.fromkeys(found))
