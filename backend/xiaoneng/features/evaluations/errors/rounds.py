"""What the pool, rounds and draws refuse."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class PersonDuplicate(Conflict):
    """Somebody with this identity or this phone is in the pool already (R-50)."""

    code = "evaluations.person_duplicate"
    title_zh = "代表库中已有相同身份证号或手机号的人"
    title_en = "Somebody with this identity or phone is in the pool already"


class PersonRefused(InvalidInput):
    """Identity or phone are not well formed."""

    code = "evaluations.person_refused"
    title_zh = "身份证号或手机号不正确"
    title_en = "The identity or the phone number is not well formed"


class SchemeNotInForce(Conflict):
    """Only a scheme in force is used for a round."""

    code = "evaluations.scheme_not_in_force"
    title_zh = "该方案未在施行中"
    title_en = "The scheme is not in force"


class PoolTooSmall(Conflict):
    """The pool has fewer active representatives than the scheme asks for (R-50); `detail` counts them."""

    code = "evaluations.pool_too_small"
    title_zh = "代表库在库人数不足，不能抽取"
    title_en = "The pool has too few active representatives"


class StratumTooSmall(Conflict):
    """A category has fewer representatives than are to be drawn of it; `detail` names it."""

    code = "evaluations.stratum_too_small"
    title_zh = "某一类别的代表人数少于其名额"
    title_en = "A category has fewer representatives than its quota"


class EntropyInPast(InvalidInput):
    """The public entropy must not exist yet when pool and rules are committed."""

    code = "evaluations.entropy_in_past"
    title_zh = "公开随机数的产生日期须晚于今天"
    title_en = "The entropy must come out after today"


class EntropyNotYet(Conflict):
    """The draw waits until the day on which the entropy comes out."""

    code = "evaluations.entropy_not_yet"
    title_zh = "公开随机数的产生日期还没有到"
    title_en = "The day of the entropy has not come"


class LotUnknown(InvalidInput):
    """Nobody drawn has this label."""

    code = "evaluations.lot_unknown"
    title_zh = "没有这个中签编号"
    title_en = "Nobody drawn has this label"


class ReserveUsedUp(Conflict):
    """No reserve of the category is left."""

    code = "evaluations.reserve_used_up"
    title_zh = "该类别已没有候补人选"
    title_en = "No reserve of this category is left"
