"""Refusals of look-backs."""

from xiaoneng.kit.problems import InvalidInput


class NothingToDraw(InvalidInput):
    """No item was closed in these days."""

    code = "look_backs.nothing_to_draw"
    title_zh = "这段时间没有销号的整改项"
    title_en = "No item was closed in these days"
