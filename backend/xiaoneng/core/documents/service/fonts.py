"""Which fonts of this machine a PDF is set in: what the standard names, if it is here, else what is nearest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from xiaoneng.core.documents.errors import FontsMissing
from xiaoneng.settings import get_settings

_SERIF = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "STSong",
    "SimSun",
    "FandolSong",
    "AR PL UMing CN",
)
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "WenQuanYi Zen Hei")
_WANTED: Mapping[str, Sequence[str]] = {
    "title": ("FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S", "方正小标宋简体", "方正小标宋_GBK", "STZhongsong", *_SERIF),
    "fang": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", "FandolFang R", *_SERIF),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "FandolKai", "AR PL UKai CN", *_SERIF),
    "hei": ("SimHei", "STHeiti", "FandolHei", *_SANS),
    "song": ("SimSun", "NSimSun", "STSong", *_SERIF),
}
_MADE_FOR_TITLES = 5
"""How many of the fonts for titles are heavy by themselves; the others are set in bold."""
REGULAR, BOLD = 400, 700


@dataclass(frozen=True, slots=True)
class Fonts:
    """The families to set a document in, best first, and what holds them for the typesetter."""

    families: Mapping[str, tuple[str, ...]]
    title_weight: int
    loaded: Any


@cache
def fonts() -> Fonts:
    """The fonts of this machine, looked for once. Raises FontsMissing when none of them can show Chinese."""
    folders = get_settings().documents.font_dirs
    loaded = import_module("typst").Fonts(include_embedded_fonts=True, font_paths=list(folders))
    here = set(loaded.families())
    spare = [family for family in (*_SERIF, *_SANS) if family in here]
    families = {
        name: tuple(dict.fromkeys([*(family for family in wanted if family in here), *spare]))
        for name, wanted in _WANTED.items()
    }
    if not all(families.values()):
        raise FontsMissing
    heavy = families["title"][0] in _WANTED["title"][:_MADE_FOR_TITLES]
    return Fonts(families, REGULAR if heavy else BOLD, loaded)
