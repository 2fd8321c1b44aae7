"""What tallies and results refuse."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class PartsIncomplete(InvalidInput):
    """The monthly part or the work check is given for some objects only, or for objects that are not judged."""

    code = "evaluations.parts_incomplete"
    title_zh = "月度动态、工作考核得分须全部对象都有，或者都不填"
    title_en = "The monthly part and the work check are given for every object or for none"


class VetoUnknown(InvalidInput):
    """The veto is none of the scheme."""

    code = "evaluations.veto_unknown"
    title_zh = "方案中没有这条一票否决事由"
    title_en = "The scheme knows no such veto"


class ResultInvalid(Conflict):
    """The round does not count by its own rules; it can only be made void (R-53)."""

    code = "evaluations.result_invalid"
    title_zh = "本轮不符合有效条件，不能公布"
    title_en = "The round is not valid and cannot be published"


class OwnTally(Conflict):
    """Whoever tallied does not publish (I4)."""

    code = "evaluations.own_tally"
    title_zh = "计票人不能公布自己的计票结果"
    title_en = "Whoever tallied does not publish"


class ObjectionsOpen(Conflict):
    """The window for objections has not passed."""

    code = "evaluations.objections_open"
    title_zh = "异议期还没有结束"
    title_en = "The window for objections is still open"
