"""What schemes refuse."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class SchemeContradictory(InvalidInput):
    """The parts of the scheme do not fit each other; `errors` says where."""

    code = "evaluations.scheme_contradictory"
    title_zh = "评议方案各部分不一致"
    title_en = "The parts of the scheme do not fit each other"


class KeyUnitsMissing(Conflict):
    """Every key unit is judged, in a group of its own (R-57)."""

    code = "evaluations.key_units_missing"
    title_zh = "重点评议单位须全部列入，并单独成组"
    title_en = "Every key unit must be judged, in a group of its own"


class OwnScheme(Conflict):
    """Whoever drafted a scheme does not enact it (I4)."""

    code = "evaluations.own_scheme"
    title_zh = "起草人不能批准自己起草的方案"
    title_en = "Whoever drafted the scheme does not enact it"


class DraftOpen(Conflict):
    """A scheme has one draft at a time."""

    code = "evaluations.draft_open"
    title_zh = "该方案已有一个修订稿"
    title_en = "There is a draft of this scheme already"
