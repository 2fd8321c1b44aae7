"""What monitoring refuses."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class OwnUnit(InvalidInput):
    """Nobody monitors the unit whose staff they are."""

    code = "monitoring.own_unit"
    title_zh = "监督员不能监测本人所在单位"
    title_en = "A monitor does not watch the unit they work in"


class MonitorTwice(Conflict):
    """A person is a monitor of a point once."""

    code = "monitoring.monitor_twice"
    title_zh = "此人已是该监测点的监督员"
    title_en = "The person is a monitor of this point already"


class PointRemoved(Conflict):
    """A point that is over takes nobody on."""

    code = "monitoring.point_removed"
    title_zh = "监测点已解除，不能增加监督员"
    title_en = "The point is removed and takes no monitors"


class EvaluatedAlready(Conflict):
    """There is one evaluation a year."""

    code = "monitoring.evaluated_already"
    title_zh = "该年度已经评价"
    title_en = "The year is evaluated already"


class NotActive(Conflict):
    """Only an active monitor of an active point reports."""

    code = "monitoring.not_active"
    title_zh = "监测点或监督员不在任期内，不能报送"
    title_en = "The point or the monitor is not active"


class DayAhead(InvalidInput):
    """A visit or an evaluation is not of the future."""

    code = "monitoring.day_ahead"
    title_zh = "日期不能晚于今天"
    title_en = "The day lies ahead"


class UnitNotWatched(InvalidInput):
    """A monitor tells of the units that the point watches."""

    code = "monitoring.unit_not_watched"
    title_zh = "该单位不在监测范围内"
    title_en = "The point does not watch this unit"


class NamesSource(InvalidInput):
    """What leaves the office does not tell who gave the information."""

    code = "monitoring.names_source"
    title_zh = "内容中含有监测点名称、监督员姓名或电话，请删去"
    title_en = "The text names the point, the monitor or their telephone"
