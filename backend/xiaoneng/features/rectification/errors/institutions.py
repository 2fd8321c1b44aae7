"""Refusals of the register of institutions."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class InstitutionSettled(Conflict):
    """It is published or dropped already."""

    code = "institutions.settled"
    title_zh = "该制度已出台或已撤销"
    title_en = "This institution is published or dropped already"


class InstitutionUnknown(InvalidInput):
    """No such institution within sight, or one that was dropped."""

    code = "institutions.unknown"
    title_zh = "没有这项制度"
    title_en = "There is no such institution"


class PublishedInFuture(InvalidInput):
    """What comes into force later is not published yet."""

    code = "institutions.in_future"
    title_zh = "出台日期不能晚于今天"
    title_en = "The day of publication cannot be in the future"


class InstitutionNeeded(Conflict):
    """Items wait for it: link another one or waive it there first."""

    code = "institutions.needed"
    title_zh = "仍有整改项依赖该制度"
    title_en = "Items still wait for this institution"
