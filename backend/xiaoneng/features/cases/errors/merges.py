"""Refusals of merging and splitting."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class MergeSelf(InvalidInput):
    """A case is not its own duplicate."""

    code = "cases.merge_self"
    title_zh = "不能并入自身"
    title_en = "A case cannot be merged into itself"


class MergeIntoMerged(Conflict):
    """The case to merge into belongs to another one already: that one is to be named."""

    code = "cases.merge_into_merged"
    title_zh = "该件已并入另一件，请直接并入那一件"
    title_en = "That case was merged itself: merge into the one it belongs to"


class MergeIntoClosed(Conflict):
    """The case to merge into is over: nobody would answer any more."""

    code = "cases.merge_into_closed"
    title_zh = "该件已办结，不能并入"
    title_en = "That case is closed"


class MergeLater(Conflict):
    """The case to merge into is due later: nobody's promise may get worse by a merge."""

    code = "cases.merge_later"
    title_zh = "该件的期限晚于本件，请反过来合并"
    title_en = "That case is due later than this one: merge it the other way round"


class SealedApart(Conflict):
    """A report against somebody stays by itself, for others than its readers handle what it would be merged into."""

    code = "cases.sealed_apart"
    title_zh = "涉人举报不能与其他诉求合并"
    title_en = "A report against somebody is not merged with anything"


class NotMerged(Conflict):
    """The case stands by itself."""

    code = "cases.not_merged"
    title_zh = "本件没有并入其他诉求"
    title_en = "This case was not merged"


class FollowsPrimary(Conflict):
    """The case was merged: what happens to the matter is decided on the case it belongs to, or after a split."""

    code = "cases.follows_primary"
    title_zh = "本件已并入另一件，请在主件上办理，或先拆分"
    title_en = "This case was merged: act on the case it belongs to, or split it first"
