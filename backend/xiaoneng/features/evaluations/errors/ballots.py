"""What ballots refuse."""

from xiaoneng.kit.problems import Conflict, InvalidInput


class NotOpen(Conflict):
    """Ballots are taken while the round is open."""

    code = "evaluations.not_open"
    title_zh = "评议未在进行中"
    title_en = "The round is not open"


class CodeUnusable(Conflict):
    """The code is unknown or has been used; the two look the same on purpose."""

    code = "evaluations.code_unusable"
    title_zh = "评议码不对，或者已经用过"
    title_en = "The code is wrong or has been used"


class BallotMisshapen(InvalidInput):
    """The answers do not fit the questions."""

    code = "evaluations.ballot_misshapen"
    title_zh = "选票与评议内容不符，请刷新页面后再填"
    title_en = "The answers do not fit the questions"


class BallotEmpty(InvalidInput):
    """Nothing is answered."""

    code = "evaluations.ballot_empty"
    title_zh = "一项都没有选"
    title_en = "Nothing is answered"


class NotClosed(Conflict):
    """Receipts are listed once the round is closed: before, the list would tell who came when."""

    code = "evaluations.not_closed"
    title_zh = "评议结束后才公布回执"
    title_en = "Receipts are listed once the round is closed"
