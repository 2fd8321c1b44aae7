"""Refusals."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class ViewNameTaken(Conflict):
    """The list has a view of this name already."""

    code = "views.name_taken"
    title_zh = "这个列表已有同名视图"
    title_en = "The list has a view of this name already"


class TooManyViews(Conflict):
    """As many views of one list as a person keeps."""

    code = "views.too_many"
    title_zh = "每个列表最多保存 30 个视图"
    title_en = "A person keeps at most 30 views of a list"


class NoUnitToShareWith(InvalidInput):
    """Somebody without a post has no unit to share a view with."""

    code = "views.no_unit"
    title_zh = "没有任职单位，不能共享视图"
    title_en = "Without a post there is no unit to share with"
